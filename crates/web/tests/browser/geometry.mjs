// Where the landmarks of a page stand. Pixels differ from one machine's fonts to another's, and times
// that are shown differ from run to run; where things stand may not.
import { readFileSync, writeFileSync } from "node:fs";

const FILE = new URL("./geometry.json", import.meta.url);
/** Largest difference of an edge, in pixels, besides a share of the width of what it belongs to. */
const SLACK = 12;
const SHARE = 0.06;

/** What stands on a page: its landmarks and the large parts of its states. */
const PARTS = [
  "#history", "#main", ".topbar", ".welcome", "#thread", ".composer", ".offer-item:first-child",
  ".proposal", ".comment", ".message.user:last-of-type .bubble", "#trip", "#keys", ".menu[open] .menu-panel",
  ".viewer-head", ".viewer-main h1", ".trace-filter", ".trace-table", ".facts", ".waterfall", ".axis", ".zoom",
  ".chart:first-of-type", ".login form", ".error-page", "main",
];

/** The boxes of the parts that are seen: left, right and width; heights follow the words. */
export function boxes(page) {
  return page.evaluate((parts) => {
    const found = {};
    for (const part of parts) {
      const element = document.querySelector(part);
      if (!element?.checkVisibility()) continue;
      const { left, right, width } = element.getBoundingClientRect();
      if (width > 0) found[part] = [left, right].map(Math.round);
    }
    return found;
  }, PARTS);
}

/** The boxes that were kept; none where they are written anew. */
export const kept = process.env.GEOMETRY === "write" ? {} : JSON.parse(readFileSync(FILE, "utf8"));

/** Keeps `seen` where `GEOMETRY=write` asks for it. */
export function keep(seen) {
  if (process.env.GEOMETRY !== "write") return;
  const known = Object.entries(seen).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const lines = known.map(([state, parts]) => `  ${JSON.stringify(state)}: ${JSON.stringify(parts)}`);
  writeFileSync(FILE, `{\n${lines.join(",\n")}\n}\n`);
}

/** What of a state stands elsewhere than it did, is gone, or is new. */
export function moved(state, now, before = {}) {
  const names = [...new Set([...Object.keys(now), ...Object.keys(before)])];
  return names.flatMap((name) => {
    if (!now[name] || !before[name]) return [`${state}: ${name} is ${now[name] ? "new" : "gone"}`];
    const slack = SLACK + SHARE * (before[name][1] - before[name][0]);
    const isOff = now[name].some((edge, at) => Math.abs(edge - before[name][at]) > slack);
    return isOff ? [`${state}: ${name} stands at ${now[name]}, not ${before[name]}`] : [];
  });
}
