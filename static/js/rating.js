// Thumbs under an answer: it is rated without leaving the page, so that what is half written stays.
import { announce, notify, problemText } from "./notices.js";
import { texts } from "./texts.js";

/** Takes over the forms of the thread's ratings. */
export function start(thread) {
  thread.addEventListener("submit", (event) => {
    if (!event.target.matches(".rating") || !event.submitter) return;
    event.preventDefault();
    rate(event.target, event.submitter);
  });
}

async function rate(form, chosen) {
  const { pathname } = new URL(form.action);
  const response = await fetch(`/api${pathname}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ score: Number(chosen.value) }),
  }).catch(() => null);
  if (!response?.ok) {
    const problem = await response?.json().catch(() => null);
    notify(response ? problemText(response.status, problem) : texts.unreachable);
    return;
  }
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button === chosen));
  }
  announce(texts.rated);
}
