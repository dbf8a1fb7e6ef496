import assert from "node:assert/strict";
import { test } from "node:test";

import { SseParser, readEvents } from "../../../../static/js/sse.js";

const STREAM = [
  "\uFEFF: hello\n",
  "retry: 1000\n",
  "id: 1\nevent: started\ndata: {\"message_id\":\"a\"}\n\n",
  ":\n\n",
  "id: 2\r\nevent: delta\r\ndata: {\"text\":\"é – 🛫\"}\r\n\r\n",
  "id:3\revent:delta\rdata:one\rdata: two\rdata:  three\rdata\r\r",
  "event: nothing\nid: 4\n\n",
  "data: named message\n\n",
  "id: bad\0id\ndata: keeps the last id\n\n",
  "id: 9\nevent: completed\ndata: cut off",
].join("");

const EVENTS = [
  { id: "1", event: "started", data: '{"message_id":"a"}' },
  { id: "2", event: "delta", data: '{"text":"é – 🛫"}' },
  { id: "3", event: "delta", data: "one\ntwo\n three\n" },
  { id: "4", event: "message", data: "named message" },
  { id: "4", event: "message", data: "keeps the last id" },
];

function parse(pieces) {
  const events = [];
  const parser = new SseParser((event) => events.push(event));
  for (const piece of pieces) parser.push(piece);
  return events;
}

/** mulberry32: the same splits on every run. */
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

test("a stream in one piece", () => {
  assert.deepEqual(parse([STREAM]), EVENTS);
});

test("a stream character by character", () => {
  assert.deepEqual(parse(STREAM.split("")), EVENTS);
});

test("a stream cut anywhere, empty pieces among them", () => {
  for (let seed = 0; seed < 2000; seed += 1) {
    const next = random(seed);
    const pieces = [];
    let at = 0;
    while (at < STREAM.length) {
      const size = Math.floor(next() * 12);
      pieces.push(STREAM.slice(at, at + size));
      at += size;
    }
    assert.deepEqual(parse(pieces), EVENTS, `seed ${seed}`);
  }
});

test("bytes cut inside a character", async () => {
  const bytes = new TextEncoder().encode(STREAM);
  for (let seed = 0; seed < 200; seed += 1) {
    const next = random(seed);
    let at = 0;
    const body = new ReadableStream({
      pull(controller) {
        if (at >= bytes.length) return controller.close();
        const size = 1 + Math.floor(next() * 9);
        controller.enqueue(bytes.slice(at, at + size));
        at += size;
      },
    });
    const events = [];
    await readEvents(new Response(body), (event) => events.push(event));
    assert.deepEqual(events, EVENTS, `seed ${seed}`);
  }
});
