# SPDX-License-Identifier: Apache-2.0
"""The main job comes out right, and its pages can be read.

TASTER_BUILD=DIRECTORY python3 tests/lab/main_job_test.py
"""

import os
import re
import unittest

import fact_files
import main_job
import requirements
import scene
from parties import PartyFailed

RESOLVER = "10.9.3.53"
# Between the probe's first router and the next.
WIRE_HOP = 2
TRACE_SECONDS = 60


def quiet(_):
    """Progress that nobody reads."""


class MainJob(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        try:
            stage = scene.stage(os.environ["TASTER_BUILD"])
            cls.staged = stage.__enter__()
        except requirements.LabUnavailable as missing:
            raise unittest.SkipTest(f"SKIPPED: {missing}")
        cls.addClassCleanup(lambda: stage.__exit__(None, None, None))
        cls.staged.collector.start()
        main_job.measure(cls.staged, quiet)
        cls.score = main_job.settle(
            cls.staged.collector, cls.staged.lab.forgeries(), quiet)

    def test_every_poisoned_name_is_found(self):
        self.assertGreaterEqual(self.score.poisoned_expected, 300)
        self.assertEqual(self.score.poisoned_found,
                         self.score.poisoned_expected, self.score.wrong)

    def test_no_clean_name_is_accused(self):
        self.assertGreaterEqual(self.score.clean_expected, 300)
        self.assertEqual(self.score.clean_flagged, 0, self.score.wrong)

    def test_injectors_are_named_right(self):
        self.assertGreater(self.score.injector_total, 1000)
        self.assertGreaterEqual(self.score.injector_right,
                                0.99 * self.score.injector_total)

    def test_report_names_all_groups(self):
        told = self.staged.collector.run("report")
        for group in {fact.group for fact in fact_files.poisoned_names()}:
            name = next(fact.name for fact in fact_files.poisoned_names()
                        if fact.group == group)
            self.assertRegex(told, rf"(?m)^{re.escape(name)}\. .* poisoned ")
        self.assertIn("on_path_injection", told)

    def test_witness_can_be_explained(self):
        cells = self.staged.collector.report()["cells"]
        witness = next(cell["witness"] for cell in cells
                       if cell["verdict"] == "poisoned")
        page = self.staged.collector.run("explain", witness)
        self.assertIn("FIRED", page)
        self.assertIn("HEADER", page)
        self.assertIn("poisoned", page)

    def test_trace_puts_the_injector_on_the_wire(self):
        name = next(fact.name for fact in fact_files.poisoned_names()
                    if fact.group == "main_face")
        probe = self.staged.probe
        probe.finish(probe.start("trace", name, "--server", RESOLVER),
                     TRACE_SECONDS)
        hops = set()
        for cell in self.staged.collector.report()["cells"]:
            if cell["qname"] == f"{name}.":
                hops.update(cell["hops"])
        self.assertTrue(hops)
        for hop in hops:
            low, _, high = hop.partition("-")
            self.assertLessEqual(int(low), WIRE_HOP, hops)
            self.assertGreaterEqual(int(high or low), WIRE_HOP, hops)

    def test_second_collector_on_the_same_state_is_refused(self):
        collector = self.staged.collector
        with self.assertRaisesRegex(PartyFailed, "another collector"):
            collector.run("serve", "--listen", "127.0.0.1:18444")


if __name__ == "__main__":
    unittest.main()
