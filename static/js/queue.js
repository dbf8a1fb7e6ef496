// Messages that wait for the end of an answer: they are seen, can be taken back, and are sent one
// after the other. After an answer that did not end well they wait for a word of their writer.
import { announce } from "./notices.js";
import { keep, kept } from "./kept.js";
import { clone, texts } from "./texts.js";

const area = document.getElementById("queue");
const list = area.querySelector("ol");
let hooks = null;

const read = () => {
  try {
    const stored = JSON.parse(kept("queue") || "[]");
    return Array.isArray(stored) ? stored.filter((text) => typeof text === "string") : [];
  } catch {
    return [];
  }
};

function show(text) {
  const item = clone("queued");
  item.querySelector(".queued-text").textContent = text;
  item.querySelector(".queued-back").addEventListener("click", () => {
    hooks.takeBack(take(item));
    announce(texts.takenBack);
  });
  item.querySelector(".queued-send").addEventListener("click", () => {
    if (!hooks.isBusy()) hooks.send(take(item));
  });
  list.append(item);
}

const textOf = (item) => item.querySelector(".queued-text").textContent;

function take(item) {
  const text = textOf(item);
  item.remove();
  changed();
  return text;
}

function changed() {
  const waiting = [...list.children].map(textOf);
  keep("queue", waiting.length > 0 ? JSON.stringify(waiting) : "");
  area.hidden = waiting.length === 0;
}

/** Lets a message wait. */
export function add(text) {
  show(text);
  changed();
  announce(texts.queuedSaid);
}

/** The answer is over; `isWhole`: the next message can follow it. */
export function ended(isWhole) {
  const first = list.firstElementChild;
  if (isWhole && first) hooks.send(take(first));
}

/** `hooks`: `send(text)`, `takeBack(text)`, `isBusy()`. */
export function start(given) {
  hooks = given;
  for (const text of read()) show(text);
  changed();
}
