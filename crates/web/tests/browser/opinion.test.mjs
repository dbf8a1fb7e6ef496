// A comment with a thumb, and what a conversation took.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, audited } from "./axe.mjs";
import { startBrowser, visit } from "./browser.mjs";
import { ask, lastAnswer, stored } from "./conversation.mjs";
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

const field = (page) => page.getByLabel(/^Votre commentaire/);
const feedback = async (page) => (await stored(page)).messages[1].feedback;

test("a comment follows a thumb, is announced, and stays in hand", () =>
  visit(browser, server, audited, async (page) => {
    await page.goto("/");
    await ask(page, "Bonjour !");
    const answer = lastAnswer(page);
    assert.equal(await answer.locator(".comment").count(), 0, "nothing before a thumb");
    const bad = answer.getByRole("button", { name: "Mauvaise réponse" });
    await bad.click();
    const summary = answer.locator(".comment summary");
    await summary.waitFor();
    assert.ok(await bad.evaluate((button) => button === document.activeElement));
    await page.waitForFunction(() => document.getElementById("live").textContent.includes("commentaire"));
    await summary.click();
    await field(page).fill("trop cher, et sans <b>retour</b>");
    await assertAccessible(page, "the field for a comment", ".comment");
    const save = answer.getByRole("button", { name: "Enregistrer" });
    await save.click();
    await page.waitForFunction(() => document.getElementById("live").textContent === "Commentaire enregistré.");
    assert.ok(await save.evaluate((button) => button === document.activeElement));
    assert.equal((await feedback(page)).comment, "trop cher, et sans <b>retour</b>");
    assert.equal(await summary.innerText(), "Modifier votre commentaire");
    // Another thumb keeps what was said, and so does a reload.
    await answer.getByRole("button", { name: "Bonne réponse" }).click();
    await page.waitForFunction(() => document.getElementById("live").textContent === "Avis enregistré.");
    const { score, comment } = await feedback(page);
    assert.deepEqual([score, comment], [1, "trop cher, et sans <b>retour</b>"]);
    await page.reload();
    await lastAnswer(page).locator(".comment summary").click();
    assert.equal(await field(page).inputValue(), "trop cher, et sans <b>retour</b>");
    await field(page).fill("  ");
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.waitForFunction(() => document.getElementById("live").textContent === "Commentaire supprimé.");
    assert.equal((await feedback(page)).comment, undefined);
  }));

test("without script it is a form, of a thousand characters at most", () =>
  visit(browser, server, { javaScriptEnabled: false }, async (page) => {
    await page.goto("/");
    await page.locator("#message").fill("Bonjour !");
    await page.locator("#send").click();
    await page.getByRole("button", { name: "Bonne réponse" }).click();
    await page.locator(".comment summary").click();
    // What a form counts as one character for the end of a line, it sends as two.
    const long = `${"é".repeat(499)}\n${"à".repeat(500)}`;
    await field(page).fill(long);
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.locator(".comment summary").click();
    assert.equal(await field(page).inputValue(), long);
    await page.getByRole("button", { name: "Mauvaise réponse" }).click();
    await page.locator(".comment summary").click();
    assert.equal(await field(page).inputValue(), long, "another thumb keeps it");
  }));

test("the menu of the open conversation says what it took, as the page of its turns does", () =>
  visit(browser, server, {}, async (page) => {
    await page.goto("/");
    await ask(page, "Bonjour !");
    await ask(page, "Merci !");
    const item = page.locator(".conversation:has([aria-current])");
    // The list is fetched once the answer has been told.
    await item.locator(".totals", { hasText: /Échanges\s*2/ }).waitFor({ state: "attached" });
    await item.locator(".menu > summary").click();
    const values = (list) =>
      list.locator("div").evaluateAll((rows) => rows.map((row) => row.innerText.replace(/\s+/g, " ")));
    const shown = await values(item.locator(".totals"));
    assert.match(shown[0], /^Échanges 2$/);
    assert.match(shown.join("\n"), /Temps de réponse [\d,]+ m?s\nJetons .*\nCoût aucun/);
    const id = await page.locator("body").getAttribute("data-conversation-id");
    await page.goto(`/traces/sessions/${id}`);
    const facts = await values(page.locator(".facts").first());
    for (const fact of shown) assert.ok(facts.includes(fact), `${fact} in ${facts}`);
    await page.goto("/");
    assert.equal(await page.locator(".totals").count(), 0, "that of the open one alone");
  }));
