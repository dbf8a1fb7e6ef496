// The days of the trip in another order: by button, by keyboard, by dragging, without JavaScript; and
// the trip of an older branch. With SCREENSHOTS=<folder>, pictures of the panel.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { assertAccessible, audited } from "./axe.mjs";
import { DESKTOP, inBothThemes, overflow, PHONE, startBrowser, visit } from "./browser.mjs";
import { ask, input } from "./conversation.mjs";
import { startServer } from "./server.mjs";

const WISH = "Je veux aller à Rome du 3 au 8 mars 2027 depuis Lyon, 2 adultes";
const DAYS = "prépare un itinéraire de visites à Rome";
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
const items = (page) => panel(page).locator(".trip-day-item");
const movable = (page) => panel(page).locator(".trip-day-item[data-movable]");
const headings = (page) => items(page).locator("summary").allTextContents();
/** What is planned on each day, in the order of the page. */
const programmes = (page) =>
  items(page).evaluateAll((all) =>
    all.map((item) => [...item.querySelectorAll("ol p")].map((stop) => stop.firstChild.textContent.trim()).join("|")));
const swapped = (list, a, b) => list.map((value, at) => list[at === a ? b : at === b ? a : at]);

async function planned(page) {
  await page.goto("/");
  await ask(page, WISH);
  await ask(page, DAYS);
  await movable(page).first().waitFor({ state: "attached" });
}

/** Waits until the programmes are these; the dates have not moved. */
async function assertOrder(page, wanted, dates) {
  for (let tries = 0; tries < 50 && (await programmes(page)).join() !== wanted.join(); tries += 1) {
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  assert.deepEqual(await programmes(page), wanted);
  assert.deepEqual(await headings(page), dates);
}

/** The places of the movable days among all. */
const places = (page) =>
  items(page).evaluateAll((all) => all.flatMap((item, at) => ("movable" in item.dataset ? [at] : [])));

test("programmes move by button and by keyboard, the focus goes with them, and it is said", () =>
  visit(browser, server, { ...DESKTOP, ...audited }, async (page) => {
    await planned(page);
    const [dates, first] = [await headings(page), await programmes(page)];
    const [a, b] = await places(page);
    assert.ok(b > a, "there are two days that can be moved");
    await items(page).nth(a).locator("[data-way=down]").click();
    const second = swapped(first, a, b);
    await assertOrder(page, second, dates);
    const focused = () => page.evaluate(() => document.activeElement.closest(".trip-day-item")?.dataset.day);
    const day = (at) => items(page).nth(at).getAttribute("data-day");
    assert.equal(await focused(), await day(b));
    await page.waitForFunction((text) => document.getElementById("live").textContent.includes(text), dates[b]);

    await page.keyboard.press("Alt+ArrowUp");
    await assertOrder(page, first, dates);
    assert.equal(await focused(), await day(a));
    await items(page).nth(a).locator("summary").focus();
    await page.keyboard.press("Alt+ArrowDown");
    await assertOrder(page, second, dates);
    assert.equal(await page.evaluate(() => document.activeElement.localName), "summary");
    assert.equal(await focused(), await day(b));

    await page.reload();
    await assertOrder(page, second, dates);
    await assertAccessible(page, "a trip whose days can be moved");
    await items(page).nth(a).locator("summary").click();
    await inBothThemes(page, "trip-days-1280");

    // What is taken along has the same order.
    const link = panel(page).getByRole("link", { name: "Texte" });
    const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
    const text = await readFile(await file.path(), "utf8");
    const stops = second[a].split("|").concat(second[b].split("|"));
    const at = stops.map((stop) => text.indexOf(stop));
    assert.ok(at.every((place) => place >= 0), "every stop is in the file");
    assert.ok(text.indexOf(second[a].split("|")[0]) < text.lastIndexOf(second[b].split("|")[0]));

    await panel(page).getByRole("button", { name: "Annuler le dernier changement" }).click();
    await assertOrder(page, first, dates);
  }));

test("a programme is dragged to another day, and Escape lets go", () =>
  visit(browser, server, { ...DESKTOP, ...audited }, async (page) => {
    await planned(page);
    const [dates, first] = [await headings(page), await programmes(page)];
    const [a, b] = await places(page);
    const centre = async (at) => {
      const handle = items(page).nth(at).locator(".day-handle");
      await handle.scrollIntoViewIfNeeded();
      const box = await handle.boundingBox();
      return [box.x + box.width / 2, box.y + box.height / 2];
    };
    const drag = async (from, to) => {
      await page.mouse.move(...(await centre(from)));
      await page.mouse.down();
      await page.mouse.move(...(await centre(to)), { steps: 5 });
    };
    await drag(a, b);
    assert.equal(await panel(page).locator(".drop").count(), 1);
    await page.keyboard.press("Escape");
    await page.mouse.up();
    assert.deepEqual(await programmes(page), first);
    await drag(a, b);
    await page.mouse.up();
    await assertOrder(page, swapped(first, a, b), dates);
  }));

test("390 px: the drawer has the buttons, of 24 px at least, and stays open while they work", () =>
  visit(browser, server, { ...PHONE, ...audited }, async (page) => {
    await planned(page);
    await page.locator("#trip-open").click();
    const button = movable(page).first().locator("[data-way=down]");
    await button.scrollIntoViewIfNeeded();
    const box = await button.boundingBox();
    assert.ok(box.width >= 24 && box.height >= 24, `${box.width} × ${box.height}`);
    assert.equal(await overflow(page), 0);
    await assertAccessible(page, "the drawer");
    await inBothThemes(page, "trip-days-390");
    const [dates, first] = [await headings(page), await programmes(page)];
    const [a, b] = await places(page);
    await button.click();
    await assertOrder(page, swapped(first, a, b), dates);
    assert.ok(await panel(page).evaluate((drawer) => drawer.matches(":target")), "it stays open");
  }));

test("without JavaScript the buttons are forms", () =>
  visit(browser, server, { ...DESKTOP, ...audited, javaScriptEnabled: false }, async (page) => {
    await page.goto("/");
    for (const message of [WISH, DAYS]) {
      await input(page).fill(message);
      await page.locator("#send").click();
      await page.waitForURL(/\/c\//);
      await page.locator(".message.user .bubble", { hasText: message }).waitFor();
    }
    const [dates, first] = [await headings(page), await programmes(page)];
    const [a, b] = await places(page);
    await items(page).nth(a).locator("[data-way=down]").click();
    await page.waitForURL(/#trip$/);
    await assertOrder(page, swapped(first, a, b), dates);
  }));

test("an older branch shows its own trip, to look at", () =>
  visit(browser, server, { ...DESKTOP, ...audited }, async (page) => {
    await planned(page);
    const message = page.locator(".message.user").nth(1);
    await message.hover();
    await message.locator(".edit > summary").click();
    await message.locator(".edit textarea").fill("merci");
    await message.getByRole("button", { name: "Envoyer à la place" }).click();
    await page.locator(".message.user .siblings", { hasText: "2/2" }).waitFor();
    await items(page).first().waitFor({ state: "detached" });
    await page.locator(".siblings a[data-branch]").click();
    await page.waitForURL(/branch=/);
    await items(page).first().waitFor();
    assert.match(await panel(page).innerText(), /de cette version de la conversation/);
    assert.equal(await movable(page).count(), 0);
    assert.equal(await panel(page).locator(".trip-exports, [data-undo]").count(), 0);
    await assertAccessible(page, "the trip of an older branch");
    // What is asked here goes on from here, and is the newest then.
    await ask(page, "merci beaucoup");
    await movable(page).first().waitFor();
  }));
