// What a stopped server has stored, as a source or another program might have written it.
import { execFileSync } from "node:child_process";

const READ = `
import json, sqlite3, sys
found = sqlite3.connect(sys.argv[1]).execute("SELECT seq, answer, state FROM message WHERE answer IS NOT NULL")
print(json.dumps([[seq, json.loads(answer), state and json.loads(state)] for seq, answer, state in found]))
`;
const WRITE = `
import json, sqlite3, sys
store = sqlite3.connect(sys.argv[1])
for seq, answer, state in json.load(sys.stdin):
    values = json.dumps(answer), state and json.dumps(state), seq
    store.execute("UPDATE message SET answer = ?, state = ? WHERE seq = ?", values)
store.commit()
`;

/** Makes each answer and each state in the database file at `path` what `change` makes of it. */
export function rewrite(path, change) {
  const python = (program, input) =>
    execFileSync("python3", ["-c", program, path], { input, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  const found = JSON.parse(python(READ, ""));
  python(WRITE, JSON.stringify(found.map(([seq, ...documents]) => [seq, ...documents.map((one) => one && change(one))])));
}
