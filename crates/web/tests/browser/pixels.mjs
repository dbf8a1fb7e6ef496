// The ground of a page: which colour most of each cell of a coarse grid has. Letters, digits and the edges
// of things are little of a cell, so that fonts, prices and dates of the day do not count; the colour of a
// part and whether it is there do.
import { readFileSync, writeFileSync } from "node:fs";

const FILE = new URL("./pixels.json", import.meta.url);
/** Edge of a cell, in pixels. */
const CELL = 32;
/** Largest difference of a channel by which a colour is still the same. */
const SLACK = 3;
/** How many rows a cell may have moved: a line of words more or less. */
const ROWS = 1;
/** Share of the cells that may differ. */
const SHARE = 0.12;
/** Share of the cells from which on a colour may neither come nor go. */
const PALETTE_SHARE = 0.02;
const NAMES = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The ground of what `page` shows, `{ palette, rows }`: a letter for each cell. `blank`: a page of nobody's. */
export async function ground(page, blank) {
  const png = await page.screenshot({ animations: "disabled" });
  const cells = await blank.evaluate(measure, [`data:image/png;base64,${png.toString("base64")}`, CELL]);
  const counts = new Map();
  for (const colour of cells.flat()) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  // What is seldom is the edge of something.
  const common = [...counts].toSorted(([, a], [, b]) => b - a).map(([colour]) => colour).slice(0, NAMES.length);
  const name = (colour) => NAMES[common.indexOf(colour)] ?? "-";
  const rows = cells.map((row) => row.map(name).join(""));
  return { palette: common.join(" "), rows };
}

/** Runs in the page: the most common colour of each cell, as six hexadecimal digits. */
async function measure([url, size]) {
  const image = new Image();
  image.src = url;
  await image.decode();
  const { width, height } = image;
  const canvas = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  canvas.drawImage(image, 0, 0);
  const { data } = canvas.getImageData(0, 0, width, height);
  const most = (left, top) => {
    const counts = new Map();
    for (let y = top; y < Math.min(top + size, height); y += 1) {
      for (let x = left; x < Math.min(left + size, width); x += 1) {
        const at = 4 * (y * width + x);
        const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
      }
    }
    const [[colour]] = [...counts].sort(([, a], [, b]) => b - a);
    return colour.toString(16).padStart(6, "0");
  };
  const steps = (length) => Array.from({ length: Math.ceil(length / size) }, (_, at) => at * size);
  return steps(height).map((top) => steps(width).map((left) => most(left, top)));
}

/** The grounds that were kept; none where they are written anew. */
export const kept = process.env.PIXELS === "write" ? {} : JSON.parse(readFileSync(FILE, "utf8"));

/** Keeps `seen` where `PIXELS=write` asks for it. */
export function keep(seen) {
  if (process.env.PIXELS !== "write") return;
  const known = Object.entries(seen).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const lines = known.map(([state, { palette, rows }]) =>
    `  ${JSON.stringify(state)}: ${JSON.stringify({ palette, rows: rows.join("/") })}`);
  writeFileSync(FILE, `{\n${lines.join(",\n")}\n}\n`);
}

/** A ground as colours; it is read from the file as it is measured. */
function colours({ palette, rows }) {
  const known = palette.split(" ");
  const lines = Array.isArray(rows) ? rows : rows.split("/");
  return lines.map((row) => [...row].map((name) => known[NAMES.indexOf(name)]));
}

function isSame(one, other) {
  if (one === undefined || other === undefined) return one === other;
  const channels = (colour) => [0, 2, 4].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const [a, b] = [channels(one), channels(other)];
  return a.every((value, at) => Math.abs(value - b[at]) <= SLACK);
}

/** Colours of which there is much, each once. */
function much(cells) {
  const counts = new Map();
  for (const colour of cells.flat()) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const least = PALETTE_SHARE * cells.flat().length;
  return [...counts].filter(([colour, count]) => colour && count >= least).map(([colour]) => colour);
}

/** What of a state looks otherwise than it did. */
export function changed(state, now, before) {
  if (!before) return [`${state}: is new`];
  const [cells, former] = [now, before].map(colours);
  if (cells.length !== former.length || cells[0].length !== former[0].length) return [`${state}: has another size`];
  const has = (all, colour) => all.flat().some((other) => isSame(colour, other));
  const gone = much(former).filter((colour) => !has(cells, colour)).map((colour) => `#${colour} is gone`);
  const come = much(cells).filter((colour) => !has(former, colour)).map((colour) => `#${colour} is new`);
  const near = Array.from({ length: 2 * ROWS + 1 }, (_, at) => at - ROWS);
  const off = cells.flatMap((row, y) =>
    row.filter((colour, x) => !near.some((by) => former[y + by] && isSame(colour, former[y + by][x]))));
  const share = off.length / cells.flat().length;
  const other = share > SHARE ? [`${Math.round(100 * share)}% of it look otherwise`] : [];
  return [...gone, ...come, ...other].map((what) => `${state}: ${what}`);
}
