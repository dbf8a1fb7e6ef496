// Markdown inside a block: emphasis, code, links, line breaks, by the rules of CommonMark.
import { CLOSE_TAG, OPEN_TAG } from "./html_block.js";
import { inlineTarget, label, normal, plain } from "./links.js";

const ENTITY = /^&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});/;
const AUTOLINK = /^<([A-Za-z][A-Za-z\d.+-]{1,31}:[^\s<>]*)>/;
const EMAIL = /^<([\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)*)>/;
const HTML = new RegExp(
  `^(?:${OPEN_TAG}|${CLOSE_TAG}|<!--(?:>|->|[^]*?-->)|<[?][^]*?[?]>|<![A-Za-z][^>]*>|<!\\[CDATA\\[[^]*?\\]\\]>)`,
);
const PUNCTUATION = /[\p{P}\p{S}]/u;
const ESCAPABLE = /[!-/:-@[-`{-~]/;

/**
 * The parts of a text: `{ type, text | children, to, title }`. `unclosed` gets the marks of emphasis
 * that nothing closes, the first one first.
 */
export function parseInline(text, { definitions = new Map(), decode = (entity) => entity, unclosed = [] } = {}) {
  return new InlineParser(text, definitions, decode).parse(unclosed);
}

class InlineParser {
  #text;
  #at = 0;
  #parts = [];
  #marks = [];
  #brackets = [];
  #definitions;
  #decode;

  constructor(text, definitions, decode) {
    this.#text = text;
    this.#definitions = definitions;
    this.#decode = decode;
  }

  parse(unclosed) {
    while (this.#at < this.#text.length) this.#next();
    this.#emphasise(0);
    unclosed.push(...this.#marks.filter((mark) => mark.opens && mark.part.text !== "").map(({ part }) => part.text));
    return tidy(this.#parts);
  }

  get #rest() {
    return this.#text.slice(this.#at);
  }

  #next() {
    const sign = this.#text[this.#at];
    switch (sign) {
      case "\n":
        return this.#lineBreak();
      case "\\":
        return this.#escape();
      case "`":
        return this.#code();
      case "*":
      case "_":
      case "~":
        return this.#mark(sign);
      case "[":
        return this.#bracket(1);
      case "!":
        return this.#text[this.#at + 1] === "[" ? this.#bracket(2) : this.#plain(1);
      case "]":
        return this.#closeBracket();
      case "<":
        return this.#angle();
      case "&": {
        const entity = ENTITY.exec(this.#rest)?.[0];
        if (!entity) return this.#plain(1);
        this.#at += entity.length;
        return this.#push({ type: "text", text: this.#decode(entity) });
      }
      default:
        return this.#plain(/^[^\n\\`*_~[\]!<&]+/.exec(this.#rest)[0].length);
    }
  }

  #push(part) {
    this.#parts.push(part);
  }

  #plain(length) {
    this.#push({ type: "text", text: this.#text.slice(this.#at, this.#at + length) });
    this.#at += length;
  }

  #lineBreak() {
    const last = this.#parts[this.#parts.length - 1];
    if (last?.type === "text" && !last.isMark) last.text = last.text.replace(/[ \t]+$/, "");
    this.#push({ type: "break" });
    this.#at += 1 + /^[ \t]*/.exec(this.#text.slice(this.#at + 1))[0].length;
  }

  #escape() {
    const next = this.#text[this.#at + 1] ?? "";
    if (next === "\n") {
      this.#at += 1;
      return this.#lineBreak();
    }
    if (!ESCAPABLE.test(next)) return this.#plain(1);
    this.#push({ type: "text", text: next, isEscaped: true });
    this.#at += 2;
  }

  #code() {
    const run = /^`+/.exec(this.#rest)[0];
    const runs = /`+/g;
    runs.lastIndex = this.#at + run.length;
    for (let found = runs.exec(this.#text); found; found = runs.exec(this.#text)) {
      if (found[0].length !== run.length) continue;
      let code = this.#text.slice(this.#at + run.length, found.index).replace(/\n/g, " ");
      if (/^ [^]* $/.test(code) && code.trim() !== "") code = code.slice(1, -1);
      this.#push({ type: "code", text: code });
      this.#at = found.index + run.length;
      return;
    }
    this.#plain(run.length);
  }

  #mark(sign) {
    const run = new RegExp(`^\\${sign}+`).exec(this.#rest)[0];
    const before = lastCharacter(this.#text.slice(0, this.#at)) ?? "\n";
    const after = String.fromCodePoint(this.#text.codePointAt(this.#at + run.length) ?? 10);
    const isLeft = !/\s/.test(after) && (!PUNCTUATION.test(after) || /\s/.test(before) || PUNCTUATION.test(before));
    const isRight = !/\s/.test(before) && (!PUNCTUATION.test(before) || /\s/.test(after) || PUNCTUATION.test(after));
    const part = { type: "text", text: run, isMark: true };
    this.#push(part);
    this.#at += run.length;
    if (sign === "~" && run.length > 2) return;
    const isWord = sign === "_";
    const opens = isLeft && (!isWord || !isRight || PUNCTUATION.test(before));
    const closes = isRight && (!isWord || !isLeft || PUNCTUATION.test(after));
    if (opens || closes) this.#marks.push({ sign, part, opens, closes, length: run.length });
  }

  #bracket(length) {
    const part = { type: "text", text: this.#text.slice(this.#at, this.#at + length) };
    this.#brackets.push({ part, marks: this.#marks.length, isImage: length === 2, isActive: true, from: this.#at + length });
    this.#push(part);
    this.#at += length;
  }

  #closeBracket() {
    const opener = this.#brackets.pop();
    if (!opener) return this.#plain(1);
    const target = opener.isActive ? this.#target(opener) : null;
    if (!target) return this.#plain(1);
    this.#at += 1 + target.length;
    this.#emphasise(opener.marks);
    this.#marks.length = opener.marks;
    const at = this.#parts.indexOf(opener.part);
    const children = tidy(this.#parts.splice(at).slice(1));
    if (opener.isImage) return; // no image is on the page: it would tell a stranger who reads
    const title = target.title === null ? null : plain(target.title, this.#decode);
    this.#push({ type: "link", to: plain(target.to, this.#decode), title, children });
    for (const bracket of this.#brackets) {
      if (!bracket.isImage) bracket.isActive = false;
    }
  }

  /** Where the link leads whose text ends here; `length` is of what stands behind the text. */
  #target(opener) {
    const behind = this.#text.slice(this.#at + 1);
    const inline = behind.startsWith("(") ? inlineTarget(behind) : null;
    if (inline) return inline;
    const named = label(behind);
    const own = this.#text.slice(opener.from, this.#at);
    const length = named ? named[0].length : behind.startsWith("[]") ? 2 : 0;
    const found = this.#definitions.get(normal(named ? named[1] : own));
    return found ? { to: found.to, title: found.title, length } : null;
  }

  #angle() {
    const link = AUTOLINK.exec(this.#rest);
    const email = link ? null : EMAIL.exec(this.#rest);
    if (link || email) {
      const [whole, text] = link ?? email;
      const children = [{ type: "text", text }];
      this.#push({ type: "link", to: email ? `mailto:${text}` : text, title: null, children });
      this.#at += whole.length;
      return;
    }
    const tag = HTML.exec(this.#rest);
    this.#plain(tag ? tag[0].length : 1);
  }

  /** Pairs the marks behind the first `bottom` ones. */
  #emphasise(bottom) {
    const marks = this.#marks;
    let at = bottom;
    while (at < marks.length) {
      const closer = marks[at];
      const from = closer.closes ? this.#opener(closer, at, bottom) : -1;
      if (from < 0) {
        at += 1;
        continue;
      }
      this.#wrap(marks[from], closer);
      // What stood between them can pair no more; what is left of either can.
      marks.splice(from + 1, at - from - 1);
      at = from + 1;
      if (marks[from].part.text === "") {
        marks.splice(from, 1);
        at -= 1;
      }
      if (closer.part.text === "") marks.splice(at, 1);
    }
  }

  #opener(closer, at, bottom) {
    for (let from = at - 1; from >= bottom; from -= 1) {
      const opener = this.#marks[from];
      if (opener.sign !== closer.sign || !opener.opens) continue;
      if (closer.sign === "~") {
        if (opener.length === closer.length) return from;
        continue;
      }
      const isOdd = (opener.closes || closer.opens) && (opener.length + closer.length) % 3 === 0
        && !(opener.length % 3 === 0 && closer.length % 3 === 0);
      if (!isOdd) return from;
    }
    return -1;
  }

  #wrap(opener, closer) {
    const isStrong = opener.part.text.length >= 2 && closer.part.text.length >= 2;
    const length = closer.sign === "~" ? closer.length : isStrong ? 2 : 1;
    const type = closer.sign === "~" ? "del" : isStrong ? "strong" : "em";
    opener.part.text = opener.part.text.slice(length);
    closer.part.text = closer.part.text.slice(length);
    const from = this.#parts.indexOf(opener.part) + 1;
    const to = this.#parts.indexOf(closer.part);
    const children = this.#parts.slice(from, to);
    this.#parts.splice(from, to - from, { type, children: tidy(children) });
  }
}

function lastCharacter(text) {
  return Array.from(text.slice(-2)).at(-1);
}

/** Neighbouring texts as one, and no empty ones. */
function tidy(parts) {
  const whole = [];
  for (const part of parts) {
    const last = whole[whole.length - 1];
    if (part.type !== "text" || part.isMark) whole.push(part);
    else if (part.text === "") continue;
    else if (last?.type === "text" && !last.isMark) last.text += part.text;
    else whole.push({ type: "text", text: part.text });
  }
  return whole;
}
