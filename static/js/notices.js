// What the page says beside the conversation: notices to see, announcements to hear.
import { clone, texts } from "./texts.js";

const area = document.getElementById("notices");
const live = document.getElementById("live");

/** Tells screen readers, politely. */
export function announce(text) {
  live.textContent = text;
}

/** Takes all notices away. */
export function clearNotices() {
  area.replaceChildren();
}

/**
 * Shows one notice instead of the earlier ones. `retry` adds a button, called
 * `label` where it does something else; `wait` keeps it disabled for that many seconds.
 */
export function notify(text, { retry, label: action = texts.retry, wait = 0 } = {}) {
  const notice = clone("notice");
  const label = notice.querySelector(".notice-text");
  const button = notice.querySelector(".notice-retry");
  const close = notice.querySelector(".notice-close");
  label.textContent = text;
  close.setAttribute("aria-label", texts.dismiss);
  close.addEventListener("click", () => notice.remove());
  if (retry) {
    button.textContent = action;
    button.addEventListener("click", () => {
      notice.remove();
      retry();
    });
    if (wait > 0) countDown(notice, label, button, text, wait);
  } else {
    button.remove();
  }
  area.replaceChildren(notice);
  return notice;
}

function countDown(notice, label, button, text, seconds) {
  // Once a second would be read aloud once a second.
  label.setAttribute("aria-live", "off");
  button.disabled = true;
  const until = Date.now() + seconds * 1000;
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    button.disabled = left > 0;
    label.textContent =
      left > 0 ? `${text} ${texts.retryIn.replace("{n}", String(left))}` : text;
    if (left > 0 && notice.isConnected) setTimeout(tick, 500);
  };
  tick();
  setTimeout(tick, 0); // once more when it is on the page
}

/** The notice for a problem document, in the page's language. */
export function problemText(status, problem) {
  // A problem with a type of its own says in the visitor's words what it is.
  if ((problem?.type ?? "about:blank") !== "about:blank") return problem.detail;
  switch (status) {
    case 404:
      return texts.notFound;
    case 409:
      return texts.busy;
    case 400:
    case 413:
    case 415:
    case 422: {
      const messages = (problem?.errors ?? []).map((error) => error.message);
      const detail = messages.join(" ") || problem?.detail;
      return detail ? `${texts.rejected} ${detail}` : texts.rejected;
    }
    case 429:
      return texts.tooMany;
    case 503:
      return texts.overloaded;
    default:
      // A failure after the start says in the visitor's words what happened.
      return problem?.detail || texts.failed;
  }
}
