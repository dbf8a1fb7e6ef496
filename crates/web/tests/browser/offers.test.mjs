// The card of offers: short on a phone, one open, the others a line each, sorted, filtered, compared.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, audited } from "./axe.mjs";
import { overflow, PHONE, startBrowser, visit } from "./browser.mjs";
import { answers, ask, askForFlights, lastAnswer } from "./conversation.mjs";
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

const card = (page) => lastAnswer(page).locator(".flights");
const live = (page) => page.locator("#live").textContent();
/** The same once its tools act. */
const ready = (page) => lastAnswer(page).locator(".flights[data-started]");
/** The offers that are shown because they fit; one that is proposed stays besides. */
const FITTING = ".offer-item:not([hidden], .stays)";
const numbers = (page) =>
  card(page).locator(FITTING).evaluateAll((items) => items.map((item) => item.dataset.number));
const figures = (page, name) =>
  card(page)
    .locator(FITTING)
    .evaluateAll((items, name) => items.map((item) => Number(item.dataset[name])), name);
const ascending = (list) => list.every((value, at) => at === 0 || list[at - 1] <= value);

test("390 px: the first card starts on the first screen, and Confirm is one screen below", () =>
  visit(browser, server, PHONE, async (page) => {
    await askForFlights(page);
    const top = (await card(page).boundingBox()).y;
    const screen = await page.locator(".composer-area").boundingBox();
    assert.ok(top >= 0 && top < screen.y - 120, `the card starts at ${top} of ${screen.y} px`);
    const confirm = await lastAnswer(page).locator(".proposal .primary").boundingBox();
    const way = confirm.y + confirm.height - top;
    assert.ok(way <= 844, `the button of the proposal is ${way} px below the top of the card`);
    // Within the first offer nothing has to be looked for, either.
    const choose = await card(page).locator(".choose").first().boundingBox();
    assert.ok(choose.y < top + 844 / 2, `${choose.y}`);
    const tools = card(page).locator("[data-sort], .offer-filters > summary, [data-compare]");
    const rows = await tools.evaluateAll((all) => all.map((tool) => tool.getBoundingClientRect().top));
    assert.ok(rows.length === 3 && Math.max(...rows) - Math.min(...rows) < 8, `the tools have one row: ${rows}`);
    assert.equal(await overflow(page), 0);
  }));

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  test(`${how} JavaScript the advised offer is open, the others are a line each`, () =>
    visit(browser, server, { javaScriptEnabled }, async (page) => {
      await page.goto("/");
      await page.locator("#message").fill("Lyon New York du 12 au 20 janvier, 2 adultes");
      await page.locator("#send").click();
      await card(page).waitFor();
      const offers = card(page).locator("details.offer");
      const open = await offers.evaluateAll((all) => all.map((offer) => offer.open));
      assert.deepEqual(open, [true, false, false, false, false]);
      const line = await offers.nth(1).locator("> summary").innerText();
      for (const part of [/\d\d:\d\d[^]*–[^]*\d\d:\d\d/, /Direct|\d escale/, /\d\u00a0€/, /bagage|soute/, /kg CO₂/]) {
        assert.match(line, part);
      }
      const height = (await offers.nth(1).boundingBox()).height;
      assert.ok(height < 70, `a line is ${height} px high`);
      // The rest is there on demand.
      await offers.nth(1).locator("> summary").click();
      assert.match(await offers.nth(1).innerText(), /Aller[^]*Retour[^]*pour 2 personnes/);
      // "Illustrative" stands once in what is seen of the answer.
      const seen = await lastAnswer(page).innerText();
      assert.equal(seen.match(/illustratif/gi).length, 1, seen);
      assert.equal(await lastAnswer(page).locator(".offer-tools:visible").count(), javaScriptEnabled ? 1 : 0);
      // What the card says is folded in the text, and still there for who wants to read it.
      await lastAnswer(page).locator(".reasons > summary").click();
      assert.match(await lastAnswer(page).locator(".reasons").innerText(), /Mon conseil[^]*illustratifs/);
    }));
}

test("offers are sorted without asking again, and the order is announced", () =>
  visit(browser, server, {}, async (page) => {
    await askForFlights(page);
    const before = await numbers(page);
    for (const key of ["price", "minutes", "stops", "leaves", "emissions"]) {
      await ready(page).locator("[data-sort]").selectOption(key);
      assert.ok(ascending(await figures(page, key)), key);
    }
    await ready(page).locator("[data-sort]").selectOption("");
    assert.deepEqual(await numbers(page), before);
    assert.equal(await answers(page).count(), 2, "nothing was asked");
    assert.match(await live(page), /^Offres affichées\s: 5 sur 5/);
  }));

test("what is chosen before the tools are loaded counts once they are", () =>
  visit(browser, server, { serviceWorkers: "block" }, async (page) => {
    let load;
    const held = new Promise((resolve) => (load = resolve));
    await page.route(/\/offers\.js/, (route) => held.then(() => route.continue()));
    await askForFlights(page);
    await card(page).locator("[data-sort]").selectOption("leaves");
    assert.equal(await ready(page).count(), 0);
    load();
    await ready(page).waitFor();
    assert.ok(ascending(await figures(page, "leaves")));
    assert.match(await live(page), /^Offres affichées\s: 5 sur 5/);
  }));

test("offers are filtered by each of their figures, and all come back", () =>
  visit(browser, server, {}, async (page) => {
    await askForFlights(page);
    await ready(page).locator(".offer-filters > summary").click();
    const filters = ready(page).locator("[data-filter]");
    assert.ok((await filters.count()) >= 4);
    let stayed = 0;
    for (const filter of await filters.all()) {
      const value = await filter.locator("option").nth(1).getAttribute("value");
      const name = await filter.getAttribute("data-filter");
      await filter.selectOption(value);
      const left = await numbers(page);
      assert.ok(left.length >= 1 && left.length < 5, `${name}: ${left}`);
      assert.match(await live(page), new RegExp(`^Offres affichées\\s: ${left.length} sur 5`));
      assert.equal(await card(page).locator(".proposal.open").isVisible(), true, "what is proposed stays");
      const staying = await card(page).locator(".stays").count();
      assert.equal(/l’offre proposée reste affichée/.test(await live(page)), staying === 1);
      stayed += staying;
      if (!Number.isNaN(Number(value))) {
        assert.ok((await figures(page, name)).every((figure) => figure <= Number(value)), name);
      }
      await card(page).locator("[data-reset]").click();
      assert.equal((await numbers(page)).length, 5);
    }
    assert.ok(stayed > 0, "some filter would hide the proposed offer");
    // Two that exclude each other leave nothing, and say so.
    const carriers = card(page).locator('[data-filter="carriers"]');
    const prices = card(page).locator('[data-filter="price"]');
    await prices.selectOption({ index: 1 });
    for (const option of await carriers.locator("option:not([value=''])").all()) {
      await carriers.selectOption(await option.getAttribute("value"));
      if ((await numbers(page)).length === 0) break;
    }
    if ((await numbers(page)).length === 0) assert.match(await live(page), /^Aucune de ces offres/);
  }));

for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
  test(`${viewport.width} px: two or three offers are compared side by side`, () =>
    visit(browser, server, { ...audited, viewport }, async (page) => {
      await askForFlights(page);
      await ready(page).getByRole("button", { name: "Comparer", exact: true }).click();
      const boxes = card(page).locator("[data-pick]");
      const open = card(page).locator("[data-side]");
      assert.equal(await open.isDisabled(), true);
      await boxes.nth(0).check();
      await boxes.nth(3).check();
      await boxes.nth(4).check();
      assert.equal(await boxes.nth(1).isDisabled(), true, "three at most");
      await open.click();
      const dialog = page.getByRole("dialog", { name: "Offres côte à côte" });
      assert.equal(await dialog.locator("thead th").count(), 3);
      const rows = await dialog.locator("tbody th").allTextContents();
      for (const row of ["Prix", "Compagnie", "Départ", "Durée", "Escales", "Bagages", "Conditions", "CO₂"]) {
        assert.ok(rows.includes(row), rows.join());
      }
      assert.match(await dialog.locator("tbody tr").first().locator("td").first().innerText(), /€[^]*pour 2/);
      assert.equal(await overflow(page), 0);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await assertAccessible(page, `comparing, ${colorScheme}`);
      }
      await page.keyboard.press("Escape");
      assert.equal(await dialog.count(), 0);
      assert.equal(await open.evaluate((button) => button === document.activeElement), true);
      await open.click();
      await dialog.getByRole("button", { name: /^Choisir l’offre 4/ }).click();
      await answers(page).nth(2).waitFor();
      assert.equal(await dialog.count(), 0);
      assert.match(await lastAnswer(page).locator(".proposal.open").innerText(), /Total/);
    }));
}

test("further offers of the search are asked for by a button that says how many there are", () =>
  visit(browser, server, {}, async (page) => {
    await askForFlights(page);
    const more = card(page).locator(".more-offers button");
    assert.match(await more.innerText(), /encore \d+/);
    await more.click();
    await answers(page).nth(2).waitFor();
    assert.match(await lastAnswer(page).locator(".prose").innerText(), /offres de plus/);
    assert.equal(await page.locator(".more-offers:visible").count() <= 1, true);
  }));

for (const width of [320, 390, 768, 1280]) {
  test(`${width} px: everything open fits, is large enough and breaks no rule`, () =>
    visit(browser, server, { ...audited, viewport: { width, height: 844 } }, async (page) => {
      await askForFlights(page);
      await ready(page).locator("[data-compare]").click();
      await page.evaluate(() => {
        for (const details of document.querySelectorAll(".message details")) details.open = true;
      });
      assert.equal(await overflow(page), 0);
      const small = await lastAnswer(page)
        .locator("button, select, summary, label:has(input), a[href]")
        .evaluateAll((all) =>
          all
            .filter((element) => element.checkVisibility() && getComputedStyle(element).display !== "inline")
            .map((element) => [element.className || element.outerHTML.slice(0, 60), element.getBoundingClientRect()])
            .filter(([, box]) => box.height < 24 || box.width < 24)
            .map(([name, box]) => `${name} ${box.width}x${box.height}`),
        );
      assert.deepEqual(small, [], "targets of 24 px");
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await assertAccessible(page, `${width} px, ${colorScheme}`);
      }
    }));
}

test("English: names, filters and the text", () =>
  visit(browser, server, { locale: "en-GB" }, async (page) => {
    await page.goto("/");
    await ask(page, "London to Rome from 12 to 20 March, 2 adults");
    await card(page).getByRole("button", { name: /^Choose offer 1, .*, €[\d,.]+$/ }).waitFor();
    await ready(page).locator("[data-sort]").selectOption("price");
    assert.match(await live(page), /^\d of \d offers shown$/);
    assert.match(await lastAnswer(page).locator(".reasons > summary").innerText(), /Why this choice/);
  }));

test("a copied answer is whole, whatever of it is folded", () =>
  visit(browser, server, { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await askForFlights(page);
    await lastAnswer(page).getByRole("button", { name: "Copier la réponse" }).click();
    await page.waitForFunction(() => document.getElementById("live").textContent.includes("copiée"));
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    for (const part of ["Lyon → New York", "Mon conseil", "illustratifs", "retenir cette offre"]) {
      assert.ok(copied.includes(part), `${part}: ${copied}`);
    }
    await page.waitForFunction(() => !document.querySelector(".message:last-child .reasons").open);
  }));
