// The list of conversations beside the chat.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
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
const titles = (page) => items(page).locator(".conversation-title");

async function twoConversations(page) {
  await page.goto("/");
  await ask(page, "Bonjour, je pense à Lisbonne");
  await page.getByRole("link", { name: "Nouvelle conversation" }).click();
  await page.locator("#welcome").waitFor();
  await ask(page, "Quelle monnaie à Tokyo ?");
  await items(page).nth(1).waitFor();
}

test("conversations are listed, newest first, and open again", () =>
  visit(browser, server, {}, async (page) => {
    await twoConversations(page);
    const [newest, oldest] = await titles(page).allTextContents();
    assert.match(newest, /Tokyo/);
    assert.match(oldest, /Lisbonne/);
    assert.match(await page.title(), /Tokyo/);
    assert.equal(await page.locator("[aria-current=page]").innerText(), await items(page).first()
      .locator(".conversation-link").innerText());
    await titles(page).nth(1).click();
    await page.waitForURL(/\/c\//);
    assert.match(await page.locator(".message.user .bubble").innerText(), /Lisbonne/);
  }));

test("the search finds words of the messages", () =>
  visit(browser, server, {}, async (page) => {
    await twoConversations(page);
    await page.locator("input[name=q]").fill("lisbonne");
    await items(page).nth(1).waitFor({ state: "detached" });
    assert.match(await titles(page).textContent(), /Lisbonne/);
    await page.locator("input[name=q]").fill("zanzibar");
    await items(page).first().waitFor({ state: "detached" });
    assert.match(await page.locator("#no-conversations").innerText(), /Aucune conversation/);
    await page.locator("input[name=q]").fill("");
    await items(page).nth(1).waitFor();
  }));

test("a menu that is opened while the list is fetched stays open, and the list follows it", () =>
  visit(browser, server, {}, async (page) => {
    await twoConversations(page);
    let release;
    const released = new Promise((resolve) => (release = resolve));
    await page.route("**/c/*", async (route) => {
      await released;
      await route.continue();
    });
    const fetched = page.waitForResponse("**/c/*");
    const asked = page.waitForRequest("**/c/*");
    await ask(page, "Merci !");
    await asked;
    const item = page.locator(".conversation:has([aria-current])");
    await item.locator(".menu > summary").click();
    release();
    await (await fetched).finished();
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
    assert.ok(await item.locator(".menu").evaluate((menu) => menu.open), "it stays open");
    assert.equal(await page.locator(".totals", { hasText: /Échanges\s*2/ }).count(), 0);
    await page.keyboard.press("Escape");
    await page.locator(".totals", { hasText: /Échanges\s*2/ }).waitFor({ state: "attached" });
  }));

test("a conversation is renamed", () =>
  visit(browser, server, {}, async (page) => {
    await twoConversations(page);
    await items(page).first().locator(".menu > summary").click();
    await items(page).first().locator("input[name=title]").fill("Japon <b>au printemps</b>");
    await items(page).first().getByRole("button", { name: "Renommer" }).click();
    await titles(page).getByText("Japon <b>au printemps</b>").waitFor();
    await page.reload();
    assert.equal(await titles(page).first().textContent(), "Japon <b>au printemps</b>");
  }));

test("a conversation is deleted after a second thought", () =>
  visit(browser, server, {}, async (page) => {
    await twoConversations(page);
    const open = page.url();
    await items(page).first().locator(".menu > summary").click();
    await items(page).first().locator(".danger > summary").click();
    await items(page).first().getByRole("button", { name: "Supprimer définitivement" }).click();
    // It was the open one: the empty page takes its place.
    await page.locator("#welcome").waitFor();
    assert.equal(await items(page).count(), 1);
    assert.equal((await page.request.get(open)).status(), 404);
  }));

test("nobody else sees them", () =>
  visit(browser, server, {}, async (page) => {
    await page.goto("/");
    assert.equal(await items(page).count(), 0);
    assert.match(await page.locator("#no-conversations").innerText(), /apparaîtront ici/);
  }));
