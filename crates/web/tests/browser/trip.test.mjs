// The trip beside the conversation: it follows the talk, is a drawer on a telephone, is taken along
// and its last change taken back. With SCREENSHOTS=<folder>, pictures of the panel and a sheet.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { assertAccessible, audited } from "./axe.mjs";
import { DESKTOP, inBothThemes, overflow, PHONE, startBrowser, visit } from "./browser.mjs";
import { ask, lastAnswer } from "./conversation.mjs";
import { startServer } from "./server.mjs";

const WISH = "Je veux aller à Lisbonne du 3 au 8 mars 2027 depuis Lyon, 2 adultes";
const HOTEL = "et un hôtel de gamme moyenne à Lisbonne ?";
let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const panel = (page) => page.locator("#trip");

async function planned(page) {
  await page.goto("/");
  await ask(page, WISH);
  await ask(page, HOTEL);
  await panel(page).locator("h3", { hasText: "Nuits" }).waitFor({ state: "attached" });
}

async function assertAccessibleInBothThemes(page, what) {
  for (const theme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: theme });
    await assertAccessible(page, `${what}, ${theme}`);
  }
}

test("the panel follows the talk", () =>
  visit(browser, server, { ...DESKTOP, ...audited }, async (page) => {
    await page.goto("/");
    assert.equal(await panel(page).isVisible(), false, "no trip, no panel");
    await ask(page, "bonjour");
    assert.equal(await panel(page).isVisible(), false, "small talk is no trip");
    await ask(page, "Je veux aller à Lisbonne en mars 2027");
    await panel(page).getByText("Lisbonne · mars 2027").waitFor();
    assert.match(await panel(page).innerText(), /souhaité/);
    await ask(page, WISH);
    await panel(page).getByText("Lisbonne · 3–8 mars · 2 voyageurs").waitFor();
    assert.match(await panel(page).innerText(), /proposé, non réservé/);
    await ask(page, HOTEL);
    await panel(page).locator("h3", { hasText: "Nuits" }).waitFor();
    assert.match(await panel(page).innerText(), /5 nuits/);
    assert.equal(await overflow(page), 0);
    await page.reload();
    assert.match(await panel(page).innerText(), /5 nuits/, "it is there after a reload");
    assert.ok((await lastAnswer(page).locator(".sheet").count()) >= 1, "and so is the sheet");
    await assertAccessibleInBothThemes(page, "the conversation with its trip");
    await inBothThemes(page, "trip-1280");
  }));

test("the last change is taken back", () =>
  visit(browser, server, { ...DESKTOP, ...audited }, async (page) => {
    await planned(page);
    await panel(page).getByRole("button", { name: "Annuler le dernier changement" }).click();
    await panel(page).locator("h3", { hasText: "Nuits" }).waitFor({ state: "detached" });
    assert.match(await panel(page).innerText(), /Lisbonne/, "what is wished stays");
    assert.equal(await panel(page).getByRole("button", { name: /Annuler/ }).count(), 0);
  }));

test("the trip is taken along", () =>
  visit(browser, server, { ...DESKTOP, ...audited }, async (page) => {
    await planned(page);
    for (const [link, name, begins] of [
      ["Agenda", "trip-lisbonne-2027-03-03.ics", "BEGIN:VCALENDAR"],
      ["Texte", "trip-lisbonne-2027-03-03.md", "# Lisbonne"],
      ["Données", "trip-lisbonne-2027-03-03.json", "{"],
    ]) {
      const downloading = page.waitForEvent("download");
      await panel(page).getByRole("link", { name: link }).click();
      const download = await downloading;
      assert.equal(download.suggestedFilename(), name);
      assert.ok((await readFile(await download.path(), "utf8")).startsWith(begins), name);
    }
    await panel(page).getByRole("link", { name: "Imprimer" }).click();
    await page.getByRole("heading", { name: /Lisbonne/ }).waitFor();
    await assertAccessibleInBothThemes(page, "the print page");
    await page.goto("/trips");
    await page.getByRole("link", { name: /Lisbonne · 3–8 mars/ }).waitFor();
    await assertAccessibleInBothThemes(page, "the list of trips");
  }));

test("390 px: the trip is a drawer that the keyboard opens and closes", () =>
  visit(browser, server, { ...PHONE, ...audited }, async (page) => {
    await planned(page);
    assert.equal(await overflow(page), 0);
    const opener = page.getByRole("link", { name: "Ouvrir le voyage" });
    const count = page.locator(".trip-count");
    assert.ok(Number(await count.innerText()) >= 1, "a stay is planned");
    assert.equal(await panel(page).isVisible(), false);
    await inBothThemes(page, "sheet-390");
    await opener.focus();
    await page.keyboard.press("Enter");
    await panel(page).getByText("Lisbonne · 3–8 mars · 2 voyageurs").waitFor();
    // The drawer opens by its address alone; the focus follows when a script hears of it.
    await page.waitForFunction(() => document.activeElement.closest("#trip") !== null);
    await assertAccessibleInBothThemes(page, "the drawer");
    await inBothThemes(page, "trip-390");
    await page.keyboard.press("Escape");
    await panel(page).waitFor({ state: "hidden" });
    await page.waitForFunction(() => document.activeElement.id === "trip-open");
    await opener.click();
    await page.locator(".trip-scrim").click({ position: { x: 5, y: 400 } });
    await panel(page).waitFor({ state: "hidden" });
  }));

test("without script the drawer, its links and the undoing work as well", () =>
  visit(browser, server, { ...PHONE, ...audited, javaScriptEnabled: false }, async (page) => {
    await page.goto("/");
    for (const text of [WISH, HOTEL]) {
      await page.locator("#message").fill(text);
      await page.locator("#send").click();
      await page.locator(".message.user .bubble", { hasText: text }).waitFor();
    }
    await page.getByRole("link", { name: "Ouvrir le voyage" }).click();
    await panel(page).getByText("5 nuits").waitFor();
    await panel(page).getByRole("button", { name: "Annuler le dernier changement" }).click();
    await page.waitForURL(/\/c\/[^#]+#trip$/);
    assert.equal(await panel(page).getByText("5 nuits").count(), 0);
    assert.ok(await panel(page).isVisible());
  }));
