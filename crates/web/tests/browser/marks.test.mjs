// What no result holds is marked in the text, besides the list below it; what may follow is a button.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, audited } from "./axe.mjs";
import { startBrowser, visit } from "./browser.mjs";
import { answers, ask, askForFlights, lastAnswer } from "./conversation.mjs";
import { startModel } from "./model.mjs";
import { startServer } from "./server.mjs";

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

test("a price that a model made up is marked where it stands", async () => {
  const text = "Le vol part à **09:47** et coûte 431 €, soit 1 431 € à trois.";
  const model = await startModel(() => ({ text }));
  const server = await startServer(model.environment);
  try {
    await visit(browser, server, audited, async (page) => {
      await page.goto("/");
      await ask(page, "bonjour");
      const marks = lastAnswer(page).locator(".prose mark");
      const listed = await lastAnswer(page).locator(".ungrounded bdi").allTextContents();
      assert.ok(listed.length >= 2, listed.join());
      // The model is asked once more and says the same: both times are marked.
      const marked = new Set(await marks.allTextContents());
      assert.deepEqual([...marked].toSorted(), listed.toSorted());
      assert.match(await marks.first().getAttribute("title"), /Non vérifié/);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await assertAccessible(page, colorScheme);
      }
    });
  } finally {
    await server.stop();
    model.stop();
  }
});

test("what may follow is a button below the newest answer alone", async () => {
  const server = await startServer();
  try {
    await visit(browser, server, {}, async (page) => {
      await askForFlights(page);
      const next = page.locator(".follow-ups:visible button");
      assert.ok((await next.count()) >= 2);
      const message = "Un jour plus tôt";
      await next.filter({ hasText: message }).click();
      await answers(page).nth(2).waitFor();
      assert.equal(await page.locator(".message.user .bubble").last().textContent(), message);
      assert.match(await lastAnswer(page).locator(".prose").innerText(), /11 janvier/);
      assert.equal(await page.locator(".follow-ups:visible").count(), 1);
    });
  } finally {
    await server.stop();
  }
});
