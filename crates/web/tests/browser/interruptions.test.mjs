// Answers that are stopped, and answers that outlive the page that asked for them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, visit } from "./browser.mjs";
import { answers, ask, input, lastAnswer, QUESTION, running, stored } from "./conversation.mjs";
import { startServer } from "./server.mjs";

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

/** Runs `body(page)` against a server with planned faults. */
async function withFaults(faults, body) {
  const server = await startServer({ TEST_FAULTS: faults });
  try {
    await visit(browser, server, {}, body);
  } finally {
    await server.stop();
  }
}

async function send(page, text) {
  await input(page).fill(text);
  await page.locator("#send").click();
  // Until the server has taken the message.
  await page.waitForURL(/\/c\//);
}

test("a stopped answer is marked as such, and the next one comes", () =>
  withFaults("model_delay:1=600000", async (page) => {
    await page.goto("/");
    await send(page, QUESTION);
    assert.equal(await page.locator("#send").isHidden(), true);
    await page.locator("#stop").click();
    await answers(page).waitFor();
    assert.equal(await answers(page).getAttribute("data-status"), "stopped");
    assert.match(await answers(page).innerText(), /Réponse arrêtée/);
    assert.equal((await stored(page)).messages.at(-1).answer.status, "stopped");
    assert.equal(await page.locator("#stop").isHidden(), true);

    await ask(page, QUESTION);
    assert.equal(await lastAnswer(page).getAttribute("data-status"), "ok");
  }));

test("Escape stops the answer", () =>
  withFaults("model_delay:1=600000", async (page) => {
    await page.goto("/");
    await send(page, "bonjour");
    await page.keyboard.press("Escape");
    await answers(page).waitFor();
    assert.equal(await answers(page).getAttribute("data-status"), "stopped");
    await input(page).pressSequentially("et maintenant ?");
    assert.equal(await page.locator("#send").isEnabled(), true);
  }));

test("a page that is loaded again in the middle goes on with the answer", () =>
  withFaults("model_delay:2=4000", async (page) => {
    await page.goto("/");
    await send(page, "Un vol Lyon New York le 15 du mois prochain");
    // The first call asked for a search; the second hangs for a while.
    await running(page).locator(".step.done").first().waitFor();
    await page.reload();
    await running(page).waitFor();
    assert.equal(await page.locator("#stop").isVisible(), true);
    assert.equal(await page.locator(".message.user").count(), 1);
    // What came before the page was loaded is shown again.
    await running(page).locator(".step.done").first().waitFor();

    await answers(page).waitFor();
    assert.equal(await answers(page).getAttribute("data-status"), "ok");
    assert.ok((await answers(page).locator(".offer").count()) > 0);
    assert.equal(await page.locator(".message").count(), 2);
    assert.equal(await page.locator("#stop").isHidden(), true);
    assert.equal((await stored(page)).messages.length, 2);
  }));

test("another tab of the conversation sees the answer come, too", () =>
  withFaults("model_delay:1=3000", async (page) => {
    await page.goto("/");
    await send(page, QUESTION);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await running(other).waitFor();
    await answers(other).waitFor();
    await answers(page).waitFor();
    assert.equal(
      await answers(other).locator(".prose").innerText(),
      await answers(page).locator(".prose").innerText(),
    );
  }));
