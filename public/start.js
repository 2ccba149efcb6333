// Starts the islands of a page; pages without islands do not load it. It does what Leptos' own inline
// script does (leptos 0.8, hydration/island_script.js), as a file, so that the Content Security Policy
// needs no hash. Nothing on the page depends on it.
const idle = window.requestIdleCallback ?? ((start) => start());

async function hydrate(node, module, children) {
  const tag = node.tagName.toLowerCase();
  if (tag === "leptos-island") {
    children.at(-1)?.();
    await module[node.dataset.component]?.(node);
  }
  const slot = tag === "leptos-children";
  if (slot) children.push(node.$$on_hydrate);
  for (const child of node.children) await hydrate(child, module, children);
  if (slot) children.pop();
}

if (document.querySelector("leptos-island")) {
  idle(async () => {
    const module = await import("/pkg/kreislotse.js");
    await module.default({ module_or_path: "/pkg/kreislotse.wasm" });
    module.hydrate();
    await hydrate(document.body, module, []);
    // A part of the page was replaced by that of another address (islands/swap.rs).
    document.addEventListener("swapped", (event) => hydrate(event.target, module, []));
  });
}
