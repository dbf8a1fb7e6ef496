// The trip beside the conversation: the server renders it, this keeps it up to date and its drawer
// in the hands of the keyboard.
import { takeAttributes } from "./attributes.js";
import { announce, notify } from "./notices.js";
import { parse } from "./thread.js";
import { texts } from "./texts.js";

const opener = document.getElementById("trip-open");
const panel = () => document.getElementById("trip");
const isOpen = () => location.hash === "#trip";
let latest = 0;

/** Shows that the trip is changing; what it is now is stored when the answer is whole. */
export function changing() {
  panel().setAttribute("aria-busy", "true");
}

/** Draws the trip again, as the server has it now. */
export async function refresh() {
  const id = document.body.dataset.conversationId;
  if (!id) return;
  const mine = ++latest;
  const { branchEnd } = document.body.dataset;
  const branch = branchEnd ? `?branch=${branchEnd}` : "";
  const response = await fetch(`/fragments/conversations/${id}/trip${branch}`).catch(() => null);
  if (mine !== latest) return; // a later change overtook this one
  const fresh = response?.ok && parse(await response.text()).getElementById("trip");
  if (fresh) replace(fresh);
  else panel().removeAttribute("aria-busy");
}

/** Takes over what is new. The element stays: another one would be no target of the address, and its drawer
 * would shut. */
function replace(fresh) {
  const now = panel();
  const open = new Set(days(now).map(heading));
  for (const day of days(fresh)) {
    if (open.has(heading(day))) day.open = true;
  }
  const hadFocus = now.contains(document.activeElement);
  const top = now.querySelector(".trip-body")?.scrollTop ?? 0;
  takeAttributes(now, fresh);
  now.replaceChildren(...fresh.childNodes);
  now.querySelector(".trip-body")?.scrollTo({ top });
  look();
  opener.hidden = now.hidden;
  const { count } = now.dataset;
  opener.querySelector(".trip-count").textContent = Number(count) > 0 ? count : "";
  if (now.hidden && isOpen()) close();
  else if (hadFocus) focusPanel();
}

/** Loads what moves days, where some can be moved. */
function look() {
  if (panel().querySelector("[data-movable]")) import("./trip_days.js").then(({ start }) => start(refresh));
}

const days = (element) => [...element.querySelectorAll(".trip-day")].filter((day) => day.open || element !== panel());
const heading = (day) => day.querySelector("summary").textContent;

function focusPanel() {
  panel().querySelector("a, button, summary")?.focus();
}

function close() {
  location.hash = "#main";
}

/** Closes the drawer; whether it was open. */
export function closeDrawer() {
  if (!isOpen()) return false;
  close();
  return true;
}

async function undo(form) {
  const button = form.querySelector("button");
  button.disabled = true;
  const id = document.body.dataset.conversationId;
  const response = await fetch(`/api/trips/${id}/undo`, { method: "POST" }).catch(() => null);
  if (response?.ok) announce(texts.undone);
  else notify(response?.status === 409 ? texts.busy : texts.unreachable);
  await refresh();
  button.disabled = false;
}

export function start() {
  look();
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-undo]")) return;
    event.preventDefault();
    undo(event.target);
  });
  let wasOpen = isOpen();
  addEventListener("hashchange", () => {
    if (isOpen()) focusPanel();
    else if (wasOpen) opener.focus();
    wasOpen = isOpen();
  });
}
