// Prices by the length of the stay: fetched when the part is opened for the first time.
import { notify } from "./notices.js";
import { texts } from "./texts.js";
import { parse } from "./thread.js";

/** Takes over a closed part whose link leads to its content. */
export function start(part) {
  const open = async () => {
    if (!part.open || part.dataset.loaded) return;
    part.dataset.loaded = "true";
    const link = part.querySelector("a");
    part.setAttribute("aria-busy", "true");
    const response = await fetch(link.href).catch(() => null);
    const content = response?.ok && parse(await response.text()).getElementById("lengths");
    part.removeAttribute("aria-busy");
    if (content) {
      content.removeAttribute("id");
      content.className = "";
      link.parentElement.replaceWith(content);
    } else {
      // The link is still there.
      delete part.dataset.loaded;
      notify(texts.unreachable);
    }
  };
  part.addEventListener("toggle", open);
  open();
}
