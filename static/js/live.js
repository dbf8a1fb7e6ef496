// Shows turns as they end: the server says that one has, and the page asks for itself again.

/** At most one reload in this time, however many turns end, in milliseconds. */
const PACE = 1000;
/** Wait before following is tried again after the server refused it, in milliseconds. */
const RETRY = 5000;

const toggle = document.querySelector("[data-live]");
let source = null;
/** The next reload, the one under way, and the next attempt to follow. */
let waiting = 0;
let loading = null;
let retrying = 0;

/** What the reader is at in a part, so that it is found again after the part was replaced. */
function place(part) {
  const active = document.activeElement;
  if (!part.contains(active)) return null;
  const href = active.getAttribute("href");
  if (href) return `a[href="${CSS.escape(href)}"]`;
  const section = active.closest("section[aria-labelledby]");
  return section && active.localName === "summary" ? `${named(section)} summary` : null;
}

function named(section) {
  return `section[aria-labelledby="${section.getAttribute("aria-labelledby")}"]`;
}

/** Puts the parts of the page as it is now in the place of those that are shown. */
async function reload() {
  waiting = 0;
  loading = new AbortController();
  const { signal } = loading;
  try {
    const response = await fetch(location.href, { headers: { accept: "text/html" }, signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (signal.aborted || !response.ok) return;
    for (const part of document.querySelectorAll("[data-live-part]")) {
      const fresh = page.querySelector(`[data-live-part="${part.dataset.livePart}"]`);
      if (fresh) replace(part, fresh);
    }
  } catch {
    // The server is away, or following was switched off: what is shown stays.
  } finally {
    loading = null;
  }
}

function replace(part, fresh) {
  const at = place(part);
  const open = [...part.querySelectorAll("section:has(details[open])")].map(named);
  part.replaceChildren(...fresh.childNodes);
  for (const section of open) part.querySelector(`${section} details`)?.setAttribute("open", "");
  if (at) part.querySelector(at)?.focus();
}

function soon() {
  // What ends during a reload is shown by the next one.
  waiting ||= setTimeout(() => (loading ? again() : reload()), PACE);
}

function again() {
  waiting = 0;
  soon();
}

function start() {
  toggle.setAttribute("aria-pressed", "true");
  // The filter that the page shows, not what is typed but not yet sent.
  const query = document.getElementById("filter") ? location.search : "";
  source = new EventSource(`/api/traces/live${query}`);
  source.addEventListener("trace", soon);
  source.addEventListener("missed", soon);
  // After a break the browser connects by itself; what ended meanwhile is caught up with.
  source.addEventListener("open", soon);
  // After a refusal it does not.
  source.addEventListener("error", () => {
    if (source?.readyState !== EventSource.CLOSED) return;
    source = null;
    retrying = setTimeout(start, RETRY);
  });
}

function stop() {
  toggle?.setAttribute("aria-pressed", "false");
  source?.close();
  source = null;
  loading?.abort();
  clearTimeout(waiting);
  clearTimeout(retrying);
  waiting = retrying = 0;
}

toggle?.addEventListener("click", () => {
  if (toggle.getAttribute("aria-pressed") === "true") stop();
  else start();
});
addEventListener("pagehide", stop);
