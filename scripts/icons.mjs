// Draws the icons of the installed application from static/logo.svg. Run it after a change of the logo:
//   node scripts/icons.mjs
// It needs Chromium and the packages of crates/web/tests/browser (`npm ci` there).
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";

const root = new URL("..", import.meta.url);
const require = createRequire(new URL("crates/web/tests/browser/package.json", root));
const { chromium } = require("playwright-core");

/** Name, size in pixels, and whether a mask may cut its edges: what counts is in the middle 80 %. */
const ICONS = [
  ["icon-192.png", 192, false],
  ["icon-512.png", 512, false],
  ["icon-maskable-512.png", 512, true],
];

const logo = await readFile(new URL("static/logo.svg", root), "utf8");
const ground = /<rect [^>]*fill="([^"]+)"/.exec(logo)[1];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
for (const [name, size, isMaskable] of ICONS) {
  const inner = isMaskable ? size * 0.8 : size;
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>
    body { margin: 0; height: 100vh; display: grid; place-items: center; ${isMaskable ? `background: ${ground}` : ""} }
    svg { width: ${inner}px; height: ${inner}px; }
  </style>${logo}`);
  const image = await page.screenshot({ omitBackground: true });
  await writeFile(new URL(`static/${name}`, root), image);
  console.log(name, image.length);
}
await browser.close();
