// What is being written in each conversation, kept in this tab until it is sent: a reload, a change of
// language or a look at another branch loses nothing, and closing the tab forgets it.
const NEW = "new";

const key = (kind, id = document.body.dataset.conversationId ?? NEW) => `${kind}:${id}`;

/** Keeps a text; nothing is kept of an empty one. */
export function keep(kind, text) {
  try {
    if (text === "") sessionStorage.removeItem(key(kind));
    else sessionStorage.setItem(key(kind), text);
  } catch {
    // Storage is blocked or full: the page itself still has it.
  }
}

/** What was kept; an empty text when there is nothing. */
export function kept(kind) {
  try {
    return sessionStorage.getItem(key(kind)) ?? "";
  } catch {
    return "";
  }
}

/** Forgets everything of a conversation. */
export function forget(id) {
  try {
    for (const kind of ["draft", "queue"]) sessionStorage.removeItem(key(kind, id));
  } catch {
    // Then nothing was kept.
  }
}

/** What was kept of the empty page is the new conversation's from here on. */
export function moveTo(id) {
  try {
    for (const kind of ["draft", "queue"]) {
      const text = sessionStorage.getItem(key(kind, NEW));
      sessionStorage.removeItem(key(kind, NEW));
      if (text !== null) sessionStorage.setItem(key(kind, id), text);
    }
  } catch {
    // Then nothing was kept.
  }
}
