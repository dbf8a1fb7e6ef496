// Where the reader is after a button of a card: at what it led to, not at the top of the page.
import { announce } from "./notices.js";

/** What is looked for in the next changes of the thread: gives the element to go to, or `null`. */
let wanted = null;
/** Nothing is looked for any longer after this time, in milliseconds. */
const PATIENCE = 60_000;

/** Follows the buttons of `thread` and the buttons that send a message. */
export function start(thread) {
  const changes = { childList: true, subtree: true, attributeFilter: ["data-status"] };
  new MutationObserver(() => wanted?.()).observe(thread, changes);

  thread.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-decide]")) return;
    const { proposalId } = form.closest(".proposal").dataset;
    look(() => {
      const proposal = thread.querySelector(`[data-proposal-id="${CSS.escape(proposalId)}"]`);
      if (!proposal || proposal.classList.contains("open")) return false;
      goTo(proposal);
      // An answer that still runs is announced when it is whole.
      const answer = thread.querySelector(".message.agent:last-child:not([data-status=running])");
      const said = [proposal.querySelector(".proposal-until"), answer?.querySelector(".prose")];
      announce(said.map((part) => part?.textContent.trim() ?? "").join(" ").trim());
      return true;
    });
  });

  document.getElementById("ask").addEventListener("submit", ({ submitter }) => {
    if (!submitter?.matches(".choose, .follow-ups button, .more-offers button, .day")) return;
    // When the page has sent it, wherever that was listened for.
    setTimeout(() => follow(thread));
  });
}

/** From a button that goes away, since its answer is no longer the last, to the answer it asked for. */
function follow(thread) {
  const draft = thread.querySelector(".message.agent[data-status=running]");
  if (!draft) return;
  // Not into the input: a touch screen would open its keyboard over the answer.
  goTo(draft);
  look(() => {
    const answer = thread.querySelector(".message.agent:last-child");
    if (!answer || answer.dataset.status === "running") return false;
    // Who has gone elsewhere meanwhile stays there.
    if (isNowhere() || document.activeElement === answer) goTo(answer.querySelector(".proposal.open, .flights") ?? answer);
    return true;
  });
}

function look(found) {
  const until = Date.now() + PATIENCE;
  wanted = () => {
    if (found() || Date.now() > until) wanted = null;
  };
}

const isNowhere = () => document.activeElement === document.body || !document.activeElement;

function goTo(element) {
  if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
