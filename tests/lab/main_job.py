#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The main job, end to end: a probe behind a censor, a control in a free
network, a collector with its own PostgreSQL, and a report.

Prints the report and a summary; ends with 0 only if every verdict is right.
"""

import argparse
import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path

import fact_files
import requirements
import scene
import scoring
from lab import CONTROL_NAME
from parties import PartyFailed

HTTP = "127.0.0.1:8080"
ROUND_SECONDS = 240
SETTLE_SECONDS = 30
RATE = 1000

PROBE_PLAN = (
    f'control_name = "{CONTROL_NAME}"',
    'types = ["A", "AAAA", "HTTPS"]',
    'resolvers = ["10.9.3.53"]',
    "system_lookup = true",
    'system_servers = ["10.9.3.53"]',
    'canaries = ["10.9.6.66", "fd99:6::66"]',
    "rd0_twin = true",
    f"rate = {RATE}",
    "window_seconds = 5",
)
CONTROL_PLAN = (
    f'control_name = "{CONTROL_NAME}"',
    'types = ["A", "AAAA", "HTTPS"]',
    'resolvers = ["10.9.9.53", "fd99:9::53"]',
    "system_lookup = false",
    f"rate = {RATE}",
    "window_seconds = 5",
)


NUMBERS = (
    "poisoned_expected", "poisoned_found", "clean_expected", "clean_flagged",
    "clean_consistent", "injector_right", "injector_total", "forged_ipv6",
)


class Progress:
    """One line a step, on standard error."""

    def __init__(self):
        self._begun = time.monotonic()

    def __call__(self, text):
        elapsed = time.monotonic() - self._begun
        print(f"[{elapsed:5.1f} s] {text}", file=sys.stderr, flush=True)


def measure(scene, say):
    """One round of both probes; returns when all of it is judged."""
    collector, probe, control = scene.collector, scene.probe, scene.control
    names = [fact.name for fact in
             (*fact_files.poisoned_names(), *fact_files.clean_names())]
    probe.configure(collector, PROBE_PLAN, names)
    control.configure(collector, CONTROL_PLAN, names)
    for party in (control, probe):
        collector.enroll(party)
    say(f"control and probe ask for {len(names)} names each")
    rounds = [(party, party.start("once")) for party in (control, probe)]
    for party, process in rounds:
        party.finish(process, ROUND_SECONDS)
        delivered = party.status()["spool"]["delivered_measurements"]
        say(f"{party.role}: {delivered} measurements delivered")


def settle(collector, forgeries, say):
    """Scores again until late ground truth has changed nothing for a while."""
    deadline = time.monotonic() + SETTLE_SECONDS
    score = scoring.of(collector, forgeries)
    while not score.all_right and time.monotonic() < deadline:
        time.sleep(1)
        score = scoring.of(collector, forgeries)
    say("judged")
    return score


def summary(score, seconds):
    lines = [
        f"poisoned names found        {score.poisoned_found} of "
        f"{score.poisoned_expected}",
        f"clean names accused         {score.clean_flagged} of "
        f"{score.clean_expected} ({score.clean_consistent} proved consistent)",
        f"injectors named right       {score.injector_right} of "
        f"{score.injector_total} forged replies over IPv4 "
        f"(and {score.forged_ipv6} over IPv6)",
        f"seconds                     {seconds:.1f}",
    ]
    return "\n".join(lines)


def run(options):
    say = Progress()
    begun = time.monotonic()
    with scene.stage(options.build, options.state_dir,
                     options.user) as staged:
        lab, collector = staged.lab, staged.collector
        say(f"lab is up after {lab.timings['start']:.1f} s: two networks, a "
            "censor between them")
        say(f"collector serves after {collector.start():.1f} s, with a new "
            "PostgreSQL")
        measure(staged, say)
        score = settle(collector, lab.forgeries(), say)
        tell(options, collector, score, time.monotonic() - begun)
        if options.site:
            show(collector, options.site)
        if options.keep or options.site:
            hold(collector, lab)
    return 0 if score.all_right else 1


def tell(options, collector, score, seconds):
    """The report and the summary, or one JSON object."""
    if options.json:
        numbers = {key: getattr(score, key) for key in NUMBERS}
        print(json.dumps(numbers | {"seconds": round(seconds, 1)}))
    else:
        print(collector.run("report"))
        print(summary(score, seconds), flush=True)
    for name, said in score.wrong:
        print(f"wrong: {name} {said}", file=sys.stderr)


def show(collector, site):
    """Serves the pages outside of the lab, where a browser reaches them."""
    pages = collector.state.parent / "site"
    shutil.rmtree(pages, ignore_errors=True)
    shutil.copytree(site, pages)
    collector.run("rollup")
    with open(collector.log, "ab") as log:
        collector.lab.spawn(None, collector.command(
            "web", "--http", HTTP, "--site", pages), stdout=log, stderr=log,
            cwd="/")
    print(f"The pages: http://{HTTP}/", file=sys.stderr, flush=True)


def hold(collector, lab):
    say = f"""
The lab stays up until you press Ctrl-C. From another terminal, as root:
  {collector.programs}/taster-collector --state-dir {collector.state} report
  ip netns exec {lab.namespace("probe")} dig @10.9.3.53 facebook.com
"""
    print(say, file=sys.stderr, flush=True)
    try:
        signal.pause()
    except KeyboardInterrupt:
        pass


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True,
                        help="directory of the built programs")
    parser.add_argument("--state-dir", type=Path,
                        help="for all state (default: a temporary one)")
    parser.add_argument("--user", help="ordinary user to run programs as")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--site", type=Path,
                        help="the built dashboard: serve it afterwards")
    return parser.parse_args()


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        return run(parse())
    except requirements.LabUnavailable as missing:
        print(f"quickstart: {missing}", file=sys.stderr)
        return os.EX_UNAVAILABLE
    except PartyFailed as failure:
        print(f"quickstart: {failure}", file=sys.stderr)
        return os.EX_SOFTWARE
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
