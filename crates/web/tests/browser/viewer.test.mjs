// The trace viewer, as someone looks into what the agent did.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { overflow, picture, startBrowser, visit } from "./browser.mjs";
import { ask, askForFlights, lastAnswer } from "./conversation.mjs";
import { startServer } from "./server.mjs";

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer({ CAPTURE_CONTENT: "true" }), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function openTrace(page) {
  await askForFlights(page);
  await lastAnswer(page).locator(".message-facts a").click();
  await page.waitForURL(/\/traces\/[0-9a-f]{32}$/);
}

async function fits(page, what) {
  assert.equal(await overflow(page), 0, what);
  await picture(page, `${what}-${page.viewportSize().width}`);
}

test("a turn that ends appears in the list by itself, and only while that is wanted", () =>
  visit(browser, server, {}, async (page) => {
    await page.goto("/traces");
    const lines = page.locator(".trace-table tbody tr");
    const before = await lines.count();
    const live = page.getByRole("button", { name: "En direct" });
    const followed = page.waitForResponse(/\/api\/traces\/live/);
    await live.click();
    await followed;
    assert.equal(await live.getAttribute("aria-pressed"), "true");
    const chat = await page.context().newPage();
    await chat.goto("/");
    await ask(chat, "Bonjour !");
    await lines.nth(before).waitFor();
    assert.match(await lines.first().innerText(), /bavardage/);
    assert.equal(await live.getAttribute("aria-pressed"), "true", "the switch is not replaced");
    await live.click();
    const requests = [];
    page.on("request", (request) => requests.push(request.url()));
    await ask(chat, "Merci !");
    const asked = await page.evaluate(async () => {
      const response = await fetch("/api/traces");
      return (await response.json()).traces.length;
    });
    assert.equal(asked, before + 2);
    // Longer than the page waits between two turns that end.
    await page.waitForTimeout(1500);
    assert.equal(await lines.count(), before + 1);
    assert.deepEqual(requests.map((url) => new URL(url).pathname), ["/api/traces"]);
  }));

for (const width of [1280, 390]) {
  test(`each tab shows its part of the trace, at ${width} px`, () =>
    visit(browser, server, { viewport: { width, height: 900 } }, async (page) => {
      await openTrace(page);
      const path = page.locator("section.critical");
      // Which spans are large enough to be named hangs on the machine; what they took adds up to the turn.
      const parts = [...(await path.innerText()).matchAll(/(\d+)\s%/g)].map(([, part]) => Number(part));
      const whole = parts.reduce((sum, part) => sum + part, 0);
      assert.ok(parts.length > 1 && Math.abs(whole - 100) <= 4, `the parts of the path: ${parts} %`);
      assert.match(await page.locator("section.waterfall").innerText(), /search_flights/);
      await fits(page, "trace-summary");
      const tabs = {
        Messages: [".said", /depuis Lyon/],
        Outils: [".tool-calls", /offline/],
        Journal: [".log", /Chat response ready/],
        "JSON brut": [".raw", /resourceSpans/],
      };
      for (const [name, [part, text]] of Object.entries(tabs)) {
        const tab = page.getByRole("link", { name, exact: true });
        await tab.click();
        assert.match(await page.locator(part).innerText(), text, name);
        assert.equal(await tab.getAttribute("aria-current"), "page");
        await fits(page, `trace-${part.slice(1)}`);
      }
      // A log line leads to its span in the waterfall, and opens it.
      await page.getByRole("link", { name: "Journal", exact: true }).click();
      await page.locator(".log a").first().click();
      await page.locator(".spans details[open]").waitFor();
    }));

  test(`sessions, comparisons and charts, at ${width} px`, () =>
    visit(browser, server, { viewport: { width, height: 900 } }, async (page) => {
      await openTrace(page);
      await page.getByRole("link", { name: "Tous ses échanges" }).click();
      assert.equal(await page.locator(".turns tbody tr").count(), 2);
      await fits(page, "session");
      await page.locator(".turns tbody a").last().click();
      await page.getByRole("button", { name: "Comparer" }).click();
      await page.waitForURL(/\/traces\/compare\?a=[0-9a-f]{32}&b=[0-9a-f]{32}$/);
      assert.match(await page.locator(".figure-table").innerText(), /agent\.iteration/);
      await fits(page, "compare");
      await page.goto("/metrics-view");
      const turns = page.locator(".chart", { hasText: "Échanges par minute" });
      assert.ok((await turns.locator("svg path.good").count()) === 1);
      await turns.locator("summary").click();
      assert.ok((await turns.locator("tbody tr").count()) > 0);
      await fits(page, "metrics");
    }));
}

test("a command is copied and asks the same again", () =>
  visit(browser, server, { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await openTrace(page);
    await page.locator(".curl summary").click();
    await page.locator('[data-copy-id="curl-ask"]').click();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(command, /^curl 'http:.*\/api\/chat'/);
    const { execFileSync } = await import("node:child_process");
    const answer = JSON.parse(execFileSync("sh", ["-c", `${command} -s`], { encoding: "utf8" }));
    assert.equal(answer.status, "ok");
    await page.locator('[data-copy-id="curl-read"]').click();
    const read = await page.evaluate(() => navigator.clipboard.readText());
    const trace = JSON.parse(execFileSync("sh", ["-c", `${read} -s`], { encoding: "utf8" }));
    assert.ok(trace.resourceSpans[0].scopeSpans[0].spans.length > 5);
  }));

test("without script everything is there but the comforts", () =>
  visit(browser, server, { javaScriptEnabled: false }, async (page) => {
    const list = await (await page.request.get("/api/traces?tool=search_flights")).json();
    await page.goto("/traces?tool=search_flights&q=planner");
    assert.ok((await page.locator(".trace-table tbody tr").count()) >= list.traces.length);
    assert.equal(await page.getByRole("button", { name: "En direct" }).count(), 0);
    await page.locator(".what a").first().click();
    await page.getByRole("link", { name: "Outils", exact: true }).click();
    await page.locator(".tool-calls article").first().waitFor();
    await page.goto("/metrics-view");
    await page.locator(".chart svg").first().waitFor();
  }));
