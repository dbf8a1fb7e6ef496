// Commands, the sheet of shortcuts, and parts of answers that are quoted.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, audited } from "./axe.mjs";
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

const options = (page) => page.locator("#commands [role=option]");
const names = async (page) => (await options(page).locator("code").allTextContents()).join(" ");

test("commands are chosen by keyboard or pointer, and only those that work", () =>
  visit(browser, server, audited, async (page) => {
    await page.goto("/");
    await input(page).fill("/");
    assert.equal(await names(page), "/new /trips /traces /theme /help");
    assert.equal(await input(page).getAttribute("aria-activedescendant"), "command-new");
    await assertAccessible(page, "commands");
    await input(page).press("ArrowDown");
    assert.equal(await input(page).getAttribute("aria-activedescendant"), "command-trips");
    await input(page).press("Escape");
    assert.equal(await page.locator("#commands").isHidden(), true);
    await input(page).fill("/th");
    await input(page).press("Enter");
    assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
    assert.equal(await input(page).inputValue(), "");
    await input(page).fill("/trip");
    await options(page).first().click();
    await page.waitForURL("/trips");

    await askForFlights(page);
    await input(page).fill("/e");
    assert.equal(await names(page), "/export");
    const download = page.waitForEvent("download");
    await input(page).press("Enter");
    assert.match((await download).suggestedFilename(), /\.md$/);
    await input(page).fill("/new");
    await input(page).press("Tab");
    await page.locator("#welcome").waitFor();
  }));

test("what only begins like a command is a message", () =>
  visit(browser, server, {}, async (page) => {
    await page.goto("/");
    await ask(page, "/bonjour à vous");
    assert.equal(await page.locator(".message.user .bubble").textContent(), "/bonjour à vous");
  }));

for (const colorScheme of ["light", "dark"]) {
  test(`the sheet of shortcuts opens on a question mark and gives the focus back, ${colorScheme}`, () =>
    visit(browser, server, { ...audited, colorScheme }, async (page) => {
      await page.goto("/");
      await input(page).fill("?");
      assert.equal(await page.locator("#keys").isVisible(), false, "it is being written");
      await input(page).fill("");
      await page.locator(".new-chat").focus();
      await page.keyboard.press("?");
      assert.ok(await page.getByRole("dialog", { name: "Raccourcis clavier" }).isVisible());
      await assertAccessible(page, "the sheet");
      await page.keyboard.press("Escape");
      assert.equal(await page.locator("#keys").isVisible(), false);
      assert.ok(await page.locator(".new-chat").evaluate((element) => element === document.activeElement));
      await input(page).fill("/help");
      await input(page).press("Enter");
      assert.ok(await page.locator("#keys").isVisible());
      await page.locator("#keys").getByRole("button", { name: "Fermer" }).click();
      await page.locator("[data-keys]").click();
      assert.ok(await page.locator("#keys").isVisible());
    }));
}

test("a part of an answer is quoted before what is being written", () =>
  visit(browser, server, audited, async (page) => {
    await page.goto("/");
    await ask(page, "Je veux aller à New York en janvier");
    await input(page).fill("et ça ?");
    const select = (selector) =>
      page.evaluate((selector) => {
        const part = [...document.querySelectorAll(selector)].at(-1);
        getSelection().selectAllChildren(part);
      }, selector);
    await select(".message.user .bubble");
    assert.equal(await page.locator("#quote").isVisible(), false, "answers alone");
    await select(".message.agent .prose > p");
    const quote = page.locator("#quote");
    await quote.waitFor();
    await assertAccessible(page, "a selection");
    const text = (await lastAnswer(page).locator(".prose > p").last().innerText()).trim();
    await quote.click();
    const quoted = text.split("\n").map((line) => `> ${line}`.trimEnd()).join("\n");
    assert.equal(await input(page).inputValue(), `${quoted}\n\net ça ?`);
    assert.equal(await quote.isVisible(), false);
    assert.ok(await input(page).evaluate((element) => element === document.activeElement));
  }));
