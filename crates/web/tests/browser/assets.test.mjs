// What the page loads: how much, how often, and what waits for it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, visit } from "./browser.mjs";
import { askForFlights, input } from "./conversation.mjs";
import { startCounting } from "./counting.mjs";
import { startServer } from "./server.mjs";

const FIRST_VIEW_BYTES = 60 * 1024;
let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Runs `body(page, seen)` behind a proxy that counts. */
async function counted(body) {
  const counting = await startCounting(server);
  try {
    await visit(browser, counting, {}, (page) => body(page, counting.seen));
  } finally {
    counting.stop();
  }
}

const paths = (seen) => seen.map(({ path }) => path).join("\n");

test("the first view is small, and later ones ask for little more than the page", () =>
  counted(async (page, seen) => {
    await page.goto("/", { waitUntil: "networkidle" });
    const bytes = seen.reduce((sum, request) => sum + request.bytes, 0);
    assert.ok(bytes < FIRST_VIEW_BYTES, `${bytes} bytes:\n${paths(seen)}`);
    const styles = seen.filter(({ path }) => path.endsWith(".css"));
    assert.equal(styles.length, 1, paths(styles));
    assert.equal(seen.filter(({ path }) => path.includes("?v=")).length, 0);

    for (const again of [() => page.goto("/"), () => page.reload(), () => page.goto("/?q=a")]) {
      seen.length = 0;
      await again();
      await page.waitForLoadState("networkidle");
      assert.ok(seen.length <= 3, `${seen.length} requests:\n${paths(seen)}`);
    }
  }));

test("the pages of the viewer have one style sheet, kept from one to the next", () =>
  counted(async (page, seen) => {
    await askForFlights(page);
    await page.getByRole("link", { name: "trace" }).last().click();
    await page.locator(".waterfall").waitFor();
    seen.length = 0;
    for (const path of ["/traces", "/metrics-view"]) {
      await page.goto(path, { waitUntil: "networkidle" });
    }
    const styles = seen.filter(({ path }) => path.endsWith(".css"));
    assert.deepEqual(styles, []);
    seen.length = 0;
    await page.goto("/traces", { waitUntil: "networkidle" });
    assert.ok(seen.length <= 3, paths(seen));
  }));

test("all modules are named at once, and nothing holds up the first paint", () =>
  visit(browser, server, {}, async (page) => {
    const loaded = [];
    page.on("request", (request) => {
      if (request.url().endsWith(".js")) loaded.push(new URL(request.url()).pathname);
    });
    await page.goto("/", { waitUntil: "networkidle" });
    const named = await page.evaluate(() => {
      const all = [...document.querySelectorAll("script[src], link[rel=modulepreload]")];
      return all.map((element) => new URL(element.src ?? element.href).pathname);
    });
    assert.deepEqual(loaded.toSorted(), named.toSorted());
    const blocking = await page.locator("script:not([type=module])").count();
    assert.equal(blocking, 0);
    const blocked = await page.evaluate(() =>
      performance.getEntriesByType("resource")
        .filter((entry) => entry.renderBlockingStatus === "blocking")
        .map((entry) => new URL(entry.name).pathname),
    );
    assert.equal(blocked.length, 1, blocked.join());
    assert.match(blocked[0], /^\/static\/[0-9a-f]{16}\/chat\.css$/);
  }));

test("a page of an earlier release gets the files of this one", () =>
  visit(browser, server, {}, async (page) => {
    const asked = await page.request.get("/static/0123456789abcdef/js/main.js", { maxRedirects: 0 });
    assert.equal(asked.status(), 307);
    const found = await page.request.get("/static/0123456789abcdef/js/main.js");
    assert.match(found.url(), /\/static\/(?!0123)[0-9a-f]{16}\/js\/main\.js$/);
    assert.match(found.headers()["cache-control"], /immutable/);
    assert.equal((await page.request.get("/static/0123456789abcdef/js/none.js")).status(), 404);
  }));

test("a chosen theme is there with the first byte, without script too", async () => {
  const dark = [{ name: "travel_agent_theme", value: "dark", url: server.url }];
  await visit(browser, server, { javaScriptEnabled: false, expects: /status of 404/ }, async (page) => {
    await page.context().addCookies(dark);
    for (const path of ["/", "/traces", "/trips", "/metrics-view"]) {
      await page.goto(path);
      assert.equal(await page.locator("html").getAttribute("data-theme"), "dark", path);
    }
    const missing = await page.goto("/nowhere");
    assert.match(await missing.text(), /<html lang="fr" data-theme="dark">/);
  });
});

test("the theme changes nothing of what is written and where one is", () =>
  visit(browser, server, {}, async (page) => {
    await askForFlights(page);
    await input(page).fill("un brouillon");
    const before = await page.locator(".message").count();
    await page.locator("[data-theme-toggle]").click();
    assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
    assert.equal(await input(page).inputValue(), "un brouillon");
    assert.equal(await page.locator(".message").count(), before);
    const sent = await (await page.request.get(page.url())).text();
    assert.match(sent, /<html lang="fr" data-theme="dark">/);
    // As the system has it: nothing is kept.
    await page.locator("[data-theme-toggle]").click();
    const { cookies } = await page.context().storageState();
    assert.equal(cookies.some(({ name }) => name === "travel_agent_theme"), false);
  }));
