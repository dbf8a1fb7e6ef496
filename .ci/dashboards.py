"""Checks the dashboards against themselves and against the vocabulary of docs/observability.md.

Prints every query as JSON lines for .ci/queries/check.mjs and .ci/prometheus.py when called with --queries.
"""

import itertools
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from stack_queries import LANGUAGE, fill_in, from_dashboard, from_document  # noqa: E402

DASHBOARDS = ROOT / "grafana" / "dashboards"
RULES = ROOT / "deploy" / "prometheus"
TITLES = {
    "Travel Agent Performance",
    "LLM Cost Monitoring",
    "Tools Performance",
    "Trace explorer",
    "Logs",
    "Telemetry health",
}
# Labels that the resource, the collector or Prometheus add.
FOREIGN_LABELS = {"deployment_environment", "service_name", "le", "job", "instance"}
OURS = re.compile(r"\b(?:agent|gen_ai|http_server)_[a-z0-9_]+\b")
SUFFIXES = ("_bucket", "_sum", "_count")
# Names of the OTLP instruments as the table of the documentation writes them.
NAME = re.compile(r"`((?:agent|gen_ai|http)\.[a-z0-9_.]+)`")
MORE = re.compile(r"`(\.[a-z0-9_.]+)`")
# What stands beside a label in its cell: its values, and the value of another to which it belongs.
VALUES = re.compile(r"\([^)]*\)| on `[^`]*`")
# A range function drops the name, and Prometheus refuses what is then the same series twice.
NAMES_LOST = re.compile(r"\b(?:rate|increase|irate)\(\s*\{[^}]*__name__\s*=~")


def snake(name):
    return name.replace(".", "_")


def vocabulary():
    """Series name -> its labels, from the table under '## Metrics'."""
    text = (ROOT / "docs" / "observability.md").read_text(encoding="utf-8")
    section = text.split("\n## Metrics\n", 1)[1].split("\n## ", 1)[0]
    found = {}
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        names = NAME.findall(cells[0])
        if not line.startswith("| `"):
            continue
        if not names or len(cells) != 4:
            sys.exit(f"docs/observability.md: not a row of metrics: {line}")
        # A table cell may go on with the ends of further names.
        names += [names[0].rsplit(".", 1)[0] + end for end in MORE.findall(cells[0])]
        labels = {snake(label) for label in re.findall(r"`([a-z_][a-z_.0-9]*)`", VALUES.sub("", cells[2]))}
        if "as the duration" in cells[2] or "`gen_ai.*`" in cells[2]:
            labels |= {"gen_ai_operation_name", "gen_ai_provider_name", "gen_ai_request_model"}
            labels |= {"gen_ai_response_model", "server_address", "server_port", "error_type"}
        for name in names:
            found[snake(name)] = labels
    return found


def panels(dashboard):
    for panel in dashboard["panels"]:
        if panel["type"] != "row":
            yield panel
        yield from panel.get("panels", [])


def queries():
    """Language, text and place of each query of dashboards, rules and documents."""
    for path in sorted(DASHBOARDS.glob("*.json")):
        dashboard = json.loads(path.read_text(encoding="utf-8"))
        for variable in dashboard["templating"]["list"]:
            if variable["type"] == "query":
                # Only the series name is PromQL.
                series = re.match(r"label_values\((\w+), \w+\)$", variable["query"]["query"])[1]
                yield "promql", series, path.name
        yield from from_dashboard(path)
    for path in sorted(ROOT.glob("docs/observability*.md")):
        yield from from_document(path)
    for path in sorted(RULES.glob("*.yml")):
        if path.name in ("rules.yml", "alerts.yml"):
            text = path.read_text(encoding="utf-8")
            for inline in re.findall(r"^ +expr: (?!\||>)(.+)$", text, re.M):
                yield "promql", inline.strip("'\""), path.name
            for indent, block in re.findall(r"^( +)expr: [|>]-?\n((?:\1 +.*\n)+)", text, re.M):
                yield "promql", " ".join(block.split()), path.name


def overlaps(first, second):
    return (
        first["x"] < second["x"] + second["w"]
        and second["x"] < first["x"] + first["w"]
        and first["y"] < second["y"] + second["h"]
        and second["y"] < first["y"] + first["h"]
    )


def check_layout(name, dashboard):
    every = dashboard["panels"]
    ids = [panel["id"] for panel in every]
    if len(ids) != len(set(ids)):
        yield f"{name}: an id stands twice"
    for first, second in itertools.combinations(every, 2):
        if overlaps(first["gridPos"], second["gridPos"]):
            yield f"{name}: {first['title']} and {second['title']} overlap"
    for panel in every:
        if panel["gridPos"]["x"] + panel["gridPos"]["w"] > 24:
            yield f"{name}: {panel['title']} is wider than the page"


def check_panels(name, dashboard):
    for panel in panels(dashboard):
        where = f"{name}: {panel['title']}"
        if not panel["fieldConfig"]["defaults"].get("unit"):
            yield f"{where}: no unit"
        if " / " not in panel.get("description", ""):
            yield f"{where}: no description in both languages"
        links = panel.get("links", [])
        if not any("traceql" in link["url"] for link in links):
            yield f"{where}: no link to the traces"
        for target in panel["targets"]:
            source = target["datasource"]
            if source["uid"] != source["type"] or source["type"] not in LANGUAGE:
                yield f"{where}: unknown data source {source}"
            if not (target.get("expr") or target.get("query")):
                yield f"{where}: a target without a query"


def labels_of(query):
    """Labels in matchers and groupings, without strings and templates."""
    bare = re.sub(r'"[^"]*"', '""', query)
    for matchers in re.findall(r"\{([^}]*)\}", bare):
        yield from re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", matchers)
    for grouping in re.findall(r"\b(?:by|without)\s*\(([^)]*)\)", bare):
        yield from (label.strip() for label in grouping.split(",") if label.strip())


def check_vocabulary(known):
    shown = set()
    for tag, query, where in queries():
        if tag != "promql":
            continue
        if NAMES_LOST.search(query):
            yield f"{where}: rate over several names"
        names = set()
        bare = re.sub(r'"[^"]*"', '""', query)
        for matched in OURS.findall(re.sub(r"\{[^}]*\}|\b(?:by|without)\s*\([^)]*\)", "", bare)):
            base = next((matched.removesuffix(s) for s in SUFFIXES if matched.removesuffix(s) in known), matched)
            if base not in known:
                yield f"{where}: no such series: {matched}"
            names.add(base)
        if where.split(":")[0].endswith(".json") and ":" in where:
            shown |= names
        allowed = FOREIGN_LABELS.union(*(known.get(name, set()) for name in names))
        if names:
            for label in set(labels_of(query)) - allowed:
                yield f"{where}: {', '.join(sorted(names))} has no label {label}"
    for name in sorted(set(known) - shown):
        yield f"no dashboard shows {name}"


def main():
    if sys.argv[1:] == ["--queries"]:
        for tag, query, where in queries():
            # As it stands, and as a backend gets it.
            print(json.dumps({"where": where, "language": tag, "query": query, "filled": fill_in(query)}))
        return
    problems, titles = [], set()
    for path in sorted(DASHBOARDS.glob("*.json")):
        dashboard = json.loads(path.read_text(encoding="utf-8"))
        titles.add(dashboard["title"])
        problems += check_layout(path.name, dashboard)
        problems += check_panels(path.name, dashboard)
    if titles != TITLES:
        problems.append(f"dashboards are {sorted(titles)}")
    problems += check_vocabulary(vocabulary())
    if problems:
        sys.exit("\n".join(problems))
    print(f"dashboards: ok ({len(titles)}, {sum(1 for _ in queries())} queries)")


if __name__ == "__main__":
    main()
