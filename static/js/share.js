// The page that makes links: a button that copies the new one.
import "./theme.js";

const button = document.querySelector("[data-copy-link]");
const field = document.getElementById("share-url");
field?.addEventListener("focus", () => field.select());
// The clipboard needs HTTPS or localhost.
if (button && !navigator.clipboard) button.hidden = true;
button?.addEventListener("click", async () => {
  await navigator.clipboard.writeText(field.value);
  const { textContent } = button;
  button.textContent = button.dataset.done;
  setTimeout(() => (button.textContent = textContent), 1500);
});
