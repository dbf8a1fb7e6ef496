// An answer that was stopped, or broke off, is gone on with: by its button, with and without script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, audited } from "./axe.mjs";
import { startBrowser, visit } from "./browser.mjs";
import { answers, ask, input, lastAnswer, stored } from "./conversation.mjs";
import { startModel } from "./model.mjs";
import { startServer } from "./server.mjs";

const ASKED = "Un vol de Lyon à New York du 12 au 20 janvier, 2 adultes";
let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

async function withFaults(faults, options, body) {
  const server = await startServer({ TEST_FAULTS: faults });
  try {
    await visit(browser, server, options, body);
  } finally {
    await server.stop();
  }
}

const goOn = (page) => page.getByRole("button", { name: `Continuer : ${ASKED}`.slice(0, 50) });

test("a stopped answer has a button that goes on with its question, and only while it is the last", () =>
  withFaults("model_delay:1=600000", audited, async (page) => {
    await page.goto("/");
    await input(page).fill(ASKED);
    await page.locator("#send").click();
    await page.waitForURL(/\/c\//);
    await page.locator("#stop").click();
    await answers(page).waitFor();
    await goOn(page).waitFor();
    assert.equal(await goOn(page).innerText(), "Continuer");
    await assertAccessible(page, "a stopped answer");
    await page.reload();
    await goOn(page).focus();
    await page.keyboard.press("Enter");
    await answers(page).nth(1).waitFor();
    assert.equal(await lastAnswer(page).getAttribute("data-status"), "ok");
    assert.ok((await lastAnswer(page).locator(".offer").count()) >= 3);
    assert.equal(await goOn(page).count(), 0);
    const { messages } = await stored(page);
    assert.deepEqual(messages.map(({ role }) => role), ["user", "agent", "user", "agent"]);
    assert.equal(messages[2].parent_id, messages[1].id, "it goes on from what was stopped");
    await page.reload();
    assert.equal(await goOn(page).count(), 0);
    assert.equal(await answers(page).first().getAttribute("data-status"), "stopped", "which stays");
  }));

test("an answer that broke off is gone on with without JavaScript", async () => {
  const replies = [{ text: "Un début de réponse qui ne finit pas", breaks: true }, { text: "La suite." }];
  const model = await startModel((number) => replies[Math.min(number, 1)]);
  const server = await startServer(model.environment);
  try {
    await visit(browser, server, { javaScriptEnabled: false }, async (page) => {
      await page.goto("/");
      await input(page).fill("bonjour");
      await page.locator("#send").click();
      await page.waitForURL(/\/c\//);
      await page.getByRole("button", { name: "Continuer : bonjour" }).click();
      await lastAnswer(page).getByText("La suite.").waitFor();
      assert.equal(await page.locator(".message").count(), 4);
      assert.equal(await page.locator(".continue").count(), 0);
    });
  } finally {
    await server.stop();
    model.stop();
  }
});

test("an answer that is whole has no such button", () =>
  withFaults("", {}, async (page) => {
    await page.goto("/");
    await ask(page, "bonjour");
    assert.equal(await page.locator(".continue").count(), 0);
  }));
