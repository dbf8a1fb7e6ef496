// Headless Chromium, and pages that remember everything that went wrong in them.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

/** Debian's headless shell, which takes three quarters of the time, or else its whole browser. */
const EXECUTABLE = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"].find(existsSync);

/** What keeps Chromium from looking for hosts that a test machine does not reach. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** For `visit`: the screen of a desk, and a telephone. */
export const DESKTOP = { viewport: { width: 1280, height: 900 } };
export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** A browser, closed by its `close`. */
export async function startBrowser() {
  return chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
}

/**
 * Runs `body(page)` in a visitor's own context and then fails if the page met any error.
 * `options`: those of Playwright's `newContext`, over a French desktop, and `expects`, a pattern
 * of the errors that the test is about.
 */
export async function visit(browser, server, { expects, ...options }, body) {
  const context = await browser.newContext({
    baseURL: server.url,
    locale: "fr-FR",
    timezoneId: "Europe/Paris",
    viewport: { width: 1280, height: 800 },
    colorScheme: "light",
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const errors = [];
  watch(context, errors);
  try {
    await context.addInitScript(record);
    const page = await context.newPage();
    await body(page);
    const unexpected = errors.filter((error) => !expects?.test(error));
    assert.deepEqual(unexpected, [], "errors in the page");
  } finally {
    await context.close();
  }
}

function watch(context, errors) {
  context.on("weberror", (error) => errors.push(`uncaught: ${error.error().message}`));
  // A breach of the content security policy is a console error, too.
  context.on("console", (message) => {
    if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
  });
  context.on("response", (response) => {
    if (response.status() >= 500) errors.push(`${response.status()} ${response.url()}`);
  });
}

/** Runs in the page: keeps what is gone before a test could look. */
function record() {
  const seen = { texts: [], steps: [], announced: [] };
  window.seen = seen;
  const note = (list, value) => {
    if (list.at(-1) !== value) list.push(value);
  };
  const look = (records) => {
    for (const { target, addedNodes } of records) {
      for (const node of addedNodes) {
        if (node.classList?.contains("step")) note(seen.steps, node.textContent);
        if (node.nodeType !== Node.TEXT_NODE) continue;
        if (target.id === "live") note(seen.announced, node.data);
        else if (target.closest(".prose")) note(seen.texts, node.data);
      }
    }
  };
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  });
}

/** By how much the page is wider than the screen, in pixels. */
export function overflow(page) {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}

/** Keeps a picture of the page in the folder SCREENSHOTS, where that is wanted. */
export async function picture(page, name, options) {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled", ...options });
}

/** The same in both themes, after `look(theme)` in each. */
export async function inBothThemes(page, name, look = async () => {}) {
  for (const theme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: theme });
    await look(theme);
    await picture(page, `${name}-${theme}`);
  }
}
