// Text of an answer while it arrives: paragraphs, list items and bold, so that half-written
// Markdown reads well. Everything becomes text nodes; the server's rendering replaces it at the end.

export class DraftText {
  #root;
  #text = "";
  /** Where the block that may still grow begins, and its element. */
  #start = 0;
  #block = null;

  constructor(root) {
    this.#root = root;
    root.replaceChildren();
  }

  get text() {
    return this.#text;
  }

  get isEmpty() {
    return this.#text.trim() === "";
  }

  append(text) {
    this.#text += text;
    // Only the last block is drawn again: a long answer stays cheap.
    for (;;) {
      const end = this.#text.indexOf("\n", this.#start);
      if (end < 0) break;
      this.#draw(this.#text.slice(this.#start, end));
      this.#block = null;
      this.#start = end + 1;
    }
    this.#draw(this.#text.slice(this.#start));
  }

  #draw(line) {
    if (line.trim() === "") return;
    const bullet = /^\s*(?:[-*+]|\d+[.)])\s+/.exec(line);
    const heading = /^#{1,6}\s+/.exec(line);
    const tag = bullet ? "li" : "p";
    if (!this.#block || this.#block.localName !== tag) {
      this.#block?.remove();
      this.#block = document.createElement(tag);
      this.#parent(tag).append(this.#block);
    }
    const mark = bullet ?? heading;
    const content = mark ? line.slice(mark[0].length) : line;
    this.#block.replaceChildren(...inline(heading ? `**${content}**` : content));
  }

  #parent(tag) {
    if (tag !== "li") return this.#root;
    const last = this.#root.lastElementChild;
    if (last?.localName === "ul") return last;
    const list = document.createElement("ul");
    this.#root.append(list);
    return list;
  }
}

/** `**bold**` as elements (an open one runs to the end), everything else as text. */
function inline(line) {
  return line.split("**").map((piece, index) => {
    if (index % 2 === 0) return document.createTextNode(piece);
    const strong = document.createElement("strong");
    strong.textContent = piece;
    return strong;
  });
}
