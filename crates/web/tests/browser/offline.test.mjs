// The installed application: its manifest, what it says without a connection, and the copy of the last
// conversation, which is kept only while its switch is on.
import assert from "node:assert/strict";
import { afterEach, beforeEach, after, before, test } from "node:test";
import { assertAccessible, audited } from "./axe.mjs";
import { overflow, startBrowser, visit } from "./browser.mjs";
import { askForFlights } from "./conversation.mjs";
import { startServer } from "./server.mjs";

/** What a browser says of an address that it does not reach. */
const UNREACHED = /ERR_CONNECTION_REFUSED|ERR_FAILED|Failed to fetch/;
let server;
let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());
// Each test ends its server: a stopped one is what a lost connection looks like.
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server?.stop());

/** Once the worker answers for the page. */
async function watched(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
    }
  });
}

/** Paths in all caches, by the name of their cache. */
const cached = (page) =>
  page.evaluate(async () => {
    const found = {};
    for (const name of await caches.keys()) {
      const requests = await (await caches.open(name)).keys();
      found[name] = requests.map(({ url }) => new URL(url).pathname).sort();
    }
    return found;
  });

const kept = async (page) => (await cached(page))["kept-conversation"] ?? [];

/** The switch, wherever the history is. */
async function turn(page, on) {
  await page.locator("#keep-offline").setChecked(on);
}

test("the manifest names icons that are what it says", () =>
  visit(browser, server, {}, async (page) => {
    await page.goto("/");
    const address = await page.locator("link[rel=manifest]").getAttribute("href");
    const manifest = await (await page.request.get(address)).json();
    assert.deepEqual([manifest.start_url, manifest.scope, manifest.display], ["/", "/", "standalone"]);
    const wanted = ["192x192 any", "512x512 any", "512x512 maskable"];
    const icons = manifest.icons.filter(({ type }) => type === "image/png");
    assert.deepEqual(icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`), wanted);
    for (const { src, sizes } of icons) {
      const size = await page.evaluate(async (url) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        return `${image.naturalWidth}x${image.naturalHeight}`;
      }, new URL(src, server.url + address).pathname);
      assert.equal(size, sizes);
    }
  }));

test("without a connection a page says so, in both languages, and nothing personal is kept", () =>
  visit(browser, server, { expects: UNREACHED, ...audited }, async (page) => {
    await askForFlights(page);
    await watched(page);
    const caches = await cached(page);
    const [shell, ...others] = Object.keys(caches);
    assert.deepEqual(others, []);
    assert.match(shell, /^shell-[0-9a-f]{16}$/);
    assert.deepEqual(caches[shell].filter((path) => !path.startsWith("/static/")), ["/offline"]);
    const here = page.url();
    await server.stop();
    for (const address of [here, "/", "/trips"]) {
      await page.goto(address);
      const text = await page.locator("main").innerText();
      assert.match(text, /Hors connexion/);
      assert.match(text, /You are offline/);
    }
    await assertAccessible(page, "offline");
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 700 });
      assert.ok((await overflow(page)) <= 0);
    }
    assert.equal(await page.locator("main").evaluate((main) => getComputedStyle(main).textAlign), "center", "styled");
  }));

test("a copy is kept while the switch is on, and read without a connection", () =>
  visit(browser, server, { expects: UNREACHED }, async (page) => {
    await askForFlights(page);
    await watched(page);
    assert.equal(await page.locator("#keep-offline").isChecked(), false);
    assert.deepEqual(await kept(page), []);
    await turn(page, true);
    const path = new URL(page.url()).pathname;
    await page.waitForFunction(() => caches.has("kept-conversation"));
    // The copy, and its style.
    await page.waitForFunction(async (path) => {
      const requests = await (await caches.open("kept-conversation")).keys();
      const paths = requests.map(({ url }) => new URL(url).pathname);
      return paths.length === 2 && paths.filter((of) => !of.startsWith("/static/")).join() === path;
    }, path);
    await server.stop();
    for (const address of ["/", path]) {
      await page.goto(address);
      assert.match(await page.locator(".shared-note").innerText(), /Copie du/);
      assert.ok((await page.locator(".offer-line").count()) >= 3);
      assert.equal(await page.locator("button, form, script").count(), 0);
    }
    await page.goto("/trips");
    assert.match(await page.locator("main").innerText(), /Hors connexion/);
  }));

test("the copy goes with its switch and with its conversation", () =>
  visit(browser, server, { expects: /status of 404/ }, async (page) => {
    await askForFlights(page);
    await watched(page);
    const copy = () => page.waitForFunction(async () =>
      (await caches.has("kept-conversation")) && (await (await caches.open("kept-conversation")).keys()).length === 2);
    const none = () => page.waitForFunction(async () => !(await caches.has("kept-conversation")));
    await turn(page, true);
    await copy();
    await turn(page, false);
    await none();
    await page.reload();
    assert.equal(await page.locator("#keep-offline").isChecked(), false);
    await none();

    await turn(page, true);
    await copy();
    await page.reload();
    assert.equal(await page.locator("#keep-offline").isChecked(), true);
    await copy();
    const item = page.locator("#conversations > li").first();
    await page.waitForLoadState("networkidle");
    await item.locator(".menu > summary").click();
    await item.locator(".danger > summary").click();
    await item.locator("[data-delete] button").click();
    await page.waitForURL((url) => url.pathname === "/", { timeout: 20_000 });
    await none();

    // Deleted by something else than this page: it is noticed at the next visit.
    await askForFlights(page);
    await copy();
    const id = new URL(page.url()).pathname.split("/").pop();
    await page.request.delete(`/api/conversations/${id}`);
    await page.goto("/");
    await none();
  }));

test("a newer release takes over, and its shell replaces the older one", () =>
  visit(browser, server, {}, async (page) => {
    await askForFlights(page);
    await watched(page);
    await page.evaluate(() => caches.open("shell-0123456789abcdef"));
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.unregister();
    });
    await page.reload();
    await watched(page);
    await page.waitForFunction(async () => (await caches.keys()).length === 1);
    assert.doesNotMatch(Object.keys(await cached(page))[0], /0123456789abcdef/);
    const script = await page.request.get("/sw.js");
    assert.equal(script.headers()["cache-control"], "no-store");
    assert.match(script.headers()["content-security-policy"], /worker-src 'self'/);
    assert.match(await script.text(), /^const RELEASE = "[0-9a-f]{16}";/);
  }));
