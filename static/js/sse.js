// Server-sent events from a fetch body (EventSource can neither POST nor set Last-Event-ID).

/**
 * A parser of the event-stream format, fed with text in pieces of any size.
 * Calls `onEvent({ id, event, data })` for each event; `id` is the last one seen.
 */
export class SseParser {
  #onEvent;
  #rest = "";
  #data = [];
  #event = "";
  #id = "";
  #afterCr = false;
  #start = true;

  constructor(onEvent) {
    this.#onEvent = onEvent;
  }

  push(text) {
    if (text === "") return;
    if (this.#start) {
      if (text.startsWith("\uFEFF")) text = text.slice(1);
      this.#start = false;
    }
    // A line feed that ends a CR LF split between two pieces is no line of its own.
    if (this.#afterCr && text.startsWith("\n")) text = text.slice(1);
    if (text === "") {
      this.#afterCr = false;
      return;
    }
    this.#afterCr = text.endsWith("\r");
    const lines = (this.#rest + text).split(/\r\n|\r|\n/);
    this.#rest = lines.pop();
    for (const line of lines) this.#line(line);
  }

  #line(line) {
    if (line === "") {
      this.#dispatch();
      return;
    }
    const colon = line.indexOf(":");
    if (colon === 0) return; // a comment keeps the connection alive
    const field = colon < 0 ? line : line.slice(0, colon);
    let value = colon < 0 ? "" : line.slice(colon + 1);
    if (value.startsWith(" ")) value = value.slice(1);
    if (field === "data") this.#data.push(value);
    else if (field === "event") this.#event = value;
    else if (field === "id" && !value.includes("\0")) this.#id = value;
  }

  #dispatch() {
    const { length } = this.#data;
    const event = this.#event || "message";
    const data = this.#data.join("\n");
    this.#data = [];
    this.#event = "";
    // An event without data is none; one cut off by the end of the stream never gets here.
    if (length > 0) this.#onEvent({ id: this.#id, event, data });
  }
}

/** Reads the body of `response` to its end, calling `onEvent` for each event. */
export async function readEvents(response, onEvent) {
  const parser = new SseParser(onEvent);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    parser.push(value);
  }
}
