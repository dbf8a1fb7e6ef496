#!/usr/bin/env bash
# Sends turns to a running application and checks, through each backend's HTTP API, that traces,
# metrics and logs arrive, that the jumps between them work, and that every query of the dashboards
# and documents returns data. Prints a table; exit 1 when anything failed.
#
# Addresses, those of compose.yaml by default; an empty one skips that backend (TEMPO_URL= for example):
#   APP_URL PROMETHEUS_URL TEMPO_URL LOKI_URL GRAFANA_URL COLLECTOR_METRICS_URL
# GRAFANA_AUTH=user:password (admin:admin), SERVICE_NAME (travel-agent),
# SMOKE_SECONDS=180: how long to wait for data.
# --strict: the queries for what may not have happened yet (errors, retries, …) must return data too,
# as they do when the demo's traffic has run for some minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
export APP_URL=${APP_URL-http://localhost:8080}
export PROMETHEUS_URL=${PROMETHEUS_URL-http://localhost:9090}
export TEMPO_URL=${TEMPO_URL-http://localhost:3200}
export LOKI_URL=${LOKI_URL-http://localhost:3100}
export GRAFANA_URL=${GRAFANA_URL-http://localhost:3000}
export COLLECTOR_METRICS_URL=${COLLECTOR_METRICS_URL-http://localhost:8889/metrics}
export GRAFANA_AUTH=${GRAFANA_AUTH-admin:admin}
export SERVICE_NAME=${SERVICE_NAME:-travel-agent}
export SMOKE_SECONDS=${SMOKE_SECONDS:-180}

curl -fsS -o /dev/null "$APP_URL/healthz" || { echo "stack-smoke: no application at $APP_URL" >&2; exit 1; }
exec python3 scripts/stack_smoke.py "$@"
