// One turn with the server: post it, read its events, pick them up again when the connection breaks.
import { readEvents } from "./sse.js";

/** Waits between attempts, in milliseconds: together less than the server's grace of 30 s. */
const BACKOFF = [300, 1000, 2000, 4000, 8000];

/** The server refused, with a problem document. */
export class Refused extends Error {
  constructor(status, problem, retryAfter) {
    super(problem?.title ?? `status ${status}`);
    this.status = status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** The connection is lost for good. `started`: whether the server had taken the message. */
export class Lost extends Error {
  constructor(started) {
    super("connection lost");
    this.started = started;
  }
}

export class Turn {
  #aborter = new AbortController();
  #lastId = "0";
  #ended = false;
  #handlers;

  /** `handlers`: `event(name, data)` and `reconnecting()`. */
  constructor(handlers, messageId = null) {
    this.#handlers = handlers;
    this.messageId = messageId;
  }

  /** Posts what starts the turn and reads the answer to its end. `key`: the same for each try. */
  async post(url, body, key) {
    const headers = { "Content-Type": "application/json", Accept: "text/event-stream" };
    const request = { method: "POST", body: JSON.stringify(body) };
    await this.#read(() => this.#fetch(url, {
      ...request,
      headers: { ...headers, "Idempotency-Key": key },
    }));
  }

  /** Reads the events of a running turn from the beginning. */
  async resume() {
    await this.#read(() => this.#fetchEvents());
  }

  /** Asks the server to stop; its last event then comes as usual. */
  async stop() {
    if (!this.messageId) {
      this.#aborter.abort();
      return;
    }
    // Should the last event not come, what there is has to do.
    setTimeout(() => this.#aborter.abort(), 5000);
    await fetch(`/api/turns/${this.messageId}`, { method: "DELETE" });
  }

  get aborted() {
    return this.#aborter.signal.aborted;
  }

  async #read(first) {
    let request = first;
    for (let attempt = 0; ; attempt += 1) {
      try {
        const response = await request();
        if (await this.#consume(response, () => (attempt = 0))) return;
      } catch (error) {
        if (error instanceof Refused || this.aborted) throw error;
      }
      if (!this.messageId || attempt >= BACKOFF.length) throw new Lost(this.messageId !== null);
      this.#handlers.reconnecting();
      await pause(BACKOFF[attempt]);
      request = () => this.#fetchEvents();
    }
  }

  /** Whether the turn ended with this response. */
  async #consume(response, onProgress) {
    if (!response.ok) throw await refusal(response);
    const type = response.headers.get("Content-Type") ?? "";
    if (type.startsWith("application/json")) {
      // A retry of a message that was answered meanwhile.
      this.#event("completed", await response.json());
      return true;
    }
    await readEvents(response, ({ id, event, data }) => {
      onProgress();
      this.#lastId = id;
      this.#event(event, JSON.parse(data));
    });
    return this.#ended;
  }

  #event(name, data) {
    if (name === "started" || name === "completed") this.messageId = data.message_id;
    if (name === "completed" || name === "failed") this.#ended = true;
    this.#handlers.event(name, data);
  }

  #fetchEvents() {
    const headers = { Accept: "text/event-stream", "Last-Event-ID": this.#lastId };
    return this.#fetch(`/api/turns/${this.messageId}/events`, { headers });
  }

  #fetch(url, options) {
    return fetch(url, { ...options, signal: this.#aborter.signal, cache: "no-store" });
  }
}

async function refusal(response) {
  const problem = await response.json().catch(() => null);
  const seconds = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  return new Refused(response.status, problem, Number.isNaN(seconds) ? 0 : seconds);
}

/** Waits, but not longer than until the network is back. */
function pause(milliseconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    addEventListener("online", () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
