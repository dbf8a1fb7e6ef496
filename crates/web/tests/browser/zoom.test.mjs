// The list of traces in another order and stretch of time, and the zoom of one waterfall.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, visit } from "./browser.mjs";
import { ask, askForFlights, lastAnswer, QUESTION } from "./conversation.mjs";
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

const lines = (page) => page.locator(".trace-table tbody tr");
const range = (page) => page.locator(".zoom-range").innerText();
const shown = (page) => page.locator(".spans > li").count();

async function openTrace(page) {
  await askForFlights(page);
  await lastAnswer(page).locator(".message-facts a").click();
  await page.waitForURL(/\/traces\/[0-9a-f]{32}$/);
}

/** Waits until another stretch is shown than `before`. */
async function zoomed(page, before) {
  await page.waitForFunction(
    (before) => document.querySelector(".zoom-range").textContent !== before,
    before,
  );
}

for (const javaScriptEnabled of [true, false]) {
  test(`columns order the list and say so, ${javaScriptEnabled ? "with" : "without"} script`, () =>
    visit(browser, server, { javaScriptEnabled: true }, async (asking) => {
      await asking.goto("/");
      await ask(asking, "Bonjour !");
      await askForFlights(asking);
      const state = await asking.context().storageState();
      await visit(browser, server, { javaScriptEnabled, storageState: state }, async (page) => {
        await page.goto("/traces");
        const started = page.getByRole("columnheader", { name: /^Début/ });
        assert.equal(await started.getAttribute("aria-sort"), "descending");
        await page.getByRole("link", { name: "Durée", exact: true }).click();
        await page.waitForURL(/sort=-duration/);
        const duration = page.getByRole("columnheader", { name: /^Durée/ });
        assert.equal(await duration.getAttribute("aria-sort"), "descending");
        assert.equal(await page.locator("[aria-sort]").count(), 1);
        const longest = await lines(page).first().innerText();
        await page.getByRole("link", { name: /^Durée/ }).click();
        await page.waitForURL(/sort=duration/);
        assert.equal(await lines(page).last().innerText(), longest);
        // The form keeps the order, and the order the form.
        await page.getByLabel("Période").selectOption("hour");
        await page.getByRole("button", { name: "Filtrer" }).click();
        await page.waitForURL(/since=hour.*sort=duration/);
        await page.getByRole("link", { name: "Question" }).click();
        await page.waitForURL(/since=hour&sort=question|sort=question&since=hour/);
        assert.equal(await page.getByLabel("Période").inputValue(), "hour");
        assert.ok((await page.getByRole("link", { name: QUESTION }).count()) >= 1);
      });
    }));
}

test("a time range is chosen by its ends, on the reader's clock", () =>
  visit(browser, server, {}, async (page) => {
    await page.goto("/");
    await ask(page, "Bonjour !");
    await page.goto("/traces");
    const all = await lines(page).count();
    await page.locator(".exact summary").click();
    await page.getByLabel("Début", { exact: true }).fill("2020-01-01T10:00");
    await page.getByLabel("Fin", { exact: true }).fill("2020-01-02T10:00");
    await page.getByRole("button", { name: "Filtrer" }).click();
    await page.getByText("Aucune trace ne correspond").waitFor();
    assert.equal(await page.getByLabel("Début", { exact: true }).inputValue(), "2020-01-01T10:00");
    await page.getByLabel("Fin", { exact: true }).fill("");
    await page.getByRole("button", { name: "Filtrer" }).click();
    await lines(page).first().waitFor();
    assert.equal(await lines(page).count(), all);
  }));

test("the waterfall is zoomed by buttons, keys and a drag, and focus stays", () =>
  visit(browser, server, {}, async (page) => {
    await openTrace(page);
    const whole = await range(page);
    const spans = await shown(page);
    const zoomIn = page.getByRole("button", { name: "Agrandir" });
    await zoomIn.click();
    await zoomed(page, whole);
    assert.ok(await zoomIn.evaluate((link) => link === document.activeElement));
    assert.match(page.url(), /\?from=[\d.]+&to=[\d.]+/);
    assert.match(await page.locator("#copied").innerText(), /^De /);
    const half = await range(page);
    await page.locator(".axis").focus();
    await page.keyboard.press("ArrowRight");
    await zoomed(page, half);
    assert.ok(await page.locator(".axis").evaluate((axis) => axis === document.activeElement));
    const moved = await range(page);
    await page.keyboard.press("0");
    await zoomed(page, moved);
    assert.equal(await range(page), whole);
    assert.equal(await shown(page), spans);

    const box = await page.locator(".axis ol").boundingBox();
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.25, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, y, { steps: 4 });
    assert.equal(await page.locator(".axis .stretch").count(), 1);
    await page.mouse.up();
    await zoomed(page, whole);
    assert.equal(await page.locator(".axis .stretch").count(), 0);
    const { from, to } = await page.locator("[data-zoom]").evaluate((part) => ({ ...part.dataset }));
    const length = Number(await page.getByLabel("De (ms)").getAttribute("max"));
    assert.ok(Math.abs(Number(from) - length / 4) < length * 0.02, `${from} of ${length}`);
    assert.ok(Math.abs(Number(to) - length / 2) < length * 0.02, `${to} of ${length}`);
    // The address is that of the stretch.
    const dragged = await range(page);
    await page.reload();
    assert.equal(await range(page), dragged);
  }));

test("a deep, short span can be made out, without script too", () =>
  visit(browser, server, {}, async (asking) => {
    await openTrace(asking);
    const state = await asking.context().storageState();
    const url = asking.url();
    const options = { javaScriptEnabled: false, storageState: state };
    await visit(browser, server, options, async (page) => {
      await page.goto(url);
      const deep = page.locator(".spans > .depth-2, .spans > .depth-3").first();
      const id = await deep.locator("details").getAttribute("id");
      const bar = () => page.locator(`#${id} .bar rect`).first().evaluate((rect) => Number(rect.getAttribute("width")));
      const before = await bar();
      await page.locator(`#${id} summary`).click();
      await page.locator(`#${id}`).getByRole("link", { name: "Zoomer sur ce span" }).click();
      await page.waitForURL(/from=/);
      assert.ok((await bar()) > 850, `${before} became ${await bar()}`);
      await page.locator(".zoom-exact summary").click();
      await page.getByLabel("De (ms)").fill("0");
      await page.getByLabel("À (ms)").fill("5");
      await page.getByRole("button", { name: "Afficher" }).click();
      await page.waitForURL(/from=0&to=5/);
      assert.match(await range(page), /^De 0\sms à 5\sms/);
      await page.getByRole("button", { name: "Toute la trace" }).click();
      await page.waitForURL(/\/traces\/[0-9a-f]{32}#/);
    });
  }));
