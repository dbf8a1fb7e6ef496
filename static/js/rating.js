// Thumbs under an answer: it is rated without leaving the page, so that what is half written stays.
import { notify } from "./notices.js";
import { texts } from "./texts.js";

/** Takes over the forms of the thread's ratings and their comments. */
export function start(thread) {
  thread.addEventListener("submit", async (event) => {
    const { target, submitter } = event;
    if (!target.matches(".rating, .comment form") || !submitter) return;
    event.preventDefault();
    // The first view needs no more of it.
    const opinion = await import("./opinion.js").catch(() => null);
    if (opinion) opinion.send(target, submitter);
    else notify(texts.unreachable);
  });
}
