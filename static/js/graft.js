// Puts the server's rendering of an answer over what was drawn of it. What is the same stays where it is:
// laying out a long answer anew would hold the page up.
import { takeAttributes } from "./attributes.js";

/** Makes `drawn` what `whole` is, and takes its parts; the elements along `path` are treated so in turn. */
export function graft(drawn, whole, [inner, ...path]) {
  takeAttributes(drawn, whole);
  const [kept, its] = [drawn, whole].map((of) => inner && of.querySelector(`:scope > ${inner}`));
  if (!inner) {
    takeDifferent(drawn, whole);
  } else if (kept && its) {
    graft(kept, its, path);
    for (const node of [...drawn.childNodes]) if (node !== kept) node.remove();
    const parts = [...whole.childNodes];
    const at = parts.indexOf(its);
    kept.before(...parts.slice(0, at));
    kept.after(...parts.slice(at + 1));
  } else {
    drawn.replaceChildren(...whole.childNodes);
  }
}

/** Replaces the children between those that are the same at the beginning and at the end. */
function takeDifferent(drawn, whole) {
  collapse(whole);
  const [old, fresh] = [drawn, whole].map((of) => [...of.childNodes]);
  const same = (a, b) => a !== undefined && b !== undefined && a.isEqualNode(b);
  let first = 0;
  while (same(old[first], fresh[first])) first += 1;
  let last = 0;
  const most = Math.min(old.length, fresh.length) - first;
  while (last < most && same(old.at(-1 - last), fresh.at(-1 - last))) last += 1;
  for (const node of old.slice(first, old.length - last)) node.remove();
  const after = old[old.length - last] ?? null;
  for (const node of fresh.slice(first, fresh.length - last)) drawn.insertBefore(node, after);
}

const BLOCKS = new Set("blockquote dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table tbody td th thead tr ul".split(" "));
const isBlock = (node) => BLOCKS.has(node.localName);

/**
 * Takes out the space at the edges of blocks, which a server's rendering has between its lines and nobody
 * sees (CSS Text 3, section 4.1): with it, no table would be the same as the drawn one.
 */
function collapse(parent) {
  if (parent.localName === "pre") return;
  for (const node of [...parent.childNodes]) {
    if (node.nodeType !== Node.TEXT_NODE) {
      collapse(node);
      continue;
    }
    const [before, after] = [node.previousSibling, node.nextSibling];
    let text = node.data;
    if (before ? isBlock(before) : isBlock(parent)) text = text.replace(/^[ \t\r\n]+/, "");
    if (after ? isBlock(after) : isBlock(parent)) text = text.replace(/[ \t\r\n]+$/, "");
    if (text === "") node.remove();
    else if (text !== node.data) node.data = text;
  }
}
