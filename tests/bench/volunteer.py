#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""P10: what a volunteer's machine notices of a probe at 2 queries a second.

volunteer.py BUILD: the build directory, which holds taster-probe and
bench/responder. Prints `name value goal ok|short`; lines with # explain. The
probe asks a responder on loopback; its collector takes connections and says
nothing, as behind a censor. Takes 140 s.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lab"))

from lone_config import LoopbackProbe

RATE = 2
# More than a run here asks, and no less than a volunteer's day has room for.
NAMES = 500
# By then a silent collector is tried seldom.
WARM_SECONDS = 60
SECONDS = 60
IDLE_SECONDS = 12  # A round of four names is over by then.
GOAL_MB = 24
GOAL_PERCENT = 0.2

PLAN = (
    'control_name = "control.example"',
    'types = ["A"]',
    "system_lookup = false",
    "window_seconds = 1",
)


def report(name, value, goal):
    print(f"{name} {value} <={goal} {'ok' if value <= goal else 'short'}",
          flush=True)


def start(build, home, ports, names, rate):
    """A taster-probe that runs. ports: the responder's, the collector's."""
    probe = LoopbackProbe(
        build / "taster-probe", home, names,
        [*PLAN, f'resolvers = ["127.0.0.1:{ports[0]}"]', f"rate = {rate}"],
        profile="control", collector=f"127.0.0.1:{ports[1]}")
    return subprocess.Popen([*probe.command, "run"], stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)


def cpu_seconds(pid):
    after_name = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1]
    fields = after_name.split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mb(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise ValueError("no VmRSS")


def sockets(pid, kinds, state):
    """How many of its sockets of these kinds are in this state (hex, or None:
    in any)."""
    own = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = os.readlink(link)
        except FileNotFoundError:
            continue
        if target.startswith("socket:["):
            own.add(target[8:-1])
    found = 0
    for kind in kinds:
        for line in Path(f"/proc/net/{kind}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[9] in own and state in (None, fields[3]):
                found += 1
    return found


def measure_busy(build, ports):
    with tempfile.TemporaryDirectory() as scratch:
        names = [f"name{i}.example" for i in range(NAMES)]
        probe = start(build, scratch, ports, names, RATE)
        time.sleep(WARM_SECONDS)
        begun = cpu_seconds(probe.pid)
        most, listening = 0, 0
        for _ in range(SECONDS):
            time.sleep(1)
            most = max(most, resident_mb(probe.pid))
            listening = max(listening,
                            sockets(probe.pid, ("tcp", "tcp6"), "0A"))
        spent = cpu_seconds(probe.pid) - begun
        probe.terminate()
        probe.wait()
    report("P10.resident_mb", round(most, 1), GOAL_MB)
    report("P10.cpu_percent", round(100 * spent / SECONDS, 2), GOAL_PERCENT)
    report("P10.tcp_listeners", listening, 0)


def measure_idle(build, ports):
    with tempfile.TemporaryDirectory() as scratch:
        probe = start(build, scratch, ports,
                      [f"name{i}.example" for i in range(4)], 10)
        time.sleep(IDLE_SECONDS)
        bound = sockets(probe.pid, ("udp", "udp6"), None)
        print(f"# idle: {resident_mb(probe.pid):.1f} MB", flush=True)
        probe.terminate()
        probe.wait()
    report("P10.udp_sockets_between_rounds", bound, 0)


def main():
    build = Path(sys.argv[1]).resolve()
    responder = subprocess.Popen([build / "bench/responder", "1"],
                                 stdout=subprocess.PIPE, text=True)
    port = responder.stdout.readline().strip()
    try:
        with socket.create_server(("127.0.0.1", 0)) as mute:
            ports = (port, mute.getsockname()[1])
            measure_busy(build, ports)
            measure_idle(build, ports)
    finally:
        responder.terminate()
        responder.wait()


if __name__ == "__main__":
    main()
