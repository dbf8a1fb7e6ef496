// The sheet of keyboard shortcuts.
const sheet = document.getElementById("keys");

/** Opens the sheet; the browser keeps the focus in it and gives it back. */
export function open() {
  if (!sheet.open) sheet.showModal();
}

export function start() {
  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-keys]")) open();
    // Beside the sheet.
    if (target === sheet) sheet.close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    open();
  });
}
