// The input: grows with its text, counts near the limit, sends on Enter.
import { keep, kept } from "./kept.js";
import { texts } from "./texts.js";

const LIMIT = 4000;
const form = document.getElementById("composer");
const input = document.getElementById("message");
const counter = document.getElementById("counter");
const send = document.getElementById("send");
const stop = document.getElementById("stop");
const growsByItself = CSS.supports("field-sizing", "content");
let busy = false;

/** Characters as the server counts them. */
const length = (text) => Array.from(text.trim()).length;

function update() {
  if (!growsByItself) input.rows = Math.min(8, input.value.split("\n").length);
  const over = length(input.value) - LIMIT;
  counter.hidden = over < -200;
  counter.classList.toggle("over", over > 0);
  counter.textContent = over > 0 ? texts.tooLong.replace("{n}", String(over)) : String(-over);
  keep("draft", input.value);
  send.disabled = busy || over > 0 || over === -LIMIT;
}

/** While an answer runs the button stops it. */
export function setBusy(value) {
  busy = value;
  send.hidden = value;
  stop.hidden = !value;
  update();
}

/** Puts the cursor into the input. */
export function focus() {
  input.focus({ preventScroll: true });
}

/** Puts a text before what is being written, the cursor behind all of it. */
export function prepend(text) {
  fill(input.value === "" || text.endsWith("\n") ? text + input.value : `${text}\n${input.value}`);
}

/** Puts a text into the input, the cursor at its end. */
export function fill(text) {
  input.value = text;
  update();
  input.focus();
  input.setSelectionRange(text.length, text.length);
}

/** `onEditLast()`: the upward arrow in an empty input; whether there was something to edit. */
export function start({ onSend, onStop, onEditLast }) {
  if (input.value === "") input.value = kept("draft");
  form.addEventListener("submit", (event) => {
    // The choice of a language takes the draft along and sends no message.
    if (event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    const message = input.value.trim();
    if (message === "" || length(message) > LIMIT) return;
    input.value = "";
    update();
    onSend(message);
  });
  input.addEventListener("input", update);
  input.addEventListener("keydown", (event) => {
    const isPlain = !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
    if (event.key === "ArrowUp" && isPlain && input.value === "") {
      if (onEditLast()) event.preventDefault();
      return;
    }
    // Enter also ends the composition of a character; 229 is what some browsers call that.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.requestSubmit();
  });
  stop.addEventListener("click", onStop);
  update();
  // On a touch screen the keyboard would cover the page.
  if (matchMedia("(hover: hover)").matches) focus();
}
