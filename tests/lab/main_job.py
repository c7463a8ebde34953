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
import scoring
from lab import CONTROL_NAME, Lab
from parties import Account, Collector, PartyFailed, Probe

HERE = Path(__file__).resolve().parent
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


class Progress:
    """One line a step, on standard error."""

    def __init__(self):
        self._begun = time.monotonic()

    def __call__(self, text):
        elapsed = time.monotonic() - self._begun
        print(f"[{elapsed:5.1f} s] {text}", file=sys.stderr, flush=True)


def parties(lab, options):
    account = Account(options.user)
    state = options.state_dir / "main"
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True)
    collector = Collector(lab, account, options.programs, options.schema,
                          state / "collector",
                          HERE / "facts" / "prefix_to_as.tsv"
                          if not options.facts else
                          options.facts / "prefix_to_as.tsv")
    probe = Probe(lab, account, options.programs, state / "probe",
                  "probe", "probe", "CN", 64496)
    control = Probe(lab, account, options.programs, state / "control",
                    "control", "control", "NL", 64502)
    return collector, probe, control


def measure(collector, probe, control, say):
    """One round of both probes; returns when all of it is judged."""
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
    with Lab(options.programs / "lab-wire", options.state_dir / "lab") as lab:
        say(f"lab is up after {lab.timings['start']:.1f} s: two networks, a "
            "censor between them")
        collector, probe, control = parties(lab, options)
        say(f"collector serves after {collector.start():.1f} s, with a new "
            "PostgreSQL")
        measure(collector, probe, control, say)
        score = settle(collector, lab.forgeries(), say)
        seconds = time.monotonic() - begun
        if options.json:
            print(json.dumps({
                key: getattr(score, key) for key in (
                    "poisoned_expected", "poisoned_found", "clean_expected",
                    "clean_flagged", "clean_consistent", "injector_right",
                    "injector_total", "forged_ipv6")
            } | {"seconds": round(seconds, 1)}))
        else:
            print(collector.run("report"))
            print(summary(score, seconds), flush=True)
        for name, said in score.wrong:
            print(f"wrong: {name} {said}", file=sys.stderr)
        if options.keep:
            hold(collector, lab)
        collector.stop()
    return 0 if score.all_right else 1


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
    parser.add_argument("--programs", type=Path, required=True,
                        help="directory of the built programs")
    parser.add_argument("--schema", type=Path, required=True)
    parser.add_argument("--facts", type=Path, help="copy of the lab's facts "
                        "that the user can read")
    parser.add_argument("--state-dir", type=Path, required=True)
    parser.add_argument("--user", required=True,
                        help="ordinary user that the programs run as")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", action="store_true")
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
