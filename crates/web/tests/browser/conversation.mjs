// What people do on the chat page, and what they look at.

/** The question that lacks something, and the answer that completes it. */
export const QUESTION = "Je veux aller à New York en janvier";
export const COMPLETION = "depuis Lyon, du 12 au 20, 2 adultes";
export const CALENDAR = "le moins cher pour Rome en mars depuis Lyon";

export const input = (page) => page.locator("#message");
export const answers = (page) => page.locator(".message.agent:not([data-status=running])");
export const lastAnswer = (page) => answers(page).last();
export const running = (page) => page.locator(".message.agent[data-status=running]");

/** Sends a message and waits until its answer is whole, and has been told. */
export async function ask(page, text) {
  const before = await answers(page).count();
  await input(page).fill(text);
  await page.locator("#send").click();
  await answers(page).nth(before).waitFor();
  await page.locator("#stop").waitFor({ state: "hidden" });
}

/** The conversation that ends in flight cards for two, from the empty page. */
export async function askForFlights(page) {
  await page.goto("/");
  await ask(page, QUESTION);
  await ask(page, COMPLETION);
}

/** Where the conversation on the page is read by programs. */
export async function stored(page) {
  const id = await page.locator("body").getAttribute("data-conversation-id");
  return (await page.request.get(`/api/conversations/${id}`)).json();
}
