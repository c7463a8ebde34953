# SPDX-License-Identifier: Apache-2.0
"""Every situation of one lab is judged as an honest judge must.

TASTER_BUILD=DIRECTORY python3 tests/lab/situations_test.py
"""

import os
import time
import unittest

import main_job
import requirements
import scene
import situations

ROUND_SECONDS = 60
SETTLE_SECONDS = 15
# Further replies are awaited this long.
WINDOW = ("window_seconds = 2",)


def plan(lines):
    """The main job's questions, but for A and AAAA and less patient."""
    kept = [line for line in lines
            if not line.startswith(("types", "window_seconds"))]
    return (*kept, 'types = ["A", "AAAA"]', *WINDOW)


def measure(staged):
    """One round of a control and of a vantage point in every country."""
    parties = [(staged.control, plan(main_job.CONTROL_PLAN),
                [one.name for one in situations.SITUATIONS])]
    for country in situations.COUNTRIES:
        party = staged.party("probe", "probe", country, 64496)
        party.state = party.state.with_name(f"probe-{country}")
        parties.append((party, plan(main_job.PROBE_PLAN), [
            one.name for one in situations.SITUATIONS
            if one.country == country]))
    for party, lines, names in parties:
        party.configure(staged.collector, lines, names)
        staged.collector.enroll(party)
    rounds = [(party, party.start("once")) for party, _, _ in parties]
    for party, process in rounds:
        party.finish(process, ROUND_SECONDS)


def said(cells):
    """(name, type, country) to verdict, mechanisms and injectors."""
    return {
        (cell["qname"], cell["qtype"], cell["country"]):
            (cell["verdict"], cell["mechanisms"], cell["injectors"])
        for cell in cells
    }


def wanted(one):
    return (one.verdict, [one.mechanism] if one.mechanism else [],
            [one.injector] if one.injector else [])


def key(one):
    return (one.name + ".", one.qtype, one.country)


def settle(collector):
    """What is said once late control has changed nothing for a while."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while True:
        found = said(collector.report()["cells"])
        right = all(found.get(key(one)) == wanted(one)
                    for one in situations.SITUATIONS)
        if right or time.monotonic() > deadline:
            return found
        time.sleep(0.5)


class Situations(unittest.TestCase):
    maxDiff = None

    def test_each_is_judged_as_it_must_be(self):
        try:
            stage = scene.stage(os.environ["TASTER_BUILD"],
                                settings=situations.settings())
            staged = stage.__enter__()
        except requirements.LabUnavailable as missing:
            self.skipTest(f"SKIPPED: {missing}")
        self.addCleanup(lambda: stage.__exit__(None, None, None))
        staged.collector.start()
        measure(staged)
        found = settle(staged.collector)
        for one in situations.SITUATIONS:
            with self.subTest(one.label):
                self.assertEqual(found.get(key(one)), wanted(one))


if __name__ == "__main__":
    unittest.main()
