// The conversation: sends messages, shows the answer while it comes, stops and resumes it.
import { announce, clearNotices, notify, problemText } from "./notices.js";
import { moveTo } from "./kept.js";
import { addUserMessage, cutAfter, Draft, fetchExchange, refreshProposals } from "./thread.js";
import { texts } from "./texts.js";
import { Lost, Refused, Turn } from "./turn.js";

/** Longest wait, in seconds, after which a button offers to try again. */
const LONGEST_WAIT = 600;

let zone;
const timeZone = () => (zone ??= Intl.DateTimeFormat().resolvedOptions().timeZone);
// The first question for it takes 20 ms, which nobody is to wait for who has just written.
(window.requestIdleCallback ?? setTimeout)(timeZone);

export class Chat {
  #turn = null;
  #follower;
  #hooks;

  /**
   * `hooks`: `busy(boolean)`, `planned()` when the trip changes, `changed()` when a conversation began
   * or went on, and `ended(isWhole)` when an answer is over.
   */
  constructor(follower, hooks) {
    this.#follower = follower;
    this.#hooks = hooks;
  }

  get isBusy() {
    return this.#turn !== null;
  }

  /** Sends a message; `key` is that of an earlier try. */
  async send(message, key = newKey()) {
    if (this.isBusy) return;
    clearNotices();
    const question = addUserMessage(message);
    const { branchEnd } = document.body.dataset;
    const again = (sameKey) => () => {
      question.remove();
      this.send(message, sameKey ? key : undefined);
    };
    await this.#ask(message, branchEnd ? { parent_id: branchEnd } : {}, key, { question, again });
  }

  /** Asks `message` in the place of `former`, a message as it was sent: a branch begins there. */
  async edit(former, message, key = newKey()) {
    if (this.isBusy) return;
    clearNotices();
    const putBack = cutAfter(former);
    const question = addUserMessage(message, former);
    const undo = () => {
      question.replaceWith(former);
      putBack();
    };
    const again = (sameKey) => () => this.edit(former, message, sameKey ? key : undefined);
    await this.#ask(message, { edits: former.dataset.messageId }, key, { question, again, undo });
  }

  async #ask(message, place, key, around) {
    const draft = new Draft();
    this.#follower.follow(around.question);
    const body = {
      message,
      ...place,
      conversation_id: document.body.dataset.conversationId ?? null,
      stream: true,
      locale: "auto",
      time_zone: timeZone(),
    };
    const start = (turn) => turn.post("/api/chat", body, key);
    await this.#run(null, draft, start, around);
  }

  /** Has the question of the answer `former` answered once more in its place. */
  async answerAgain(former, key = newKey()) {
    if (this.isBusy) return;
    clearNotices();
    const undo = cutAfter(former);
    const draft = new Draft(former);
    this.#follower.follow(draft.item.previousElementSibling ?? draft.item);
    const again = (sameKey) => () => this.answerAgain(former, sameKey ? key : undefined);
    const url = `/api/messages/${former.dataset.messageId}/regenerate`;
    const start = (turn) => turn.post(url, { stream: true, locale: "auto" }, key);
    await this.#run(null, draft, start, { former, again, undo });
  }

  /** Goes on with the answer that the server says is running. */
  async resume(item) {
    if (this.isBusy) return;
    const draft = new Draft(item);
    draft.setId(item.dataset.runningMessageId);
    this.#follower.follow(draft.item.previousElementSibling ?? draft.item);
    await this.#run(item.dataset.runningMessageId, draft, (turn) => turn.resume(), {});
  }

  /** Stops the running answer. */
  async stop() {
    try {
      await this.#turn?.stop();
    } catch {
      notify(texts.unreachable);
    }
  }

  async #run(messageId, draft, start, around) {
    let isWhole = false;
    const turn = new Turn(
      {
        event: (name, data) => this.#event(name, data, draft),
        reconnecting: () => draft.think(texts.reconnecting),
      },
      messageId,
    );
    this.#turn = turn;
    this.#hooks.busy(true);
    announce(texts.thinking);
    try {
      await start(turn);
      if (draft.item.isConnected) isWhole = await this.#finish(turn, draft);
    } catch (error) {
      await this.#failed(error, turn, draft, around);
    } finally {
      this.#turn = null;
      this.#follower.release();
      this.#hooks.busy(false);
      this.#hooks.changed();
      this.#hooks.ended(isWhole);
    }
  }

  #event(name, data, draft) {
    switch (name) {
      case "started":
        draft.setId(data.message_id);
        enterConversation(data.conversation_id);
        break;
      case "intent":
        draft.setLocale(data.locale);
        break;
      case "understood":
        draft.setChips(data.understood, data.left_over);
        break;
      case "tool_started":
        announce(`${draft.toolStarted(data)}…`);
        break;
      case "tool_finished":
        draft.toolFinished(data);
        break;
      case "card":
      case "proposal":
        draft.addSkeleton();
        break;
      case "trip":
        this.#hooks.planned();
        break;
      case "delta":
        draft.addText(data.text);
        break;
      case "completed":
        enterConversation(data.conversation_id);
        break;
      case "failed":
        draft.problem = data;
        break;
    }
  }

  /** Whether the answer is whole. */
  async #finish(turn, draft) {
    const { question, answer } = turn.messageId
      ? await fetchExchange(turn.messageId)
      : { question: null, answer: null };
    if (!answer || answer.dataset.status === "running") {
      draft.freeze();
      const { problem } = draft;
      if (problem) notify(problemText(problem.status, problem), { retry: () => location.reload() });
      return false;
    }
    const asked = draft.item.previousElementSibling;
    const item = await draft.finish(answer);
    if (question && asked?.matches(".user") && !asked.querySelector(".edit[open]")) asked.replaceWith(question);
    const part = (selector) => item.querySelector(selector)?.textContent.trim();
    const end = item.dataset.status === "ok" ? texts.answerReady : part(".message-note");
    announce([end, part(".prose"), part(".ungrounded summary")].filter(Boolean).join(" "));
    await refreshProposals(item);
    return item.dataset.status === "ok";
  }

  async #failed(error, turn, draft, { question, former, again, undo }) {
    // Stopped, or its events are no longer kept: what was stored is the answer.
    const over = turn.aborted || (error instanceof Refused && error.status === 410);
    if (turn.messageId && (over || error instanceof Lost)) {
      await this.#finish(turn, draft);
      if (!over && draft.item.isConnected) notify(texts.lost, { retry: () => location.reload() });
      return;
    }
    draft.discard(former);
    undo?.();
    if (turn.aborted) return;
    question?.classList.add("unsent");
    if (error instanceof Refused) {
      const { status, problem, retryAfter } = error;
      // A key that was used with another body would be refused again.
      const retry = status === 404 ? () => location.assign("/") : again?.(status !== 422);
      // Nobody waits for the end of the day with a finger on the button.
      const soon = !(retryAfter > LONGEST_WAIT);
      notify(problemText(status, problem), { retry: soon ? retry : undefined, wait: retryAfter });
    } else {
      notify(texts.unreachable, { retry: again?.(true) });
    }
  }
}

/** From the empty page into the conversation that the server made of it. */
function enterConversation(id) {
  leaveBranch(id);
  if (document.body.dataset.conversationId === id) return;
  document.body.dataset.conversationId = id;
  moveTo(id);
  history.replaceState(null, "", `/c/${id}`);
  for (const form of document.querySelectorAll("#composer, #ask")) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "conversation_id";
    field.value = id;
    form.append(field);
  }
}

/** What is asked makes the newest branch, wherever it went on from. */
function leaveBranch(id) {
  if (!document.body.dataset.branchEnd) return;
  delete document.body.dataset.branchEnd;
  for (const field of document.querySelectorAll("#composer [name=parent_id], #ask [name=parent_id]")) field.remove();
  history.replaceState(null, "", `/c/${id}`);
}

/** A key for one message. `crypto.randomUUID` would need HTTPS or localhost. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
