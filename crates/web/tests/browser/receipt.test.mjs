// Below an answer: what it took, and what the reader thinks of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { overflow, picture, startBrowser, visit } from "./browser.mjs";
import { askForFlights, input, lastAnswer, stored } from "./conversation.mjs";
import { startServer } from "./server.mjs";

let server;
let browser;
before(async () => {
  const environment = { GRAFANA_URL: "https://grafana.example" };
  [server, browser] = await Promise.all([startServer(environment), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("an answer that was streamed is rated, and the rating stays", () =>
  visit(browser, server, {}, async (page) => {
    await askForFlights(page);
    const pressed = (name) =>
      lastAnswer(page).getByRole("button", { name }).getAttribute("aria-pressed");
    assert.equal(await pressed("Bonne réponse"), "false");
    await input(page).fill("et au retour ?");
    await lastAnswer(page).getByRole("button", { name: "Bonne réponse" }).click();
    await page.locator('button[aria-pressed="true"]').waitFor();
    assert.equal(await pressed("Bonne réponse"), "true");
    await lastAnswer(page).getByRole("button", { name: "Mauvaise réponse" }).click();
    await lastAnswer(page).locator('[value="-1"][aria-pressed="true"]').waitFor();
    assert.equal(await pressed("Bonne réponse"), "false");
    assert.equal((await stored(page)).messages.at(-1).feedback.score, -1);
    assert.equal(await input(page).inputValue(), "et au retour ?", "what is half written stays");
  }));

for (const width of [1280, 390]) {
  test(`the drawer says what the answer took, at ${width} px`, () =>
    visit(browser, server, { viewport: { width, height: 844 } }, async (page) => {
      await askForFlights(page);
      const drawer = lastAnswer(page).locator(".receipt");
      await drawer.locator("summary").click();
      const text = await drawer.innerText();
      for (const part of ["builtin · planner-1", "Premier mot", "search_flights", "aucun"]) {
        assert.ok(text.includes(part), `${part}: ${text}`);
      }
      const grafana = await drawer.getByRole("link", { name: /Grafana/ }).getAttribute("href");
      assert.ok(grafana.startsWith("https://grafana.example/explore?"), grafana);
      assert.equal(await overflow(page), 0);
      await drawer.scrollIntoViewIfNeeded();
      await picture(page, `receipt-${width}`);
      await drawer.getByRole("link", { name: "Ouvrir la trace" }).click();
      await page.waitForURL(/\/traces\/[0-9a-f]{32}$/);
    }));
}
