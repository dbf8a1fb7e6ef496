// A travel agent of one's own: the real binary, on a free port, with an empty store in memory.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const START_LIMIT_MS = 30_000;

/** Starts a server; `environment` adds to its configuration. Gives its address and how to stop it. */
export async function startServer(environment = {}) {
  const child = spawn(binary(), [], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      BIND_ADDR: "127.0.0.1:0",
      DATABASE_URL: "sqlite::memory:",
      DEFAULT_TIME_ZONE: "Europe/Paris",
      ...environment,
    },
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = () => {
    child.kill("SIGTERM");
    return ended;
  };
  process.once("exit", () => child.kill("SIGKILL"));
  child.stderr.resume();
  const lines = createInterface({ input: child.stdout });
  const url = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the server did not start")), START_LIMIT_MS);
    lines.on("line", (line) => {
      const address = /^listening on (http:\S+)$/.exec(line)?.[1];
      if (!address) return;
      clearTimeout(timer);
      resolve(address);
    });
    ended.then((code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { url, stop };
}

function binary() {
  const path = process.env.TRAVEL_AGENT_BIN;
  if (!path) throw new Error("TRAVEL_AGENT_BIN names no binary: run .ci/browser");
  return path;
}
