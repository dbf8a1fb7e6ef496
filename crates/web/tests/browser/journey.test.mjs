// The main job: a sentence, what was missing, flights, the trace of that very turn.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, visit } from "./browser.mjs";
import {
  ask, askForFlights, COMPLETION, input, lastAnswer, QUESTION, running, stored,
} from "./conversation.mjs";
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

test("an example of the empty page is asked by a click", () =>
  visit(browser, server, {}, async (page) => {
    await page.goto("/");
    const example = page.locator(".examples button").first();
    const message = await example.getAttribute("value");
    await example.click();
    await lastAnswer(page).waitFor();
    assert.equal(await page.locator(".message.user .bubble").textContent(), message);
    assert.match(await lastAnswer(page).textContent(), /D’où partez-vous/);
    assert.equal(await page.locator("#welcome").count(), 0);
    assert.match(page.url(), /\/c\/[0-9a-f-]{36}$/);
  }));

test("the answer is written piece by piece, with its steps, and ends in flight cards", () =>
  visit(browser, server, {}, async (page) => {
    await page.goto("/");
    await ask(page, QUESTION);
    assert.match(await lastAnswer(page).textContent(), /D’où partez-vous/);
    assert.equal(await page.locator(".offer").count(), 0);
    await page.evaluate(() => (window.seen.texts.length = 0));
    await ask(page, COMPLETION);

    const seen = await page.evaluate(() => window.seen);
    const grown = seen.texts.filter((text, i) => i > 0 && text.startsWith(seen.texts[i - 1]));
    assert.ok(grown.length >= 10, `the text grew ${grown.length} times`);
    // With an ellipsis while it runs: which of the two is seen depends on how fast it is.
    const search = /^Recherche de vols Lyon → New York, du 12 au 20 janvier, 2\u00a0adultes/;
    const searched = seen.steps.some((step) => search.test(step));
    assert.ok(searched, seen.steps.join());

    const answer = lastAnswer(page);
    const offers = answer.locator(".offer");
    assert.ok((await offers.count()) >= 3);
    assert.match(await answer.locator(".flights .card-head").innerText(), /Illustratif/);
    for (const [at, offer] of (await offers.all()).entries()) {
      // The advised one is open.
      if (at > 0) await offer.locator("> summary").click();
      const text = await offer.innerText();
      assert.match(text, /Direct|\d escale/);
      assert.match(text, /\d+\u00a0h/); // how long
      assert.match(text, /\d\u00a0€/);
      assert.match(text, /pour 2 personnes/);
      assert.match(text, /Aller[^]*12 janv\.[^]*LYS[^]*Retour[^]*20 janv\.[^]*LYS/);
      const carriers = await offer.locator(".slice-head bdi").allTextContents();
      assert.ok(carriers.length === 2 && carriers.every((names) => names.length > 2));
    }
    // Flights to Europe leave America in the evening.
    const nextDay = offers.locator(".slice").nth(1).locator("sup");
    assert.equal(await nextDay.locator("[aria-hidden]").textContent(), "+1");
    assert.match(await nextDay.textContent(), /le lendemain/);

    assert.match(await answer.locator(".prose").textContent(), /illustratifs/);
    const steps = answer.locator(".tools");
    await steps.locator("summary").click();
    const told = await steps.locator(".step-label").allTextContents();
    assert.ok(told.some((step) => search.test(step)), told.join());
    assert.match(await steps.innerText(), /\d résultats · \d[^]*ms · source\u00a0: données hors ligne/);
    assert.doesNotMatch(await steps.innerText(), /[{}"]|search_flights/, "words alone, no JSON");
    await page.reload();
    const kept = lastAnswer(page).locator(".tools");
    await kept.locator("summary").click();
    assert.deepEqual(await kept.locator(".step-label").allTextContents(), told, "the same after a reload");
    await answer.locator(".offer-details summary").first().click();
    assert.match(await answer.locator(".offer-details[open]").innerText(), /Bagages[^]*CO₂/);
  }));

test("the trace link opens the waterfall of that very turn", () =>
  visit(browser, server, {}, async (page) => {
    await askForFlights(page);
    const answers = (await stored(page)).messages.filter((message) => message.role === "agent");
    const trace = answers.at(-1).answer.trace_id;
    assert.notEqual(answers[0].answer.trace_id, trace);

    await lastAnswer(page).getByRole("link", { name: "trace" }).click();
    await page.waitForURL(`/traces/${trace}`);
    assert.equal(await page.locator("#trace-id").textContent(), trace);
    const names = await page.locator(".spans > li.depth-0 .name").allTextContents();
    assert.deepEqual(names, ["agent.iteration"]);
    const inner = await page.locator(".spans > li.depth-1 .span-name").allInnerTexts();
    const named = (pattern) => inner.filter((name) => pattern.test(name)).length;
    assert.ok(named(/^\s*llm\.call\s+planner-1/) >= 2, inner.join(" | "));
    assert.equal(named(/^\s*tool\.call\s+search_flights/), 1, inner.join(" | "));
    assert.equal(await page.locator(".spans rect[class]").count() >= inner.length, true);

    const search = page.locator(".spans details", { hasText: "search_flights" }).first();
    await search.locator("summary").click();
    assert.ok(await search.locator(".span-body").isVisible());
    await page.getByRole("link", { name: "Voir la conversation" }).click();
    assert.equal(await page.locator(".offer").first().isVisible(), true);
  }));

test("a proposal is confirmed by its button", () =>
  visit(browser, server, {}, async (page) => {
    await askForFlights(page);
    const proposal = page.locator(".proposal.open");
    assert.match(await proposal.innerText(), /À confirmer avant le/);
    await proposal.getByRole("button", { name: "Confirmer" }).click();
    const confirmed = page.locator(".proposal.confirmed");
    await confirmed.waitFor();
    assert.match(await confirmed.innerText(), /Vous avez confirmé/);
    assert.equal(await page.locator(".proposal.open").count(), 0);
    // The answer says honestly what a yes is worth today.
    await running(page).waitFor({ state: "detached" });
    assert.match(await lastAnswer(page).innerText(), /réserv/i);
    assert.equal(await input(page).isEnabled(), true);
  }));

test("an offer is chosen by its button", () =>
  visit(browser, server, {}, async (page) => {
    await askForFlights(page);
    await page.locator(".offer > summary").nth(1).click();
    await page.locator(".offer .choose").nth(1).click();
    await page.locator(".message.agent:not([data-status=running])").nth(2).waitFor();
    assert.match(await page.locator(".message.user .bubble").last().innerText(), /deuxième vol/);
    assert.equal((await stored(page)).messages.at(-1).answer.status, "ok");
  }));
