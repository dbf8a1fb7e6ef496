// Zoom of a waterfall without loading the page anew: its links, keys and a drag over the axis all lead
// to an address that the server answers, too.

const KEYS = { "+": "in", "=": "in", "-": "out", "−": "out", 0: "whole" };
const ARROWS = { ArrowLeft: "earlier", ArrowRight: "later" };
/** A drag that is shorter is a click, in pixels. */
const SLIGHT = 4;

const section = document.querySelector("[data-zoom]");
const said = document.getElementById("copied");
let loading = null;

/** Puts the stretch at `href` in the place of the one that is shown. */
async function show(href) {
  loading?.abort();
  loading = new AbortController();
  const { signal } = loading;
  const url = new URL(href, location.href);
  try {
    const response = await fetch(url, { headers: { accept: "text/html" }, signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-zoom]");
    if (signal.aborted) return;
    if (!fresh) throw new Error("no waterfall");
    replace(fresh);
    history.replaceState(null, "", url);
  } catch {
    if (!signal.aborted) location.assign(url);
  }
}

function replace(fresh) {
  const active = document.activeElement;
  const at = section.contains(active) ? place(active) : null;
  const open = [...section.querySelectorAll(".spans details[open]")].map((span) => span.id);
  Object.assign(section.dataset, fresh.dataset);
  section.replaceChildren(...fresh.childNodes);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  ready();
  (at && section.querySelector(at))?.focus();
  said.textContent = section.querySelector(".zoom-range").textContent;
  section.dispatchEvent(new CustomEvent("zoomed"));
}

/** What finds the element again in another stretch. */
function place(active) {
  if (active.dataset.way) return `[data-way="${active.dataset.way}"]`;
  const span = active.closest(".spans details");
  return span ? `#${span.id} summary` : ".axis";
}

function go(name) {
  const href = section.querySelector(`[data-way="${name}"]`)?.getAttribute("href");
  if (href) show(href);
}

section?.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-way], a[data-zoom-to]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.getAttribute("href")) show(link.href);
});

section?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input")) return;
  const arrow = event.target.matches(".axis") ? ARROWS[event.key] : null;
  const name = KEYS[event.key] ?? arrow;
  if (!name) return;
  event.preventDefault();
  go(name);
});

/** The axis can be reached by keyboard and dragged over. */
function ready() {
  const axis = section.querySelector(".axis");
  axis.tabIndex = 0;
  axis.querySelector("ol").addEventListener("pointerdown", (event) => drag(event, axis));
}

function drag(down, axis) {
  if (down.button !== 0) return;
  down.preventDefault();
  const scale = axis.querySelector("ol");
  const box = scale.getBoundingClientRect();
  const inside = (x) => Math.min(Math.max(x, box.left), box.right);
  const mark = document.createElement("span");
  mark.className = "stretch";
  scale.append(mark);
  scale.setPointerCapture(down.pointerId);
  const ends = (event) => [inside(down.clientX), inside(event.clientX)].sort((a, b) => a - b);
  const move = (event) => {
    const [left, right] = ends(event);
    mark.style.insetInlineStart = `${left - box.left}px`;
    mark.style.width = `${right - left}px`;
  };
  const stop = () => {
    scale.removeEventListener("pointermove", move);
    mark.remove();
  };
  scale.addEventListener("pointermove", move);
  scale.addEventListener("pointercancel", stop, { once: true });
  scale.addEventListener(
    "pointerup",
    (event) => {
      stop();
      const [left, right] = ends(event);
      if (right - left < SLIGHT) return;
      const from = Number(section.dataset.from);
      const perPixel = (Number(section.dataset.to) - from) / box.width;
      const at = (x) => (from + (x - box.left) * perPixel).toFixed(3);
      show(`?from=${at(left)}&to=${at(right)}`);
    },
    { once: true },
  );
}

if (section) ready();
