// A proxy before the server that counts what really goes over the wire: caches of the browser do not
// ask it.
import { createServer, request } from "node:http";
import { once } from "node:events";

/** Starts it before `server`. `seen` holds each request as `{ path, status, bytes }`. */
export async function startCounting(server) {
  const { hostname, port } = new URL(server.url);
  const seen = [];
  const proxy = createServer((asked, answer) => {
    const { method, url: path, headers } = asked;
    const passed = request({ hostname, port, method, path, headers }, (given) => {
      const entry = { path, status: given.statusCode, bytes: head(given.rawHeaders) };
      seen.push(entry);
      answer.writeHead(given.statusCode, given.rawHeaders);
      given.on("data", (chunk) => (entry.bytes += chunk.length));
      given.pipe(answer);
    });
    passed.on("error", () => answer.destroy());
    asked.pipe(passed);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const stop = () => {
    proxy.closeAllConnections();
    proxy.close();
  };
  return { url: `http://127.0.0.1:${proxy.address().port}`, seen, stop };
}

/** Bytes of a response's head: its lines, the first one about as long as a header. */
const head = (raw) => raw.reduce((sum, text) => sum + text.length + 2, 20);
