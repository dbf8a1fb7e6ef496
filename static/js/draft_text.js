// Text of an answer while it arrives, drawn as the server's rendering will show it, which replaces it
// at the end. Everything becomes elements and text nodes.
import { parseBlocks } from "./markdown/blocks.js";
import { element } from "./markdown/elements.js";
import { decided, settleEnd } from "./markdown/open_end.js";

export { graft } from "./graft.js";

/**
 * Pieces may come in floods: of each so many milliseconds drawing takes so many at most. Together with
 * what the page does besides it stays below 50 in one go.
 */
const FRAME = 32;
const BUDGET = 8;
const DEFINITION = /^ {0,3}\[[^\]\n]+\]:/m;

export class DraftText {
  #root;
  #text = "";
  /** Where the block that may still grow begins, and how many nodes stand before it. */
  #start = 0;
  #settled = 0;
  #hasDefinitions = false;
  /** When this frame began, and how long was drawn in it. */
  #frame = 0;
  #spent = 0;
  #timer = 0;
  #budget;

  constructor(root, budget = BUDGET) {
    this.#root = root;
    this.#budget = budget;
    root.replaceChildren();
  }

  append(text) {
    this.#text += text;
    if (this.#timer) return;
    const passed = performance.now() - this.#frame;
    // What takes longer to draw than its share waits for longer.
    const length = Math.max(FRAME, (this.#spent * FRAME) / this.#budget);
    if (passed >= length) {
      this.#frame = performance.now();
      this.#spent = 0;
    }
    if (this.#spent < this.#budget) this.#timed();
    else this.#timer = setTimeout(() => this.#timed(), length - passed);
  }

  /** Draws what there is: nothing follows. */
  end() {
    this.#draw(true);
  }

  #timed() {
    const began = performance.now();
    this.#draw(false);
    this.#spent += performance.now() - began;
  }

  #draw(isWhole) {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const rest = this.#text.slice(this.#start);
    if (!this.#hasDefinitions && DEFINITION.test(rest)) {
      // It makes links of what stood before it.
      this.#hasDefinitions = true;
      this.#start = this.#settled = 0;
      this.#draw(isWhole);
      return;
    }
    const options = { definitions: new Map(), decode };
    const blocks = parseBlocks(isWhole ? rest : decided(rest), options.definitions);
    const settled = this.#hasDefinitions ? 0 : Math.max(0, blocks.length - 1);
    const start = settled > 0 ? blocks[settled].start : 0;
    if (!isWhole) settleEnd(blocks, options);
    replace(this.#root, this.#settled, blocks.map((block) => element(block, options)));
    this.#start += start;
    this.#settled += settled;
  }
}

/** Puts `fresh` in the place of the children from `from` on; what is the same stays. */
function replace(parent, from, fresh) {
  const old = [...parent.childNodes].slice(from);
  fresh.forEach((node, at) => {
    const before = old[at];
    if (!before) parent.append(node);
    else if (!before.isEqualNode(node)) renew(before, node);
  });
  for (const gone of old.slice(fresh.length)) gone.remove();
}

function renew(before, node) {
  const isSame = before.nodeType === Node.ELEMENT_NODE && before.localName === node.localName;
  if (isSame && before.cloneNode().isEqualNode(node.cloneNode())) {
    replace(before, 0, [...node.childNodes]);
  } else {
    before.replaceWith(node);
  }
}

/** What an entity stands for; read by a document of its own, in which nothing runs. */
function decode(entity) {
  return new DOMParser().parseFromString(entity, "text/html").documentElement.textContent;
}
