// Runs beside the pages, as /sw.js, where the server says RELEASE and SHELL first. It answers only what
// the network does not: a page that says so, or the copy of a conversation that someone asked to keep.
// Of a page that came from the network it keeps nothing.
/* global RELEASE, SHELL */
const CACHE = `shell-${RELEASE}`;
const KEPT = "kept-conversation";

addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

async function fill() {
  const cache = await caches.open(CACHE);
  await Promise.all(
    SHELL.map(async (path) => {
      // Nobody's page: it is the same for everyone.
      const response = await fetch(path, { credentials: "omit" });
      if (!response.ok) throw new Error(`${response.status} ${path}`);
      await cache.put(path, response);
    }),
  );
}

addEventListener("activate", (event) => {
  event.waitUntil(tidy());
});

/** Shells of other releases go. */
async function tidy() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("shell-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, pathname));
  else if (pathname.startsWith("/static/")) event.respondWith(file(request));
});

async function page(request, pathname) {
  try {
    return await fetch(request);
  } catch (error) {
    const found = (await keptAt(pathname)) ?? (await caches.match("/offline", { ignoreVary: true }));
    if (found) return found;
    throw error;
  }
}

/** The copy that was kept, at its own address and on the first page. */
async function keptAt(pathname) {
  if (!(await caches.has(KEPT))) return undefined;
  const cache = await caches.open(KEPT);
  const path = pathname === "/" ? await keptPath(cache) : pathname;
  return path && path.startsWith("/c/") ? cache.match(path, { ignoreVary: true }) : undefined;
}

async function keptPath(cache) {
  const paths = (await cache.keys()).map(({ url }) => new URL(url).pathname);
  return paths.find((path) => path.startsWith("/c/"));
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const found = await caches.match(request, { ignoreVary: true });
    if (found) return found;
    throw error;
  }
}
