// The fare calendar: months as tabs, classes that can be seen without colours, days of return.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, audited } from "./axe.mjs";
import { overflow, startBrowser, visit } from "./browser.mjs";
import { answers, ask, lastAnswer } from "./conversation.mjs";
import { startServer } from "./server.mjs";

const TWO_MONTHS = "Lyon Rome entre le 20 mars et le 10 avril, 5 jours";
let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const calendar = (page) => lastAnswer(page).locator(".fare-calendar");
const shown = (page) => calendar(page).locator(".month:visible caption").allTextContents();

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  test(`${how} JavaScript the months of one trip are tabs, and days back are on demand`, () =>
    visit(browser, server, { javaScriptEnabled }, async (page) => {
      await page.goto("/");
      await page.locator("#message").fill(TWO_MONTHS);
      await page.locator("#send").click();
      await calendar(page).waitFor();
      assert.equal(await calendar(page).count(), 1, "two months are one calendar");
      const months = calendar(page).getByRole("group", { name: "Mois" }).getByRole("radio");
      assert.equal(await months.count(), 2);
      // First the month of the offers, whose day is marked.
      const chosen = calendar(page).locator(".day.chosen");
      assert.equal(await chosen.count(), 1);
      assert.equal(await chosen.isVisible(), true);
      const [first] = await shown(page);
      const other = (await months.nth(0).isChecked()) ? 1 : 0;
      await months.nth(other).check();
      const [second, ...more] = await shown(page);
      assert.notEqual(first, second);
      assert.deepEqual(more, []);

      const back = calendar(page).locator(".month:visible .back").first();
      assert.equal(await back.isVisible(), false);
      await calendar(page).getByRole("checkbox", { name: "Dates de retour" }).check();
      assert.match(await back.innerText(), /→ \d+/);
    }));
}

test("four classes are told apart by shape and by words", () =>
  visit(browser, server, {}, async (page) => {
    await page.goto("/");
    await ask(page, "le moins cher pour Rome en mars depuis Lyon");
    const heights = {};
    for (const name of ["least", "low", "middle", "high"]) {
      const day = calendar(page).locator(`.month .day.${name}`).first();
      heights[name] = await day.evaluate((e) => parseFloat(getComputedStyle(e, "::after").borderBottomWidth));
      const words = { least: "le moins cher", low: "bas", middle: "moyen", high: "haut" }[name];
      assert.ok((await day.textContent()).includes(`, ${words}`), await day.textContent());
      assert.ok((await calendar(page).locator(".heat-legend").innerText()).includes(words));
    }
    assert.ok(heights.least < heights.low && heights.low < heights.middle && heights.middle < heights.high);
    // A day asks for itself, and the reader is led to what it found.
    await calendar(page).locator(".month .day.low").first().click();
    await answers(page).nth(1).waitFor();
    await page.waitForFunction(() => document.activeElement?.matches(".message:last-child :is(.proposal, .flights)"));
  }));

test("the price is set against the month's where the answer has looked at it", () =>
  visit(browser, server, {}, async (page) => {
    await page.goto("/");
    await ask(page, "le moins cher pour Rome en mars depuis Lyon");
    const fares = await calendar(page)
      .locator(".month button.day b")
      .evaluateAll((all) => all.map((fare) => Number(fare.textContent.replace(/\s/g, ""))));
    const median = fares.sort((a, b) => a - b)[Math.floor((fares.length - 1) / 2)];
    const said = await lastAnswer(page).locator(".usual").innerText();
    assert.match(said, /médiane du mois sur ce programme, [\d\s,]+€/);
    const told = Number(/programme, ([\d\s,]+)/.exec(said)[1].replace(/\s/g, "").replace(",", "."));
    assert.ok(Math.abs(told - median) <= 1, `${said} ${median}`);
    // Nobody looked at a month here.
    await page.goto("/");
    await ask(page, "Lyon Rome le 12 mars");
    assert.equal(await lastAnswer(page).locator(".usual").count(), 0);
  }));

for (const width of [320, 390, 1280]) {
  test(`${width} px: the calendar fits, in both themes, without a fault`, () =>
    visit(browser, server, { ...audited, viewport: { width, height: 844 } }, async (page) => {
      await page.goto("/");
      await ask(page, TWO_MONTHS);
      await calendar(page).locator(".show-back input").check();
      assert.equal(await overflow(page), 0);
      const cut = await calendar(page)
        .locator(".month:visible .back:visible")
        .evaluateAll((all) => all.filter((back) => back.scrollWidth > back.parentElement.clientWidth + 1).length);
      assert.equal(cut, 0);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await assertAccessible(page, `${width} px, ${colorScheme}`);
      }
    }));
}
