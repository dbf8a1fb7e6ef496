"""The queries of the dashboards and documents: (language, query, where it stands).

Read by the smoke test of the stack and by the checks in .ci.
"""

import json
import pathlib
import re

# What Grafana fills in. Anything else is a dashboard variable, and then every value is meant.
BUILT_IN = {
    "__rate_interval": "5m",
    "__interval": "1m",
    "__auto": "1m",
    "__range": "1h",
    "__range_s": "3600",
    "__interval_ms": "60000",
}
VARIABLE = re.compile(r"\$(?:\{(\w+)(?::\w+)?\}|(\w+))|\[\[(\w+)(?::\w+)?\]\]")
LANGUAGE = {"prometheus": "promql", "loki": "logql", "tempo": "traceql"}
# A line that goes on with the query above it.
CONTINUES = re.compile(r"^(\s|[)}|&/*+-]|(and|or|unless|by|without|on)\b)")


def fill_in(query, **built_in):
    """A query as Grafana would send it; `built_in` are other values of its own variables."""
    values = {**BUILT_IN, **built_in}
    filled = VARIABLE.sub(lambda m: values.get(m[1] or m[2] or m[3], ".*"), query)
    return re.sub(r'(?<![=!~])=\s*"\.\*"', '=~".*"', filled)


def kind_of(source):
    """The type of a data source reference, which may be an object, a uid or absent."""
    if isinstance(source, dict):
        return source.get("type") or source.get("uid")
    return source


def panels_of(node):
    for panel in node.get("panels", []):
        yield panel
        yield from panels_of(panel)


def from_dashboard(path):
    board = json.loads(path.read_text(encoding="utf-8"))
    for panel in panels_of(board):
        for target in panel.get("targets", []):
            kind = kind_of(target.get("datasource")) or kind_of(panel.get("datasource"))
            query = target.get("expr") or target.get("query")
            if kind in LANGUAGE and query:
                yield LANGUAGE[kind], query, f"{path.name}: {panel.get('title', '?')}"


def from_document(path):
    text = path.read_text(encoding="utf-8")
    for fence in re.finditer(r"^```(promql|logql|traceql)\n(.*?)^```", text, re.M | re.S):
        query = ""
        for line in [*fence[2].splitlines(), ""]:
            if query and CONTINUES.match(line):
                query += "\n" + line
                continue
            if query:
                yield fence[1], query, path.name
            query = "" if not line.strip() or line.lstrip().startswith("#") else line


def all_queries():
    """Each query once."""
    found = {}
    for path in sorted(pathlib.Path("grafana/dashboards").glob("*.json")):
        for language, query, where in from_dashboard(path):
            found.setdefault((language, fill_in(query)), where)
    for path in sorted(pathlib.Path("docs").glob("observability*.md")):
        for language, query, where in from_document(path):
            found.setdefault((language, fill_in(query)), where)
    return [(language, query, where) for (language, query), where in found.items()]
