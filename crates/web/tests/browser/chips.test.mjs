// The reading of a message: chips that are removed or changed, and choices that answer a question.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, visit } from "./browser.mjs";
import { ask, input, lastAnswer, stored } from "./conversation.mjs";
import { startServer } from "./server.mjs";

const TRIP = "Lyon Rome du 12 au 20 janvier, 2 adultes et un enfant de 5 ans";
let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const labels = async (answer) =>
  (await answer.locator(".chip-label").allTextContents()).map((text) => text.replaceAll("\u00a0", " "));
const PARTS = ["Lyon → Rome", "mar. 12 janv.", "retour mer. 20 janv.", "2 adultes + 1 enfant (5 ans)"];

/** Sends a message without script. */
async function post(page, text) {
  const questions = page.locator(".message.user");
  const before = await questions.count();
  await input(page).fill(text);
  await page.locator("#send").click();
  await questions.nth(before).waitFor();
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  const say = javaScriptEnabled ? ask : post;

  test(`${how} JavaScript a chip is removed and the search runs again without it`, () =>
    visit(browser, server, { javaScriptEnabled }, async (page) => {
      await page.goto("/");
      await say(page, TRIP);
      assert.deepEqual(await labels(lastAnswer(page)), PARTS);
      assert.equal(await lastAnswer(page).locator(".offer").first().locator(".slice").count(), 2);

      await lastAnswer(page).getByRole("button", { name: /^Retirer\s: retour/ }).click();
      await page.locator(".message.agent:not([data-status=running])").nth(1).waitFor();
      const expected = [PARTS[0], PARTS[1], "aller simple", PARTS[3]];
      assert.deepEqual(await labels(lastAnswer(page)), expected);
      const offers = lastAnswer(page).locator(".offer");
      assert.ok((await offers.count()) >= 3);
      assert.equal(await offers.first().locator(".slice").count(), 1, "no way back");

      // Only the end of the conversation is acted upon.
      assert.equal(await page.locator(".chip-remove:visible").count(), 1);

      await lastAnswer(page).getByRole("button", { name: /^Retirer\s: 2 adultes/ }).click();
      await page.locator(".message.agent:not([data-status=running])").nth(2).waitFor();
      assert.match(await lastAnswer(page).locator(".offer .price").first().innerText(), /1 personne/);

      const answers = (await stored(page)).messages.filter((message) => message.role === "agent");
      const searched = answers.map(({ answer }) => answer.tool_calls.find((call) => call.name === "search_flights").arguments);
      assert.equal(searched.length, 3);
      assert.ok(searched[0].return_date && !searched[1].return_date, JSON.stringify(searched));
      assert.ok(searched[1].children_ages && !searched[2].children_ages, JSON.stringify(searched));
    }));

  test(`${how} JavaScript a chip is changed in the input`, () =>
    visit(browser, server, { javaScriptEnabled }, async (page) => {
      await page.goto("/");
      await say(page, TRIP);
      const { pathname } = new URL(page.url());
      await lastAnswer(page).getByRole("button", { name: /^Modifier\s: Lyon → Rome/ }).click();
      // Between two pages there is none.
      await page.waitForFunction(() => Boolean(document.getElementById("message")?.value));
      assert.equal(await input(page).inputValue(), "Plutôt de Lyon à Rome");
      assert.equal(await page.locator(".message.user").count(), 1, "nothing is sent");
      assert.equal(await page.locator(".offer").first().isVisible(), true, "the conversation is there");
      await say(page, "Plutôt de Lyon à Lisbonne");
      assert.equal((await labels(lastAnswer(page)))[0], "Lyon → Lisbonne");
      assert.equal(new URL(page.url()).pathname, pathname);
    }));

  test(`${how} JavaScript an ambiguous place is chosen by a button`, () =>
    visit(browser, server, { javaScriptEnabled }, async (page) => {
      await page.goto("/");
      await say(page, "de Lyon à San José le 12 janvier");
      const choices = lastAnswer(page).locator(".choices button");
      assert.ok((await choices.count()) >= 2);
      const choice = choices.filter({ hasText: "Costa Rica" });
      await choice.click();
      await page.locator(".message.agent:not([data-status=running])").nth(1).waitFor();
      assert.equal((await labels(lastAnswer(page)))[0], "Lyon → San José");
      assert.match(await lastAnswer(page).innerText(), /SJO/);
      assert.equal(await page.locator(".choices:visible").count(), 0);
    }));
}

test("the chips are there while the answer is written, and stay where they are", () =>
  visit(browser, server, {}, async (page) => {
    await page.goto("/");
    await page.evaluate(() => {
      window.early = 0;
      new MutationObserver(() => {
        window.early ||= document.querySelectorAll("[data-status=running] .chip").length;
      }).observe(document.getElementById("thread"), { childList: true, subtree: true });
    });
    await ask(page, TRIP);
    assert.equal(await page.evaluate(() => window.early), PARTS.length);
  }));

test("small talk has no chips", () =>
  visit(browser, server, {}, async (page) => {
    await page.goto("/");
    await ask(page, "Bonjour !");
    assert.equal(await page.locator("main .chip").count(), 0);
  }));
