// How long a proposal stays open. The moment itself stands beside it; nothing is announced until the
// time is up.
import { announce } from "./notices.js";

const MINUTE = 60_000;

/** Counts down in the element until its moment has come. */
export function start(element) {
  const { until, left, over } = element.dataset;
  const end = Date.parse(until);
  const lang = element.closest("[lang]").lang;
  const amount = (value, unit) =>
    new Intl.NumberFormat(lang, { style: "unit", unit, unitDisplay: "short" }).format(value);

  function tick() {
    if (!element.isConnected) return;
    const rest = end - Date.now();
    if (rest <= 0) {
      finish();
      return;
    }
    const seconds = Math.ceil(rest / 1000);
    const soon = rest < 2 * MINUTE;
    const time = soon ? amount(seconds, "second") : amount(Math.floor(rest / MINUTE), "minute");
    element.textContent = left.replace("{time}", time);
    element.hidden = false;
    setTimeout(tick, soon ? 1000 : Math.min(MINUTE / 4, rest - 2 * MINUTE + 1));
  }

  function finish() {
    const proposal = element.closest(".proposal");
    const actions = proposal.querySelector(".proposal-actions");
    const hadFocus = actions?.contains(document.activeElement);
    actions?.remove();
    proposal.classList.replace("open", "closed");
    element.textContent = over;
    element.classList.add("over");
    element.hidden = false;
    announce(over);
    if (hadFocus) proposal.focus();
  }

  tick();
}
