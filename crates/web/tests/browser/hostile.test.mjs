// Hostile content in a model's text, in messages and titles, in what is shared, and in files that are
// imported: nothing of it runs, nothing leaves, and no page breaks.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ACTIVE, ALL, DISGUISED, guard, LARGE } from "./attacks.mjs";
import { overflow, startBrowser, visit } from "./browser.mjs";
import { startModel } from "./model.mjs";
import { startServer } from "./server.mjs";

const TITLE = `</title><script>window.hacked=1</script> \u202Egnikoob <img src=x onerror=window.hacked=1>`;
const OVERRIDES = /[\u202A-\u202E\u2066-\u2069]/;
let model;
let server;
let browser;
before(async () => {
  // A tool's result is known to the page by its card; a model's words are anything.
  model = await startModel(() => ({ text: ALL.join("\n\n") }));
  [server, browser] = await Promise.all([
    startServer({ ...model.environment, RATE_LIMIT_TURNS_PER_MINUTE: "0", RATE_LIMIT_TURNS_PER_MINUTE_PER_ADDRESS: "0" }),
    startBrowser(),
  ]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  model?.stop();
});

const bodyOf = async (response) => {
  assert.ok(response.ok(), `${response.status()} ${await response.text()}`);
  return response.json();
};

/** The same in both languages; nothing of the pages is an error. */
async function inBoth(body) {
  for (const locale of ["fr-FR", "en-GB"]) {
    await visit(browser, server, { locale }, (page) => body(page, locale.slice(0, 2)));
  }
}

/** Opens what a link shows, as a stranger, without and with script. */
async function asStranger(url, language) {
  for (const javaScriptEnabled of [true, false]) {
    const options = { locale: language, javaScriptEnabled };
    await visit(browser, server, options, async (stranger) => {
      const check = javaScriptEnabled ? guard(stranger, server) : async () => {};
      await stranger.goto(url);
      await check("shared");
      assert.equal(await stranger.locator("script, button, form").count(), 0);
      assert.doesNotMatch(await stranger.content(), OVERRIDES);
      for (const width of [320, 1280]) {
        await stranger.setViewportSize({ width, height: 800 });
        assert.ok((await overflow(stranger)) <= 0, `${width} px`);
      }
    });
  }
}

test("in a model's text, a message and a title, in the chat and where it is shared", () =>
  inBoth(async (page, language) => {
    const check = guard(page, server);
    await page.goto("/");
    const message = [...ACTIVE, ...DISGUISED].join("\n");
    await page.locator("#message").fill(message);
    await page.locator("#send").click();
    await page.locator(".message.agent[data-status=ok]").waitFor();
    await check("streamed");
    const id = await page.locator("body").getAttribute("data-conversation-id");
    const api = `/api/conversations/${id}`;
    await bodyOf(await page.request.patch(api, { data: { title: TITLE } }));
    for (const path of [`/c/${id}`, `/c/${id}/share`, "/?q=hacked", `/c/${id}?q=evil`]) {
      await page.goto(path);
      await check(path);
      assert.ok((await overflow(page)) <= 0, path);
    }
    const { url } = await bodyOf(await page.request.post(`${api}/shares`, { data: {} }));
    await asStranger(url, language);
  }));

/** A file in which every text is `text`. */
function fileOf(texts) {
  const at = "2026-11-01T10:00:00Z";
  const sheet = (text) => ({
    type: "sheet",
    tool: text,
    title: text,
    lead: text,
    notes: [text],
    sources: [{ name: text, as_of: text }],
    blocks: [
      { type: "facts", heading: text, facts: [{ label: text, value: text, note: text, link: "javascript:window.hacked=1" }] },
      { type: "items", heading: text, items: [{ name: text, detail: text, note: text, say: { label: "Confirmer", message: "oui" } }] },
      { type: "table", heading: text, head: [text, text], rows: [[text, text]], best: 99 },
      { type: "day", heading: text, stops: [{ time: text, name: text, note: text }], note: text },
      { type: "links", links: [{ label: text, path: "https://evil.example" }, { label: text, path: "/trips/../x" }] },
      { type: "next", say: [{ label: text, message: "oui, je confirme" }] },
    ],
  });
  const messages = texts.flatMap((text) => [
    { role: "user", text, created_at: at },
    { role: "agent", text, locale: "fr", status: "ok", created_at: at, cards: [sheet(text)] },
  ]);
  return { format: "travel-agent.conversation", version: 1, title: TITLE, exported_at: at, messages };
}

test("in every text of a file, in the conversation that it becomes and where that is shared", () =>
  inBoth(async (page, language) => {
    const check = guard(page, server);
    await page.goto("/import");
    const buffer = Buffer.from(JSON.stringify(fileOf(ALL)));
    await page.locator("#file").setInputFiles({ name: "<img src=x>.json", mimeType: "application/json", buffer });
    await page.locator(".import-form button").click();
    await page.waitForURL(/\/c\//);
    await check("imported");
    assert.equal(await page.locator(".message").count(), 2 * ALL.length);
    assert.equal(await page.locator(".imported").count(), ALL.length);
    assert.equal(await page.locator("#thread .card button, #thread .card a").count(), 0);
    assert.doesNotMatch(await page.title(), OVERRIDES);
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      assert.ok((await overflow(page)) <= 0, `${width} px`);
    }
    const id = new URL(page.url()).pathname.split("/").pop();
    const { url } = await bodyOf(await page.request.post(`/api/conversations/${id}/shares`, { data: {} }));
    await asStranger(url, language);
  }));

test("in a file that is refused: what is wrong is said, and nothing of it runs", () =>
  visit(browser, server, { expects: /status of 4\d\d/ }, async (page) => {
    const check = guard(page, server);
    const whole = fileOf([ACTIVE[0]]);
    const attack = "<img src=x onerror=window.hacked=1>";
    for (const file of [
      attack,
      JSON.stringify({ ...whole, [attack]: attack }),
      JSON.stringify({ ...whole, version: attack }),
      JSON.stringify({ ...whole, messages: [{ role: attack }] }),
      `${"[".repeat(200_000)}`,
      JSON.stringify({ ...whole, title: LARGE[0] }),
    ]) {
      await page.goto("/import");
      const buffer = Buffer.from(file);
      await page.locator("#file").setInputFiles({ name: "a.json", mimeType: "text/html", buffer });
      await page.locator(".import-form button").click();
      await page.locator("[role=alert]").waitFor();
      await check(file.slice(0, 60));
    }
    const list = await bodyOf(await page.request.get("/api/conversations"));
    assert.equal(list.conversations.length, 0);
  }));
