"""Runs the demonstration's traffic against the real binary, lets a real Prometheus scrape what it
exports, and executes every query of the dashboards and documents there.

Argument: the folder of the built binaries. Where a collector would stand is otlp-prometheus, which
shows metrics by the collector's naming rules.
"""

import contextlib
import json
import math
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from stack_queries import fill_in  # noqa: E402

RULES = ROOT / "deploy" / "prometheus"
START_SECONDS = 30
# All queries are asked again and again until each has given what it must.
PATIENCE_SECONDS = 150
VISITS_PER_MINUTE = "150"
# The run is short, and so are the windows.
WINDOWS = {"__rate_interval": "30s", "__range": "5m"}
# Series of other programs: scripts/stack-smoke.sh asks for them on the whole stack.
FOREIGN = re.compile(r"otelcol_|traces_|\bup\b")
# What is 0 or absent while all is well, and why.
MAY_BE_ZERO = {
    "agent_telemetry_dropped": "nothing is lost while the receiver is there",
    "agent_requests_active": "0 between two turns",
    "agent_streams_open": "0 between two streams",
    "agent_llm_circuit": "0 is closed",
    "usage_cache_write_input_tokens": "the protocol of the scripted model does not report them",
}
# An alert's expression gives nothing while it is quiet; promtool tests it firing and quiet.
QUIET = {"alerts.yml"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Stack(contextlib.ExitStack):
    """Processes that end with the check."""

    def start(self, command, environment=None, **options):
        process = subprocess.Popen(
            [str(part) for part in command],
            env={"PATH": os.environ["PATH"], **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            **options,
        )
        self.callback(self.stop, process)
        return process

    @staticmethod
    def stop(process):
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def first_line(process, prefix=""):
    """The first line of its output with this prefix; what comes later is left in the pipe's reader."""
    for line in process.stdout:
        if line.startswith(prefix):
            return line.removeprefix(prefix).strip()
    sys.exit(f"prometheus: {process.args[0]} ended at once")


def get(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)


def drain(process):
    """Keeps a server's log from filling the pipe."""
    threading.Thread(target=lambda: [None for _ in process.stdout], daemon=True).start()


def application(stack, binaries, work, otlp, **more):
    environment = {
        "BIND_ADDR": "127.0.0.1:0",
        "DATABASE_URL": "sqlite::memory:",
        "OTLP_ENDPOINT": otlp,
        "OTEL_METRIC_EXPORT_INTERVAL": "1000",
        "RATE_LIMIT_TURNS_PER_MINUTE": "0",
        "RATE_LIMIT_TURNS_PER_MINUTE_PER_ADDRESS": "0",
        **more,
    }
    process = stack.start([binaries / "travel-agent"], environment, cwd=work)
    url = first_line(process, "listening on ")
    drain(process)
    return url


def prometheus(stack, work, target):
    port = free_port()
    config = {
        "global": {"scrape_interval": "1s", "evaluation_interval": "5s"},
        "rule_files": [str(RULES / name) for name in ("rules.yml", "alerts.yml")],
        "scrape_configs": [
            {
                "job_name": "otel-collector",
                "honor_labels": True,
                "static_configs": [{"targets": [target]}],
            }
        ],
    }
    # JSON is YAML.
    path = pathlib.Path(work) / "prometheus.yml"
    path.write_text(json.dumps(config), encoding="utf-8")
    log = open(pathlib.Path(work) / "prometheus.log", "w", encoding="utf-8")
    stack.start(
        [
            "prometheus",
            f"--config.file={path}",
            f"--storage.tsdb.path={work}/data",
            f"--web.listen-address=127.0.0.1:{port}",
        ],
        stderr=log,
    )
    url = f"http://127.0.0.1:{port}"
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{url}/-/ready", timeout=5).close()
            return url
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > until:
                sys.exit(f"prometheus: not ready\n{pathlib.Path(log.name).read_text()[-2000:]}")
            time.sleep(0.1)


def wanted_queries():
    out = subprocess.run(
        [sys.executable, ROOT / ".ci" / "dashboards.py", "--queries"],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    wanted, foreign = {}, 0
    for line in out.splitlines():
        entry = json.loads(line)
        if entry["language"] != "promql":
            continue
        query = fill_in(entry["query"], **WINDOWS)
        if FOREIGN.search(query):
            foreign += 1
            continue
        wanted.setdefault(query, entry["where"])
    return wanted, foreign


def values(url, query):
    answer = get(f"{url}/api/v1/query?{urllib.parse.urlencode({'query': query})}")
    result = answer["data"]["result"]
    if answer["data"]["resultType"] == "scalar":
        return [float(result[1])]
    return [float(series["value"][1]) for series in result]


def reason_for_zero(query):
    return next((why for name, why in MAY_BE_ZERO.items() if name in query), None)


def is_good(where, query, found):
    if where in QUIET:
        return True
    if reason_for_zero(query):
        # An absent series of losses is as good as 0.
        return True
    return any(value != 0 and not math.isnan(value) for value in found)


def main():
    binaries = pathlib.Path(sys.argv[1]).resolve()
    wanted, foreign = wanted_queries()
    with Stack() as stack:
        work = stack.enter_context(tempfile.TemporaryDirectory())
        bridge = stack.start([binaries / "otlp-prometheus"])
        otlp, target = first_line(bridge).split()
        model = stack.start([binaries / "scripted-llm", "--demo"])
        model_url = first_line(model)
        drain(model)
        plain = application(stack, binaries, work, otlp, ENVIRONMENT="demo")
        scripted = application(
            stack,
            binaries,
            work,
            otlp,
            ENVIRONMENT="demo-scripted",
            LLM_PROVIDER="openai-compatible",
            LLM_BASE_URL=f"{model_url}/v1",
            LLM_MODEL="scripted-demo",
            LLM_PRICES=str(ROOT / "deploy" / "scripted-prices.toml"),
            LLM_FALLBACK="builtin",
            LLM_FIRST_TOKEN_TIMEOUT_SECONDS="3",
            BUDGET_USD_PER_DAY="25",
        )
        url = prometheus(stack, work, target)
        traffic = stack.start(
            [binaries / "demo-traffic"],
            {"APP_URL": f"{plain},{scripted}", "RATE": VISITS_PER_MINUTE},
        )
        until, left, last = time.monotonic() + PATIENCE_SECONDS, dict(wanted), {}
        while left and time.monotonic() < until:
            for query, where in list(left.items()):
                try:
                    found = last[query] = values(url, query)
                except urllib.error.HTTPError as error:
                    sys.exit(f"{where}: {query}: {error.read().decode()}")
                if is_good(where, query, found):
                    del left[query]
            if traffic.poll() is not None:
                sys.exit("prometheus: the traffic ended early")
            time.sleep(1)
        traffic.send_signal(signal.SIGTERM)
        print(traffic.communicate()[0].strip())
        problems = [f"{where}: {query}: {last[query] or 'no data'}" for query, where in left.items()]
        groups = get(f"{url}/api/v1/rules")["data"]["groups"]
        rules = [rule for group in groups for rule in group["rules"]]
        problems += [f"rule {rule['name']}: {rule['lastError']}" for rule in rules if rule["health"] == "err"]
        if traffic.returncode != 0:
            problems.append("the traffic met problems")
        if not rules:
            problems.append("no rules were loaded")
    if problems:
        sys.exit("\n".join(problems))
    zero = sum(1 for query in wanted if reason_for_zero(query))
    print(
        f"prometheus: ok ({len(wanted)} queries gave data, {zero} of them may be zero; "
        f"{len(rules)} rules healthy; {foreign} queries on series of other programs left out)"
    )


if __name__ == "__main__":
    main()
