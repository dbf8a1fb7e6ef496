// The messages on the page. Text of people and models only ever becomes text nodes here;
// finished answers come from the server as sanitised HTML.
import { clone, inWords, texts } from "./texts.js";

const list = document.getElementById("thread");

let drawing = null;

/** Loads what draws an answer while it comes: the first view needs none of it. */
export function warm() {
  drawing ??= import("./draft_text.js").catch(() => (drawing = null));
  return drawing;
}

/** Shows what the person just wrote, perhaps in the place of its `former` wording. */
export function addUserMessage(text, former = null) {
  document.getElementById("welcome")?.remove();
  const item = clone("user-message");
  item.querySelector(".bubble").textContent = text;
  if (former) former.replaceWith(item);
  else list.append(item);
  return item;
}

/** An answer while it is written. */
export class Draft {
  /** The problem document of a turn that failed before it said anything. */
  problem = null;
  #steps = new Map();
  #prose = null;
  #text = "";

  /** At the end of the thread, or in the place of `existing`. */
  constructor(existing = null) {
    this.item = clone("agent-draft");
    const root = this.item.querySelector(".prose");
    warm().then((loaded) => {
      // Without it the answer is seen when it is whole.
      if (!loaded) return;
      this.#prose = new loaded.DraftText(root);
      if (this.text !== "") this.#prose.append(this.text);
    });
    this.think(texts.thinking);
    if (existing) existing.replaceWith(this.item);
    else list.append(this.item);
  }

  setId(id) {
    this.item.id = `m-${id}`;
    this.item.dataset.messageId = id;
  }

  setLocale(locale) {
    this.item.querySelector(".answer").lang = locale;
  }

  /** Shows what was understood and which words were not; the finished answer has the buttons. */
  setChips(understood, leftOver) {
    const chips = understood.map(({ label }) => {
      const chip = clone("chip");
      chip.querySelector(".chip-label").textContent = label;
      return chip;
    });
    if (leftOver.length > 0) {
      const chip = clone("left-over");
      const quotes = leftOver.flatMap((words) => [", ", quoted(words)]).slice(1);
      chip.querySelector(".chip-label").append(...quotes);
      chips.push(chip);
    }
    const list = this.item.querySelector(".chips");
    list.replaceChildren(...chips);
    list.hidden = chips.length === 0;
  }

  think(text) {
    this.item.querySelector(".thinking-text").textContent = text;
    this.item.querySelector(".thinking").hidden = text === "";
  }

  /** Shows a step in the words of the server. */
  toolStarted({ id, text }) {
    const step = clone("step");
    step.querySelector(".step-label").textContent = `${inWords(text)}…`;
    this.#steps.set(id, { step, text });
    this.item.querySelector(".steps").append(step);
    this.think("");
    return inWords(text);
  }

  toolFinished({ id, success, text }) {
    const known = this.#steps.get(id);
    if (!known) return;
    known.step.className = `step ${success ? "done" : "failed"}`;
    known.step.querySelector(".step-label").textContent = inWords(known.text);
    known.step.querySelector(".step-outcome").textContent = inWords(text);
    this.think(this.text.trim() === "" ? texts.thinking : "");
  }

  addSkeleton() {
    this.item.querySelector(".skeletons").append(clone("skeleton"));
  }

  addText(text) {
    this.think("");
    this.#text += text;
    this.#prose?.append(text);
  }

  get text() {
    return this.#text;
  }

  /** Takes the draft away; `former` is what was in its place. */
  discard(former = null) {
    if (former) this.item.replaceWith(former);
    else this.item.remove();
  }

  /** Makes the draft the server's rendering of the finished answer, which it returns. */
  async finish(item) {
    const loaded = await warm();
    if (!loaded) {
      this.item.replaceWith(item);
      return item;
    }
    // To read the rendering, to draw the rest and to compare them are tasks of their own.
    await pause();
    this.#prose?.end();
    await pause();
    loaded.graft(this.item, item, [".answer", ".prose"]);
    await pause();
    return this.item;
  }

  /** Leaves what there is, without anything that moves. */
  freeze() {
    this.think("");
    this.#prose?.end();
    this.item.dataset.status = "stopped";
    this.item.querySelector(".skeletons").replaceChildren();
    for (const { step } of this.#steps.values()) step.classList.remove("running");
    if (this.text === "") this.item.remove();
  }
}

const pause = () => new Promise((done) => setTimeout(done));

function quoted(words) {
  const quote = document.createElement("q");
  quote.textContent = words;
  return quote;
}

/** The server's rendering of an answer; `null` when it cannot be had. */
export async function fetchMessage(id) {
  return (await fetchExchange(id)).answer;
}

/** The server's rendering of an answer and its question, each `null` when it cannot be had. */
export async function fetchExchange(id) {
  try {
    const response = await fetch(`/fragments/messages/${id}`);
    const page = response.ok ? parse(await response.text()) : null;
    const part = (who) => page?.querySelector(`li.message.${who}`) ?? null;
    return { question: part("user"), answer: part("agent") };
  } catch {
    return { question: null, answer: null };
  }
}

/** Takes everything behind a message out of the thread; gives what puts it back. */
export function cutAfter(item) {
  const gone = [];
  while (item.nextElementSibling) {
    gone.push(item.nextElementSibling);
    item.nextElementSibling.remove();
  }
  return () => list.append(...gone);
}

/** Asks again for messages whose proposal may have been decided or replaced meanwhile. */
export async function refreshProposals(except) {
  const open = [...list.querySelectorAll(".message:has(.proposal.open)")];
  for (const item of open.filter((other) => other !== except)) {
    const fresh = await fetchMessage(item.dataset.messageId);
    if (fresh) item.replaceWith(fresh);
  }
}

/** A document from the server's HTML; scripts in it never run. */
export function parse(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  return page;
}
