// Answers had again, messages worded anew, and the ways between what came of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, audited } from "./axe.mjs";
import { startBrowser, visit } from "./browser.mjs";
import { answers, ask, input, lastAnswer, stored } from "./conversation.mjs";
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

const questions = (page) => page.locator(".message.user .bubble");
const FIRST = "Je veux aller à Lisbonne en mars";
const SECOND = "depuis Lyon, du 12 au 20";
const INSTEAD = "Je veux aller à Rome en avril";

async function twoTurns(page) {
  await page.goto("/");
  await ask(page, FIRST);
  await ask(page, SECOND);
}

async function edit(page, at, text) {
  const message = page.locator(".message.user").nth(at);
  await message.hover();
  await message.locator(".edit > summary").click();
  await message.locator(".edit textarea").fill(text);
  await message.getByRole("button", { name: "Envoyer à la place" }).click();
}

test("the first message is worded anew, and both branches stay", () =>
  visit(browser, server, audited, async (page) => {
    await twoTurns(page);
    await edit(page, 0, INSTEAD);
    await questions(page).getByText(INSTEAD).waitFor();
    await page.locator(".message.user .siblings", { hasText: "2/2" }).waitFor();
    assert.deepEqual(await questions(page).allTextContents(), [INSTEAD]);
    assert.equal(await page.locator(".message").count(), 2);
    await assertAccessible(page, "a branch");
    const { messages } = await stored(page);
    assert.equal(messages.length, 6);
    assert.equal(messages.filter(({ parent_id }) => parent_id === null).length, 2);

    await input(page).fill("un brouillon");
    await page.locator(".siblings a[data-branch]").click();
    await page.waitForURL(/branch=/);
    assert.deepEqual(await questions(page).allTextContents(), [FIRST, SECOND]);
    assert.equal(await input(page).inputValue(), "un brouillon");
    // The language keeps branch and draft.
    await page.getByRole("button", { name: "English" }).click();
    await page.locator("html[lang=en]").waitFor();
    assert.deepEqual(await questions(page).allTextContents(), [FIRST, SECOND]);
    assert.equal(await input(page).inputValue(), "un brouillon");
    await input(page).fill("");
    await page.getByRole("button", { name: "Français" }).click();
    await page.locator("html[lang=fr]").waitFor();
    assert.deepEqual(await questions(page).allTextContents(), [FIRST, SECOND]);

    // What is asked here goes on from here.
    await ask(page, "plutôt le 14");
    assert.deepEqual(await questions(page).allTextContents(), [FIRST, SECOND, "plutôt le 14"]);
    assert.doesNotMatch(page.url(), /branch=/);
    await page.reload();
    assert.deepEqual(await questions(page).allTextContents(), [FIRST, SECOND, "plutôt le 14"]);
  }));

test("any answer is had again, also one in the middle", () =>
  visit(browser, server, {}, async (page) => {
    await twoTurns(page);
    await answers(page).first().getByRole("button", { name: "Répondre à nouveau" }).click();
    await answers(page).first().locator(".siblings", { hasText: "2/2" }).waitFor();
    assert.equal(await page.locator(".message").count(), 2);
    await answers(page).first().locator(".siblings a[data-branch]").click();
    await page.waitForURL(/branch=/);
    assert.deepEqual(await questions(page).allTextContents(), [FIRST, SECOND]);
  }));

test("the upward arrow edits the last message, Enter sends it and Escape leaves it", () =>
  visit(browser, server, {}, async (page) => {
    await twoTurns(page);
    await input(page).press("ArrowUp");
    const field = page.locator(".message.user .edit[open] textarea");
    await field.waitFor();
    assert.equal(await field.inputValue(), SECOND);
    assert.ok(await field.evaluate((element) => element === document.activeElement));
    await field.press("Escape");
    assert.equal(await field.count(), 0);
    await input(page).press("ArrowUp");
    await field.fill("depuis Paris, du 3 au 9");
    await field.press("Enter");
    await page.locator(".message.user .siblings", { hasText: "2/2" }).waitFor();
    assert.deepEqual(await questions(page).allTextContents(), [FIRST, "depuis Paris, du 3 au 9"]);
    assert.match(await lastAnswer(page).innerText(), /Paris/);
  }));

test("a wording that is refused leaves everything as it was", () =>
  visit(browser, server, { expects: /503/ }, async (page) => {
    await twoTurns(page);
    await page.route("**/api/chat", (route) =>
      route.fulfill({ status: 503, contentType: "application/problem+json", body: "{}" }));
    await edit(page, 0, INSTEAD);
    await page.locator("#notices .notice").waitFor();
    assert.deepEqual(await questions(page).allTextContents(), [FIRST, SECOND]);
    assert.equal(await page.locator(".message").count(), 4);
  }));

test("without script a message is worded anew by its form", () =>
  visit(browser, server, { javaScriptEnabled: false }, async (page) => {
    await page.goto("/");
    await input(page).fill(FIRST);
    await page.locator("#send").click();
    await page.waitForURL(/\/c\//);
    await edit(page, 0, INSTEAD);
    await page.locator(".message.user .siblings", { hasText: "2/2" }).waitFor();
    assert.deepEqual(await questions(page).allTextContents(), [INSTEAD]);
    await page.locator(".message.user .siblings a").click();
    await page.waitForURL(/branch=/);
    assert.deepEqual(await questions(page).allTextContents(), [FIRST]);
    await input(page).fill(SECOND);
    await page.locator("#send").click();
    await questions(page).nth(1).waitFor();
    assert.deepEqual(await questions(page).allTextContents(), [FIRST, SECOND]);
    await lastAnswer(page).getByRole("button", { name: "Répondre à nouveau" }).click();
    await lastAnswer(page).locator(".siblings", { hasText: "2/2" }).waitFor();
  }));
