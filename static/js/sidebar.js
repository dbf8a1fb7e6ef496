// The list of conversations: the server renders it, this swaps in what changed.
import { regroup } from "./day_groups.js";
import * as deletion from "./deletion.js";
import { notify } from "./notices.js";
import { parse } from "./thread.js";
import { texts } from "./texts.js";

const sidebar = document.getElementById("history");
const list = document.getElementById("conversations");
const search = sidebar.querySelector("input[name=q]");
let latest = 0;
/** The list is to be drawn again once the menu is closed that someone is using. */
let isLate = false;

const isUsed = () => list.querySelector(".menu[open]") !== null;

/** Draws the list again, as the server has it now. */
export async function refresh() {
  isLate = isUsed();
  if (isLate) return;
  const query = search.value.trim();
  // The page of the open conversation also says what that one cost.
  const open = document.body.dataset.conversationId;
  const page = open ? `/c/${open}` : "/";
  await show(query ? `${page}?q=${encodeURIComponent(query)}` : page, false);
}

async function show(url, append) {
  const mine = ++latest;
  const response = await fetch(url).catch(() => null);
  if (!response?.ok || mine !== latest) return; // a later search overtook this one
  const page = parse(await response.text());
  if (!append) {
    // A menu may have been opened meanwhile.
    isLate = isUsed();
    if (isLate) return;
  }
  const isKept = (item) => !deletion.isGoing(item.dataset.id);
  const items = [...page.querySelectorAll("#conversations > li")].filter(isKept);
  if (append) list.append(...items);
  else list.replaceChildren(...items);
  regroup(list);
  document.getElementById("more-conversations")?.remove();
  const more = page.getElementById("more-conversations");
  if (more) list.parentElement.append(more);
  const empty = document.getElementById("no-conversations");
  empty.textContent = page.getElementById("no-conversations").textContent;
  empty.hidden = list.children.length > 0;
  const current = document.body.dataset.conversationId;
  const open = current && list.querySelector(`li[data-id="${current}"] .conversation-link`);
  if (open) {
    open.setAttribute("aria-current", "page");
    document.title = document.title.replace(/^(.* · )?/, `${titleOf(open)} · `);
  }
}

const titleOf = (link) => link.querySelector(".conversation-title").textContent;

/** Sends a change; whether it was taken. */
async function change(item, method, body) {
  const options = { method };
  if (body) {
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  const response = await fetch(`/api/conversations/${item.dataset.id}`, options).catch(() => null);
  if (!response?.ok) notify(texts.notSaved);
  return response?.ok ?? false;
}

async function rename(item, form) {
  const title = new FormData(form).get("title").trim();
  if (!title || !(await change(item, "PATCH", { title }))) return;
  item.querySelector(".menu").open = false;
  await refresh();
}

function remove(item) {
  // Had back, it is as it was before the menu.
  for (const details of item.querySelectorAll("details")) details.open = false;
  deletion.remove(item, () => regroup(list));
  // Its menu is gone before it could tell that it was closed.
  if (isLate) refresh();
}

async function pin(item) {
  const pinned = item.dataset.pinned !== "true";
  if (!(await change(item, "PATCH", { pinned }))) return;
  item.querySelector(".menu").open = false;
  await refresh();
}

export function start() {
  regroup(list);
  sidebar.addEventListener("submit", (event) => {
    const form = event.target;
    const item = form.closest("li.conversation");
    if (!item) return;
    event.preventDefault();
    if (form.matches("[data-rename]")) rename(item, form);
    else remove(item);
  });
  sidebar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pin]");
    if (button) pin(button.closest("li.conversation"));
    const more = event.target.closest("#more-conversations");
    if (more) {
      event.preventDefault();
      show(more.href, true);
    }
  });
  // One menu at a time, and none when the reader is elsewhere.
  document.addEventListener("click", (event) => {
    for (const menu of list.querySelectorAll(".menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  list.addEventListener("toggle", ({ target }) => {
    if (isLate && target.matches(".menu:not([open])")) refresh();
  }, { capture: true });
  let timer = 0;
  search.addEventListener("input", () => {
    // Who searches is done with the menu.
    for (const menu of list.querySelectorAll(".menu[open]")) menu.open = false;
    clearTimeout(timer);
    timer = setTimeout(refresh, 200);
  });
  search.form.addEventListener("submit", (event) => {
    event.preventDefault();
    refresh();
  });
}

/** Closes an open menu or the drawer; whether there was one. */
export function closeOne() {
  const menu = list.querySelector(".menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
    return true;
  }
  if (location.hash !== "#history") return false;
  location.hash = "#main";
  return true;
}
