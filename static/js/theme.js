// Runs before the first paint, so that the page never flashes in the other theme.
// A classic script: modules would come too late.
(() => {
  const root = document.documentElement;
  const KEY = "theme";
  root.classList.add("js");

  const stored = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage is blocked
    }
  };
  const apply = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  apply(stored());

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const current = () => root.dataset.theme ?? (dark.matches ? "dark" : "light");

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    const next = current() === "dark" ? "light" : "dark";
    // What the system has anyway is not stored: the page then follows the system again.
    const followsSystem = next === (dark.matches ? "dark" : "light");
    apply(followsSystem ? null : next);
    try {
      if (followsSystem) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, next);
    } catch {
      // The choice holds for this page only.
    }
  });
  addEventListener("storage", (event) => {
    if (event.key === KEY) apply(event.newValue);
  });
})();
