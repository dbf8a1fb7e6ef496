// The growing end of a text: what is drawn of it before the rest is there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseBlocks } from "../../../../static/js/markdown/blocks.js";
import { closed, decided, settleEnd } from "../../../../static/js/markdown/open_end.js";
import { parseInline } from "../../../../static/js/markdown/inline.js";
import { safe } from "../../../../static/js/markdown/links.js";

test("a line of marks alone waits for what follows", () => {
  for (const [text, shown] of [
    ["un\n-", "un"],
    ["un\n12.", "un"],
    ["un\n| ", "un"],
    ["un\n```", "un"],
    ["- ", ""],
    ["un - deux", "un - deux"],
    ["en 2027", "en 2027"],
  ]) {
    assert.equal(decided(text), shown, JSON.stringify(text));
  }
});

test("what is open is taken as closed", () => {
  for (const [text, shown] of [
    ["un **deux", "un **deux**"],
    ["un **deux *trois", "un **deux *trois***"],
    ["un **deux*", "un **deux**"],
    ["un `code", "un `code`"],
    ["voir [le site](https://exa", "voir le site"],
    ["voir [le site", "voir le site"],
    ["voir ![une image](https://exa", "voir"],
    ["5 * 3", "5 * 3"],
    ["un [lien](https://example.org) de", "un [lien](https://example.org) de"],
  ]) {
    assert.equal(closed(text, {}), shown, text);
  }
});

test("a half-written table is one from its first cell on", () => {
  for (const text of ["| Vol | Dép", "| Vol | Départ |\n|--", "Le tableau :\n| Vol | Dép", "Vol | Départ"]) {
    const blocks = parseBlocks(text);
    settleEnd(blocks, {});
    const table = blocks.at(-1);
    assert.equal(table.type, "table", text);
    assert.equal(table.head[0], "Vol");
  }
});

test("only addresses that the server lets through are links", () => {
  for (const bad of ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "//evil.example", "page.html", "ftp://x", "/\\evil"]) {
    assert.ok(safe(bad) === null || !/^(?:\/\/|\/\\|javascript|data|ftp)/i.test(safe(bad)), bad);
  }
  assert.equal(safe("https://example.org/é"), "https://example.org/%C3%A9");
  assert.equal(safe("/traces/1"), "/traces/1");
  assert.equal(safe("mailto:a@example.org"), "mailto:a@example.org");
});

test("no text makes the parsers fail or forget a letter", () => {
  const pieces = ["*", "**", "_", "`", "[", "](", ")", "\n", "- ", "1. ", "> ", "|", "a", "é ", "~~", "<", "&amp;", "\\", "#", "    "];
  let seed = 7;
  const next = () => (seed = (seed * 1103515245 + 12345) % 2147483648);
  for (let round = 0; round < 3000; round += 1) {
    const text = Array.from({ length: next() % 24 }, () => pieces[next() % pieces.length]).join("");
    const letters = (part) => (part.match(/a/g) ?? []).length;
    const blocks = parseBlocks(text);
    settleEnd(blocks, {});
    parseBlocks(decided(text));
    const inline = JSON.stringify(parseInline(text).map(flat));
    // The targets of links are not text.
    if (!text.includes("](") && !text.includes("&amp;")) assert.equal(letters(inline), letters(text), text);
  }
});

const flat = (part) => part.text ?? (part.children ?? []).map(flat).join("");
