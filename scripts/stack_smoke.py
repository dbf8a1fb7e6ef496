"""The checks of scripts/stack-smoke.sh, which sets the environment and says what it means."""

import base64
import json
import os
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

from stack_queries import all_queries

APP, PROMETHEUS, TEMPO, LOKI, GRAFANA, COLLECTOR = (
    os.environ[name].rstrip("/")
    for name in (
        "APP_URL", "PROMETHEUS_URL", "TEMPO_URL", "LOKI_URL", "GRAFANA_URL", "COLLECTOR_METRICS_URL",
    )
)
SERVICE = os.environ["SERVICE_NAME"]
STRICT = "--strict" in sys.argv[1:]
MESSAGES = [
    "Un vol Paris New York le 15 du mois prochain pour 2",
    "A flight from Lyon to Rome tomorrow for one adult, please",
    "Bonjour !",
    "Do I need a visa for Japan?",
]
# The series of the application that must be there under exactly these names.
SERIES = [
    "agent_requests_total", "agent_request_duration_bucket", "agent_request_duration_sum",
    "agent_request_duration_count", "agent_iterations", "agent_llm_calls", "agent_llm_latency_bucket",
    "agent_llm_tokens", "agent_tool_calls", "agent_tool_latency_bucket",
]
# Queries for what may not have happened (yet): without --strict an empty answer is accepted.
MAY_BE_EMPTY = re.compile(
    r'(?i)error|fail|fallback|retr|stopped|feedback|budget|cost|circuit|dropped|refused|onfirm'
    r'|cached|duration(_ms)? ?>|quota|streams_open|time_to_first|gen_ai_|evaluation|ALERTS|service_graph|ungrounded'
)
# Even with --strict: a healthy demo loses nothing, the collector has no series of failures before the
# first one, and the tools answer from memory.
EMPTY_WHEN_HEALTHY = re.compile(
    r'agent_telemetry_dropped|otelcol_exporter_(enqueue|send)_failed|duration>100ms'
)


NO_DATA = "no data"


class Pending(Exception):
    """Not there yet: asked again until the time is up."""


class Failed(Exception):
    """Wrong for good."""


def fetch(url, params=None, body=None, auth=None):
    """The text of an answer. A refused request is a failure, an absent server one to wait for."""
    if params:
        url += "?" + urllib.parse.urlencode(params)
    request = urllib.request.Request(url, data=json.dumps(body).encode() if body else None)
    request.add_header("accept", "application/json")
    if body:
        request.add_header("content-type", "application/json")
    if auth:
        request.add_header("authorization", "Basic " + base64.b64encode(auth.encode()).decode())
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        text = error.read().decode(errors="replace")[:200].strip()
        kind = Pending if error.code in (404, 429, 500, 502, 503) else Failed
        raise kind(f"HTTP {error.code}: {text}") from error
    except OSError as error:
        raise Pending(str(error)) from error


def ask(url, params=None):
    return json.loads(fetch(url, params))


def window():
    now = int(time.time())
    return {"start": now - 3600, "end": now + 5}


def chat(message):
    """Runs one turn and gives its trace id; a turn that failed has one as well."""
    try:
        return json.loads(fetch(f"{APP}/api/chat", body={"message": message}))["trace_id"]
    except (Pending, Failed):
        return None


def promql(query):
    result = ask(f"{PROMETHEUS}/api/v1/query", {"query": query})["data"]["result"]
    if not result:
        raise Pending(NO_DATA)
    return f"{len(result)} series"


def logql(query):
    params = {"query": query, "limit": 20, "start": window()["start"] * 10**9, "end": window()["end"] * 10**9}
    result = ask(f"{LOKI}/loki/api/v1/query_range", params)["data"]["result"]
    if not result:
        raise Pending(NO_DATA)
    if any("__error__" in stream.get("stream", {}) for stream in result):
        raise Failed("lines that are not JSON")
    return f"{sum(len(stream['values']) for stream in result)} entries"


def traceql(query):
    if re.search(r"\|\s*(rate|count_over_time|quantile_over_time|histogram_over_time|\w+_over_time)\(", query):
        found = ask(f"{TEMPO}/api/metrics/query_range", {"q": query, "step": "60s", **window()}).get("series")
    else:
        found = ask(f"{TEMPO}/api/search", {"q": query, "limit": 20, **window()}).get("traces")
    if not found:
        raise Pending(NO_DATA)
    return f"{len(found)} found"


def trace(trace_id):
    text = fetch(f"{TEMPO}/api/traces/{trace_id}")
    if "agent.iteration" not in text:
        raise Pending("the turn's root span is not there yet")
    return f"{len(text)} bytes"


def line_of(trace_id):
    query = f'{{service_name="{SERVICE}"}} |= "Chat response ready" | trace_id="{trace_id}"'
    params = {"query": query, "limit": 5, "start": window()["start"] * 10**9, "end": window()["end"] * 10**9}
    streams = ask(f"{LOKI}/loki/api/v1/query_range", params)["data"]["result"]
    if not streams:
        raise Pending("no line")
    return streams[0]["values"][0][1]


def log_to_trace(trace_id):
    """The derived field of the provisioned data source, applied to a stored line."""
    with open("grafana/provisioning/datasources/datasources.yaml", encoding="utf-8") as file:
        regex = re.search(r"matcherRegex: '(.*)'", file.read())[1]
    match = re.search(regex, line_of(trace_id))
    if not match:
        raise Failed(f"{regex} matches no line")
    return trace(match[1])


def exemplar_to_trace():
    params = {"query": "traces_spanmetrics_latency_bucket", **window()}
    series = ask(f"{PROMETHEUS}/api/v1/query_exemplars", params)["data"]
    labels = [exemplar["labels"] for one in series for exemplar in one["exemplars"]]
    ids = [found.get("traceID") or found.get("trace_id") for found in labels]
    if not any(ids):
        raise Pending("no exemplar")
    fetch(f"{TEMPO}/api/traces/{next(filter(None, reversed(ids)))}")
    return f"{len(ids)} exemplars"


def collector_names():
    text = fetch(COLLECTOR)
    missing = [name for name in SERIES if not re.search(rf"^{name}[{{ ]", text, re.M)]
    if missing:
        raise Pending("missing: " + ", ".join(missing))
    return f"{len(SERIES)} names"


def no_instance_label():
    labels = ask(f"{LOKI}/loki/api/v1/labels", {"start": window()["start"] * 10**9})["data"]
    if "service_instance_id" in labels:
        raise Failed("service_instance_id is an index label")
    return ", ".join(labels)


def grafana(path, accept):
    answer = json.loads(fetch(GRAFANA + path, auth=os.environ["GRAFANA_AUTH"] or None))
    if not accept(answer):
        raise Pending(json.dumps(answer)[:160])
    return "ok"


def checks(trace_id):
    """(name, function) of everything to check; the functions are called until they succeed."""
    if COLLECTOR:
        yield "collector: names of the series", collector_names
    if TEMPO:
        yield "trace by id", lambda: trace(trace_id)
    if LOKI:
        yield "loki: trace -> logs", lambda: line_of(trace_id)[:60]
        yield "loki: index labels", no_instance_label
    if TEMPO and LOKI:
        yield "log -> trace", lambda: log_to_trace(trace_id)
    if TEMPO and PROMETHEUS:
        yield "exemplar -> trace", exemplar_to_trace
    if GRAFANA:
        yield "grafana: health", lambda: grafana("/api/health", lambda a: a.get("database") == "ok")
        for uid in ("prometheus", "tempo", "loki"):
            path = f"/api/datasources/uid/{uid}/health"
            yield f"grafana: data source {uid}", lambda p=path: grafana(p, lambda a: a.get("status") == "OK")
        yield "grafana: dashboards", lambda: grafana("/api/search?type=dash-db", bool)
        yield "grafana: alert rules", lambda: grafana("/api/v1/provisioning/alert-rules", bool)
    backends = {"promql": (PROMETHEUS, promql), "logql": (LOKI, logql), "traceql": (TEMPO, traceql)}
    queries = all_queries()
    yield "queries in dashboards and documents", lambda: counted(queries)
    for language, query, where in queries:
        url, run = backends[language]
        if url:
            yield f"{language}: {where}: {' '.join(query.split())}", lambda r=run, q=query: r(q)


def counted(queries):
    if not queries:
        raise Failed("none found: are grafana/dashboards and docs here?")
    return f"{len(queries)} to run"


def is_optional(name):
    """Whether the query at the end of a check's name may find nothing. Where it stands says nothing."""
    if "ql: " not in name:
        return False
    query = name.split(": ", 2)[-1]
    return bool(EMPTY_WHEN_HEALTHY.search(query) or (not STRICT and MAY_BE_EMPTY.search(query)))


def main():
    trace_id = next(filter(None, map(chat, MESSAGES)), None)
    if not trace_id:
        sys.exit(f"stack-smoke: {APP} answered no turn")
    waiting, rows = dict(checks(trace_id)), {}
    deadline = time.monotonic() + float(os.environ["SMOKE_SECONDS"])
    number = 0
    while waiting:
        for name, check in list(waiting.items()):
            try:
                rows[name] = ("ok", check())
            except Pending as pending:
                rows[name] = ("missing", str(pending))
                continue
            except Failed as failed:
                rows[name] = ("FAILED", str(failed))
            del waiting[name]
        # What is left may only be queries that are allowed to find nothing.
        must = [name for name in waiting if rows[name][1] != NO_DATA or not is_optional(name)]
        if not must or time.monotonic() > deadline:
            break
        # Rates need movement, so the traffic goes on.
        chat(MESSAGES[number % len(MESSAGES)])
        number += 1
        time.sleep(2)
    for name in must if waiting else []:
        rows[name] = ("FAILED", rows[name][1])
    for name, (state, detail) in rows.items():
        print(f"{'empty' if state == 'missing' else state:7} {name[:150]}  [{detail}]")
    bad = sum(state == "FAILED" for state, _ in rows.values())
    print(f"\nstack-smoke: {len(rows) - bad} passed, {bad} failed")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
