// Language and theme.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, visit } from "./browser.mjs";
import { ask, lastAnswer } from "./conversation.mjs";
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

test("the language is that of the browser until another is chosen, and stays chosen", () =>
  visit(browser, server, {}, async (page) => {
    await page.goto("/");
    assert.equal(await page.locator("html").getAttribute("lang"), "fr");
    await page.getByRole("button", { name: "English" }).click();
    await page.locator("html[lang=en]").waitFor();
    assert.equal(await page.locator(".welcome h2").innerText(), "Where to next?");
    await page.goto("/traces");
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    await page.getByRole("button", { name: "Français" }).click();
    await page.locator("html[lang=fr]").waitFor();
    assert.equal(new URL(page.url()).pathname, "/traces");
  }));

test("the language of an answer is that of its question", () =>
  visit(browser, server, { locale: "en-GB" }, async (page) => {
    await page.goto("/");
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    await ask(page, "I want to go to New York in January");
    assert.match(await lastAnswer(page).innerText(), /Where|from/);
    await ask(page, "Finalement, je préfère partir de Lyon pour Rome en mars, merci");
    assert.equal(await lastAnswer(page).locator(".answer").getAttribute("lang"), "fr");
  }));

test("the theme follows the system until it is toggled, and stays toggled", () =>
  visit(browser, server, {}, async (page) => {
    const background = () =>
      page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    await page.goto("/");
    const light = await background();
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await background();
    assert.notEqual(dark, light);
    await page.emulateMedia({ colorScheme: "light" });
    assert.equal(await background(), light);

    await page.locator("[data-theme-toggle]").click();
    assert.equal(await background(), dark);
    await page.reload();
    assert.equal(await background(), dark);
    await page.goto("/traces");
    assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
    await page.locator("[data-theme-toggle]").click();
    await page.goto("/");
    assert.equal(await background(), light);
  }));
