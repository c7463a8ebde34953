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

NAMES = 1_000_000
ENGINE_NAMES = 300_000
ROUNDS = 3
GOAL_RATE = 0.95
GOAL_MB = 40

CONFIG = """state_dir = "{home}/state"
country = "NL"
asn = 64496
profile = "lab"
lab = true
[collector]
endpoint = "127.0.0.1:1"
pins = ["sha256/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="]
receipt_key = "{key}"
[plan]
targets = "{home}/names"
control_name = "control.example"
resolvers = ["127.0.0.1"]
"""


def write_names(path, count):
    """15.7 characters on average, the same every time."""
    source = random.Random(53)
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    zones = [".com", ".net", ".org", ".io", ".de"]
    with open(path, "w", encoding="ascii") as file:
        for _ in range(count):
            label = "".join(source.choices(letters, k=source.randint(7, 17)))
            file.write(f"a{label}{source.choice(zones)}\n")


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


class Probe:
    """A configured taster-probe that has agreed."""

    def __init__(self, build, home):
        (home / "state").mkdir(mode=0o700)
        write_names(home / "names", NAMES)
        config = home / "probe.toml"
        config.write_text(CONFIG.format(home=home, key=bytes(range(32)).hex()))
        config.chmod(0o600)
        self.names = home / "names"
        self._command = [build / "taster-probe", "--config", config]
        if os.geteuid() == 0:
            self._command.append("--allow-root")
        shown = json.loads(self._run("consent", "show", "--json"))
        self._run("consent", "accept", "--version", str(shown["version"]))

    def _run(self, *words):
        return subprocess.run([*self._command, *words], check=True, text=True,
                              capture_output=True).stdout

    def sweep(self, port):
        return run([*self._command, "sweep", "--names", self.names, "--canary",
                    f"127.0.0.1:{port}", "--rate", "1000000", "--keep",
                    "--json", "--progress", "quiet", "--i-own-the-canary"])


def run_round(build, probe, port, engine_names):
    rates = {}
    for mode in ("plain", "bulk"):
        cpu, _, _ = run([build / "bench/engine_bench", port, engine_names,
                         mode, 0])
        rates[mode] = ENGINE_NAMES / cpu
    cpu, resident, output = probe.sweep(port)
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
        write_names(engine_names, ENGINE_NAMES)
        probe = Probe(build, Path(scratch))
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
