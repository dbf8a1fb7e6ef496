// What scripts write on the page comes from the page's table of texts: the table is put in brackets on
// its way to the browser, and what a script shows or announces without brackets has escaped it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, visit } from "./browser.mjs";
import { ask, input, lastAnswer } from "./conversation.mjs";
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

const bracketed = (value) =>
  typeof value === "string"
    ? `⟦${value}⟧`
    : Object.fromEntries(Object.entries(value).map(([key, text]) => [key, bracketed(text)]));

const decoded = (text) => text.replaceAll("&#34;", '"').replaceAll("&#39;", "'").replaceAll("&#38;", "&");
const encoded = (text) => text.replaceAll("&", "&#38;").replaceAll('"', "&#34;");

/** Puts the texts for scripts in brackets, in every document that is opened. */
async function inBrackets(page) {
  await page.route(
    (url) => url.pathname === "/" || url.pathname.startsWith("/c/"),
    async (route) => {
      if (route.request().resourceType() !== "document") return route.continue();
      const response = await route.fetch();
      const body = (await response.text()).replace(/data-i18n="([^"]*)"/, (_, json) => {
        const table = JSON.stringify(bracketed(JSON.parse(decoded(json))));
        return `data-i18n="${encoded(table)}"`;
      });
      return route.fulfill({ response, body });
    },
  );
}

/** Fails with what a script showed outside of brackets. */
function assertBracketed(texts, what) {
  const bare = texts
    .map((text) => text.replace(/⟦[^⟧]*⟧/g, ""))
    .filter((text) => /\p{Letter}{2}/u.test(text));
  assert.deepEqual(bare, [], what);
}

test("what scripts announce and show stands in the table of texts", () =>
  // A service worker would fetch past what puts the brackets.
  visit(browser, server, { serviceWorkers: "block", expects: /429|404|Failed to load|ERR_FAILED|ERR_INTERNET/ }, async (page) => {
    await inBrackets(page);
    await page.goto("/");
    await input(page).pressSequentially("/");
    await page.locator("#commands li").first().waitFor();
    const commands = await page.locator("#commands li").allInnerTexts();
    assertBracketed(commands.map((text) => text.replace(/^\/\w+/, "")), "commands");
    await page.keyboard.press("Escape");
    await input(page).fill("x".repeat(4_100));
    await page.locator("#counter:not([hidden])").waitFor();
    assertBracketed([await page.locator("#counter").innerText()], "the counter");
    await ask(page, "Un vol Lyon Rome le 12 mars, 1 adulte");
    // Steps are told by the server, in the sentences that the finished answer keeps.
    const steps = (await lastAnswer(page).locator(".step-label").allTextContents()).map((step) => `${step.trim()}…`);
    assert.ok(steps.length > 0);
    await lastAnswer(page).getByRole("button", { name: "Bonne réponse" }).click();
    await page.waitForFunction(() => window.seen.announced.length > 1);
    const announced = await page.evaluate(() => window.seen.announced);
    // The server is away: a notice with a button.
    await page.context().setOffline(true);
    await input(page).fill("et demain ?");
    await page.locator("#send").click();
    await page.locator("#notices .notice").first().waitFor();
    assertBracketed(await page.locator("#notices .notice-text, #notices button").allInnerTexts(), "a notice");
    await page.context().setOffline(false);
    await page.goto("/");
    // Deleted, and had back.
    await page.locator(".conversation .menu > summary").first().click();
    await page.locator(".conversation .danger > summary").first().click();
    await page.locator("[data-delete] button").first().click();
    await page.locator("#notices .notice").first().waitFor();
    assertBracketed(await page.locator("#notices .notice-text, #notices button").allInnerTexts(), "a deletion");
    // What the server wrote into the page for its scripts is from its own tables.
    const own = await page.evaluate(() =>
      [...document.querySelectorAll("*")].flatMap((element) => Object.values(element.dataset)),
    );
    // An answer is read out behind the words that say it is there.
    announced.push(...(await page.evaluate(() => window.seen.announced)));
    const bare = announced.filter((text) => !own.includes(text) && !steps.includes(text) && !text.startsWith("⟦"));
    assert.deepEqual(bare, [], "announcements");
  }));
