// What a person says of an answer: a thumb, and why. Focus stays where it was.
import { announce, notify, problemText } from "./notices.js";
import { texts } from "./texts.js";
import { fetchMessage } from "./thread.js";

/** Sends a thumb (`form` is the rating) or a comment. */
export function send(form, submitter) {
  return form.matches(".rating") ? rate(form, submitter) : comment(form);
}

async function post(form, body) {
  const { pathname } = new URL(form.action);
  const response = await fetch(`/api${pathname}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (response?.ok) return true;
  const problem = await response?.json().catch(() => null);
  notify(response ? problemText(response.status, problem) : texts.unreachable);
  return false;
}

async function rate(form, chosen) {
  const message = form.closest(".message");
  const said = form.querySelector("[name=comment]")?.value;
  const body = { score: Number(chosen.value) };
  // Another thumb does not take away what was said.
  if (said) body.comment = said;
  if (!(await post(form, body))) return;
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button === chosen));
  }
  const known = message.querySelector(".comment");
  if (known) known.querySelector("[name=score]").value = chosen.value;
  else await offer(message);
  const offered = message.querySelector(".comment form");
  announce(offered && !said ? offered.dataset.rated : texts.rated);
}

/** Puts the field for a comment under the answer, as the server has it. */
async function offer(message) {
  const fresh = await fetchMessage(message.dataset.messageId);
  const field = fresh?.querySelector(".comment");
  if (field) message.querySelector(".message-foot").after(field);
}

async function comment(form) {
  const text = form.elements.comment.value.trim();
  const score = Number(form.elements.score.value);
  if (!(await post(form, text ? { score, comment: text } : { score }))) return;
  keep(form.closest(".message").querySelector(".rating"), text);
  const { saved, removed, add, change } = form.dataset;
  form.closest(".comment").querySelector("summary").textContent = text ? change : add;
  announce(text ? saved : removed);
}

/** The thumbs send it along, also without script. */
function keep(rating, text) {
  let field = rating.querySelector("[name=comment]");
  if (!text) {
    field?.remove();
    return;
  }
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = "comment";
    rating.append(field);
  }
  field.value = text;
}
