// A read-only link: previewed, made, read by a stranger, ended; with and without script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, audited } from "./axe.mjs";
import { overflow, startBrowser, visit } from "./browser.mjs";
import { askForFlights, COMPLETION, input, QUESTION } from "./conversation.mjs";
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

/** From the menu of the first conversation to the page that makes links. */
async function toShare(page) {
  await page.waitForLoadState("networkidle"); // the list may be drawn again
  await page.locator("#conversations .menu > summary").first().click();
  await page.getByRole("link", { name: /Partager un lien|Share a link/ }).click();
  await page.locator(".share-preview .thread").waitFor();
}

async function make(page) {
  await page.locator(".share-form button.primary").click();
  const field = page.locator("#share-url");
  await field.waitFor();
  return field.inputValue();
}

test("what was previewed is what a stranger reads, and nothing of it acts", () =>
  visit(browser, server, {}, async (page) => {
    await askForFlights(page);
    await toShare(page);
    const preview = await page.locator(".share-preview .thread").innerText();
    const url = await make(page);
    await visit(browser, server, { locale: "en-GB" }, async (stranger) => {
      const asked = [];
      stranger.on("request", (request) => asked.push(request.url()));
      await stranger.goto(url);
      assert.equal(await stranger.locator("html").getAttribute("lang"), "en");
      for (const card of await stranger.locator(".offer > summary").all()) await card.click();
      assert.equal(await stranger.locator("button, form, script").count(), 0);
      assert.deepEqual(await stranger.context().cookies(), []);
      const here = new URL(server.url).host;
      assert.deepEqual(asked.filter((address) => new URL(address).host !== here), []);
    });
    await visit(browser, server, {}, async (stranger) => {
      await stranger.goto(url);
      assert.equal(await stranger.locator(".thread").innerText(), preview);
    });
  }));

test("links are made and ended without script", async () => {
  const options = { javaScriptEnabled: false, expects: /status of 404/ };
  await visit(browser, server, options, async (page) => {
    await page.goto("/");
    for (const text of [QUESTION, COMPLETION]) {
      await input(page).fill(text);
      await page.locator("#send").click();
      await page.locator(".message.user .bubble", { hasText: text }).waitFor();
    }
    await toShare(page);
    await page.getByLabel("1 jour", { exact: true }).check();
    const url = await make(page);
    assert.equal((await page.request.get(url)).status(), 200);
    assert.equal(await page.locator(".share-links li").count(), 1);
    await page.locator(".share-links button").click();
    await page.waitForURL(/\/share$/);
    assert.equal(await page.locator(".share-links li").count(), 0);
    const gone = await page.goto(url);
    assert.equal(gone.status(), 404);
  });
});

test("both pages fit and are accessible, light and dark, from phone to desk", () =>
  visit(browser, server, audited, async (page) => {
    await askForFlights(page);
    await toShare(page);
    const share = page.url();
    const shared = await make(page);
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        for (const address of [share, shared]) {
          await page.goto(address);
          assert.ok((await overflow(page)) <= 0, `${width} ${address}`);
          await assertAccessible(page, `${width} ${colorScheme} ${address}`);
        }
      }
    }
  }));
