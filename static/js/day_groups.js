// The headings over the conversations, by the days of this browser's own clock; the server's are by
// the visitor's last known zone.
import { texts } from "./texts.js";

const DAY = 24 * 3600 * 1000;
const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());

/** The heading for a moment; `now` is that of the reader. */
export function heading(moment, now, isPinned, language) {
  if (isPinned) return texts.pinned;
  // Days of 23 and 25 hours are rounded to whole ones.
  const passed = Math.round((midnight(now) - midnight(moment)) / DAY);
  if (passed <= 0) return texts.today;
  if (passed === 1) return texts.yesterday;
  if (passed < 7) return texts.thisWeek;
  const month = new Intl.DateTimeFormat(language, { month: "long", year: "numeric" }).format(moment);
  return month.charAt(0).toUpperCase() + month.slice(1);
}

/** Puts a heading over the first conversation of each group. */
export function regroup(list) {
  const now = new Date();
  const language = document.documentElement.lang === "fr" ? "fr" : "en-GB";
  let last = null;
  for (const item of list.children) {
    const moment = new Date(item.querySelector("time").dateTime);
    const text = heading(moment, now, item.dataset.pinned === "true", language);
    const shown = item.querySelector(".group");
    if (text === last) {
      shown?.remove();
    } else if (shown) {
      if (shown.textContent !== text) shown.textContent = text;
    } else {
      const made = document.createElement("h2");
      made.className = "group";
      made.textContent = text;
      item.prepend(made);
    }
    last = text;
  }
}
