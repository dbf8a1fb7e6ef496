"""Checks the licences of all dependencies against deny.toml, from `cargo metadata` on stdin."""

import json
import re
import sys
import tomllib

with open("deny.toml", "rb") as file:
    allowed = set(tomllib.load(file)["licenses"]["allow"])
bad = []
for package in json.load(sys.stdin)["packages"]:
    name, source = package["name"], package["source"]
    if source is None:
        continue
    if not source.startswith("registry+"):
        bad.append(f"{name}: not from the registry")
    licence = (package["license"] or "none").replace("/", " OR ")
    options = [set(re.findall(r"[\w.\-+]+", part)) - {"AND", "WITH"} for part in re.split(r"\bOR\b", licence)]
    if not any(option <= allowed for option in options):
        bad.append(f"{name}: {licence}")
if bad:
    sys.exit("\n".join(bad))
print("licences: ok")
