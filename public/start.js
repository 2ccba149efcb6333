// Starts the islands of a page; pages without islands do not load it. It does what Leptos' own inline
// script does (leptos 0.8, hydration/island_script.js), as a file, so that the Content Security Policy
// needs no hash, and island by island, so that a slow phone answers a finger in between. Nothing on the
// page depends on it.
const idle = window.requestIdleCallback ?? ((start) => start());
const pause = () => new Promise((go) => setTimeout(go));
const PARTS = "leptos-island, leptos-children";

async function hydrate(root, module) {
  const open = [];
  const parts = root.matches?.(PARTS) ? [root] : [];
  for (const part of [...parts, ...root.querySelectorAll(PARTS)]) {
    while (open.length > 0 && !open.at(-1).contains(part)) open.pop();
    if (part.localName === "leptos-children") {
      open.push(part);
    } else if (part.isConnected) {
      open.at(-1)?.$$on_hydrate?.();
      await module[part.dataset.component]?.(part);
      await pause();
    }
  }
}

if (document.querySelector("leptos-island")) {
  idle(async () => {
    const module = await import("/pkg/kreislotse.js");
    await module.default({ module_or_path: "/pkg/kreislotse.wasm" });
    await pause();
    module.hydrate();
    await pause();
    // A part of the page was replaced by that of another address (islands/swap.rs).
    document.addEventListener("swapped", (event) => hydrate(event.target, module));
    await hydrate(document.body, module);
  });
}
