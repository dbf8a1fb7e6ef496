// Hostile content in what tools bring: names of airlines, places and sights, notes, sources and titles in
// cards and in the panel of the trip, and the steps of an answer while they run. Nothing of it runs or
// leaves, no page breaks, and what turns a text's direction around turns no other text.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ACTIVE, assertContained, DISGUISED, guard, LARGE } from "./attacks.mjs";
import { startBrowser, visit } from "./browser.mjs";
import { answers, ask, input, running } from "./conversation.mjs";
import { startModel } from "./model.mjs";
import { startServer } from "./server.mjs";
import { rewrite } from "./store.mjs";

/** An override first: it is in many places, then. */
const ATTACKS = [DISGUISED[0], ...ACTIVE, ...DISGUISED, LARGE[0], "</style>}*{display:none", "\u202Eesrevni"];
const UNLIMITED = { RATE_LIMIT_TURNS_PER_MINUTE: "0", RATE_LIMIT_TURNS_PER_MINUTE_PER_ADDRESS: "0" };
let browser;
let folder;
before(async () => {
  [browser, folder] = await Promise.all([startBrowser(), mkdtemp(join(tmpdir(), "hostile-"))]);
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs `body(server)` with a server of its own. */
async function served(environment, body) {
  const server = await startServer({ ...UNLIMITED, ...environment });
  try {
    return await body(server);
  } finally {
    await server.stop();
  }
}

/** Fields that hold words of a source; what else is text is of a closed set, or a code. */
const WORDS = new Set([
  "name", "city", "aircraft", "detail", "note", "notes", "heading", "head", "rows", "title", "lead", "text", "time",
  "label", "change", "remove", "summary", "as_of", "left_over", "surface", "value", "error", "message",
]);
/** Documents in which such a field is no words, and how a code looks. */
const CLOSED = new Set(["intent", "model"]);
const CODE = /^[A-Z]{2,3}$/;

/** The same document with an attack in each of those fields, `next` giving one after the other. */
function poisoned(document, next, field = "") {
  if (Array.isArray(document)) return document.map((one) => poisoned(one, next, field));
  if (document && typeof document === "object") {
    const entries = Object.entries(document);
    return Object.fromEntries(entries.map(([key, one]) => [key, CLOSED.has(key) ? one : poisoned(one, next, key)]));
  }
  return typeof document === "string" && WORDS.has(field) && !CODE.test(document) ? next() : document;
}

const TALK = [
  "Je veux aller à Rome du 3 au 8 mars 2027 depuis Lyon, 2 adultes, budget 3000 €",
  "et un hôtel de gamme moyenne à Rome ?",
  "prépare un itinéraire de visites à Rome",
  "une carte du voyage",
];

/** All attacks by turns, twice, and what turns a direction in every field. */
const ROUNDS = [
  ["fr-FR", "every attack", ATTACKS],
  ["en-GB", "every attack", ATTACKS],
  ["fr-FR", "one direction", [DISGUISED[0]]],
];

for (const [nth, [locale, what, attacks]] of ROUNDS.entries()) {
  test(`${locale}, ${what}: in cards, in the trip and wherever they are shown`, () => {
    const path = join(folder, `${nth}.db`);
    const environment = { DATABASE_URL: `sqlite://${path}` };
    return served({}, (outer) => visit(browser, outer, { locale }, async (page) => {
      const id = await served(environment, async (server) => {
        await page.goto(server.url);
        for (const message of TALK) await ask(page, message);
        const id = await page.locator("body").getAttribute("data-conversation-id");
        await page.goto("about:blank");
        return id;
      });
      let number = 13 * nth;
      rewrite(path, (document) => poisoned(document, () => attacks[number++ % attacks.length]));
      assert.ok(number > 5 * ATTACKS.length, `${number} fields`);
      await served(environment, (server) => look(page, server, id));
    }));
  });
}

async function look(page, server, id) {
  const check = guard(page, server);
  const open = `${server.url}/c/${id}`;
  await page.goto(open);
  await check("the conversation");
  assert.equal(await answers(page).count(), TALK.length);
  assert.ok((await page.locator("#trip .trip-day-item").count()) >= 4, "the trip is there");
  assert.ok((await page.locator(".sheet").count()) >= 3, "the sheets are there");

  // What scripts do with it: side by side, filtered, days that move.
  const card = answers(page).first();
  await card.locator(".flights[data-started]").waitFor();
  await card.locator("[data-compare], .offer-tools button").first().click();
  for (const at of [0, 1]) await card.locator("[data-pick]").nth(at).check();
  await card.locator("[data-side]").click();
  await check("side by side");
  await page.keyboard.press("Escape");
  const day = page.locator("#trip .trip-day-item[data-movable]").first();
  await day.locator("[data-way=down]").click();
  await page.waitForFunction(() => document.getElementById("live").textContent !== "");
  await check("a day that moved");

  const { url } = await (await page.request.post(`${server.url}/api/conversations/${id}/shares`, { data: {} })).json();
  for (const path of [
    open, `${open}#trip`, `${open}?q=hacked`, `${open}/share`, `${open}/offline`, `${server.url}/trips`,
    `${server.url}/trips/${id}/print`, url,
  ]) {
    await page.goto(path);
    await check(path);
    await assertContained(page, path);
  }
}

test("in the names and arguments of tools, in steps that run, that are over, and in their trace", async () => {
  let go;
  const hold = new Promise((resolve) => (go = resolve));
  const trip = { check_in: "2027-03-03", check_out: "2027-03-08" };
  const calls = ATTACKS.slice(0, 12).flatMap((attack, at) => [
    { name: "search_hotels", arguments: { ...trip, city: attack } },
    { name: "recommend_restaurants", arguments: { city: ATTACKS[12 + at], day: attack } },
  ]);
  const words = "un deux trois quatre cinq six sept huit neuf dix onze douze treize";
  const script = (number) => (number === 0 ? { calls: [...calls, { name: ATTACKS[3], arguments: {} }] } : { text: words, hold });
  const model = await startModel(script);
  try {
    await served({ ...model.environment, CAPTURE_CONTENT: "true" }, (server) =>
      visit(browser, server, {}, async (page) => {
        const check = guard(page, server);
        await page.goto("/");
        await input(page).fill("Raconte");
        await page.locator("#send").click();
        await running(page).locator(".step.failed").nth(3).waitFor({ state: "attached" });
        await running(page).locator(".prose", { hasText: "un deux" }).waitFor();
        await check("while it runs", { isRunning: true });
        await assertContained(page, "while it runs");
        go();
        await answers(page).first().waitFor();
        await check("when it is over");
        await assertContained(page, "when it is over");
        const trace = await answers(page).first().locator(".message-facts a").getAttribute("href");
        const id = await page.locator("body").getAttribute("data-conversation-id");
        for (const path of [trace, `${trace}?tab=tools`, `${trace}?tab=messages`, `${trace}?tab=logs`, `/traces/sessions/${id}`, "/traces"]) {
          await page.goto(path);
          await check(path);
          await assertContained(page, path);
        }
      }));
  } finally {
    go();
    model.stop();
  }
});
