"""Checks the files of the observability stack against each other. Run by .ci/stack.

Compose files: mounted paths exist, images have an exact tag, ports are bound to loopback, services and
volumes that are named exist. Collectors: each pipeline names components that are declared, memory
limiter first and batch last. Alerts: each has its labels, its runbook, a test that it fires, one that
it is quiet, and a rule in Grafana. Data sources: the uids that others refer to.
"""

import pathlib
import re
import sys

import yaml

ROOT = pathlib.Path(".")
ALERTS = ROOT / "deploy/prometheus/alerts.yml"
COMPOSE = [ROOT / "docker-compose.observability.yml", ROOT / "compose.yaml"]
# Of one release, such as 3.0.3 or v3.13.1-alpine; never latest, never a moving 3.
EXACT_TAG = re.compile(r":v?\d+\.\d+\.\d+(-[\w.]+)*(@sha256:[0-9a-f]{64})?$")
PORTS = {3000, 3200, 3100, 9090, 4317, 4318, 8889, 13133}
# For the redaction of the gateway.
PERSONAL = [
    "écrivez à jeanne.martin+vol@example.org",
    "4111 1111 1111 1111",
    "5555-5555-5555-4444",
    "378282246310005",
    "+33 6 12 34 56 78",
    "+44 (20) 7946 0958",
    "06 12 34 56 78",
    "12AB34567",
]
HARMLESS = [
    "0af7651916cd43dd8448eb211c80319c",
    "0197f3a1-7c1e-7d52-9d0c-3a5b6c7d8e9f",
    "2027-01-12T10:30:00+01:00",
    '"duration_ms":1234.56,"iterations":2',
    "LYS-JFK 431.20 EUR",
]
problems = []


def check(holds, message):
    if not holds:
        problems.append(message)


def load(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def check_mounts(where, service, volumes):
    for mount in service.get("volumes", []):
        source = mount.split(":")[0]
        if source.startswith("."):
            check((ROOT / source).exists(), f"{where}: {source} does not exist")
            check(mount.endswith(":ro"), f"{where}: {source} is mounted writable")
        else:
            check(source in volumes, f"{where}: volume {source} is not declared")


def check_compose():
    files = [load(path) for path in COMPOSE]
    services = {name for file in files for name in file["services"]}
    probed = yaml.safe_dump(files[0]["services"]["backends-ready"]["healthcheck"]["test"])
    published = set()
    for path, file in zip(COMPOSE, files):
        for included in file.get("include", []):
            check((ROOT / included).is_file(), f"{path}: {included} does not exist")
        for name, service in file["services"].items():
            where = f"{path}: {name}"
            check_mounts(where, service, file.get("volumes", {}))
            if "build" in service:
                build = service["build"]
                dockerfile = ROOT / build["dockerfile"]
                check(dockerfile.is_file(), f"{where}: {dockerfile} does not exist")
                stages = re.findall(r"(?m)^FROM \S+ AS (\S+)$", dockerfile.read_text(encoding="utf-8"))
                check(build["target"] in stages, f"{where}: no stage {build['target']}")
            else:
                check(EXACT_TAG.search(service["image"]), f"{where}: {service['image']} has no exact tag")
            for port in service.get("ports", []):
                check(str(port).startswith("127.0.0.1:"), f"{where}: port {port} is open to the network")
                published.add(int(str(port).split(":")[1]))
            check("mem_limit" in service, f"{where}: no memory limit")
            is_probed = re.search(rf"http://{re.escape(name)}:\d", probed)
            is_checked = "start_period" in service.get("healthcheck", {})
            is_demo = service.get("profiles") == ["demo"]
            check(is_checked or is_probed or is_demo, f"{where}: no health check with a start period")
            for wanted in service.get("depends_on", {}):
                check(wanted in services, f"{where}: depends on {wanted}, which is no service")
    check(PORTS <= published, f"not published: {sorted(PORTS - published)}")
    for stage in re.findall(r"(?m)^FROM (\S+)", (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")):
        known = stage in ("scratch", "build", "root")
        check(known or EXACT_TAG.search(stage), f"deploy/Dockerfile: {stage} has no exact tag")


def check_collector(path, base=None):
    file = load(path)
    declared = {
        kind: set(file.get(kind) or {}) | set((base or {}).get(kind) or {})
        for kind in ("receivers", "processors", "exporters", "connectors", "extensions")
    }
    used = {kind: set() for kind in declared}
    for extension in file["service"].get("extensions", []):
        used["extensions"].add(extension)
    for name, pipeline in file["service"]["pipelines"].items():
        for kind in ("receivers", "processors", "exporters"):
            used[kind] |= set(pipeline.get(kind, []))
        steps = pipeline["processors"]
        check(steps[0] == "memory_limiter", f"{path}: {name}: the memory limiter is not first")
        check(steps[-1] == "batch", f"{path}: {name}: batch is not last")
    for kind, names in used.items():
        for name in names - declared[kind]:
            problems.append(f"{path}: {kind}: {name} is not declared")
        if not base:
            for name in declared[kind] - names:
                problems.append(f"{path}: {kind}: {name} is not used")
    return file


def check_collectors():
    folder = ROOT / "otel-collector"
    plain = check_collector(folder / "config.yaml")
    check_collector(folder / "config.head-sampling.yaml", plain)
    check_collector(folder / "config.production.yaml")
    gateway = check_collector(folder / "gateway.production.yaml")
    for path, file in ((folder / "config.yaml", plain), (folder / "gateway.production.yaml", gateway)):
        exporter = file["exporters"]["prometheus"]
        check(
            exporter.get("translation_strategy") == "UnderscoreEscapingWithoutSuffixes",
            f"{path}: the exporter would add suffixes to the series' names",
        )
        check("namespace" not in exporter, f"{path}: a namespace changes every name")
    check_redaction(gateway)


def check_redaction(gateway):
    """What must be masked, what must not, and that attributes and bodies are treated alike."""
    patterns = gateway["processors"]["redaction"]["blocked_values"]
    bodies = gateway["processors"]["transform/bodies"]["log_statements"][0]["statements"]
    in_bodies = [re.search(r', "(.*)", "', line)[1].replace("\\\\", "\\") for line in bodies]
    check(in_bodies == patterns, "gateway: bodies and attributes are redacted differently")
    for text in PERSONAL:
        check(any(re.search(pattern, text) for pattern in patterns), f"gateway: lets {text} pass")
    for text in HARMLESS:
        check(not any(re.search(pattern, text) for pattern in patterns), f"gateway: masks {text}")


def check_alerts():
    alerts = {rule["alert"]: rule for group in load(ALERTS)["groups"] for rule in group["rules"]}
    fires, quiet = set(), set()
    for test in load(ALERTS.with_name("tests.yml"))["tests"]:
        for case in test.get("alert_rule_test", []):
            (fires if case["exp_alerts"] else quiet).add(case["alertname"])
    in_grafana = {}
    for group in load(ROOT / "grafana/provisioning/alerting/rules.yaml")["groups"]:
        for rule in group["rules"]:
            name = re.search(r'alertname="(\w+)"', rule["data"][0]["model"]["expr"])[1]
            in_grafana[name] = rule["labels"]["severity"]
    for name, rule in alerts.items():
        check(rule["labels"].get("severity") in ("warning", "critical"), f"{name}: no severity")
        check({"summary", "description"} <= set(rule["annotations"]), f"{name}: says too little")
        runbook = rule["annotations"].get("runbook_url", "")
        check(runbook == f"docs/observability.md#{name.lower()}", f"{name}: runbook {runbook}")
        check(name in fires, f"{name}: no test that it fires")
        check(name in quiet, f"{name}: no test that it stays quiet")
        check(in_grafana.get(name) == rule["labels"].get("severity"), f"{name}: Grafana's rule differs")
    for name in (fires | quiet | set(in_grafana)) - set(alerts):
        problems.append(f"{name}: no such alert")


def check_data_sources():
    text = (ROOT / "grafana/provisioning/datasources/datasources.yaml").read_text(encoding="utf-8")
    sources = yaml.safe_load(text)["datasources"]
    uids = {source["uid"] for source in sources}
    check(uids == {"prometheus", "tempo", "loki"}, f"data sources: {uids}")
    for uid in re.findall(r"(?:datasourceUid|uid): (\S+)", text):
        check(uid in uids, f"data sources: {uid} is referred to and does not exist")
    field = next(s for s in sources if s["uid"] == "loki")["jsonData"]["derivedFields"][0]
    line = '{"message":"Chat response ready","trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331"}'
    found = re.search(field["matcherRegex"], line)
    check(found and len(found[1]) == 32, "data sources: the derived field finds no trace id in a log line")


def main():
    for path in [*ROOT.glob("deploy/*.y*ml"), *ROOT.glob("grafana/provisioning/*/*.y*ml")]:
        check(load(path), f"{path}: empty")
    check_compose()
    check_collectors()
    check_alerts()
    check_data_sources()
    if problems:
        sys.exit("\n".join(problems))
    print("stack: files agree")


if __name__ == "__main__":
    main()
