// Every page and state that a reader can meet, each brought about the way a reader would.
import { ask, askForFlights, input, lastAnswer, running } from "./conversation.mjs";

/** `states(page, show)` calls `show(name)` in each of them. With the built-in model, as a reader. */
export async function builtin(page, show) {
  await page.goto("/");
  await show("empty");
  await askForFlights(page);
  await show("offers");
  const answer = lastAnswer(page);
  await answer.getByRole("button", { name: "Comparer", exact: true }).click();
  for (const at of [0, 1]) await answer.locator("[data-pick]").nth(at).check();
  await answer.locator("[data-side]").click();
  await show("compare");
  await page.keyboard.press("Escape");
  await page.locator(".conversation:has([aria-current]) .menu > summary").evaluate((menu) => menu.click());
  await show("menu");
  await page.keyboard.press("Escape");
  await page.reload();
  await page.getByRole("search").locator("input").evaluate((field) => {
    field.value = "York";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await page.locator("#conversations mark").first().waitFor({ state: "attached" });
  await show("search");
  await page.goto(page.url().split("?")[0]);
  await page.locator("[data-keys]").evaluate((button) => button.click());
  await page.locator("#keys").waitFor();
  await show("keys");
  await page.keyboard.press("Escape");
  await page.goto(`${page.url().split("#")[0]}#trip`);
  await show("trip");
  await page.goto(page.url().split("#")[0]);
  await show("proposal");
  await page.locator(".proposal.open").getByRole("button", { name: /^Confirmer/ }).click();
  await page.locator(".proposal.confirmed").first().waitFor();
  await lastAnswer(page).getByRole("button", { name: "Mauvaise réponse" }).click();
  await lastAnswer(page).locator(".comment summary").click();
  await show("confirmed");
  const id = await page.locator("body").getAttribute("data-conversation-id");
  const trace = await lastAnswer(page).locator(".message-facts a").getAttribute("href");
  for (const [name, path] of [
    ["print", `/trips/${id}/print`],
    ["trips", "/trips"],
    ["traces", "/traces?since=day&sort=-duration&from=2026-01-01T10:00"],
    ["trace", `${trace}?from=0&to=1`],
    ["tools", `${trace}?tab=tools`],
    ["session", `/traces/sessions/${id}`],
    ["metrics", "/metrics-view"],
    ["login", "/admin/login"],
    ["not found", "/nowhere"],
  ]) {
    await page.goto(path);
    await show(name);
  }
}

/** With a model whose first answer pauses until `go`, and is stopped; the second one breaks off. */
export async function interrupted(page, show) {
  await page.goto("/");
  await input(page).fill("Raconte");
  await page.locator("#send").click();
  await running(page).locator(".prose *").first().waitFor();
  await show("streaming");
  await page.locator("#stop").click();
  await lastAnswer(page).locator(".try-again").waitFor();
  await show("stopped");
  await ask(page, "Encore");
  await lastAnswer(page).locator(".try-again").waitFor();
  await show("error");
}

/** What the model of `interrupted` answers. */
export function script(number) {
  const text = "Voici un **début** de réponse avec un [lien](https://example.org) et quelques mots. ";
  if (number === 0) return { text: text.repeat(3), hold: new Promise(() => {}) };
  return { text, breaks: true };
}
