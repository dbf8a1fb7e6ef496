// The link to one answer: copied with script, followed without, opened on the branch that holds the answer.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, audited } from "./axe.mjs";
import { startBrowser, visit } from "./browser.mjs";
import { answers, ask, askForFlights, input } from "./conversation.mjs";
import { startServer } from "./server.mjs";

const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };
let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const link = (answer) => answer.getByRole("link", { name: "Copier le lien de cette réponse" });
const idOf = (answer) => answer.getAttribute("data-message-id");
/** How far below the top of what scrolls an answer begins, in pixels. */
const below = (page, id) =>
  page.locator(`#m-${id}`).evaluate((answer) =>
    answer.getBoundingClientRect().top - document.getElementById("scroller").getBoundingClientRect().top);

test("a click copies the address, and the address opens that answer", () =>
  visit(browser, server, { ...audited, ...CLIPBOARD }, async (page) => {
    await askForFlights(page);
    const first = answers(page).first();
    const id = await idOf(first);
    const open = page.url();
    await link(first).click();
    await page.waitForFunction(() => document.getElementById("live").textContent === "Lien copié.");
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, `${open}?branch=${id}#m-${id}`);
    assert.equal(page.url(), open, "one stays where one is");
    await assertAccessible(page, "links to answers");

    await page.goto("about:blank");
    await page.setViewportSize({ width: 1280, height: 500 });
    await page.goto(copied);
    await answers(page).nth(1).waitFor();
    const top = await below(page, id);
    assert.ok(top >= 0 && top < 100, `${top} px below the top`);
    // What is asked next is followed as ever, and the address is that of the conversation.
    await ask(page, "merci");
    assert.ok((await below(page, id)) < 0);
  }));

test("an answer of an older branch opens on its own", () =>
  visit(browser, server, CLIPBOARD, async (page) => {
    await page.goto("/");
    await ask(page, "Quelle monnaie à Tokyo ?");
    const [id, href] = [await idOf(answers(page).first()), await link(answers(page).first()).getAttribute("href")];
    const message = page.locator(".message.user").first();
    await message.hover();
    await message.locator(".edit > summary").click();
    await message.locator(".edit textarea").fill("Quelle langue à Lisbonne ?");
    await message.getByRole("button", { name: "Envoyer à la place" }).click();
    await page.locator(".message.user .siblings", { hasText: "2/2" }).waitFor();
    assert.equal(await page.locator(`#m-${id}`).count(), 0);
    await page.goto(href);
    assert.match(await page.locator(`#m-${id} .prose`).innerText(), /yen/i);
    assert.equal(await page.locator(".message.user .bubble").textContent(), "Quelle monnaie à Tokyo ?");
  }));

test("without JavaScript it is a link, in English too", () =>
  visit(browser, server, { javaScriptEnabled: false, locale: "en-GB" }, async (page) => {
    await page.goto("/");
    await input(page).fill("Which currency in Tokyo?");
    await page.locator("#send").click();
    await page.waitForURL(/\/c\//);
    const answer = answers(page).first();
    const id = await idOf(answer);
    await answer.getByRole("link", { name: "Copy the link to this answer" }).click();
    await page.waitForURL(`**/c/*?branch=${id}#m-${id}`);
    assert.ok(await page.locator(`#m-${id}:target`).isVisible());
  }));
