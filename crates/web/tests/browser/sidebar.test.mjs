// The list of conversations: days, words that were found, and what is deleted and had back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, audited } from "./axe.mjs";
import { startBrowser, visit } from "./browser.mjs";
import { ask } from "./conversation.mjs";
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

const items = (page) => page.locator("#conversations > li");
const groups = (page) => page.locator("#conversations .group");

async function twoConversations(page) {
  await page.goto("/");
  await ask(page, "Bonjour, je pense à Évora <b>un jour</b>");
  await page.getByRole("link", { name: "Nouvelle conversation" }).click();
  await page.locator("#welcome").waitFor();
  await ask(page, "Quelle monnaie à Tokyo ?");
  await items(page).nth(1).waitFor();
}

async function remove(page, item) {
  await item.locator(".menu > summary").click();
  await item.locator(".danger > summary").click();
  await item.getByRole("button", { name: "Supprimer définitivement" }).click();
}

test("conversations stand under their days, by the reader's clock", () =>
  visit(browser, server, audited, async (page) => {
    await twoConversations(page);
    assert.deepEqual(await groups(page).allTextContents(), ["Aujourd’hui"]);
    const sent = await (await page.request.get("/")).text();
    assert.match(sent, /<h2 class="group">Aujourd’hui<\/h2>/);
    await items(page).nth(1).locator(".menu > summary").click();
    await items(page).nth(1).getByRole("button", { name: "Épingler", exact: true }).click();
    await groups(page).nth(1).waitFor();
    assert.deepEqual(await groups(page).allTextContents(), ["Épinglées", "Aujourd’hui"]);
    await items(page).first().locator(".menu > summary").click();
    await items(page).first().getByRole("button", { name: "Détacher", exact: true }).waitFor();
    await assertAccessible(page, "the list");
    const days = await page.evaluate(async () => {
      const { heading } = await import(document.querySelector('link[href$="/day_groups.js"]').href);
      const now = new Date(2026, 10, 29, 0, 30);
      const at = (...day) => heading(new Date(...day), now, false, "fr");
      return [at(2026, 10, 29), at(2026, 10, 28, 23), at(2026, 10, 23), at(2026, 10, 22, 23), at(2025, 7, 1)];
    });
    assert.deepEqual(days, ["Aujourd’hui", "Hier", "7 derniers jours", "Novembre 2026", "Août 2025"]);
  }));

test("a search shows where the words stand, as text, at once and beside an open menu", () =>
  visit(browser, server, audited, async (page) => {
    await twoConversations(page);
    await items(page).first().locator(".menu > summary").click();
    await page.locator("input[name=q]").fill("evora jour");
    const snippet = items(page).first().locator(".snippet");
    await snippet.waitFor();
    assert.deepEqual(await snippet.locator("mark").allTextContents(), ["Évora", "jour"]);
    assert.match(await snippet.textContent(), /Bonjour, je pense à Évora/);
    assert.equal(await snippet.locator("b").count(), 0);
    assert.equal(await items(page).count(), 1);
    await assertAccessible(page, "a search");
    const { conversations } = await (await page.request.get("/api/conversations?q=evora")).json();
    assert.deepEqual(conversations[0].snippet.find(({ match }) => match), { text: "Évora", match: true });
    const { conversations: all } = await (await page.request.get("/api/conversations")).json();
    assert.equal("snippet" in all[0], false);
  }));

test("a word that only the title has is marked in the title", () =>
  visit(browser, server, audited, async (page) => {
    await twoConversations(page);
    const item = items(page).first();
    await item.locator(".menu > summary").click();
    await item.locator("input[name=title]").fill("Voyage <b>à</b> Zürich");
    await item.getByRole("button", { name: "Renommer" }).click();
    await item.locator(".conversation-title", { hasText: "Zürich" }).waitFor();
    assert.equal(await page.locator("#conversations mark").count(), 0);
    await page.locator("input[name=q]").fill("zur");
    await page.locator("#conversations .conversation-title mark").waitFor();
    assert.deepEqual(await page.locator("#conversations mark").allTextContents(), ["Zürich"]);
    assert.equal(await items(page).locator(".conversation-title").textContent(), "Voyage <b>à</b> Zürich");
    assert.equal(await items(page).locator(".snippet").count(), 0);
    await assertAccessible(page, "a search in titles");
  }));

test("what is deleted can be had back, and is gone when it is not", () =>
  visit(browser, server, {}, async (page) => {
    await twoConversations(page);
    const other = items(page).nth(1);
    const id = await other.getAttribute("data-id");
    const status = async () => (await page.request.get(`/api/conversations/${id}`)).status();
    await remove(page, other);
    await items(page).nth(1).waitFor({ state: "detached" });
    assert.equal(await status(), 200, "not yet");
    await page.locator("#notices").getByRole("button", { name: "Annuler" }).click();
    await items(page).nth(1).waitFor();
    assert.equal(await items(page).nth(1).getAttribute("data-id"), id);
    await remove(page, items(page).nth(1));
    await page.locator("#notices .notice").waitFor({ state: "detached" });
    assert.equal(await status(), 404);
    assert.equal(await items(page).count(), 1);
  }));

test("a tab that is closed meanwhile keeps nothing", () =>
  visit(browser, server, {}, async (page) => {
    await twoConversations(page);
    const id = await items(page).nth(1).getAttribute("data-id");
    await remove(page, items(page).nth(1));
    await items(page).nth(1).waitFor({ state: "detached" });
    const { request } = page.context();
    await page.close({ runBeforeUnload: true });
    let status = 200;
    for (let tries = 0; status !== 404 && tries < 50; tries += 1) {
      status = (await request.get(`/api/conversations/${id}`)).status();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.equal(status, 404);
  }));
