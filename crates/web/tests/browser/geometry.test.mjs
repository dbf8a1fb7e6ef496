// The main states keep their layout: boxes of landmarks at three widths, against `geometry.json`, which
// GEOMETRY=write writes anew. Boxes and not pixels: fonts, times and prices of the day differ.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, visit } from "./browser.mjs";
import { boxes, keep, kept, moved } from "./geometry.mjs";
import { startServer } from "./server.mjs";
import { builtin } from "./states.mjs";

const WIDTHS = [390, 1280, 1920];
let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("each state has its parts where they were", () =>
  visit(browser, server, { expects: /404|Failed to load/ }, async (page) => {
    const seen = {};
    await builtin(page, async (state) => {
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        seen[`${state}, ${width}`] = await boxes(page);
      }
      await page.setViewportSize({ width: 1280, height: 900 });
    });
    keep(seen);
    if (Object.keys(kept).length === 0) return;
    const states = new Set([...Object.keys(seen), ...Object.keys(kept)]);
    const off = [...states].flatMap((state) => moved(state, seen[state] ?? {}, kept[state]));
    assert.deepEqual(off, []);
  }));

test("a part that moves, goes or comes is noticed", () => {
  const before = { main: [288, 1280], "#trip": [0, 100] };
  assert.deepEqual(moved("s", before, before), []);
  assert.deepEqual(moved("s", { ...before, main: [300, 1270] }, before), []);
  assert.equal(moved("s", { ...before, main: [0, 1280] }, before).length, 1);
  assert.equal(moved("s", { main: [288, 1280] }, before).length, 1);
  assert.equal(moved("s", { ...before, ".menu": [0, 1] }, before).length, 1);
});
