// The small charts: the climate of a year, the budget of a trip, fares by the length of the stay; and
// what an empty page offers to ask. With SCREENSHOTS=<folder>, pictures of them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, audited } from "./axe.mjs";
import { DESKTOP, inBothThemes, overflow, PHONE, startBrowser, visit } from "./browser.mjs";
import { answers, ask, askForFlights, input, lastAnswer, stored } from "./conversation.mjs";
import { startServer } from "./server.mjs";

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Without a violation in both themes; pictures where they are wanted. */
async function assertShown(page, name) {
  assert.equal(await overflow(page), 0);
  await inBothThemes(page, name, (theme) => assertAccessible(page, `${name}, ${theme}`));
}

for (const [size, options] of [["1280", DESKTOP], ["390", PHONE]]) {
  test(`${size} px: the climate of a year has its bars, its month and its table`, () =>
    visit(browser, server, { ...options, ...audited }, async (page) => {
      await page.goto("/");
      await ask(page, "Quel temps fait-il à Rome en avril ?");
      const chart = lastAnswer(page).locator(".climate");
      assert.equal(await chart.locator("rect.warmth").count(), 12);
      assert.equal(await chart.locator("rect.rain").count(), 12);
      assert.equal(await chart.locator("rect.own").count(), 1);
      await chart.locator("summary").click();
      const rows = await chart.locator("tbody tr").allInnerTexts();
      assert.equal(rows.length, 12);
      assert.match(rows[3], /^Avril\s+votre mois\s+-?\d+\s°C\s+-?\d+\s°C\s+\d+$/);
      await chart.scrollIntoViewIfNeeded();
      await assertShown(page, `climate-${size}`);
    }));

  test(`${size} px: a budget is a bar of categories, and more than it is said`, () =>
    visit(browser, server, { ...options, ...audited }, async (page) => {
      await page.goto("/");
      await ask(page, "Je veux aller à Lisbonne du 3 au 8 mars 2027 depuis Lyon, 2 adultes, budget 3000 €");
      await ask(page, "combien coûte le voyage au total ?");
      const panel = page.locator("#trip");
      if (size === "390") await page.locator("#trip-open").click();
      const bar = panel.locator(".budget-bar");
      // Of flights alone until the answer is whole.
      await bar.locator("rect").nth(3).waitFor({ state: "attached" });
      assert.match(await bar.getAttribute("aria-label"), /^Prévu\s: .*€ sur un budget de 3\s000\s€, soit \d+\s%$/);
      await panel.locator(".budget-share").waitFor();
      assert.match(await panel.locator(".budget-share").innerText(), /^\d+\s% du budget$/);
      await bar.scrollIntoViewIfNeeded();
      await assertShown(page, `budget-${size}`);
      if (size === "390") await page.locator(".trip-close").click();
      await ask(page, "mon budget est de 300 €");
      await ask(page, "combien coûte le voyage au total ?");
      await panel.locator(".budget-share", { hasText: "dépassé de" }).waitFor({ state: "attached" });
      assert.equal(await bar.locator("rect.limit").count(), 1);
    }));

  test(`${size} px: another length of the stay sets the return`, () =>
    visit(browser, server, { ...options, ...audited }, async (page) => {
      await askForFlights(page);
      const part = lastAnswer(page).locator("details.lengths");
      await part.locator("summary").click();
      const rows = part.locator("button.length");
      await rows.first().waitFor();
      assert.ok((await rows.count()) >= 10, `${await rows.count()}`);
      assert.match(await part.innerText(), /Illustratif/);
      assert.equal(await part.locator(".least").count() >= 1, true);
      assert.match(await part.locator(".own").innerText(), /8 nuits[^]*votre durée/);
      await part.scrollIntoViewIfNeeded();
      await assertShown(page, `lengths-${size}`);
      // On a page of their own, as without a script.
      const alone = await part.page().context().newPage();
      const id = await lastAnswer(page).getAttribute("data-message-id");
      await alone.goto(`/messages/${id}/lengths`);
      await assertShown(alone, `lengths-page-${size}`);
      await alone.close();
      const asked = await answers(page).count();
      await rows.first().click();
      await answers(page).nth(asked).waitFor();
      const search = (await stored(page)).messages.at(-1).answer.tool_calls[0].arguments;
      assert.equal(search.return_date, `${search.date.slice(0, 8)}${Number(search.date.slice(8)) + 3}`);
      assert.equal(search.adults, 2);
    }));
}

test("without JavaScript the lengths are a page of their own", () =>
  visit(browser, server, { ...DESKTOP, ...audited, javaScriptEnabled: false }, async (page) => {
    await page.goto("/");
    await input(page).fill("Un vol Lyon New York du 12 au 20 janvier, 2 adultes");
    await page.locator("#send").click();
    await page.waitForURL(/\/c\//);
    await lastAnswer(page).locator(".lengths summary").click();
    await lastAnswer(page).getByRole("link", { name: "Comparer de 3 à 14 nuits" }).click();
    await page.waitForURL(/\/lengths$/);
    await page.locator("button.length").first().click();
    await page.waitForURL(/\/c\//);
    assert.match(await page.locator(".message.user .bubble").last().textContent(), /^retour le 15 janvier/);
    assert.ok((await lastAnswer(page).locator(".offer").count()) >= 1);
  }));

test("an empty page begins where the last trip began", () =>
  visit(browser, server, DESKTOP, async (page) => {
    const starters = () => page.locator(".examples button").evaluateAll((all) => all.map((one) => one.value));
    await page.goto("/");
    const first = await starters();
    assert.equal(first.length, 6);
    assert.ok(first.some((message) => message.includes("Paris")), first.join());
    await ask(page, "Je veux aller à Rome du 3 au 8 mars 2027 depuis Nantes");
    await page.goto("/");
    const then = await starters();
    assert.ok(then.some((message) => message.includes("Nantes")), then.join());
    assert.ok(!then.some((message) => message.includes("Paris –")), then.join());
  }));
