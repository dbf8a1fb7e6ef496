// Comforts of a trace's page, which is complete without them.
import "./zoom.js";

const waterfall = document.querySelector(".waterfall");
const spans = () => [...waterfall.querySelectorAll(".spans details")];

waterfall?.addEventListener("click", (event) => {
  if (!event.target.closest("[data-expand]")) return;
  const open = spans().some((span) => !span.open);
  for (const span of spans()) span.open = open;
});

/** Also when spans are opened one by one. */
function label() {
  const toggle = waterfall.querySelector("[data-expand]");
  const all = spans().every((span) => span.open);
  toggle.textContent = all ? toggle.dataset.collapse : toggle.dataset.expand;
}
// A toggle does not bubble.
waterfall?.addEventListener("toggle", label, { capture: true });
waterfall?.addEventListener("zoomed", label);

/** Opens the span that the address names: a log line's, or a parent. */
function openTarget() {
  const target = document.getElementById(location.hash.slice(1));
  if (target?.matches("details")) target.open = true;
}
addEventListener("hashchange", openTarget);
openTarget();

const done = document.getElementById("copied");
for (const button of document.querySelectorAll("[data-copy-id]")) {
  // The clipboard needs HTTPS or localhost.
  if (!navigator.clipboard) button.remove();
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copyId);
    try {
      await navigator.clipboard.writeText(text.textContent);
    } catch {
      // Not allowed: it is selected, so that a key copies it.
      getSelection().selectAllChildren(text);
      return;
    }
    button.classList.add("done");
    done.textContent = button.dataset.done;
    setTimeout(() => {
      button.classList.remove("done");
      done.textContent = "";
    }, 1500);
  });
}
