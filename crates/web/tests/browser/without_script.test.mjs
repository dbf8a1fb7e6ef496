// The page without JavaScript: forms, links and answers that come whole.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, visit } from "./browser.mjs";
import { COMPLETION, input, lastAnswer, QUESTION } from "./conversation.mjs";
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

const bare = (body, options) =>
  visit(browser, server, { javaScriptEnabled: false, ...options }, body);

async function post(page, text) {
  await input(page).fill(text);
  await page.locator("#send").click();
  await page.waitForURL(/\/c\//);
  await page.locator(".message.user .bubble", { hasText: text }).waitFor();
}

async function flights(page) {
  await page.goto("/");
  await post(page, QUESTION);
  await post(page, COMPLETION);
}

test("a message is asked by form and answered with cards", () =>
  bare(async (page) => {
    await flights(page);
    assert.ok((await lastAnswer(page).locator(".offer").count()) >= 3);
    assert.equal(await page.locator(".message").count(), 4);
    assert.equal(await page.locator("#conversations > li").count(), 1);
    // Buttons that would do nothing are not shown.
    for (const button of await page.locator(".js-only").all()) {
      assert.equal(await button.isVisible(), false);
    }
    await lastAnswer(page).locator(".offer-details summary").first().click();
    assert.match(await lastAnswer(page).locator(".offer-details").first().innerText(), /Bagages/);
  }));

test("an example, a choice and a proposal are forms", () =>
  bare(async (page) => {
    await page.goto("/");
    await page.locator(".examples button").first().click();
    await page.waitForURL(/\/c\//);
    await post(page, COMPLETION);
    await page.locator(".offer > summary").nth(1).click();
    await page.locator(".choose").nth(1).click();
    await page.locator(".message.user .bubble", { hasText: "deuxième vol" }).waitFor();

    await page.locator(".proposal.open button", { hasText: "Non merci" }).click();
    await page.locator(".proposal", { hasText: "Vous avez décliné" }).waitFor();
    assert.equal(await page.locator(".proposal.open").count(), 0);
  }));

test("a proposal is confirmed", () =>
  bare(async (page) => {
    await flights(page);
    await page.locator(".proposal.open button", { hasText: "Confirmer" }).click();
    await page.locator(".proposal.confirmed").waitFor();
    assert.match(await lastAnswer(page).innerText(), /réserv/i);
  }));

test("a message that is too long is refused on the page and not lost", () =>
  bare(async (page) => {
    await page.goto("/");
    await input(page).fill("x".repeat(4001));
    await page.locator("#send").click();
    await page.locator("#notices .notice").waitFor();
    assert.match(await page.locator("#notices").innerText(), /4\s000/);
    assert.equal((await input(page).inputValue()).length, 4001);
    assert.equal(await page.locator("#conversations > li").count(), 0);
  }, { expects: /status of 422/ }));

test("language, search, rename and delete are forms and links", () =>
  bare(async (page) => {
    await flights(page);
    await page.getByRole("button", { name: "English" }).click();
    await page.locator("html[lang=en]").waitFor();
    assert.equal(await page.locator(".message").count(), 4, "back in the conversation");

    await page.locator("input[name=q]").fill("zanzibar");
    await page.locator("input[name=q]").press("Enter");
    await page.waitForURL(/q=zanzibar/);
    assert.equal(await page.locator("#conversations > li").count(), 0);
    await page.goto("/?q=lyon");
    const item = page.locator("#conversations > li");
    assert.equal(await item.count(), 1);
    await item.locator(".menu > summary").click();
    await item.locator("input[name=title]").fill("January");
    await item.getByRole("button", { name: "Rename" }).click();
    await page.waitForURL(/\/c\//);
    assert.equal(await page.locator(".conversation-title").innerText(), "January");
    await item.locator(".menu > summary").click();
    await item.locator(".danger > summary").click();
    await item.getByRole("button", { name: "Delete for good" }).click();
    await page.locator("#welcome").waitFor();
    assert.equal(await page.locator("#conversations > li").count(), 0);
  }));
