// Choosing and deciding: every offer is proposed by its button, and the reader stays where it happens.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, audited } from "./axe.mjs";
import { startBrowser, visit } from "./browser.mjs";
import { answers, ask, askForFlights, lastAnswer } from "./conversation.mjs";
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

const announced = (page) => page.evaluate(() => window.seen.announced);
const isFocused = (locator) => locator.evaluate((element) => element === document.activeElement);
const open = (page) => page.locator(".proposal.open");

/** A clock that the page believes in: `minutes` from now. */
const later = (page, minutes) =>
  page.addInitScript((ahead) => {
    const { now } = Date;
    Date.now = () => now() + ahead;
  }, minutes * 60_000);

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  test(`${how} JavaScript each offer is proposed by its button, the first one as well`, () =>
    visit(browser, server, { javaScriptEnabled }, async (page) => {
      for (const at of [0, 2]) {
        await page.goto("/");
        await page.locator("#message").fill("Lyon New York du 12 au 20 janvier, 2 adultes");
        await page.locator("#send").click();
        await lastAnswer(page).locator(".flights").waitFor();
        const offer = lastAnswer(page).locator("details.offer").nth(at);
        if (!(await offer.evaluate((details) => details.open))) await offer.locator("> summary").click();
        const price = await offer.locator(".price strong").textContent();
        await offer.locator(".choose").click();
        await answers(page).nth(1).waitFor();
        // The one before it is closed.
        await page.locator(".message.agent:not(:last-child) .proposal.open").waitFor({ state: "detached" });
        const proposal = open(page);
        assert.equal(await proposal.count(), 1);
        const text = await proposal.innerText();
        assert.ok(text.includes(price), `${price}: ${text}`);
        for (const part of ["Compagnie", "Aller", "Retour", "2 adultes", "Total", "remboursable", "LYS", "À confirmer avant"]) {
          assert.ok(text.includes(part), `${part}: ${text}`);
        }
        assert.equal(await page.locator(".proposal.confirmed").count(), 0, "nothing is confirmed");
        await proposal.getByRole("button", { name: /^Confirmer/ }).click();
        await page.locator(".proposal.confirmed").waitFor();
      }
    }));
}

test("by keyboard, choosing leads to the proposal and confirming to what became of it", () =>
  visit(browser, server, audited, async (page) => {
    await askForFlights(page);
    const choose = lastAnswer(page).getByRole("button", { name: /^Choisir l’offre 1, .+, [\d\s,]+€$/ });
    await choose.focus();
    await page.keyboard.press("Enter");
    await answers(page).nth(2).waitFor();
    await page.waitForFunction(() => document.activeElement?.matches(".proposal.open"));
    assert.match((await announced(page)).at(-1), /^Réponse terminée/);
    await assertAccessible(page, "the proposal");

    await page.keyboard.press("Tab");
    const confirm = open(page).getByRole("button", { name: /^Confirmer\s: .+, [\d\s,]+€$/ });
    assert.equal(await isFocused(confirm), true, "the next stop is Confirm");
    await page.keyboard.press("Enter");
    const confirmed = page.locator(".proposal.confirmed");
    await confirmed.waitFor();
    assert.equal(await isFocused(confirmed), true);
    assert.ok((await announced(page)).some((text) => text.startsWith("Vous avez confirmé cette proposition.")));
    // What follows from it is told, too.
    await page.waitForFunction(() => /rien n’a été réservé/.test(window.seen.announced.at(-1)));
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await assertAccessible(page, `confirmed, ${colorScheme}`);
    }
  }));

test("declining is announced and leaves the reader at the proposal", () =>
  visit(browser, server, {}, async (page) => {
    await askForFlights(page);
    await open(page).getByRole("button", { name: /^Non merci/ }).focus();
    await page.keyboard.press("Enter");
    const declined = page.locator(".proposal", { hasText: "Vous avez décliné" });
    await declined.waitFor();
    assert.equal(await isFocused(declined), true);
    assert.ok((await announced(page)).some((text) => text.startsWith("Vous avez décliné cette proposition.")));
  }));

test("a rating keeps its button in hand and is announced", () =>
  visit(browser, server, {}, async (page) => {
    await askForFlights(page);
    const good = lastAnswer(page).getByRole("button", { name: "Bonne réponse" });
    await good.focus();
    await page.keyboard.press("Enter");
    await page.locator('button[aria-pressed="true"][value="1"]').waitFor();
    assert.equal(await isFocused(good), true);
    assert.match((await announced(page)).at(-1), /Avis/);
  }));

test("the countdown says how long is left, without announcing it", () =>
  visit(browser, server, {}, async (page) => {
    await askForFlights(page);
    const countdown = open(page).locator(".countdown");
    await countdown.waitFor();
    assert.match(await countdown.innerText(), /encore \d+\s?min/);
    assert.equal(await countdown.getAttribute("role"), "timer");
    assert.equal((await announced(page)).some((text) => /encore/.test(text)), false);
  }));

test("when the time is up the proposal says so in words and has no buttons", () =>
  visit(browser, server, audited, async (page) => {
    await later(page, 24 * 60);
    await askForFlights(page);
    const over = lastAnswer(page).locator(".countdown.over");
    await over.waitFor();
    assert.match(await over.innerText(), /Le délai est passé/);
    assert.equal(await page.locator(".proposal-actions").count(), 0);
    assert.ok((await announced(page)).some((text) => text.startsWith("Le délai est passé")));
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await assertAccessible(page, `over, ${colorScheme}`);
    }
  }));

test("a proposal is told once: in its box", () =>
  visit(browser, server, {}, async (page) => {
    await askForFlights(page);
    await lastAnswer(page).locator(".offer > summary").nth(2).click();
    const price = await lastAnswer(page).locator(".price strong").nth(2).textContent();
    await lastAnswer(page).locator(".choose").nth(2).click();
    await answers(page).nth(2).waitFor();
    const seen = await lastAnswer(page).innerText();
    assert.equal(seen.split(price).length - 1, 1, seen);
    assert.equal(seen.match(/illustratif/gi).length, 1, seen);
    assert.match(await lastAnswer(page).locator(".prose").innerText(), /^Offre n°\s3\./);
    await lastAnswer(page).locator(".reasons > summary").click();
    assert.match(await lastAnswer(page).locator(".reasons").innerText(), /Air France[^]*retenir cette offre/);
  }));

test("offers can be chosen until something else was searched", () =>
  visit(browser, server, {}, async (page) => {
    await askForFlights(page);
    const choose = page.locator(".choose:visible");
    await ask(page, "un hôtel sur place");
    assert.equal(await choose.count(), 1, "the one of the open offer");
    await choose.click();
    await answers(page).nth(3).waitFor();
    assert.match(await lastAnswer(page).locator(".proposal.open").innerText(), /Total/);
    // No flight fits: those above are no longer what "the first" means.
    await ask(page, "vols directs seulement");
    assert.equal(await lastAnswer(page).locator(".flights").count(), 0);
    assert.equal(await choose.count(), 0);
  }));
