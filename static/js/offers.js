// Sorts and filters the offers of a card by what the server says of each, without asking again.
import * as compare from "./compare.js";
import { announce } from "./notices.js";

/** Filters by which a value may be at most the chosen one. */
const AT_MOST = new Set(["price", "minutes", "stops", "emissions"]);

function fits(item, name, chosen) {
  const value = item.dataset[name];
  if (AT_MOST.has(name)) return Number(value) <= Number(chosen);
  if (name === "bags") return Number(value) >= Number(chosen);
  return value.split(" ").includes(chosen);
}

/** Takes over the tools of a card of offers. */
export function start(card) {
  const tools = card.querySelector(".offer-tools");
  const list = card.querySelector(".offers");
  const items = [...list.children];
  const sort = tools.querySelector("[data-sort]");
  const filters = [...tools.querySelectorAll("[data-filter]")];
  const count = tools.querySelector("[data-count]");
  const { shown, none, kept } = tools.dataset;

  const order = (key) => (a, b) =>
    Number(a.dataset[key]) - Number(b.dataset[key]) || Number(a.dataset.number) - Number(b.dataset.number);

  /** `fitting`: how many fit; `staying`: whether the proposed one is shown although it does not. */
  function say(fitting, staying) {
    const words = (fitting === 0 ? none : shown)
      .replace("{n}", String(fitting))
      .replace("{all}", String(items.length))
      .concat(staying ? ` · ${kept}` : "");
    count.hidden = !filters.some((filter) => filter.value !== "");
    count.querySelector("span").textContent = words;
    announce(words);
  }

  function apply() {
    const chosen = filters.filter((filter) => filter.value !== "");
    const fitting = items.filter((item) => chosen.every((filter) => fits(item, filter.dataset.filter, filter.value)));
    // What asks for a yes or a no stays, whatever is looked at.
    const staying = items.filter((item) => !fitting.includes(item) && item.querySelector(".proposal"));
    for (const item of items) {
      item.classList.toggle("stays", staying.includes(item));
      item.hidden = !fitting.includes(item) && !staying.includes(item);
    }
    tools.querySelector(".offer-filters")?.classList.toggle("active", chosen.length > 0);
    // Moved nodes lose the focus: none of them has it while a tool is used.
    list.append(...items.toSorted(order(sort.value || "number")));
    say(fitting.length, staying.length > 0);
  }

  for (const control of [sort, ...filters]) control.addEventListener("change", apply);
  tools.querySelector("[data-reset]").addEventListener("click", () => {
    for (const filter of filters) filter.value = "";
    apply();
    // The button that was pressed is gone.
    (tools.querySelector(".offer-filters summary") ?? sort).focus();
  });
  compare.start(card, tools, items);
  // Chosen while this was loaded, or by the browser, which remembers it over a reload.
  if ([sort, ...filters].some((control) => control.value !== "")) apply();
}
