// A part of an answer, selected, can be quoted in the next message.
const button = document.getElementById("quote");
const thread = document.getElementById("thread");
const GAP = 8;

/** The selection, where it lies in the text of one answer. */
function selected() {
  const selection = getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const within = range.commonAncestorContainer;
  const element = within.nodeType === Node.ELEMENT_NODE ? within : within.parentElement;
  const prose = element.closest(".message.agent .prose");
  const text = selection.toString().trim();
  return prose && thread.contains(prose) && text !== "" ? { range, text } : null;
}

function place() {
  const found = selected();
  button.hidden = !found;
  if (!found) return;
  const box = found.range.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = button;
  const left = Math.min(Math.max(GAP, box.left + box.width / 2 - width / 2), innerWidth - width - GAP);
  const above = box.top - height - GAP;
  button.style.left = `${left}px`;
  button.style.top = `${above < GAP ? Math.min(box.bottom + GAP, innerHeight - height - GAP) : above}px`;
}

/** A text as a quotation, ready for what is said to it. */
export const quotation = (text) => `${text.split("\n").map((line) => `> ${line}`.trimEnd()).join("\n")}\n\n`;

/** `onQuote(text)`: a quotation goes into the input. */
export function start({ onQuote }) {
  document.addEventListener("selectionchange", place);
  document.getElementById("scroller").addEventListener("scroll", place, { passive: true });
  // A press would take the selection away.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const found = selected();
    if (!found) return;
    getSelection().removeAllRanges();
    button.hidden = true;
    onQuote(quotation(found.text));
  });
}
