#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a sweep costs a name beside its engine alone, and what memory it takes.

sweep.py BUILD: the build directory, which holds taster-probe and
bench/engine_bench. Both ask a silent socket on loopback, on core 0; the engine
without UDP_SEGMENT ("plain") and, for information, with it. Prints
`name value goal ok|short`; lines with # explain. Rates are names per CPU
second. Takes 90 s.
"""

import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lab"))

from lone_config import LoopbackProbe

NAMES = 1_000_000
ENGINE_NAMES = 300_000
ROUNDS = 3
GOAL_RATE = 0.95
GOAL_MB = 40

PLAN = ('control_name = "control.example"', 'resolvers = ["127.0.0.1"]')


def made_names(count):
    """15.7 characters on average, the same every time."""
    source = random.Random(53)
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    zones = [".com", ".net", ".org", ".io", ".de"]
    for _ in range(count):
        label = "".join(source.choices(letters, k=source.randint(7, 17)))
        yield f"a{label}{source.choice(zones)}"


def run(command):
    """(CPU seconds, peak resident MB, output)."""
    with subprocess.Popen(["taskset", "-c", "0", *map(str, command)],
                          stdout=subprocess.PIPE, text=True) as process:
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} failed: {process.returncode}")
    return (usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output)


def sweep(probe, port):
    return run([*probe.command, "sweep", "--names", probe.names, "--canary",
                f"127.0.0.1:{port}", "--rate", "1000000", "--keep", "--json",
                "--progress", "quiet", "--i-own-the-canary"])


def run_round(build, probe, port, engine_names):
    rates = {}
    for mode in ("plain", "bulk"):
        cpu, _, _ = run([build / "bench/engine_bench", port, engine_names,
                         mode, 0])
        rates[mode] = ENGINE_NAMES / cpu
    cpu, resident, output = sweep(probe, port)
    told = json.loads(output)
    if told["unanswered"] != NAMES or not told["complete"]:
        sys.exit(f"sweep: {output}")
    rates["sweep"] = NAMES / cpu
    print("# names per CPU second: " + ", ".join(
        f"{name} {rate:.0f}" for name, rate in rates.items()) +
        f"; sweep {told['names_per_second']:.0f}/s by the clock, "
        f"{resident:.1f} MB", flush=True)
    return rates, resident


def main():
    build = Path(sys.argv[1]).resolve()
    print(f"# load {os.getloadavg()[0]:.1f} at the start", flush=True)
    # Bound and never read: silence, without ICMP.
    with tempfile.TemporaryDirectory() as scratch, \
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        port = silent.getsockname()[1]
        engine_names = f"{scratch}/engine_names"
        Path(engine_names).write_text(
            "\n".join(made_names(ENGINE_NAMES)) + "\n")
        home = Path(scratch) / "home"
        home.mkdir()
        probe = LoopbackProbe(build / "taster-probe", home, made_names(NAMES),
                              PLAN)
        rounds = [run_round(build, probe, port, engine_names)
                  for _ in range(ROUNDS)]
    ratio = statistics.median(r["sweep"] / r["plain"] for r, _ in rounds)
    most = max(resident for _, resident in rounds)
    print(f"P2.sweep_vs_plain_engine {ratio:.2f} >={GOAL_RATE} "
          f"{'ok' if ratio >= GOAL_RATE else 'short'}")
    print(f"P2.sweep_resident_mb {most:.1f} <={GOAL_MB} "
          f"{'ok' if most <= GOAL_MB else 'short'}")


if __name__ == "__main__":
    main()
