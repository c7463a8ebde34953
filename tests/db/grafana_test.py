#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every query of the Grafana dashboards, run as the role that Grafana has.

Connects by libpq's variables; `tests/db/run` sets them.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

DASHBOARDS = Path(__file__).resolve().parents[2] / "deploy/grafana/dashboards"
# What Grafana puts in the place of its macros and of our variables.
MACROS = {
    "$__timeFrom()": "'2026-10-23T00:00:00Z'::timestamptz",
    "$__timeTo()": "'2026-11-22T00:00:00Z'::timestamptz",
    "$country": "CN",
}


def queries(dashboard):
    """(title, SQL) of panels and variables."""
    for variable in dashboard["templating"]["list"]:
        yield variable["name"], variable["query"]
    for panel in dashboard["panels"]:
        for target in panel["targets"]:
            yield panel["title"], target["rawSql"]


def check(title, statement):
    for macro, value in MACROS.items():
        statement = statement.replace(macro, value)
    if re.search(r"\$\w", statement):
        return f"{title}: a macro that this test does not know: {statement}"
    ran = subprocess.run(
        ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-U", "taster_reader",
         "-c", statement], text=True, capture_output=True)
    return f"{title}: {ran.stderr.strip()}" if ran.returncode else None


def main():
    run = 0
    wrong = []
    for path in sorted(DASHBOARDS.glob("*.json")):
        dashboard = json.loads(path.read_text())
        ids = [panel["id"] for panel in dashboard["panels"]]
        if len(ids) != len(set(ids)):
            wrong.append(f"{path.name}: two panels with one id")
        for title, statement in queries(dashboard):
            run += 1
            problem = check(f"{path.name}: {title}", statement)
            if problem:
                wrong.append(problem)
    print("\n".join(wrong) or f"{run} queries of Grafana run", file=sys.stderr)
    return 1 if wrong or not run else 0


if __name__ == "__main__":
    sys.exit(main())
