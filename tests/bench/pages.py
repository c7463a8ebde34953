#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""P9: how long readers wait for pages and answers at size.

pages.py PROGRAMS [--measurements N] [--directory DIR]: PROGRAMS holds
taster-collector and tests/load-generator. Fills a collector through its own
door (tests/load), then 50 readers ask, each a second or so after its last
answer: page documents of random names and networks, lists, filtered views.
Prints `name value goal ok|short`; lines with # explain. --directory keeps what was
sent, for the next time.
"""

import argparse
import http.client
import json
import random
import statistics
import sys
import tempfile
import threading
import time
from importlib.machinery import SourceFileLoader
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READERS = 50
SECONDS = 30
PAUSE = (0.5, 1.5)  # Between an answer and the reader's next question.
GOAL_MS = 50
HTTP = "127.0.0.1:18080"

sys.dont_write_bytecode = True
Loaded = SourceFileLoader(
    "load", str(ROOT / "tests/load/run")).load_module().Loaded


def ask(connection, path):
    """(milliseconds, status, bytes)."""
    begun = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    return (time.perf_counter() - begun) * 1000, answer.status, body


def listed(connection, view, columns):
    _, status, body = ask(connection,
                          f"/api/v1/{view}?limit=1000&columns={columns}")
    if status != 200:
        sys.exit(f"{view}: {status} {body[:200]}")
    return json.loads(body)["data"]


class Questions:
    """What readers ask for, drawn at random."""

    def __init__(self, connection):
        self._domains = [row["domain"] for row in
                         listed(connection, "domain", "domain")]
        self._networks = [(row["country"], row["asn"]) for row in
                          listed(connection, "network", "country,asn")]
        self._addresses = [row["address"] for row in
                           listed(connection, "forged_address", "address")]

    def draw(self, chance):
        domain = chance.choice(self._domains)
        country, asn = chance.choice(self._networks)
        address = chance.choice(self._addresses)
        return chance.choice((
            "/data/v1/overview.json", "/data/v1/latest.json",
            f"/data/v1/domain/{domain}.json",
            f"/data/v1/domain/{domain}.json",
            f"/data/v1/network/{country}/{asn}.json",
            f"/data/v1/address/{address}.json",
            f"/api/v1/cell?domain={domain}&limit=200",
            f"/api/v1/cell?country={country}&asn={asn}&verdict=poisoned",
            f"/api/v1/forged_address_day?country={country}&limit=500",
            f"/api/v1/event?country={country}",
        ))


def read(questions, number, until, waits, failures):
    chance = random.Random(number)
    connection = http.client.HTTPConnection(HTTP, timeout=30)
    time.sleep(chance.uniform(0, PAUSE[1]))
    while time.monotonic() < until:
        path = questions.draw(chance)
        spent, status, _ = ask(connection, path)
        waits.append((spent, path))
        if status != 200:
            failures.append((path, status))
        time.sleep(chance.uniform(*PAUSE))


def measure():
    """Milliseconds of every answer that 50 readers got."""
    connection = http.client.HTTPConnection(HTTP, timeout=60)
    questions = Questions(connection)
    waits, failures = [], []
    until = time.monotonic() + SECONDS
    readers = [threading.Thread(target=read, args=(questions, number, until,
                                                   waits, failures))
               for number in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    if failures:
        sys.exit(f"{len(failures)} failed, such as {failures[0]}")
    return waits


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", type=Path)
    parser.add_argument("--measurements", type=int, default=1_000_000)
    parser.add_argument("--directory", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="taster-pages-") as scratch:
        loaded = Loaded(options.programs.resolve(),
                        options.directory or Path(scratch), http=HTTP)
        loaded.start()
        try:
            loaded.fill(options.measurements, names=1000)
            loaded.roll_up()
            stored = loaded.query("SELECT count(*) FROM analysis.measurement")
            waits = measure()
        finally:
            loaded.stop()
    spent = sorted(wait for wait, _ in waits)
    p95 = spent[int(len(spent) * 0.95)]
    slowest = max(waits)
    print(f"# {stored} measurements; {len(spent)} answers, median "
          f"{statistics.median(spent):.1f} ms, slowest {slowest[0]:.0f} ms: "
          f"{slowest[1]}")
    print(f"P9.page_p95_ms {p95:.1f} <={GOAL_MS} "
          f"{'ok' if p95 <= GOAL_MS else 'short'}")


if __name__ == "__main__":
    main()
