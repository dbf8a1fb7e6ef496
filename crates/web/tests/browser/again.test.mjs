// Answers that break off in the middle, and their questions answered once more.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, visit } from "./browser.mjs";
import { answers, ask, input, lastAnswer, stored } from "./conversation.mjs";
import { startModel } from "./model.mjs";
import { startServer } from "./server.mjs";

const BROKEN = { text: "Un début de réponse qui ne finit pas", breaks: true };
const WHOLE = { text: "Bonjour ! Où partons-nous ?" };

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

/** Runs `body(page)` where the model says `replies` in turn, and the last of them for ever. */
async function withModel(replies, body, { environment, ...options } = {}) {
  const model = await startModel((number) => replies[Math.min(number, replies.length - 1)]);
  const server = await startServer({ ...model.environment, ...environment });
  try {
    await visit(browser, server, options, body);
  } finally {
    await server.stop();
    model.stop();
  }
}

const tryAgain = (page) => page.getByRole("button", { name: "Réessayer" });
const whole = (page) => page.locator(".message.agent[data-status=ok]", { hasText: WHOLE.text });

async function assertReplaced(page) {
  await whole(page).waitFor();
  assert.equal(await page.locator(".message.user").count(), 1);
  assert.equal(await page.locator(".message.agent").count(), 1);
  assert.equal(await page.getByText("Un début").count(), 0);
  assert.equal(await tryAgain(page).count(), 0);
}

test("the button replaces the answer that broke off, and does not ask twice", () =>
  withModel([BROKEN, WHOLE], async (page) => {
    await page.goto("/");
    await ask(page, "bonjour");
    assert.equal(await lastAnswer(page).getAttribute("data-status"), "error");
    assert.match(await lastAnswer(page).innerText(), /Un début[^]*Une erreur a interrompu/);

    // By keyboard, which then is where the next message is typed.
    await tryAgain(page).focus();
    await page.keyboard.press("Enter");
    await assertReplaced(page);
    assert.equal(await input(page).evaluate((field) => field === document.activeElement), true);
    const { messages } = await stored(page);
    assert.deepEqual(messages.map((message) => message.role), ["user", "agent", "agent"]);
    await page.reload();
    await assertReplaced(page);

    await ask(page, "merci");
    assert.equal(await page.locator(".message").count(), 4);
    assert.equal((await stored(page)).messages.at(-2).parent_id, messages[2].id);
  }));

test("what failed before its first word says so, and can be had again", () =>
  withModel([{ status: 401 }, WHOLE], async (page) => {
    await page.goto("/");
    await ask(page, "bonjour");
    assert.match(await lastAnswer(page).innerText(), /n’est pas bien configuré sur ce site/);
    assert.equal(await page.locator("#notices .notice").count(), 0);
    await tryAgain(page).click();
    await assertReplaced(page);
  }));

test("a refusal brings the broken answer back", () =>
  withModel(
    [BROKEN, WHOLE],
    async (page) => {
      await page.goto("/");
      await ask(page, "bonjour");
      await tryAgain(page).click();
      await page.locator("#notices .notice").waitFor();
      assert.match(await answers(page).innerText(), /Un début/);
      assert.equal(await lastAnswer(page).getByRole("button", { name: "Réessayer" }).isVisible(), true);
      assert.equal(await page.locator(".message").count(), 2);
    },
    { environment: { RATE_LIMIT_TURNS_PER_MINUTE: "1" }, expects: /status of 429/ },
  ));

test("an answer that broke off further up can be had again, and a branch begins there", () =>
  withModel([BROKEN, WHOLE], async (page) => {
    await page.goto("/");
    await ask(page, "bonjour");
    assert.equal(await tryAgain(page).isVisible(), true);
    await ask(page, "merci");
    assert.match(await answers(page).first().innerText(), /Un début/);
    await tryAgain(page).click();
    await assertReplaced(page);
    await answers(page).first().locator(".siblings", { hasText: "2/2" }).waitFor();
    assert.equal((await stored(page)).messages.length, 5);
  }));

test("without script the button is a form", () =>
  withModel(
    [BROKEN, WHOLE],
    async (page) => {
      await page.goto("/");
      await input(page).fill("bonjour");
      await page.locator("#send").click();
      await tryAgain(page).click();
      await assertReplaced(page);
    },
    { javaScriptEnabled: false },
  ));
