// Commands at the start of a message: a list to choose from while a slash and letters are all there is.
import { texts } from "./texts.js";
import * as shortcuts from "./shortcuts.js";

const input = document.getElementById("message");
const list = document.getElementById("commands");

const link = (selector) => document.querySelector(selector);
/** Each with what it does; `null` = it would do nothing here. */
const COMMANDS = [
  ["new", () => texts.commandNew, () => () => location.assign("/")],
  ["trips", () => texts.commandTrips, () => () => location.assign("/trips")],
  ["export", () => texts.commandExport, () => {
    const file = link('#trip .trip-exports a[href$=".md"]');
    return file && (() => file.click());
  }],
  ["traces", () => texts.commandTraces, () => link('.sidebar-foot a[href="/traces"]') && (() => location.assign("/traces"))],
  ["theme", () => texts.commandTheme, () => () => link("[data-theme-toggle]").click()],
  ["help", () => texts.commandHelp, () => shortcuts.open],
];

let shown = [];
let at = 0;

function find() {
  const typed = /^\/([a-z]*)$/i.exec(input.value);
  if (!typed) return [];
  const named = COMMANDS.filter(([name]) => name.startsWith(typed[1].toLowerCase()));
  return named.map(([name, label, act]) => ({ name, label: label(), run: act() })).filter(({ run }) => run);
}

function update() {
  shown = find();
  at = 0;
  list.replaceChildren(...shown.map(option));
  list.hidden = shown.length === 0;
  mark();
}

function option({ name, label, run }, index) {
  const item = document.createElement("li");
  item.id = `command-${name}`;
  item.role = "option";
  const code = document.createElement("code");
  code.textContent = `/${name}`;
  item.append(code, ` ${label}`);
  // The cursor stays in the input.
  item.addEventListener("pointerdown", (event) => event.preventDefault());
  item.addEventListener("click", () => choose(run));
  item.addEventListener("pointermove", () => {
    at = index;
    mark();
  });
  return item;
}

function mark() {
  for (const [index, item] of [...list.children].entries()) {
    item.setAttribute("aria-selected", String(index === at));
  }
  const active = list.children[at];
  if (active) input.setAttribute("aria-activedescendant", active.id);
  else input.removeAttribute("aria-activedescendant");
  active?.scrollIntoView({ block: "nearest" });
}

function choose(run) {
  input.value = "";
  input.dispatchEvent(new Event("input", { bubbles: true }));
  run();
}

function close() {
  shown = [];
  list.replaceChildren();
  list.hidden = true;
  mark();
}

const KEYS = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  Enter: () => choose(shown[at].run),
  Tab: () => choose(shown[at].run),
  Escape: close,
};

function move(by) {
  at = (at + by + shown.length) % shown.length;
  mark();
}

export function start() {
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.addEventListener("input", update);
  input.addEventListener("blur", close);
  // Before the input sends on Enter and the page stops on Escape.
  input.addEventListener(
    "keydown",
    (event) => {
      const act = KEYS[event.key];
      const isPlain = !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
      if (shown.length === 0 || !act || !isPlain) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      act();
    },
    { capture: true },
  );
}
