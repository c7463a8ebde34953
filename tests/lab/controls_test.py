# SPDX-License-Identifier: Apache-2.0
"""Controls that are told what to ask for: one of three poisoned, one filtered,
one dead, in all combinations; a name that nobody has seen before; a CDN that
answers each network otherwise.

TASTER_BUILD=DIRECTORY python3 tests/lab/controls_test.py
"""

import itertools
import os
import signal
import sys
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import address_plan
import requirements
import scene
from lab import CONTROL_NAME, LabSettings
from odd_resolver import forged_of
from zones import CONTROL_A

TRUE_NAMES = FORGED_NAMES = 2
CDN_NAMES = 1000
SETTLE_SECONDS = 25
LATENCY_SECONDS = 10
# Of the pool that injectors use today, of different owners.
POOL = ("199.59.148.20", "31.13.94.37", "108.160.170.45")
FREE = address_plan.ADDRESSES["free_res"][0]
# In the namespace of the controls.
FORGING, WITHHOLDING, CDN_INSIDE = "127.0.0.12", "127.0.0.13", "127.0.0.15"
CDN_OUTSIDE = f"{address_plan.ADDRESSES['auth'][0]}:5300"
# Hosts of a CDN: in the volunteer's network, and everywhere else. Of different
# owners, and none of a pool.
NEAR, FAR = "23.32.0.0", "13.32.0.0"
PLAN = (f'control_name = "{CONTROL_NAME}"', 'types = ["A"]',
        "system_lookup = false", "rate = 1000", "window_seconds = 1")


class State:
    """Which of the three is what it should not be."""

    def __init__(self, number, poisoned, filtered, dead):
        self.label = f"s{number}"
        self.poisoned, self.filtered, self.dead = poisoned, filtered, dead
        self.true = [f"{self.label}-true{i}.plain.test"
                     for i in range(TRUE_NAMES)]
        self.forged = [f"{self.label}-forged{i}.plain.test"
                       for i in range(FORGED_NAMES)]

    def __str__(self):
        words = [word for word in ("poisoned", "filtered", "dead")
                 if getattr(self, word)]
        return " ".join(words) or "all healthy"

    @property
    def healthy(self):
        return 3 - self.poisoned - self.filtered - self.dead

    def resolvers(self):
        """Of the three controls."""
        return (FORGING if self.poisoned else FREE,
                WITHHOLDING if self.filtered else FREE, FREE)

    def wanted(self):
        """Name to the verdicts that an honest judge may give."""
        if self.healthy:
            return ({name: {"consistent"} for name in self.true}
                    | {name: {"poisoned"} for name in self.forged})
        return ({name: {"insufficient"} for name in self.true}
                | {name: {"insufficient", "likely_poisoned", "poisoned"}
                   for name in self.forged})


STATES = [State(number, *bits) for number, bits in
          enumerate(itertools.product((False, True), repeat=3))]
CDN = [f"n{number}.cdn.test" for number in range(CDN_NAMES)]


def settings():
    names = [name for state in STATES for name in (*state.true, *state.forged)]
    return LabSettings(
        plain_records=tuple(f"{name}. 300 IN A {CONTROL_A}" for name in names),
        resolver_lines=tuple(
            line for state in STATES for name in state.forged for line in (
                f'local-zone: "{name}." redirect',
                f'local-data: "{name}. 60 IN A {forged_of(name, POOL)}"')))


def control_plan(resolver):
    return (*PLAN, f'resolvers = ["{resolver}"]', "tasks = true")


class Controls(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        stage = scene.stage(os.environ["TASTER_BUILD"], settings=settings())
        try:
            self.staged = stage.__enter__()
        except requirements.LabUnavailable as missing:
            self.skipTest(f"SKIPPED: {missing}")
        self.addCleanup(lambda: stage.__exit__(None, None, None))
        script = Path(__file__).with_name("odd_resolver.py")
        places = f"places,10.9.0.0/24={NEAR},{FAR}"
        forge = ",".join(("forge", *POOL))
        self.staged.lab.spawn("control", [
            sys.executable, script, f"{FORGING}:53={forge}",
            f"{WITHHOLDING}:53=withhold", f"{CDN_INSIDE}:53={places}"])
        self.staged.lab.spawn("auth", [
            sys.executable, script, f"{CDN_OUTSIDE}={places}"])
        with open(self.staged.collector.networks, "a") as networks:
            networks.write(f"{NEAR}/16\t64520\tCN\n{FAR}/16\t64521\tUS\n")
        self.staged.collector.start()
        # Asked for once, not by each of so many.
        pinned = self.staged.collector.identity()
        self.staged.collector.identity = lambda: pinned

    def control(self, label, number, resolver):
        """One more control, configured and enrolled."""
        party = self.staged.party("control", "control", "NL", 64502)
        party.state = party.state.with_name(f"control-{label}-{number}")
        party.configure(self.staged.collector, control_plan(resolver),
                        [CONTROL_NAME])
        self.staged.collector.enroll(party)
        return party

    def controls(self, groups):
        """label -> three controls. groups: (label, three resolvers)."""
        work = [(label, number, resolver) for label, resolvers in groups
                for number, resolver in enumerate(resolvers)]
        with ThreadPoolExecutor(4) as pool:
            made = list(pool.map(lambda one: self.control(*one), work))
        return {label: made[3 * i:3 * i + 3]
                for i, (label, _) in enumerate(groups)}

    def measure(self, resolver, names):
        """One round of the volunteer's."""
        probe = self.staged.probe
        probe.configure(self.staged.collector,
                        (*PLAN, f'resolvers = ["{resolver}"]'), names)
        self.staged.collector.enroll(probe)
        probe.finish(probe.start("once"), 60)

    def verdicts(self, names):
        wanted = {f"{name}." for name in names}
        return {cell["qname"].rstrip("."): cell["verdict"]
                for cell in self.staged.collector.report()["cells"]
                if cell["qname"] in wanted and cell["country"] == "CN"}

    def settle(self, wanted):
        """The verdicts, once they are as wanted, or will not be any more."""
        deadline = time.monotonic() + SETTLE_SECONDS
        while True:
            found = self.verdicts(wanted)
            right = all(found.get(name) in words
                        for name, words in wanted.items())
            if right or time.monotonic() > deadline:
                return found
            time.sleep(0.3)

    def latencies(self, names):
        """Seconds from the first query for a name to its present verdict."""
        quoted = ", ".join(f"'{name}.'" for name in names)
        return sorted(float(row[0]) for row in self.staged.collector.query(
            "SELECT extract(epoch FROM max(v.judge_time) - min(m.query_time)) "
            "FROM analysis.measurement AS m JOIN analysis.set_verdict AS v "
            "USING (vantage_id, batch_day, batch_id, set_ordinal) "
            f"WHERE v.qname IN ({quoted}) GROUP BY v.qname"))

    def play(self, state, parties):
        running = [party.start("run") for party in parties]
        if state.dead:
            time.sleep(0.5)  # It lives until it has asked for work.
            os.killpg(running[2].pid, signal.SIGKILL)
        try:
            self.measure("10.9.3.53", [*state.true, *state.forged])
            found = self.settle(state.wanted())
            self.unmask(STATES[:STATES.index(state) + 1])
        finally:
            for process in running:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGTERM)
        for name, words in state.wanted().items():
            with self.subTest(str(state), name=name):
                self.assertIn(found.get(name), words)
        if state.healthy == 3:
            latency = self.latencies([*state.true, *state.forged])
            print(f"new name to verdict with control: {latency[-1]:.2f} s",
                  file=sys.stderr)
            self.assertEqual(len(latency), len(state.wanted()))
            self.assertLessEqual(latency[-1], LATENCY_SECONDS)
        for process in running:
            process.wait(10)

    def test_all_combinations_and_a_cdn(self):
        begun = time.monotonic()
        groups = [(state.label, state.resolvers()) for state in STATES]
        parties = self.controls([*groups, ("cdn", (CDN_INSIDE,) * 3)])
        for state in STATES:
            self.play(state, parties[state.label])
            print(f"[{time.monotonic() - begun:5.1f} s] {state}",
                  file=sys.stderr)
        self.play_cdn(parties["cdn"])
        print(f"[{time.monotonic() - begun:5.1f} s] CDN", file=sys.stderr)

    def unmask(self, seen):
        """Returns once those who lied in the states `seen` are known for it,
        and nobody else: who stands alone with its lies may still be found out
        by what others said before."""
        least = {
            "filtered": sum(state.filtered for state in seen),
            "poisoned": sum(state.poisoned and state.healthy > 0
                            for state in seen)}
        most = {"filtered": least["filtered"],
                "poisoned": sum(state.poisoned for state in seen)}
        deadline = time.monotonic() + SETTLE_SECONDS
        while True:
            states = [control["state"] for control
                      in self.staged.collector.report()["controls"]]
            found = {word: states.count(word) for word in least}
            if all(found[word] >= least[word] for word in least):
                break
            self.assertLess(time.monotonic(), deadline, (found, least))
            time.sleep(0.3)
        for word, count in most.items():
            self.assertLessEqual(found[word], count, word)

    def play_cdn(self, parties):
        running = [party.start("run") for party in parties]
        self.measure(CDN_OUTSIDE, CDN)
        found = self.settle({name: {"consistent"} for name in CDN})
        for process in running:
            os.killpg(process.pid, signal.SIGTERM)
        counts = {word: list(found.values()).count(word)
                  for word in set(found.values())}
        print(f"CDN: {counts}", file=sys.stderr)
        self.assertEqual(counts, {"consistent": CDN_NAMES})


if __name__ == "__main__":
    unittest.main()
