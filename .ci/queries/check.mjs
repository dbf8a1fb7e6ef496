// Parses each query of standard input (JSON lines: where, language, filled) with the grammar of its
// language, and fails on any part that the grammar does not know.
import { createInterface } from "node:readline";
import { parser as logql } from "@grafana/lezer-logql";
import { parser as traceql } from "@grafana/lezer-traceql";
import { parser as promql } from "@prometheus-io/lezer-promql";

const PARSERS = { logql, promql, traceql };
let count = 0;
let failed = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const { where, language, filled: text } = JSON.parse(line);
  count += 1;
  PARSERS[language].parse(text).iterate({
    enter(node) {
      if (!node.type.isError) return;
      failed += 1;
      const near = text.slice(Math.max(0, node.from - 20), node.to + 20);
      console.error(`${where}: not ${language} near «${near}»: ${text}`);
    },
  });
}
if (failed > 0 || count === 0) process.exit(1);
console.log(`queries: ok (${count})`);
