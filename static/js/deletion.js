// A conversation that is deleted goes at once, and can be had back for a few seconds. The server hears
// of it when they are over, or when the page is left: a closed tab keeps nothing.
import { forget } from "./kept.js";
import { announce, notify } from "./notices.js";
import { texts } from "./texts.js";

/** How long it can be had back, in milliseconds. */
const GRACE = 6000;

/** What is going: its id, how it is put back, and the end of the grace. */
let going = null;

/** What the server has been told of. */
const gone = new Set();

/** Whether a conversation is on its way out. */
export const isGoing = (id) => going?.id === id || gone.has(id);

const isOpen = (id) => document.body.dataset.conversationId === id;

/** What is open and going takes no more messages. */
function hold(id, held) {
  if (!isOpen(id)) return;
  for (const part of [document.getElementById("thread"), document.getElementById("composer")]) part.inert = held;
}

/** Takes a conversation out of the list; `changed()` after each change of it. */
export function remove(item, changed) {
  flush();
  const { id } = item.dataset;
  const before = item.nextElementSibling;
  const list = item.parentElement;
  item.remove();
  // Where the reader was is gone: on with the next one.
  const next = before ?? list.lastElementChild;
  (next?.querySelector("a") ?? document.querySelector(".new-chat")).focus();
  hold(id, true);
  const putBack = () => {
    list.insertBefore(item, before?.isConnected ? before : null);
    hold(id, false);
    changed();
    item.querySelector("a").focus();
  };
  const notice = notify(texts.deleting, { label: texts.undo, retry: undo });
  going = { id, putBack, notice, timer: setTimeout(flush, GRACE) };
  changed();
}

function undo() {
  if (!going) return;
  clearTimeout(going.timer);
  const { putBack } = going;
  going = null;
  putBack();
  announce(texts.restored);
}

/** Tells the server now. */
async function flush() {
  if (!going) return;
  const { id, putBack, notice, timer } = going;
  going = null;
  gone.add(id);
  clearTimeout(timer);
  // Deleted or not, a copy can be had again.
  import("./offline.js").then(({ wipe }) => wipe(id));
  const response = await fetch(`/api/conversations/${id}`, { method: "DELETE", keepalive: true }).catch(() => null);
  notice.remove();
  if (!response?.ok && response?.status !== 404) {
    gone.delete(id);
    putBack();
    notify(texts.notSaved);
    return;
  }
  forget(id);
  announce(texts.deleted);
  if (isOpen(id)) location.assign("/");
}

// Both: of what is sent at the last moment alone, a browser loses some; not every one says the first.
addEventListener("beforeunload", flush);
addEventListener("pagehide", flush);
