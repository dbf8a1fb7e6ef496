// Blocks as elements. Text of people and models only ever becomes text nodes here.
import { parseInline } from "./inline.js";
import { safe } from "./links.js";

/** The highest level of a heading in an answer: the first two are the page's. */
const TOP_LEVEL = 3;

/** What a block looks like. `options`: those of `parseInline`. */
export function element(block, options) {
  switch (block.type) {
    case "paragraph":
      return make("p", ...inline(block.text, options));
    case "heading":
      return make(`h${Math.max(block.level, TOP_LEVEL)}`, ...inline(block.text, options));
    case "rule":
      return make("hr");
    case "quote":
      return make("blockquote", ...block.children.map((child) => element(child, options)));
    case "code":
      return make("pre", make("code", text(codeOf(block))));
    case "html":
      return text(block.lines.map((line) => `${line}\n`).join(""));
    case "list":
      return list(block, options);
    default:
      return table(block, options);
  }
}

function codeOf({ lines, fence, isCut }) {
  const kept = [...lines];
  // Code that is only indented ends with its last line of text.
  while (!fence && kept.at(-1)?.trim() === "") kept.pop();
  const code = kept.map((line) => `${line}\n`).join("");
  return isCut ? code.slice(0, -1) : code;
}

function list(block, options) {
  const shown = make(block.number === null ? "ul" : "ol");
  if (block.number !== null && block.number !== 1) shown.setAttribute("start", String(block.number));
  for (const item of block.children) {
    const entry = make("li");
    for (const child of item.children) {
      if (child.type === "paragraph" && !block.isLoose) entry.append(...inline(child.text, options));
      else entry.append(element(child, options));
    }
    shown.append(entry);
  }
  return shown;
}

function table({ head, rows }, options) {
  const line = (name, cells) => make("tr", ...cells.map((cell) => make(name, ...inline(cell, options))));
  const body = make("tbody", ...rows.map((cells) => line("td", cells)));
  return make("table", make("thead", line("th", head)), body);
}

const inline = (source, options) => nodes(parseInline(source, options));

function nodes(parts) {
  const made = [];
  for (const part of parts) {
    if (part.type === "text") {
      const last = made.at(-1);
      if (last?.nodeType === Node.TEXT_NODE) last.data += part.text;
      else if (part.text !== "") made.push(text(part.text));
    } else {
      made.push(inlineElement(part));
    }
  }
  return made;
}

function inlineElement(part) {
  if (part.type === "break") return make("br");
  if (part.type === "code") return make("code", text(part.text));
  if (part.type !== "link") return make(part.type, ...nodes(part.children));
  const link = make("a", ...nodes(part.children));
  const to = safe(part.to);
  if (to !== null) link.setAttribute("href", to);
  if (part.title !== null) link.setAttribute("title", part.title);
  link.setAttribute("rel", "noopener noreferrer nofollow");
  return link;
}

const text = (content) => document.createTextNode(content);

function make(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}
