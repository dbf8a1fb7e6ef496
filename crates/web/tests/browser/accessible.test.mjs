// axe on every page and state, in both themes, from the narrowest telephone to the widest screen; and
// nothing is wider than the screen. The page is not loaded again for a width: it is resized.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, audited, COLOURS } from "./axe.mjs";
import { overflow, startBrowser, visit } from "./browser.mjs";
import { startModel } from "./model.mjs";
import { startServer } from "./server.mjs";
import { builtin, interrupted, script } from "./states.mjs";

const WIDTHS = [320, 390, 768, 1280, 1920, 2560];
/** A page that is not there, and an answer that fails on purpose, are errors in the console too. */
const EXPECTED = /404|Failed to load resource/;
let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

async function everywhere(page, state) {
  const faults = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const wider = await overflow(page);
    if (wider > 0) faults.push(`${state}, ${width} px: ${wider} px too wide`);
    for (const [colorScheme, rules] of [["light"], ["dark", COLOURS]]) {
      await page.emulateMedia({ colorScheme });
      const what = `${state}, ${width} px, ${colorScheme}`;
      await assertAccessible(page, what, undefined, rules).catch((error) =>
        faults.push(`${what}: ${error.actual ?? error.message}`),
      );
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  return faults;
}

async function audit(server, walk) {
  const faults = [];
  await visit(browser, server, { ...audited, expects: EXPECTED }, async (page) => {
    const look = async (state) => faults.push(...(await everywhere(page, state)));
    // What was found before a state could not be brought about is told as well.
    await walk(page, look).catch((error) => faults.push(error.stack));
  });
  assert.deepEqual(faults, []);
}

test("pages and states with the built-in model", async () => {
  const server = await startServer();
  try {
    await audit(server, builtin);
  } finally {
    await server.stop();
  }
});

test("an answer that comes, one that was stopped, one that broke off", async () => {
  const model = await startModel(script);
  const server = await startServer(model.environment);
  try {
    await audit(server, interrupted);
  } finally {
    await server.stop();
    model.stop();
  }
});
