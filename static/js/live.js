// Shows turns as they end: the server says that one has, and the page asks for itself again.
/** At most one reload in this time, however many turns end, in milliseconds. */
const PACE = 1000;

const toggle = document.querySelector("[data-live]");
let source = null;
let waiting = 0;

/** Puts the parts of the page as it is now in the place of those that are shown. */
async function reload() {
  waiting = 0;
  const response = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live-part]")) {
    const fresh = page.querySelector(`[data-live-part="${part.dataset.livePart}"]`);
    // A table that is read keeps its place: what is open stays open, what has focus keeps it.
    const open = [...part.querySelectorAll("details[open]")].map((d) => d.closest("section")?.getAttribute("aria-labelledby"));
    const focused = part.contains(document.activeElement) && document.activeElement.getAttribute("href");
    if (!fresh) continue;
    part.replaceChildren(...fresh.childNodes);
    for (const id of open) part.querySelector(`section[aria-labelledby="${id}"] details`)?.setAttribute("open", "");
    if (focused) part.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  }
}

function soon() {
  waiting ||= setTimeout(() => reload().catch(() => {}), PACE);
}

function start() {
  const filter = document.getElementById("filter");
  // The filter that the page shows, not what is typed but not yet sent.
  const query = filter ? location.search : "";
  source = new EventSource(`/api/traces/live${query}`);
  source.addEventListener("trace", soon);
  source.addEventListener("missed", soon);
  // After a break the browser connects by itself; what ended meanwhile is caught up with.
  source.addEventListener("open", soon);
}

function stop() {
  source?.close();
  source = null;
  clearTimeout(waiting);
  waiting = 0;
}

toggle?.addEventListener("click", () => {
  const on = !source;
  toggle.setAttribute("aria-pressed", String(on));
  if (on) start();
  else stop();
});
addEventListener("pagehide", stop);
