// A long answer while it arrives: nothing jumps, and the page stays at hand.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, visit } from "./browser.mjs";
import { input, lastAnswer, running } from "./conversation.mjs";
import { startModel } from "./model.mjs";
import { startServer } from "./server.mjs";

const MOST_SHIFT = 0.02;
const LONGEST_TASK_MS = 50;
const PART = `## Une journée de plus

Le matin, **promenade** dans la *vieille ville*, puis [le musée](https://example.org/musee) et ses jardins.

| Moment | Lieu | Remarque |
|---|---|---|
| Matin | Vieille ville | à pied |
| Midi | Place du marché | une **terrasse** au soleil |
| Soir | Les quais | \`bateau\` ou marche |

1. Prendre le temps de regarder les façades
2. Goûter une glace
   - pistache
   - citron
3. Revenir par les quais

> Un voyage se passe de motifs.

`;
const TEXT = PART.repeat(22);
let model;
let server;
let browser;
before(async () => {
  model = await startModel(() => ({ text: TEXT, pause: 20 }));
  [server, browser] = await Promise.all([startServer(model.environment), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  model?.stop();
});

/** Runs in the page, from its beginning: sums shifts, keeps the longest task. */
function measure() {
  const measured = { shift: 0, longest: 0 };
  window.measured = measured;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) measured.shift += entry.hadRecentInput ? 0 : entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) measured.longest = Math.max(measured.longest, duration);
  }).observe({ type: "longtask" });
}

async function streamOnce() {
  let measured;
  await visit(browser, server, {}, async (page) => {
    await page.addInitScript(measure);
    await page.goto("/", { waitUntil: "networkidle" });
    await page.evaluate(() => Object.assign(window.measured, { shift: 0, longest: 0 }));
    await input(page).fill("Raconte-moi une journée");
    await input(page).press("Enter");
    await running(page).locator("table").nth(2).waitFor();
    const height = () => page.locator(".message.agent .prose").last().evaluate((e) => e.clientHeight);
    const words = TEXT.split(/(?<= )/).length;
    assert.ok(words >= 1500, `${words} words`);
    await lastAnswer(page).locator("h3").nth(21).waitFor({ timeout: 60_000 });
    assert.ok((await height()) > 2000);
    assert.equal(await lastAnswer(page).getAttribute("data-status"), "ok");
    measured = await page.evaluate(() => window.measured);
  });
  return measured;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function medians() {
  const runs = [await streamOnce(), await streamOnce(), await streamOnce()];
  return { shift: median(runs.map((run) => run.shift)), longest: median(runs.map((run) => run.longest)) };
}

test("a stream of two thousand tokens shifts nothing", async () => {
  let found = await medians();
  if (found.shift >= MOST_SHIFT) found = await medians();
  assert.ok(found.shift < MOST_SHIFT, `shifted by ${found.shift}`);
});

test("a stream of two thousand tokens holds up nothing", async () => {
  let { longest } = await medians();
  if (longest > LONGEST_TASK_MS) ({ longest } = await medians());
  assert.ok(longest <= LONGEST_TASK_MS, `a task of ${longest} ms`);
});

test("what was drawn last is what stays: no jump when the answer is whole", () =>
  visit(browser, server, {}, async (page) => {
    await page.goto("/");
    await page.evaluate(() => {
      window.last = "";
      const read = () => {
        const prose = document.querySelector(".message.agent[data-status=running] .prose");
        if (prose) window.last = { text: prose.innerText, height: prose.clientHeight, blocks: [...prose.children] };
      };
      new MutationObserver(read).observe(document.getElementById("thread"), { childList: true, subtree: true });
    });
    await input(page).fill("Raconte-moi une journée");
    await input(page).press("Enter");
    await lastAnswer(page).waitFor({ timeout: 60_000 });
    const drawn = await page.evaluate(() => {
      const { text, height, blocks } = window.last;
      return { text, height, blocks: blocks.length, kept: blocks.filter((block) => block.isConnected).length };
    });
    const prose = lastAnswer(page).locator(".prose");
    const stays = { text: await prose.innerText(), height: await prose.evaluate((e) => e.clientHeight) };
    assert.equal(stays.text, drawn.text);
    assert.ok(Math.abs(stays.height - drawn.height) < 2, `${drawn.height} became ${stays.height}`);
    // Laid out once: tables, lists and quotes are those that were drawn.
    assert.equal(drawn.blocks, 110);
    assert.equal(drawn.kept, drawn.blocks);
  }));
