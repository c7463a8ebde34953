#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A probe whose wall clock is wrong, or is set while it measures, loses nothing,
stores nothing twice, and measures intervals as if nothing had happened.

TASTER_BUILD=DIRECTORY python3 tests/faults/clock_test.py
The clock is libfaketime's: the probe alone has it, the kernel's receive stamps
keep the true one, so the two disagree as after a step.
"""

import glob
import os
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lab"))

import requirements
import scene
from lab import CONTROL_NAME

LIBRARY = "/usr/lib/*/faketime/libfaketime.so.1"
HOUR = 3600
YEAR = 365 * 24 * HOUR
WINDOW = 2
RATE = 40
ROUND_SECONDS = 60
# Half of the questions are asked before the step.
STEP_AFTER = 1.5
# The censor answers within a millisecond, the resolver within some ten.
LONGEST_OFFSET_MS = 1000

PLAN = (
    f'control_name = "{CONTROL_NAME}"',
    'types = ["A"]',
    'resolvers = ["10.9.3.53"]',
    'canaries = ["10.9.6.66"]',
    "system_lookup = false",
    f"rate = {RATE}",
    f"window_seconds = {WINDOW}",
)
NAMES = [f"n{i}.example" for i in range(30)]


class WrongClock:
    """The clock of one probe: seconds beside the true one, at any time."""

    def __init__(self, directory):
        self._file = directory / "clock"

    def set(self, seconds):
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{seconds:+d}s\n")
        fresh.chmod(0o644)
        fresh.rename(self._file)

    def worn_by(self, command):
        """`command`, of Account.without_privilege, under this clock."""
        program = next(i for i, word in enumerate(command)
                       if word.endswith("taster-probe"))
        return [*command[:program], "env",
                f"LD_PRELOAD={glob.glob(LIBRARY)[0]}",
                f"FAKETIME_TIMESTAMP_FILE={self._file}",
                "FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1",
                *command[program:]]


class ClockTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not glob.glob(LIBRARY):
            raise unittest.SkipTest("SKIPPED: no libfaketime")
        stage = scene.stage(os.environ["TASTER_BUILD"])
        try:
            cls.staged = stage.__enter__()
        except requirements.LabUnavailable as missing:
            raise unittest.SkipTest(f"SKIPPED: {missing}") from missing
        cls.addClassCleanup(lambda: stage.__exit__(None, None, None))
        cls.staged.collector.start()

    def measure(self, number, before, after=None):
        """A round of a new probe, whose clock is `before` seconds off, and
        `after` from the middle on: (exit code, status, stored rows)."""
        staged = self.staged
        probe = staged.party("probe", "probe", "CN", 64600 + number)
        probe.state = probe.state.with_name(f"clock-{number}")
        probe.configure(staged.collector, PLAN, NAMES)
        staged.collector.enroll(probe)
        clock = WrongClock(probe.state)
        os.chmod(probe.state, 0o755)
        clock.set(before)
        worn = clock.worn_by(probe.command("once", "--patience", "5"))
        with open(probe.state / "log", "wb") as log:
            process = staged.lab.spawn("probe", worn, stdout=log, stderr=log,
                                       cwd="/")
            if after is not None:
                time.sleep(STEP_AFTER)
                self.assertIsNone(process.poll(), "the round ended too early")
                clock.set(after)
            code = process.wait(ROUND_SECONDS)
        rows = staged.collector.query(
            "SELECT m.batch_id, m.ordinal, extract(epoch FROM m.query_time), "
            "extract(epoch FROM max(r.arrival_offset)) * 1000 "
            "FROM measurement AS m LEFT JOIN response AS r "
            "USING (vantage_id, batch_day, batch_id, ordinal) "
            f"WHERE m.asn = {64600 + number} GROUP BY 1, 2, 3")
        return code, probe.status(), rows

    def assert_whole(self, code, status, rows):
        self.assertEqual(code, 0)
        spool = status["spool"]
        self.assertEqual(spool["recorded_measurements"], len(rows))
        self.assertEqual(spool["delivered_measurements"], len(rows))
        self.assertEqual(spool["waiting_measurements"], 0)
        self.assertEqual(len({tuple(row[:2]) for row in rows}), len(rows))
        offsets = [float(row[3]) for row in rows if row[3]]
        self.assertGreater(len(offsets), len(NAMES))
        self.assertGreaterEqual(min(offsets), 0)
        self.assertLess(max(offsets), LONGEST_OFFSET_MS)

    def test_setting_it_back_in_a_round_loses_nothing(self):
        code, status, rows = self.measure(1, before=0, after=-HOUR)
        self.assert_whole(code, status, rows)
        # query_time is what the probe's clock said: the step did happen.
        times = [float(row[2]) for row in rows]
        self.assertGreater(max(times) - min(times), HOUR - ROUND_SECONDS)

    def test_setting_it_forward_in_a_round_loses_nothing(self):
        self.assert_whole(*self.measure(2, before=-HOUR, after=HOUR))

    def test_years_off_it_keeps_what_nobody_takes(self):
        for number, years in ((3, -10), (4, 10)):
            with self.subTest(years=years):
                _, status, rows = self.measure(number, before=years * YEAR)
                spool = status["spool"]
                self.assertEqual(rows, [])
                self.assertGreater(spool["recorded_measurements"], len(NAMES))
                self.assertEqual(spool["delivered_measurements"], 0)
                self.assertGreater(spool["waiting_measurements"]
                                   + spool["quarantined_batches"], 0)


if __name__ == "__main__":
    unittest.main()
