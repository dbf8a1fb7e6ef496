// Wires the page together. Without it the page works by forms and links alone.
import "./theme.js";
import { Chat } from "./chat.js";
import * as composer from "./composer.js";
import * as commands from "./commands.js";
import * as edit from "./edit.js";
import { announce, notify, problemText } from "./notices.js";
import * as queue from "./queue.js";
import * as quote from "./quote.js";
import { Follower } from "./scroll.js";
import * as rating from "./rating.js";
import * as shortcuts from "./shortcuts.js";
import * as sidebar from "./sidebar.js";
import { texts } from "./texts.js";
import { parse, warm } from "./thread.js";
import * as trip from "./trip.js";

const scroller = document.getElementById("scroller");
const thread = document.getElementById("thread");
const follower = new Follower(scroller, thread, document.getElementById("to-latest"));
const changed = () => Promise.all([sidebar.refresh(), trip.refresh(), offline("keep")]);
const chat = new Chat(follower, {
  busy: composer.setBusy,
  planned: trip.changing,
  changed,
  ended: queue.ended,
});
/** What is there without a connection. Who has no conversation yet has nothing to miss. */
const offline = (step) => import("./offline.js").then((module) => module[step]());
const say = (message) => (chat.isBusy ? queue.add(message) : chat.send(message));

commands.start();
composer.start({ onSend: say, onStop: () => chat.stop(), onEditLast: () => !chat.isBusy && edit.editLast() });
queue.start({ send: (message) => chat.send(message), takeBack: composer.prepend, isBusy: () => chat.isBusy });
edit.start({
  onEdit: (item, text) => {
    if (chat.isBusy) return;
    chat.edit(item, text);
    composer.focus();
  },
});
// Who begins to write will have an answer.
document.getElementById("message").addEventListener("input", warm, { once: true });
quote.start({ onQuote: composer.prepend });
shortcuts.start();
sidebar.start();
trip.start();
rating.start(thread);

// Examples, days of a calendar and offers to choose are buttons that send a message.
document.getElementById("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const { submitter } = event;
  // What changes a part of the trip is completed or edited first.
  if (submitter.hasAttribute("formaction")) {
    composer.fill(submitter.value);
    return;
  }
  if (chat.isBusy) return;
  chat.send(submitter.value);
  composer.focus();
});

thread.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-decide], [data-try-again], [data-continue]")) return;
  event.preventDefault();
  if (form.matches("[data-decide]")) {
    decide(form);
  } else if (!chat.isBusy) {
    if (form.matches("[data-continue]")) chat.send(form.elements.message.value);
    else chat.answerAgain(form.closest(".message"));
    composer.focus();
  }
});

/** Confirms or rejects a proposal and shows the conversation as it is then. */
async function decide(form) {
  if (chat.isBusy) return;
  const buttons = form.parentElement.querySelectorAll("button");
  for (const button of buttons) button.disabled = true;
  const body = new URLSearchParams(new FormData(form));
  const response = await fetch(form.action, { method: "POST", body }).catch(() => null);
  const page = response?.ok ? parse(await response.text()).getElementById("thread") : null;
  if (page) {
    thread.replaceChildren(...page.children);
    showEnd();
    trip.refresh();
  } else {
    for (const button of buttons) button.disabled = false;
    notify(response ? problemText(response.status, null) : texts.unreachable);
  }
}

/** Where the conversation stands: the last question and what follows it. */
function showEnd() {
  const questions = thread.querySelectorAll(".message.user");
  const last = questions[questions.length - 1];
  if (last) follower.follow(last);
  const running = thread.querySelector("[data-running-message-id]");
  if (running) chat.resume(running);
  else follower.release();
}

// What opens under the last answer would open behind the composer.
thread.addEventListener(
  "toggle",
  (event) => {
    if (event.target.matches(".receipt[open]")) event.target.scrollIntoView({ block: "nearest" });
  },
  { capture: true },
);

thread.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-copy-link]");
  const { copyLink } = button?.dataset ?? {};
  // A link is opened by whoever asks for that, and where there is no clipboard.
  if (!button || (copyLink && (!navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey))) return;
  event.preventDefault();
  const prose = button.closest(".message").querySelector(".prose");
  await navigator.clipboard.writeText(copyLink ? button.href : prose.innerText.trim());
  button.classList.add("done");
  setTimeout(() => button.classList.remove("done"), 1500);
  announce(copyLink ?? texts.copied);
});
if (document.body.dataset.conversationId || isKept()) offline("start");

/** Whether a copy is to be kept on this device. */
function isKept() {
  try {
    return localStorage.getItem("offline-copy") !== null;
  } catch {
    return false; // storage is blocked
  }
}

// The clipboard needs HTTPS or localhost.
if (!navigator.clipboard) document.documentElement.classList.add("no-clipboard");

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    // The sheet closes by itself.
    if (document.querySelector("dialog[open]")) return;
    if (!sidebar.closeOne() && !trip.closeDrawer() && chat.isBusy) chat.stop();
  } else if (event.key === "/" && !event.target.closest("input, textarea, select")) {
    event.preventDefault();
    composer.focus();
  }
});

// A form that was answered by the page itself left its own address, which cannot be opened again.
const { conversationId } = document.body.dataset;
const home = conversationId ? `/c/${conversationId}` : "/";
if (location.pathname !== home) history.replaceState(null, "", home);

showEnd();
// Whoever follows a link to an answer wants to see that one.
thread.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`)?.scrollIntoView();
import "./cards.js";
