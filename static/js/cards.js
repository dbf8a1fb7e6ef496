// What cards can do besides what they show: each part is loaded when the first card needs it.
import * as decide from "./decide.js";

const thread = document.getElementById("thread");

/** Which cards need which module; each module's `start(element)` is called once for each of them,
 * which then says `data-started`. */
const PARTS = [
  [".flights:has(.offer-tools)", () => import("./offers.js")],
  ["details[data-lengths]", () => import("./lengths.js")],
  [".countdown[hidden]", () => import("./countdown.js")],
];
const started = new WeakSet();

function look() {
  for (const [selector, load] of PARTS) {
    for (const element of thread.querySelectorAll(selector)) {
      if (started.has(element)) continue;
      started.add(element);
      load().then(({ start }) => {
        start(element);
        element.dataset.started = "";
      });
    }
  }
}

// Who copies an answer gets what is folded in it as well: it is read when the click arrives.
thread.addEventListener(
  "click",
  (event) => {
    const message = event.target.closest("[data-copy]")?.closest(".message");
    const folded = message?.querySelector(".reasons:not([open])");
    if (!folded) return;
    folded.open = true;
    setTimeout(() => (folded.open = false));
  },
  { capture: true },
);

// What is written meanwhile has no cards: an answer gets its status with them.
new MutationObserver(look).observe(thread, { childList: true, subtree: true, attributeFilter: ["data-status"] });
look();
decide.start(thread);
