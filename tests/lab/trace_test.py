# SPDX-License-Identifier: Apache-2.0
"""taster-probe traces injectors on random paths; the judge finds each where it
sits, or says honestly between which hops, and is never wrong.

TASTER_BUILD=DIRECTORY [TASTER_TRACES=200] [TASTER_SEED=0] [TASTER_SHOW=1]
python3 tests/lab/trace_test.py
"""

import json
import os
import shutil
import subprocess
import tempfile
import time
import unittest
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import chain
import requirements
import scene
import topology
import trace_situations
from parties import Account
from trace_runner import Pace, Runner

FIRST = int(os.environ.get("TASTER_SEED", "0"))
TRACES = int(os.environ.get("TASTER_TRACES", "200"))
SIDE_BY_SIDE = int(os.environ.get("TASTER_SIDE_BY_SIDE", "8"))
# Of the paths that allow an exact hop; the rest lost too much.
LEAST_EXACT = 0.9
TEN_HOPS_SECONDS = 8


def rate(situation, finding):
    """exact, interval, missed, none (there is none) or wrong."""
    found = finding["injectors"]
    if situation.hop is None:
        return "wrong" if found else "none"
    if not found:
        return "missed"
    for low, high in (one["hop"] for one in found):
        if not low <= situation.hop <= high:
            return "wrong"
    return "exact" if any(a == b for a, b in (
        one["hop"] for one in found)) else "interval"


class Traces(unittest.TestCase):
    def setUp(self):
        build = Path(os.environ["TASTER_BUILD"])
        try:
            requirements.check(build / "lab-wire")
        except requirements.LabUnavailable as missing:
            self.skipTest(f"SKIPPED: {missing}")
        topology.remove_abandoned()
        self.directory = Path(tempfile.mkdtemp(prefix="taster-trace-"))
        self.addCleanup(shutil.rmtree, self.directory, ignore_errors=True)
        self.directory.chmod(0o755)
        for program in ("taster-probe", "lab-wire", "tests/lab-hops"):
            shutil.copy(build / program, self.directory)
        self.account = Account(scene.ordinary_user())

    def runner(self, *pace):
        runner = Runner(self.directory, self.account, self.directory, *pace)
        runner.consent()
        return runner

    def test_ten_hops_in_eight_seconds(self):
        """At an operator's pace, 100 ms from end to end and back."""
        runner = self.runner(Pace("control", 50, 5, delay_ms=50))
        path = trace_situations.Situation(
            chain.Shape(routers=9, wired=6), "both", False, 0, 10_000)
        traced = runner.run(path)
        (finding,) = self.locate([traced.spool])
        print(f"10 hops in {traced.seconds:.1f} s; "
              f"{finding['queries']} queries")
        self.assertEqual(rate(path, finding), "exact", f"{finding} {traced}")
        self.assertLessEqual(traced.seconds, TEN_HOPS_SECONDS)

    def test_random_paths(self):
        runner = self.runner()
        situations = [trace_situations.make(seed)
                      for seed in range(FIRST, FIRST + TRACES)]
        begun = time.monotonic()
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            traced = list(pool.map(runner.run, situations))
        seconds = time.monotonic() - begun
        findings = self.locate([one.spool for one in traced])
        ratings = Counter()
        possible = Counter()
        for situation, one, finding in zip(situations, traced, findings):
            rating = rate(situation, finding)
            ratings[rating] += 1
            if situation.hop and situation.allows_exactness:
                possible[rating] += 1
            with self.subTest(seed=situation.seed):
                self.assertNotIn(rating, ("wrong", "missed"),
                                 f"{situation}: {finding} {one.ladder}")
                self.assertEqual(finding["ports"], 1)
                self.check_routers(situation, finding)
            if os.environ.get("TASTER_SHOW"):
                print(rating, situation, json.dumps(finding))
        print(f"{len(traced)} traces in {seconds:.0f} s: {dict(ratings)}; "
              f"where the path allows an exact hop: {dict(possible)}")
        self.assertGreaterEqual(
            possible["exact"], LEAST_EXACT * possible.total())

    def check_routers(self, situation, finding):
        """Where a router is named, it is the one of that hop."""
        if situation.shape.bend:
            return  # It answers from its interface on the detour.
        for one in finding["injectors"]:
            if one["router"]:
                hop = one["hop"][1]
                self.assertIn(one["router"],
                              (f"10.20.{hop}.2", f"fd98:{hop}::2"))

    def locate(self, spools):
        ran = subprocess.run(
            self.account.without_privilege(
                [self.directory / "lab-hops", *spools]),
            text=True, capture_output=True, cwd="/")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        return [json.loads(line) for line in ran.stdout.splitlines()]


if __name__ == "__main__":
    unittest.main()
