// From a telephone to a wide screen; with SCREENSHOTS=<folder>, the pictures of the documentation.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PHONE, picture, startBrowser, visit } from "./browser.mjs";
import { ask, askForFlights, CALENDAR, lastAnswer } from "./conversation.mjs";
import { startModel } from "./model.mjs";
import { startServer } from "./server.mjs";

const SIZES = { 390: 844, 1280: 800, 1920: 1080 };
/** Pictures of the documentation are of these widths. */
const PICTURED = [390, 1280];
let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** A picture of a page that nobody is at. */
async function atRest(page, name, options) {
  await page.evaluate(() => document.activeElement?.blur());
  await picture(page, name, options);
}

/** Nothing sticks out to the right, neither of the page nor of what scrolls in it. */
async function assertFits(page, what) {
  const wide = await page.evaluate(() => {
    const roots = [document.documentElement, document.getElementById("scroller")].filter(Boolean);
    const out = roots.filter((root) => root.scrollWidth > root.clientWidth);
    const cut = [...document.querySelectorAll(".answer *, .viewer-main *, .welcome *")].filter((e) => {
      const box = e.getBoundingClientRect();
      const hidden = e.closest(".visually-hidden, details:not([open]) > :not(summary)");
      return box.width > 0 && box.right > innerWidth + 1 && !hidden;
    });
    return [...out, ...cut].map((element) => `${element.localName}.${element.className}`);
  });
  assert.deepEqual(wide, [], `${what} is wider than the screen`);
}

for (const [width, height] of Object.entries(SIZES)) {
  const isPhone = width === "390";
  const size = { viewport: { width: Number(width), height }, isMobile: isPhone, hasTouch: isPhone };
  const pictured = PICTURED.includes(Number(width));

  test(`${width} px: the empty page and the conversation with cards`, () =>
    visit(browser, server, size, async (page) => {
      await page.goto("/");
      await assertFits(page, "the empty page");
      if (width === "1280") {
        await atRest(page, "empty-1280");
        // High enough for the text and a card.
        await page.setViewportSize({ width: 1280, height: 1100 });
      }
      await askForFlights(page);
      await assertFits(page, "the conversation");
      if (isPhone) {
        const cards = lastAnswer(page).locator(".card");
        await cards.first().evaluate((card) => card.scrollIntoView({ block: "start" }));
      }
      for (const theme of pictured ? ["light", "dark"] : []) {
        await page.emulateMedia({ colorScheme: theme });
        await atRest(page, `chat-${width}-${theme}`);
      }
      await page.locator(".offer-details").first().evaluate((details) => (details.open = true));
      await assertFits(page, "the details of a flight");
    }));

  test(`${width} px: the fare calendar`, () =>
    visit(browser, server, size, async (page) => {
      await page.goto("/");
      await ask(page, CALENDAR);
      const days = lastAnswer(page).locator(".fare-calendar button.day");
      assert.ok((await days.count()) >= 28);
      await assertFits(page, "the calendar");
      const box = await days.first().boundingBox();
      assert.ok(box.width >= 24 && box.height >= 24, "a day is large enough for a finger");
      // A one-way card is lower than its price: what it holds must not be stretched.
      const badge = await lastAnswer(page).locator(".offer .badge").first().boundingBox();
      assert.ok(badge.height < 30, `a badge is ${badge.height} px high`);
    }));

  test(`${width} px: the traces`, () =>
    visit(browser, server, size, async (page) => {
      await askForFlights(page);
      await lastAnswer(page).getByRole("link", { name: "trace" }).click();
      await page.locator(".waterfall").waitFor();
      // It is there before the page is whole.
      await page.waitForLoadState();
      await assertFits(page, "the trace");
      if (pictured) await atRest(page, `trace-${width}`, { fullPage: true });
      await page.getByRole("button", { name: "Tout déplier" }).click();
      await assertFits(page, "the unfolded trace");
      await page.goto("/traces");
      assert.equal(await page.locator(".trace-table tbody tr").count() >= 2, true);
      await assertFits(page, "the list of traces");
    }));
}

test("390 px: what a paid model with a long name has cost", async () => {
  const usage = {
    prompt_tokens: 2412,
    completion_tokens: 96,
    total_tokens: 2508,
    prompt_tokens_details: { cached_tokens: 2048 },
  };
  const reply = { text: "Bonjour ! Où partons-nous ?", usage };
  const model = await startModel(() => reply, {
    provider: "openrouter",
    model: "anthropic/claude-sonnet-4.5-20250929",
  });
  const paid = await startServer(model.environment);
  try {
    await visit(browser, paid, PHONE, async (page) => {
      await page.goto("/");
      await ask(page, "bonjour");
      await assertFits(page, "the facts of an answer");
      const facts = lastAnswer(page).locator(".message-foot");
      assert.match(await facts.innerText(), /openrouter\/anthropic\/claude-sonnet-4\.5-20250929[^]*2\s508 jetons[^]*0,\d{4}\s\$US/);
      const tokens = facts.locator("span", { hasText: "jetons" });
      assert.match(await tokens.getAttribute("title"), /dont 2\s048 lus dans le cache/);
    });
  } finally {
    await paid.stop();
    model.stop();
  }
});

test("390 px: the conversations are a drawer", () =>
  visit(browser, server, PHONE, async (page) => {
    await page.goto("/");
    const search = page.locator("input[name=q]");
    assert.equal(await search.isVisible(), false);
    await page.getByRole("link", { name: "Ouvrir les conversations" }).click();
    await search.click();
    await page.keyboard.press("Escape");
    await search.waitFor({ state: "hidden" });
    await page.locator("#message").click();
  }));
