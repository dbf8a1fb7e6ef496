"""Loads each dashboard with Grafana's own types and writes it back: a key that vanishes is one that
Grafana's schema does not know."""

import json
import pathlib
import sys

from grafana_foundation_sdk.cog import plugins
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import Dashboard

DASHBOARDS = pathlib.Path(__file__).parent.parent / "grafana" / "dashboards"
# Known to Grafana, missing in the types: the form of Tempo's tables.
MISSING = {"tableType"}


def vanished(before, after, where):
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in before.items():
            if key in after:
                yield from vanished(value, after[key], f"{where}.{key}")
            elif value not in (None, [], {}, "") and key not in MISSING:
                yield f"{where}.{key}"
    elif isinstance(before, list) and isinstance(after, list):
        if len(before) != len(after):
            yield f"{where}: {len(before)} entries became {len(after)}"
        for number, (left, right) in enumerate(zip(before, after)):
            yield from vanished(left, right, f"{where}[{number}]")
    elif before != after:
        yield f"{where}: {before!r} became {after!r}"


def main():
    plugins.register_default_plugins()
    problems = []
    for path in sorted(DASHBOARDS.glob("*.json")):
        before = json.loads(path.read_text(encoding="utf-8"))
        after = json.loads(JSONEncoder().encode(Dashboard.from_json(before)))
        problems += vanished(before, after, path.name)
    if problems:
        sys.exit("unknown to Grafana's schema:\n" + "\n".join(problems))
    print("schema: ok")


if __name__ == "__main__":
    main()
