// The days of the trip in another order: by the buttons, by Alt and an arrow, and by dragging. Dates
// stay where they are; the server keeps what moved and draws the panel again.
import { announce, notify } from "./notices.js";
import { texts } from "./texts.js";

const panel = () => document.getElementById("trip");
const itemOf = (element) => element.closest(".trip-day-item[data-movable]");
const itemAt = (day) => panel().querySelector(`.trip-day-item[data-day="${day}"]`);
let refresh = null;
let moving = false;

/** Moves the programme of a day; `control`: what of the day has the focus and is to keep it. */
async function move(day, to, control) {
  if (moving || !to || day === to) return;
  moving = true;
  const id = document.body.dataset.conversationId;
  const request = { method: "POST", headers: { "Content-Type": "application/json" } };
  const response = await fetch(`/api/trips/${id}/days`, {
    ...request,
    body: JSON.stringify({ day, to }),
  }).catch(() => null);
  moving = false;
  if (!response?.ok) notify(response?.status === 409 ? texts.busy : texts.unreachable);
  await refresh();
  const now = response?.ok ? itemAt(to) : itemAt(day);
  if (!now) return;
  if (control) (now.querySelector(control) ?? now.querySelector("button") ?? now.querySelector("summary")).focus();
  if (response?.ok) {
    const heading = now.querySelector("summary").textContent;
    announce(now.parentElement.dataset.moved.replace("{day}", heading));
  }
}

const button = (item, way) => item.querySelector(`[data-way="${way}"]`);

function onKey(event) {
  if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  const item = itemOf(event.target);
  if (!item) return;
  event.preventDefault();
  const to = button(item, event.key === "ArrowUp" ? "up" : "down")?.value;
  const { way } = event.target.dataset;
  move(item.dataset.day, to, way ? `[data-way="${way}"]` : "summary");
}

function onSubmit(event) {
  if (!event.target.matches(".day-moves")) return;
  event.preventDefault();
  const { value, dataset } = event.submitter;
  move(itemOf(event.target).dataset.day, value, `[data-way="${dataset.way}"]`);
}

/** The movable day of the same place under a height of the screen. */
function under(item, y) {
  const { place } = item.dataset;
  const days = [...panel().querySelectorAll(`.trip-day-item[data-movable][data-place="${place}"]`)];
  const distance = (day) => {
    const { top, bottom } = day.getBoundingClientRect();
    return Math.max(top - y, y - bottom, 0);
  };
  return days.reduce((best, day) => (distance(day) < distance(best) ? day : best));
}

function onGrab(event) {
  const handle = event.target.closest(".day-handle");
  if (!handle || event.button !== 0) return;
  event.preventDefault();
  const item = itemOf(handle);
  const until = new AbortController();
  const { signal } = until;
  let target = item;
  const point = (day) => {
    target.classList.remove("drop");
    target = day;
    target.classList.toggle("drop", target !== item);
  };
  const end = () => {
    until.abort();
    item.classList.remove("dragged");
    target.classList.remove("drop");
  };
  handle.setPointerCapture(event.pointerId);
  item.classList.add("dragged");
  handle.addEventListener("pointermove", (moved) => point(under(item, moved.clientY)), { signal });
  handle.addEventListener("pointercancel", end, { signal });
  handle.addEventListener(
    "pointerup",
    () => {
      end();
      move(item.dataset.day, target.dataset.day, null);
    },
    { signal },
  );
  // Escape lets go, and does nothing else.
  const letGo = (pressed) => {
    if (pressed.key !== "Escape") return;
    pressed.stopImmediatePropagation();
    end();
  };
  document.addEventListener("keydown", letGo, { signal, capture: true });
}

/** `redraw`: draws the panel again. */
export function start(redraw) {
  if (refresh) return;
  refresh = redraw;
  document.addEventListener("keydown", onKey);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("pointerdown", onGrab);
}
