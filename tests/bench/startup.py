#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How long a collector takes until it serves: at first, with a new PostgreSQL
cluster, its extensions and all migrations, and later.

python3 tests/bench/startup.py BUILD
"""

import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "lab"))

from parties import Account  # noqa: E402
from scene import ordinary_user  # noqa: E402

ROUNDS = 3
GOALS = {"first": 6.0, "later": 1.0}


def start(command, log):
    """Seconds until it serves; the collector is stopped again."""
    begun = time.monotonic()
    log.write_bytes(b"")
    with open(log, "ab") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, cwd="/")
    try:
        while b"event=serving" not in log.read_bytes():
            if process.poll() is not None:
                raise RuntimeError(log.read_text())
            time.sleep(0.005)
        return time.monotonic() - begun
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def measure(build, directory):
    account = Account(ordinary_user())
    directory.chmod(0o755)
    shutil.copy(build / "taster-collector", directory)
    shutil.copytree(ROOT / "schema", directory / "schema")
    for path in (directory / "schema").rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    (directory / "schema").chmod(0o755)
    took = {"first": [], "later": []}
    for number in range(ROUNDS):
        state = directory / f"state{number}"
        account.own(state)
        command = account.without_privilege([
            directory / "taster-collector", "--state-dir", state, "--schema",
            directory / "schema", "serve", "--listen", "127.0.0.1:18443"])
        for which in ("first", "later"):
            took[which].append(start(command, directory / "log"))
    return took


def main():
    directory = Path(tempfile.mkdtemp(prefix="taster-startup-"))
    try:
        took = measure(Path(sys.argv[1]).resolve(), directory)
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    for which, goal in GOALS.items():
        value = statistics.median(took[which])
        word = "ok" if value <= goal else "short"
        print(f"startup.{which}_seconds {value:.2f} <={goal:g} {word}")


if __name__ == "__main__":
    main()
