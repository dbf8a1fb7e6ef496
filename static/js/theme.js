// The choice of colours. It is kept in a cookie, so that the server sends the next page in them:
// nothing flashes, and no script holds up the first paint.
const root = document.documentElement;
const COOKIE = "travel_agent_theme";
const YEAR = 365 * 24 * 3600;
/** Tells the other tabs; it also holds what was chosen before there was a cookie. */
const KEY = "theme";
root.classList.add("js");

const isTheme = (value) => value === "light" || value === "dark";
const dark = matchMedia("(prefers-color-scheme: dark)");
const current = () => root.dataset.theme ?? (dark.matches ? "dark" : "light");

function apply(theme) {
  if (isTheme(theme)) root.dataset.theme = theme;
  else delete root.dataset.theme;
}

/** `theme`: `null` = that of the system. */
function keep(theme) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const age = theme ? YEAR : 0;
  document.cookie = `${COOKIE}=${theme ?? ""}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
  try {
    if (theme) localStorage.setItem(KEY, theme);
    else localStorage.removeItem(KEY);
  } catch {
    // Storage is blocked: the cookie holds the choice, or this page alone does.
  }
}

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

if (!root.dataset.theme && isTheme(stored())) {
  apply(stored());
  keep(stored());
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-theme-toggle]")) return;
  const next = current() === "dark" ? "light" : "dark";
  // What the system has anyway is not kept: the page then follows the system again.
  const chosen = next === (dark.matches ? "dark" : "light") ? null : next;
  apply(chosen);
  keep(chosen);
});
addEventListener("storage", (event) => {
  if (event.key === KEY) apply(event.newValue);
});
