// Text of an answer while it arrives is drawn as the server will show it: the same structure at the
// end, and no mark of it in between.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { startBrowser, visit } from "./browser.mjs";
import { startServer } from "./server.mjs";

const corpus = JSON.parse(readFileSync(new URL("../markdown/corpus.json", import.meta.url), "utf8"));
/** What must never be seen of a text that ends without it. */
const MARKS = ["|", "**", "](", "```", "~~"];
let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Runs in the page: what `DraftText` makes of a text that comes in pieces, step by step. */
async function draw([{ markdown, html }, size]) {
  const beside = document.querySelector('link[href$="/thread.js"]').href;
  const { DraftText } = await import(new URL("draft_text.js", beside).href);
  const BLOCKS = new Set("P H3 H4 H5 H6 UL OL LI PRE BLOCKQUOTE TABLE THEAD TBODY TR TH TD HR BR".split(" "));
  /** As text, one form for each structure: white space that nobody sees is gone. */
  const shape = (node, inPre = false) => {
    if (node.nodeType === Node.TEXT_NODE) return inPre ? node.data : node.data.replace(/\s+/g, " ");
    const inner = [...node.childNodes].map((child) => shape(child, inPre || node.localName === "pre")).join("");
    if (node === root || node.localName === "body") return inner;
    const attributes = [...node.attributes].map(({ name, value }) => ` ${name}="${value}"`).sort().join("");
    const mark = BLOCKS.has(node.nodeName) ? "\u0001" : "";
    return `${mark}<${node.localName}${attributes}>${mark}${inner}${mark}</${node.localName}>${mark}`;
  };
  const seen = (node) => shape(node).replace(/ *\u0001+ */g, "").trim();
  const root = document.createElement("div");
  // Each step is drawn, however fast they come.
  const draft = new DraftText(root, Infinity);
  const pieces = Array.from(markdown);
  const steps = [];
  for (let at = 0; at < pieces.length; at += size) {
    draft.append(pieces.slice(at, at + size).join(""));
    steps.push(root.textContent);
  }
  draft.end();
  const page = new DOMParser().parseFromString(html, "text/html");
  return { drawn: seen(root), rendered: seen(page.body), steps, said: page.body.textContent };
}

test("every text ends in the structure that the server gives it", () =>
  visit(browser, server, {}, async (page) => {
    await page.goto("/");
    const wrong = [];
    for (const sample of corpus) {
      for (const size of [7, 10_000]) {
        const { drawn, rendered } = await page.evaluate(draw, [sample, size]);
        if (drawn !== rendered) wrong.push({ text: sample.markdown, size, drawn, rendered });
      }
    }
    assert.deepEqual(wrong, []);
  }));

test("while it is written no mark is seen that will not stay", () =>
  visit(browser, server, {}, async (page) => {
    await page.goto("/");
    const wrong = [];
    for (const sample of corpus) {
      const { steps, said } = await page.evaluate(draw, [sample, 1]);
      for (const mark of MARKS.filter((mark) => !said.includes(mark))) {
        const seen = steps.find((step) => step.includes(mark));
        if (seen) wrong.push({ text: sample.markdown, mark, seen });
      }
    }
    assert.deepEqual(wrong, []);
  }));
