// The end of a text that is still being written, drawn as it will most likely stay: what is open is
// taken as closed, and marks that may become anything wait for what follows them.
import { parseInline } from "./inline.js";

/** A line of marks alone may become a list, a rule, a heading, a table or a fence. */
const UNDECIDED = /(?:^|\n)[ \t>]*(?:[-*+_#=~`|:\\<]+|\d{1,9}[.)]?|\[|!\[)[ \t]*$/;

/** The text without an end of which nothing can be said yet. */
export function decided(text) {
  return text.replace(UNDECIDED, "");
}

/** The last leaf of the blocks, the one that may still grow, and those beside it. */
function openLeaf(blocks) {
  const leaf = blocks[blocks.length - 1];
  if (!leaf) return null;
  return (leaf.children.length > 0 && openLeaf(leaf.children)) || { leaf, blocks };
}

/** Makes the growing end of the blocks what it will most likely be. */
export function settleEnd(all, options) {
  const found = openLeaf(all);
  if (!found) return;
  const { leaf, blocks } = found;
  if (leaf.type === "paragraph") splitTable(leaf, blocks);
  const last = blocks[blocks.length - 1];
  if (last.type === "paragraph" || last.type === "heading") {
    last.text = closed(last.text, options);
  } else if (last.type === "table") {
    const cells = last.rows.at(-1) ?? last.head;
    const at = cells.findLastIndex((cell) => cell !== "");
    if (at >= 0) cells[at] = closed(cells[at], options);
  }
}

/** Takes the head of a table, whose line of marks is not there yet, out of the end of a paragraph. */
function splitTable(paragraph, blocks) {
  const lines = paragraph.text.split("\n");
  const hasMarks = lines.length > 1 && /^[|:\- ]+$/.test(lines.at(-1));
  if (hasMarks) lines.pop();
  const head = lines.pop();
  // Behind other lines a head begins with a pipe.
  if (!head.startsWith("|") && (lines.length > 0 || !/\S \|(?: |$)/.test(head))) return;
  const cells = head.replace(/^\|/, "").replace(/\|\s*$/, "").split(/(?<!\\)\|/);
  const table = {
    type: "table",
    head: cells.map((cell) => cell.trim()),
    rows: [],
    children: [],
    start: paragraph.start,
  };
  if (lines.length === 0) blocks.pop();
  else paragraph.text = lines.join("\n");
  blocks.push(table);
}

/** A text whose links, code and emphasis are closed. */
export function closed(text, options) {
  let whole = withoutOpenLink(text);
  whole = whole.replace(/[*_~`\\&<]+$/, "").trimEnd();
  const run = openCode(whole);
  if (run) return whole + run;
  const unclosed = [];
  parseInline(whole, { ...options, unclosed });
  const marks = unclosed.filter((mark) => begins(whole, mark));
  return whole + marks.reverse().join("");
}

/** Whether a mark stands where emphasis begins: not in the middle of a word or of a sum. */
function begins(text, mark) {
  const at = text.lastIndexOf(mark);
  return mark.length > 1 || at === 0 || /[\s\p{P}]/u.test(text[at - 1]);
}

/** A text at the end of which there is only the text of the link that is being written. */
function withoutOpenLink(text) {
  const target = /\](?:\((?:[^()\n]|\([^()]*\)?)*)?$/.exec(text);
  const end = target ? target.index : text.length;
  let depth = target ? 1 : 0;
  for (let at = end - 1; at >= 0; at -= 1) {
    if (text[at - 1] === "\\") continue;
    if (text[at] === "]") depth += 1;
    if (text[at] !== "[") continue;
    depth -= 1;
    if (depth > 0 || (depth === 0 && !target)) continue;
    const isImage = text[at - 1] === "!";
    return text.slice(0, isImage ? at - 1 : at) + (isImage ? "" : text.slice(at + 1, end));
  }
  return text;
}

/** The run of backticks that nothing closes. */
function openCode(text) {
  let open = null;
  for (const [run] of text.matchAll(/`+/g)) {
    if (open === null) open = run;
    else if (open === run) open = null;
  }
  return open;
}
