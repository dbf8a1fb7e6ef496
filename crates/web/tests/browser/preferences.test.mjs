// Language and theme.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, visit } from "./browser.mjs";
import { ask, askForFlights, input, lastAnswer } from "./conversation.mjs";
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

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  const draft = "et plutôt\n le 14 < 15 & « demain »";

  test(`${how} JavaScript a change of language keeps the conversation and what is being written`, () =>
    visit(browser, server, { javaScriptEnabled }, async (page) => {
      if (javaScriptEnabled) {
        // Begun by the script: the page itself was that of no conversation.
        await askForFlights(page);
      } else {
        await page.goto("/");
        await input(page).fill("un vol de Lyon à Rome le 12 janvier");
        await page.locator("#send").click();
        await page.waitForURL(/\/c\//);
      }
      const { pathname } = new URL(page.url());
      const messages = await page.locator(".message").count();
      const switchTo = async (name, locale) => {
        await page.getByRole("button", { name }).click();
        await page.locator(`html[lang=${locale}]`).waitFor();
        assert.equal(await page.locator(".message").count(), messages, "the conversation");
      };
      await switchTo("English", "en");
      assert.equal(new URL(page.url()).pathname, pathname);
      assert.equal(await input(page).inputValue(), "");

      await input(page).fill(draft);
      await switchTo("Français", "fr");
      assert.equal(await input(page).inputValue(), draft);
      await switchTo("English", "en");
      assert.equal(await input(page).inputValue(), draft, "a second time");
      // The script puts the address back once it runs.
      if (javaScriptEnabled) await page.waitForURL((url) => url.pathname === pathname);
      await page.locator("#send").click();
      await page.locator(".message.user .bubble").nth(messages / 2).waitFor();
    }));

  test(`${how} JavaScript a change of language keeps what is written on the empty page`, () =>
    visit(browser, server, { javaScriptEnabled }, async (page) => {
      await page.goto("/?q=rome");
      await input(page).fill(draft);
      await page.getByRole("button", { name: "English" }).click();
      await page.locator("html[lang=en]").waitFor();
      assert.equal(await input(page).inputValue(), draft);
      assert.equal(await page.locator("#welcome").count(), 1);
      await input(page).fill("");
      await page.getByRole("button", { name: "Français" }).click();
      await page.locator("html[lang=fr]").waitFor();
      assert.equal(new URL(page.url()).pathname, "/");
    }));
}

test("after a refused message the language can be changed", () =>
  visit(browser, server, { javaScriptEnabled: false, expects: /status of 422/ }, async (page) => {
    await page.goto("/");
    const draft = "x".repeat(4001);
    await input(page).fill(draft);
    await page.locator("#send").click();
    await page.locator("#notices .notice").waitFor();
    await page.getByRole("button", { name: "English" }).click();
    await page.locator("html[lang=en]").waitFor();
    assert.equal(await input(page).inputValue(), draft);
    await input(page).fill("");
    await page.getByRole("button", { name: "Français" }).click();
    await page.locator("html[lang=fr]").waitFor();
    assert.equal(new URL(page.url()).pathname, "/");
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
