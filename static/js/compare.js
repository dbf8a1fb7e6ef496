// Two or three offers side by side, in a dialog with a table.

const FEWEST = 2;
const MOST = 3;

/** Lets the reader tick offers of a card, and opens what was ticked. */
export function start(card, tools, items) {
  const toggle = tools.querySelector("[data-compare]");
  const bar = tools.querySelector("[data-bar]");
  const open = tools.querySelector("[data-side]");
  const boxes = items.map((item) => item.querySelector("[data-pick]"));

  function update() {
    const ticked = boxes.filter((box) => box.checked).length;
    open.disabled = ticked < FEWEST;
    open.textContent = tools.dataset.open.replace("{n}", String(ticked));
    for (const box of boxes) box.disabled = ticked >= MOST && !box.checked;
  }

  toggle.addEventListener("click", () => {
    const on = toggle.getAttribute("aria-pressed") !== "true";
    toggle.setAttribute("aria-pressed", String(on));
    bar.hidden = !on;
    for (const box of boxes) box.closest(".offer-pick").hidden = !on;
    update();
  });
  for (const box of boxes) box.addEventListener("change", update);
  open.addEventListener("click", () => {
    const order = [...card.querySelectorAll(".offer-item")];
    const ticked = order.filter((item) => item.querySelector("[data-pick]").checked);
    show(card, tools, ticked, open);
  });
}

function show(card, tools, items, opener) {
  const dialog = element("dialog", "compare");
  dialog.lang = card.closest("[lang]").lang;
  const title = element("h2", "", tools.dataset.title);
  title.id = "compare-title";
  dialog.setAttribute("aria-labelledby", title.id);
  const close = element("button", "", tools.dataset.close);
  close.type = "button";
  const head = element("header");
  head.append(title, close);
  dialog.append(head, table(card, items));
  document.body.append(dialog);

  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // beside it
  });
  // Choosing sends its message from the page below.
  dialog.addEventListener("click", (event) => {
    if (event.target.closest(".choose")) setTimeout(() => dialog.close("chosen"));
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue !== "chosen") opener.focus();
  });
  dialog.showModal();
}

function table(card, items) {
  const names = JSON.parse(card.dataset.names);
  const cells = items.map((item) => JSON.parse(item.dataset.compared));
  const result = element("table");
  const top = result.createTHead().insertRow();
  top.append(element("td"));
  for (const item of items) {
    const name = element("th", "", item.querySelector(".line-number").textContent);
    name.scope = "col";
    top.append(name);
  }
  const body = result.createTBody();
  names.forEach((name, at) => {
    const row = body.insertRow();
    const label = element("th", "", name);
    label.scope = "row";
    row.append(label);
    const least = leastOf(items, at);
    cells.forEach((cell, column) => {
      row.append(element("td", items[column] === least ? "least" : "", cell[at]));
    });
  });
  const last = body.insertRow();
  last.append(element("td"));
  for (const item of items) {
    const choose = item.querySelector(".choose");
    const cell = element("td");
    if (choose && getComputedStyle(choose).display !== "none") cell.append(choose.cloneNode(true));
    last.append(cell);
  }
  if (!last.querySelector("button")) last.remove();
  return result;
}

/** Rows whose figures can be told apart: what is less is better. */
const FIGURES = { 0: "price", 3: "minutes", 4: "stops", 7: "emissions" };

/** The one item that has less of a row than each of the others. */
function leastOf(items, row) {
  const figure = FIGURES[row];
  if (!figure) return null;
  const sorted = items.toSorted((a, b) => a.dataset[figure] - b.dataset[figure]);
  return sorted[0].dataset[figure] === sorted[1].dataset[figure] ? null : sorted[0];
}

function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
