// − and + at free places change the number at once. Without this file the same buttons ask the server, which
// shows the page again with the number changed and writes nothing.
const MOST = 9999;

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-schritt]");
  const field = button?.parentElement.querySelector("input");
  // What is no number goes to the server, which says what is wrong with it.
  if (!field || !/^\s*\d{0,5}\s*$/.test(field.value)) return;
  event.preventDefault();
  const next = Number(field.value) + Number(button.dataset.schritt);
  field.value = String(Math.min(MOST, Math.max(0, next)));
  field.dispatchEvent(new Event("input", { bubbles: true }));
  button.parentElement.querySelector("[role=status]").textContent = field.value;
});
