// What is being written, and what waits to be sent.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, audited } from "./axe.mjs";
import { startBrowser, visit } from "./browser.mjs";
import { answers, ask, input, lastAnswer, running, stored } from "./conversation.mjs";
import { startModel } from "./model.mjs";
import { startServer } from "./server.mjs";

const LONG = "Un mot après l’autre. ".repeat(10);
/** What answers wait for in their middle, where a test wants that. */
let hold = null;
let model;
let slow;
let server;
let browser;
before(async () => {
  model = await startModel(() => ({ text: LONG, hold }));
  [server, slow, browser] = await Promise.all([
    startServer(),
    startServer(model.environment),
    startBrowser(),
  ]);
});
after(async () => {
  await browser?.close();
  await Promise.all([server?.stop(), slow?.stop()]);
  model?.stop();
});

const waiting = (page) => page.locator("#queue li .queued-text");

test("a draft survives a reload, is of its conversation, and is gone when it is sent", () =>
  visit(browser, server, {}, async (page) => {
    await page.goto("/");
    await input(page).fill("un début <b>de</b>\nphrase");
    await page.reload();
    assert.equal(await input(page).inputValue(), "un début <b>de</b>\nphrase");
    await input(page).fill("");
    await ask(page, "Bonjour");
    await page.reload();
    assert.equal(await input(page).inputValue(), "");
    await input(page).fill("dans la conversation");
    const open = page.url();
    await page.goto("/");
    assert.equal(await input(page).inputValue(), "", "of the other page");
    await page.goto(open);
    assert.equal(await input(page).inputValue(), "dans la conversation");
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    assert.doesNotMatch(kept, /conversation/, "only in this tab");
  }));

test("a message that is sent during an answer waits, is seen, and follows it", () =>
  visit(browser, slow, audited, async (page) => {
    let release;
    hold = new Promise((resolve) => (release = resolve));
    await page.goto("/");
    await input(page).fill("Première");
    await input(page).press("Enter");
    await running(page).locator(".prose p").first().waitFor();
    for (const text of ["Deuxième", "Troisième"]) {
      await input(page).fill(text);
      await input(page).press("Enter");
    }
    assert.deepEqual(await waiting(page).allTextContents(), ["Deuxième", "Troisième"]);
    assert.equal(await input(page).inputValue(), "");
    await assertAccessible(page, "messages that wait");
    await page.locator("#queue li", { hasText: "Troisième" }).getByRole("button", { name: "Reprendre" }).click();
    assert.equal(await input(page).inputValue(), "Troisième");
    assert.deepEqual(await waiting(page).allTextContents(), ["Deuxième"]);
    release();
    await answers(page).nth(1).waitFor({ timeout: 30_000 });
    assert.equal(await page.locator("#queue").isHidden(), true);
    const said = (await stored(page)).messages.filter(({ role }) => role === "user");
    assert.deepEqual(said.map(({ text }) => text), ["Première", "Deuxième"]);
  }));

test("after a stop what waits is kept, over a reload too, and is sent by its button", () =>
  visit(browser, slow, {}, async (page) => {
    hold = new Promise(() => {});
    await page.goto("/");
    await input(page).fill("Première");
    await input(page).press("Enter");
    await running(page).locator(".prose p").first().waitFor();
    await input(page).fill("Ensuite");
    await input(page).press("Enter");
    await page.locator("#stop").click();
    await answers(page).waitFor();
    assert.equal(await lastAnswer(page).getAttribute("data-status"), "stopped");
    assert.deepEqual(await waiting(page).allTextContents(), ["Ensuite"]);
    await page.reload();
    assert.deepEqual(await waiting(page).allTextContents(), ["Ensuite"]);
    hold = null;
    await page.getByRole("button", { name: "Envoyer maintenant" }).click();
    await answers(page).nth(1).waitFor({ timeout: 30_000 });
    assert.equal(await page.locator("#queue").isHidden(), true);
  }));
