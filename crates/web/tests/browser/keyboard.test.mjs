// Without a mouse, and without looking.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, visit } from "./browser.mjs";
import { answers, COMPLETION, input, QUESTION } from "./conversation.mjs";
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

const isFocused = (locator) => locator.evaluate((element) => element === document.activeElement);

test("the whole conversation by keyboard", () =>
  visit(browser, server, {}, async (page) => {
    await page.goto("/");
    assert.equal(await isFocused(input(page)), true, "the cursor waits in the input");
    await page.keyboard.type(QUESTION);
    await page.keyboard.press("Enter");
    await answers(page).waitFor();
    assert.equal(await isFocused(input(page)), true, "the cursor stays in the input");

    await page.keyboard.type("depuis Lyon,");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("du 12 au 20, 2 adultes");
    assert.equal(await input(page).inputValue(), COMPLETION.replace(", ", ",\n"));
    assert.equal(await answers(page).count(), 1);
    const height = (await input(page).boundingBox()).height;
    assert.ok(height > 40, `two lines are ${height} px high`);
    await page.keyboard.press("Enter");
    await answers(page).nth(1).waitFor();

    // Each offer, the proposal and the trace are reached by Tab, in the order of the page.
    await page.locator("#thread").evaluate((thread) =>
      [...thread.querySelectorAll(".tools > summary")].at(-1).focus());
    const reached = [];
    for (let i = 0; i < 45; i += 1) {
      await page.keyboard.press("Tab");
      const place = await page.evaluate(() => {
        const element = document.activeElement;
        const style = getComputedStyle(element);
        const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
        return { text: element.innerText?.trim() || element.id, ring };
      });
      assert.ok(place.ring || place.text === "message", `no ring of focus on ${place.text}`);
      reached.push(place.text);
      if (place.text === "message") break;
    }
    const order = ["Choisir", "Détails du vol", "Confirmer", "Non merci", "trace", "message"];
    assert.deepEqual([...new Set(reached)].filter((text) => order.includes(text)), order);
  }));

test("Tab reaches the input from the top of the page, a skip link at once", () =>
  // On a touch screen the input does not take the focus by itself.
  visit(browser, server, { isMobile: true, hasTouch: true }, async (page) => {
    const skip = page.locator(".skip");
    await page.goto("/");
    await page.keyboard.press("Tab");
    assert.equal(await isFocused(skip), true);
    const { x, y } = await skip.boundingBox();
    assert.ok(x >= 0 && y >= 0, "the skip link is seen when it has the focus");
    await page.keyboard.press("Enter");
    assert.equal(await isFocused(input(page)), true);

    await page.goto("/");
    await page.keyboard.press("Tab");
    const passed = [];
    while (!(await isFocused(input(page)))) {
      assert.ok(passed.length < 25, `no way to the input: ${passed.join()}`);
      await page.keyboard.press("Tab");
      passed.push(await page.evaluate(() => document.activeElement.className));
    }
    assert.ok(passed.length >= 6 + 3, "the examples and the tools come before it");
  }));

test("a slash brings the cursor to the input, and Escape closes a menu", () =>
  visit(browser, server, {}, async (page) => {
    await page.goto("/");
    await page.keyboard.type("bonjour/");
    assert.equal(await input(page).inputValue(), "bonjour/");
    await page.keyboard.press("Enter");
    await answers(page).waitFor();
    const menu = page.locator("#conversations .menu");
    await menu.waitFor();
    await menu.locator("> summary").press("Enter");
    assert.equal(await menu.evaluate((element) => element.open), true);
    await page.keyboard.press("Escape");
    assert.equal(await menu.evaluate((element) => element.open), false);
    assert.equal(await isFocused(menu.locator("> summary")), true);
    await page.keyboard.press("/");
    assert.equal(await isFocused(input(page)), true);
    assert.equal(await input(page).inputValue(), "");
  }));

test("a screen reader is told of the steps and of the whole answer, once", () =>
  visit(browser, server, {}, async (page) => {
    await page.goto("/");
    const live = page.locator("#live");
    assert.equal(await live.getAttribute("aria-live"), "polite");
    await input(page).fill("Un vol Lyon New York le 15 du mois prochain");
    await input(page).press("Enter");
    await answers(page).waitFor();
    const { announced } = await page.evaluate(() => window.seen);
    assert.equal(announced[0], "L’agent réfléchit…");
    const searching = /^Recherche de vols Lyon → New York, le 15 \S+…$/;
    assert.ok(announced.some((said) => searching.test(said)), announced.join(" | "));
    assert.match(announced.at(-1), /^Réponse terminée\. .*Lyon → New York/);
    assert.ok(announced.length <= 6, "not word by word");
  }));
