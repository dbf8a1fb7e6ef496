// Markdown into blocks, by the rules of CommonMark and with the tables of GFM: what the server's
// renderer (crates/web/src/markdown.rs) makes of the whole text, made of the part that is there.
import { endsHtml, htmlKind } from "./html_block.js";
import { columns, delimiters, row } from "./table.js";
import { definition } from "./links.js";

const RULE = /^(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$/;
const HEADING = /^(#{1,6})(?:[ \t]+|$)/;
const FENCE = /^(`{3,})[^`]*$|^(~{3,})/;
const UNDERLINE = /^(=+|-+)[ \t]*$/;
const ITEM = /^(?:([*+-])|(\d{1,9})([.)]))(?=[ \t]|$)/;
const CODE_INDENT = 4;

const block = (type, fields = {}) => ({ type, children: [], open: true, ...fields });
const holdsLines = ({ type }) => type === "code" || type === "html" || type === "table";
const holdsBlocks = ({ type }) => ["root", "quote", "list", "item"].includes(type);

/** Blocks of a text, top level first; `start` of each is where its first line begins. */
export function parseBlocks(text, definitions = new Map()) {
  const parser = new BlockParser(definitions);
  let start = 0;
  for (const line of text.split("\n")) {
    // The last, empty piece is no line.
    if (start < text.length || line !== "") parser.line(line.replace(/\r$/, ""), start);
    start += line.length + 1;
  }
  return parser.end(text.endsWith("\n"));
}

class BlockParser {
  #root = block("root");
  #stack = [this.#root];
  #definitions;
  #line = "";
  #at = 0;
  #start = 0;
  #before = 0;

  constructor(definitions) {
    this.#definitions = definitions;
  }

  get #tip() {
    return this.#stack[this.#stack.length - 1];
  }

  get #rest() {
    return this.#line.slice(this.#at);
  }

  get #indent() {
    return /^ */.exec(this.#rest)[0].length;
  }

  get #isBlank() {
    return this.#rest.trim() === "";
  }

  line(line, start) {
    this.#line = this.#tip.fence && this.#stack.length === 2 ? line : expand(line);
    this.#at = 0;
    this.#before = this.#start;
    this.#start = start;
    const matched = this.#matchContainers();
    if (matched === null) return; // the line closed a fence
    this.#openBlocks(matched);
  }

  /** `isWhole`: the last line has an end. */
  end(isWhole) {
    this.#tip.isCut = !isWhole;
    while (this.#stack.length > 1) this.#close();
    settle(this.#root);
    return this.#root.children;
  }

  /** How many of the open blocks go on with this line. */
  #matchContainers() {
    let depth = 1;
    for (; depth < this.#stack.length; depth += 1) {
      const goesOn = this.#goesOn(this.#stack[depth]);
      if (goesOn === null) {
        while (this.#stack.length > depth) this.#close();
        return null;
      }
      if (!goesOn) break;
    }
    return depth;
  }

  #goesOn(open) {
    switch (open.type) {
      case "quote":
        return this.#skipQuote();
      case "list":
        return true;
      case "item":
        if (this.#isBlank) {
          if (open.children.length === 0) return false;
          this.#at = this.#line.length;
          return true;
        }
        if (this.#indent < open.width) return false;
        this.#at += open.width;
        return true;
      case "code":
        return open.fence ? this.#fenceGoesOn(open) : this.#codeGoesOn();
      case "html":
        return !(this.#isBlank && open.kind >= 6);
      case "table":
        return !this.#interruptsTable();
      case "paragraph":
        return !this.#isBlank;
      default:
        return false;
    }
  }

  #skipQuote() {
    const mark = /^ {0,3}> ?/.exec(this.#rest);
    if (!mark) return false;
    this.#at += mark[0].length;
    return true;
  }

  #fenceGoesOn(open) {
    const closing = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(this.#rest)?.[1];
    if (closing && closing[0] === open.fence[0] && closing.length >= open.fence.length) return null;
    const spaces = Math.min(this.#indent, open.indent);
    this.#at += spaces;
    return true;
  }

  #codeGoesOn() {
    if (this.#indent >= CODE_INDENT) {
      this.#at += CODE_INDENT;
      return true;
    }
    if (!this.#isBlank) return false;
    this.#at = this.#line.length;
    return true;
  }

  #interruptsTable() {
    const text = this.#rest.trim();
    return text === "" || text === "|" || RULE.test(text) || HEADING.test(text) || FENCE.test(text)
      || text.startsWith(">") || ITEM.test(text) || (htmlKind(text) ?? 7) < 7;
  }

  /** Opens what begins on this line behind the first `depth` blocks, and adds the text. */
  #openBlocks(depth) {
    let container = this.#stack[depth - 1];
    const all = depth === this.#stack.length;
    let leaf = holdsLines(container);
    let closed = all;
    const close = () => {
      if (closed) return;
      while (this.#stack.length > depth) this.#close();
      closed = true;
    };
    while (!leaf) {
      if (all && container.type === "paragraph" && this.#opensTable(container)) return;
      const before = this.#stack.length;
      const opened = this.#tryOpen(container, close);
      if (opened === "done") return;
      if (!opened) break;
      container = this.#tip;
      leaf = !holdsBlocks(container);
      if (before === this.#stack.length && leaf) break;
    }
    const lazy = !closed && !this.#isBlank && this.#tip.type === "paragraph";
    if (lazy) {
      this.#tip.lines.push(this.#rest.trimStart());
      return;
    }
    close();
    this.#addText();
  }

  #addText() {
    const tip = this.#tip;
    if (tip.type === "paragraph") {
      tip.lines.push(this.#rest.trimStart());
    } else if (tip.type === "table") {
      tip.rows.push(row(this.#rest, tip.columns));
    } else if (tip.type === "code" || tip.type === "html") {
      tip.lines.push(this.#rest);
      if (tip.type === "html" && endsHtml(tip.kind, this.#rest)) this.#close();
    } else if (this.#isBlank) {
      this.#blank();
    } else {
      this.#add(block("paragraph", { lines: [this.#rest.trimStart()] }));
    }
  }

  /** A line without text: what follows it in a list makes the list a loose one. */
  #blank() {
    for (const open of this.#stack) {
      const last = open.children[open.children.length - 1];
      if (last && !open.children.some((child) => child.open)) last.blankAfter = true;
    }
    const tip = this.#tip;
    const isOwnLine = tip.start === this.#start;
    if (tip.type === "item" && tip.children.length === 0 && !isOwnLine) tip.blankAfter = true;
  }

  #opensTable(paragraph) {
    const marks = delimiters(this.#rest);
    const { lines } = paragraph;
    const head = lines[lines.length - 1];
    const fits = marks > 0 && columns(head) === marks;
    if (!fits || (lines.length > 1 && !head.startsWith("|"))) return false;
    lines.pop();
    this.#close();
    if (lines.length === 0) this.#tip.children.pop();
    const table = block("table", { columns: marks, head: row(head, marks), rows: [] });
    this.#add(table);
    table.start = this.#before;
    return true;
  }

  /** Whether a block begins here: `true`, or `"done"` when it takes the whole line. */
  #tryOpen(container, close) {
    const indent = this.#indent;
    const text = this.#rest.trimStart();
    if (indent >= CODE_INDENT) {
      if (this.#tip.type === "paragraph" || this.#isBlank) return false;
      close();
      this.#at += CODE_INDENT;
      this.#add(block("code", { lines: [] }));
      return true;
    }
    if (text === "") return false;
    if (text.startsWith(">")) {
      close();
      this.#skipQuote();
      this.#add(block("quote"));
      return true;
    }
    const heading = HEADING.exec(text);
    if (heading) {
      close();
      const content = text.slice(heading[0].length).replace(/(?:^|[ \t]+)#+[ \t]*$/, "").trim();
      return this.#whole(block("heading", { level: heading[1].length, text: content }));
    }
    const fence = FENCE.exec(text);
    if (fence) {
      close();
      this.#add(block("code", { lines: [], fence: fence[1] ?? fence[2], indent }));
      return "done";
    }
    const kind = htmlKind(text);
    if (kind && (kind < 7 || (container.type !== "paragraph" && this.#tip.type !== "paragraph"))) {
      close();
      this.#add(block("html", { kind, lines: [] }));
      return true;
    }
    const underline = container.type === "paragraph" && UNDERLINE.exec(text);
    if (underline) {
      close();
      const level = underline[1][0] === "=" ? 1 : 2;
      if (this.#underline(container, level)) return "done";
    }
    if (RULE.test(text)) {
      close();
      return this.#whole(block("rule"));
    }
    return this.#tryItem(container, indent, text, close);
  }

  #underline(paragraph, level) {
    this.#takeDefinitions(paragraph);
    const text = paragraph.lines.join("\n").trim();
    if (text === "") return false;
    Object.assign(paragraph, { type: "heading", level, text });
    this.#close();
    return true;
  }

  #tryItem(container, indent, text, close) {
    const mark = ITEM.exec(text);
    if (!mark) return false;
    const after = text.slice(mark[0].length);
    const isEmpty = after.trim() === "";
    const inParagraph = container.type === "paragraph";
    if (inParagraph && (isEmpty || (mark[2] && Number(mark[2]) !== 1))) return false;
    close();
    const spaces = /^ */.exec(after)[0].length;
    const padding = isEmpty || spaces > CODE_INDENT ? 1 : spaces;
    const width = indent + mark[0].length + padding;
    this.#at = Math.min(this.#line.length, this.#at + width);
    const sign = mark[1] ?? mark[3];
    const holder = inParagraph ? this.#parentOf(container) : container;
    if (holder.type !== "list" || holder.sign !== sign) {
      const start = mark[2] ? Number(mark[2]) : null;
      this.#add(block("list", { sign, number: start }));
    }
    this.#add(block("item", { width }));
    return true;
  }

  #parentOf(open) {
    const at = this.#stack.indexOf(open);
    return at > 0 ? this.#stack[at - 1] : this.#tip;
  }

  #whole(added) {
    this.#add(added);
    this.#close();
    return "done";
  }

  #add(added) {
    // A list holds items alone, and only some blocks hold others.
    while (!holdsBlocks(this.#tip) || (this.#tip.type === "list") !== (added.type === "item")) {
      this.#close();
    }
    added.start = this.#start;
    this.#tip.children.push(added);
    this.#stack.push(added);
  }

  #close() {
    const closed = this.#stack.pop();
    closed.open = false;
    if (closed.type === "paragraph") {
      this.#takeDefinitions(closed);
      closed.text = closed.lines.join("\n").trim();
    }
  }

  #takeDefinitions(paragraph) {
    let text = paragraph.lines.join("\n");
    while (text.startsWith("[")) {
      const found = definition(text);
      if (!found) break;
      if (!this.#definitions.has(found.label)) this.#definitions.set(found.label, found);
      text = text.slice(found.length);
    }
    paragraph.lines = text === "" ? [] : text.split("\n");
  }
}

/** Finishes what depends on the whole: which lists are loose, and paragraphs that are none. */
function settle(parent) {
  for (const child of parent.children) settle(child);
  if (parent.type === "list") {
    const items = parent.children;
    parent.isLoose = items.some((item, at) => {
      const isLast = at === items.length - 1;
      return (!isLast && endsBlank(item)) || item.children.slice(0, -1).some(endsBlank);
    });
  }
  parent.children = parent.children.filter(({ type, text }) => type !== "paragraph" || text !== "");
}

/** Whether an empty line follows a block, or the last one in it. */
function endsBlank(open) {
  if (open.blankAfter) return true;
  const last = open.children[open.children.length - 1];
  return (open.type === "list" || open.type === "item") && last ? endsBlank(last) : false;
}

/** Tabs before the first letter as the spaces that they stand for. */
function expand(line) {
  if (!line.includes("\t")) return line;
  const lead = /^[\s>*+\-\d.)#]*/.exec(line)[0];
  let wide = "";
  for (const sign of lead) wide += sign === "\t" ? " ".repeat(4 - (wide.length % 4)) : sign;
  return wide + line.slice(lead.length);
}
