// Own messages worded anew: the form in each of them, by script and from the keyboard.
const thread = document.getElementById("thread");

/** Opens the form of the last message; whether there is one. */
export function editLast() {
  const forms = thread.querySelectorAll(".message.user .edit");
  const last = forms[forms.length - 1];
  if (!last) return false;
  last.open = true;
  return true;
}

function close(edit) {
  edit.open = false;
  edit.querySelector("summary").focus();
}

/** `onEdit(item, text)`: the message `item` is to be `text` instead. */
export function start({ onEdit }) {
  thread.addEventListener(
    "toggle",
    ({ target }) => {
      if (!target.matches(".edit[open]")) return;
      const field = target.querySelector("textarea");
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
      target.scrollIntoView({ block: "nearest" });
    },
    { capture: true },
  );
  thread.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-edit]")) return;
    event.preventDefault();
    const text = form.elements.message.value.trim();
    if (text === "") return;
    onEdit(form.closest(".message"), text);
  });
  thread.addEventListener("click", ({ target }) => {
    const cancel = target.closest("[data-edit-cancel]");
    if (cancel) close(cancel.closest(".edit"));
  });
  thread.addEventListener("keydown", (event) => {
    const edit = event.target.closest(".edit[open]");
    if (!edit) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      close(edit);
    } else if (event.key === "Enter" && event.target.matches("textarea") && !event.shiftKey
      && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      edit.querySelector("form").requestSubmit();
    }
  });
}
