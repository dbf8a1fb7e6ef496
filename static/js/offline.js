// Without a connection: the worker that says so, and the copy of the last conversation, which is kept
// only while its switch is on.
const KEPT = "kept-conversation";
const SWITCH = "offline-copy";
const isPossible = "serviceWorker" in navigator && "caches" in window;

function isOn() {
  try {
    return localStorage.getItem(SWITCH) === "on";
  } catch {
    return false;
  }
}

/** Whether the choice could be kept. */
function choose(on) {
  try {
    if (on) localStorage.setItem(SWITCH, "on");
    else localStorage.removeItem(SWITCH);
    return true;
  } catch {
    return false;
  }
}

const pathOf = (id) => `/c/${id}`;

/** The id of the conversation that is kept. */
async function keptId() {
  if (!(await caches.has(KEPT))) return null;
  const paths = (await (await caches.open(KEPT)).keys()).map(({ url }) => new URL(url).pathname);
  return paths.find((path) => path.startsWith("/c/"))?.slice(3) ?? null;
}

let isStarted = false;
/** What was taken away by its id: a copy that is on its way then is none. */
const wiped = new Set();
/** The copy that is being made: one at a time. */
let making = Promise.resolve();

/** Keeps the open conversation as it is now, in the place of another. */
export function keep() {
  start();
  making = making.then(make, make);
  return making;
}

async function make() {
  const id = document.body.dataset.conversationId;
  if (!isPossible || !isOn() || !id) return;
  const response = await fetch(`${pathOf(id)}/offline`).catch(() => null);
  if (response?.status === 404) await wipe(id);
  if (!response?.ok) return;
  const html = await response.text();
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  for (const name of ["Content-Security-Policy", "Referrer-Policy"]) {
    headers[name] = response.headers.get(name) ?? "";
  }
  const page = new DOMParser().parseFromString(html, "text/html");
  const styles = page.querySelector("link[rel=stylesheet]").getAttribute("href");
  const cache = await caches.open(KEPT);
  await Promise.all([cache.put(pathOf(id), new Response(html, { headers })), cache.add(styles)]);
  // The older copy is there until the newer one is whole.
  for (const request of await cache.keys()) {
    if (![pathOf(id), styles].includes(new URL(request.url).pathname)) await cache.delete(request);
  }
  // It was switched off, or the conversation deleted, in the meantime.
  if (!isOn() || wiped.has(id)) await caches.delete(KEPT);
}

/** Takes the copy of a conversation away; without an id, whichever there is. */
export async function wipe(id = null) {
  if (!isPossible) return;
  if (id !== null) wiped.add(id);
  if (id === null || (await keptId()) === id) await caches.delete(KEPT);
}

/** What was deleted elsewhere, or by a form, is not kept here. */
async function check() {
  const id = await keptId();
  if (!id || id === document.body.dataset.conversationId) return;
  const response = await fetch(`/api/conversations/${id}`, { method: "HEAD" }).catch(() => null);
  if (response?.status === 404) await wipe(id);
}

export function start() {
  if (isStarted) return;
  isStarted = true;
  const box = document.getElementById("keep-offline");
  const line = box.closest(".offline");
  line.hidden = !isPossible;
  if (!isPossible) return;
  line.classList.remove("waits");
  box.checked = isOn();
  box.addEventListener("change", async () => {
    if (!choose(box.checked)) box.checked = false;
    if (box.checked) await keep();
    else await wipe();
  });
  if (isOn()) {
    check().then(keep);
  } else {
    wipe();
  }
  register();
}

/** Once the page has what it needs. */
function register() {
  const go = () => navigator.serviceWorker.register("/sw.js").catch(() => {});
  if (document.readyState === "complete") go();
  else addEventListener("load", go, { once: true });
}
