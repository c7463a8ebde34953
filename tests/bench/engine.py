#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""P1 to P3: the capture engine's cost a query beside dnsperf and c-ares.

engine.py PROGRAMS [--plain]: PROGRAMS is the directory of engine_bench,
responder and cares_loop. The client has core 0, the responder core 1. Prints
`name value goal ok|short`; lines with # explain. The engine runs with
UdpCaptureOptions::bulk; --plain measures it without. Takes 90 s; only a quiet
machine, or a higher priority (nice), gives figures that mean something.
"""

import argparse
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time

NAMES = 300_000
ROUNDS = 5
MOST_ROUNDS = 8
# A round in which dnsperf itself is slower than this share of its best was
# disturbed.
QUIET = 0.8
OPEN = 900_000


def write_names(path):
    """Distinct names, 15.7 characters on average, the same every time."""
    source = random.Random(53)
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    zones = [".com", ".net", ".org", ".io", ".de"]
    names = set()
    while len(names) < NAMES:
        label = "".join(source.choices(letters, k=source.randint(7, 17)))
        names.add(label + source.choice(zones))
    with open(path, "w", encoding="ascii") as file:
        file.writelines(f"{name} A\n" for name in sorted(names))


class Responder:
    """The program that answers; counts what it sent."""

    def __init__(self, programs, answers):
        self.process = subprocess.Popen(
            ["taskset", "-c", "1", f"{programs}/responder", str(answers)],
            stdout=subprocess.PIPE, text=True)
        self.port = self.process.stdout.readline().strip()

    def stop(self):
        self.process.terminate()
        return fields(self.process.communicate()[0])


def fields(text):
    return {key: int(value) for key, value in re.findall(r"(\w+)=(\d+)", text)}


def run(command):
    """CPU microseconds a name of the whole process, and its output."""
    with subprocess.Popen(["taskset", "-c", "0", *command],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True) as process:
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} failed: {process.returncode}")
    return (usage.ru_utime + usage.ru_stime) / NAMES * 1e6, output


def run_round(programs, port, names, mode):
    engine, told = run([f"{programs}/engine_bench", port, names, mode, "1"])
    seen = fields(told)
    if seen["answered"] < NAMES or seen["strangers"] or seen["bare"]:
        print(f"# engine: {told.strip()}")
    dnsperf, told = run(["dnsperf", "-s", "127.0.0.1", "-p", port, "-d", names,
                         "-n", "1", "-c", "16", "-T", "1", "-q", "1000",
                         "-b", "4096"])
    rate = float(re.search(r"Queries per second:\s+([\d.]+)", told)[1])
    cares, _ = run([f"{programs}/cares_loop", port, names])
    print(f"# us a query: engine {engine:.2f}, dnsperf {dnsperf:.2f}, "
          f"c-ares {cares:.2f}; dnsperf {rate:.0f}/s", flush=True)
    return engine / dnsperf, engine / cares, rate


def quiet(rounds):
    best = max(rate for _, _, rate in rounds)
    return [done for done in rounds if done[2] >= QUIET * best]


def compare(programs, names, mode):
    responder = Responder(programs, 1)
    rounds = []
    while len(rounds) < MOST_ROUNDS and (
            len(rounds) < ROUNDS or len(quiet(rounds)) < ROUNDS):
        rounds.append(run_round(programs, responder.port, names, mode))
    responder.stop()
    kept = quiet(rounds)
    print(f"# engine in mode {mode}; {len(kept)} of {len(rounds)} rounds were "
          "quiet")
    report("P1.engine_vs_dnsperf", statistics.median(r[0] for r in kept), 0.63)
    report("P1.engine_vs_cares", statistics.median(r[1] for r in kept), 0.73)
    if mode == "bulk":
        # As a sweep asks: one destination, UDP_SEGMENT.
        report("P2.bulk_vs_dnsperf", statistics.median(r[0] for r in kept),
               0.48)


def count_losses(programs, names):
    responder = Responder(programs, 3)
    start = time.monotonic()
    cost, told = run([f"{programs}/engine_bench", responder.port, names,
                      "bulk", "3"])
    took = time.monotonic() - start
    sent = responder.stop()
    seen = fields(told)
    print(f"# 3 answers a query: {cost:.2f} us a query, {took:.1f} s with the "
          f"window; {sent['replies']} sent, {seen['arrived']} captured")
    expected = 3 * NAMES
    lost = max(sent["replies"], expected) - seen["arrived"]
    print(f"P3.replies_lost {lost} =0 {'ok' if lost == 0 else 'short'}")


def measure_memory(programs, names):
    # Bound and never read: silence, without ICMP.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        _, told = run([f"{programs}/engine_bench",
                       str(silent.getsockname()[1]), names, "memory",
                       str(OPEN)])
    seen = fields(told)
    print(f"# {seen['open']} open queries, {seen['bytes']} bytes resident")
    report("P3.bytes_per_open_query", seen["bytes"] / seen["open"], 32)


def report(name, value, goal):
    text = f"{value:.1f}" if goal > 1 else f"{value:.2f}"
    print(f"{name} {text} <={goal} {'ok' if value <= goal else 'short'}",
          flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs")
    parser.add_argument("--plain", action="store_true")
    options = parser.parse_args()
    print(f"# load {os.getloadavg()[0]:.1f} at the start", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        names = f"{scratch}/names"
        write_names(names)
        compare(options.programs, names, "plain" if options.plain else "bulk")
        count_losses(options.programs, names)
        measure_memory(options.programs, names)


if __name__ == "__main__":
    main()
