// A language model's server: OpenAI's chat completions, streamed, as a script says.
import { createServer } from "node:http";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

/**
 * Starts a server. `script(number)` gives the reply to each request, counted from 0: `text`, sent
 * word by word, after the tool `calls` that it makes (`{ name, arguments }`), with `pause` milliseconds after every ten, or, `hold`, the rest once that promise is kept; `breaks`: the connection is lost after it; `status`: refused instead; `usage`.
 * Gives the environment that makes the agent ask it, and how to stop it.
 */
export async function startModel(script, { provider = "openai", model = "gpt-5-mini" } = {}) {
  let number = 0;
  const server = createServer(async (request, response) => {
    request.resume();
    await once(request, "end");
    const reply = script(number);
    number += 1;
    if (reply.status) response.writeHead(reply.status).end("{}");
    else stream(response, model, reply);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const environment = {
    LLM_PROVIDER: provider,
    LLM_MODEL: model,
    LLM_BASE_URL: `http://127.0.0.1:${server.address().port}/v1`,
    LLM_CLASSIFY: "off",
    OPENAI_API_KEY: "none",
    OPENROUTER_API_KEY: "none",
  };
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { environment, stop };
}

async function stream(response, model, { text = "", calls = [], pause, hold, breaks, usage }) {
  const chunk = (fields) => {
    const head = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 0, model };
    return `data: ${JSON.stringify({ ...head, ...fields })}\n\n`;
  };
  const choice = (delta, reason = null) => chunk({ choices: [{ index: 0, delta, finish_reason: reason }] });
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  for (const [index, { name, arguments: said }] of calls.entries()) {
    const called = { name, arguments: JSON.stringify(said) };
    response.write(choice({ tool_calls: [{ index, id: `call_${index}`, type: "function", function: called }] }));
  }
  for (const [at, content] of text.split(/(?<= )/).entries()) {
    if (response.destroyed) return; // nobody waits for the rest
    response.write(choice({ role: "assistant", content }));
    if (pause && at % 10 === 9) await delay(pause);
    if (hold && at === 9) await hold;
  }
  if (breaks) {
    // Not before the last word is on its way.
    response.write(": \n\n", () => response.socket.destroy());
    return;
  }
  response.write(choice({}, calls.length > 0 ? "tool_calls" : "stop"));
  if (usage) response.write(chunk({ choices: [], usage }));
  response.end("data: [DONE]\n\n");
}
