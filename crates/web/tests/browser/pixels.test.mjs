// The main states look as they did, in both themes and at two widths: grounds of a coarse grid against
// `pixels.json`, which PIXELS=write writes anew.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { audited } from "./axe.mjs";
import { startBrowser, visit } from "./browser.mjs";
import { changed, ground, keep, kept } from "./pixels.mjs";
import { startServer } from "./server.mjs";
import { builtin } from "./states.mjs";

const SIZES = [{ width: 390, height: 844 }, { width: 1280, height: 900 }];
/** The states, and what of each is at the top. */
const STATES = {
  empty: "#main", offers: ".message:last-child .flights", proposal: ".proposal.open", trip: "#trip", trace: "main",
};
/** What may happen to a page by mistake, in the state of offers. */
const BREAKS = {
  "a card is hidden": ".flights { display: none }",
  "the ground has another colour": "body, .main, .scroller { background: #fdf0f0 !important }",
  "a proposal has no ground of its own": ".proposal { background: none !important }",
};
let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Looks at a state in each size and theme. */
async function each(page, state, look, themes = ["light", "dark"]) {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme });
      await page.locator(STATES[state]).first().evaluate((part) => part.scrollIntoView());
      await look(`${state}, ${size.width}, ${theme}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
}

test("each state has the colours that it had, where they were, and a break of them is noticed", () =>
  visit(browser, server, { ...audited, expects: /404|Failed to load/ }, async (page) => {
    const blank = await page.context().newPage();
    const [seen, unnoticed] = [{}, []];
    await builtin(page, async (state) => {
      if (!(state in STATES)) return;
      await each(page, state, async (name) => (seen[name] = await ground(page, blank)));
      if (state !== "offers") return;
      for (const [what, css] of Object.entries(BREAKS)) {
        const style = await page.addStyleTag({ content: css });
        await each(page, state, async (name) => {
          if (changed(name, await ground(page, blank), seen[name]).length === 0) unnoticed.push(`${name}: ${what}`);
        }, ["light"]);
        await style.evaluate((element) => element.remove());
      }
    });
    assert.deepEqual(unnoticed, []);
    keep(seen);
    if (Object.keys(kept).length === 0) return;
    const states = new Set([...Object.keys(seen), ...Object.keys(kept)]);
    assert.deepEqual([...states].flatMap((state) => changed(state, seen[state] ?? kept[state], kept[state])), []);
    assert.deepEqual(Object.keys(kept).filter((state) => !seen[state]), []);
  }));

test("words move a little, and that is nothing", () => {
  const ground = (...rows) => ({ palette: "ffffff 101010", rows });
  const before = ground("aaaaaaaaaa", "aabbbbbbaa", "aaaaaaaaaa", "aaaaaaaaaa");
  assert.deepEqual(changed("s", before, before), []);
  assert.deepEqual(changed("s", ground("aaaaaaaaaa", "aaaaaaaaaa", "aabbbbbbaa", "aaaaaaaaaa"), before), []);
  assert.equal(changed("s", ground("aaaaaaaaaa", "aaaaaaaaaa", "aaaaaaaaaa", "aaaaaaaaaa"), before).length, 1);
  assert.equal(changed("s", { ...before, palette: "f0ffff 101010" }, before).length, 3);
  assert.equal(changed("s", before, undefined).length, 1);
});
