#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Replies as fast as a core can send them harm no round: memory stays flat, the
round ends on time, and what was not kept is counted.

TASTER_BUILD=DIRECTORY python3 tests/faults/flood_test.py
TASTER_FLOOD_SECONDS says for how long; 60 proves what 15 shows.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lab"))

from lone_config import LoopbackProbe

SECONDS = int(os.environ.get("TASTER_FLOOD_SECONDS", "15"))
WINDOW = 2
RATE = 2
# What a round may take beyond pace and window.
SLACK = 10
# A probe that is not flooded has about 25 MB, most of it libraries.
MOST_MB = 48

PLAN = (
    'control_name = "control.example"',
    'types = ["A"]',
    "system_lookup = false",
    f"rate = {RATE}",
    f"window_seconds = {WINDOW}",
)


class Flooded:
    """A configured taster-probe whose resolver never stops answering."""

    def __init__(self, build, home):
        self.flooder = subprocess.Popen([build / "tests/flooder", str(SECONDS)],
                                        stdout=subprocess.PIPE, text=True)
        port = self.flooder.stdout.readline().strip()
        # A target has a question beside its control name's.
        names = [f"n{i}.example" for i in range(SECONDS * RATE // 2)]
        self._probe = LoopbackProbe(
            build / "taster-probe", home, names,
            [*PLAN, f'resolvers = ["127.0.0.1:{port}"]'])

    def once(self):
        """(seconds, peak resident MB, summary) of a round that delivers
        nothing."""
        begun = time.monotonic()
        with subprocess.Popen(
                [*self._probe.command, "once", "--patience", "0"],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                text=True) as probe:
            output = probe.stdout.read()
            _, status, usage = os.wait4(probe.pid, 0)
            probe.returncode = os.waitstatus_to_exitcode(status)
        return time.monotonic() - begun, usage.ru_maxrss / 1024, output

    def stop(self):
        self.flooder.terminate()
        told = self.flooder.communicate()[0]
        return {key: int(value)
                for key, value in re.findall(r"(\w+)=(\d+)", told)}


class Flood(unittest.TestCase):
    def test_memory_is_flat_and_the_round_ends(self):
        build = Path(os.environ["TASTER_BUILD"]).resolve()
        with tempfile.TemporaryDirectory() as scratch:
            probe = Flooded(build, Path(scratch))
            try:
                seconds, resident, output = probe.once()
            finally:
                flood = probe.stop()
        recorded = int(re.search(r"recorded=(\d+)", output)[1])
        answered = int(re.search(r"answered=(\d+)", output)[1])
        rate = flood["replies"] / max(flood["milliseconds"], 1) * 1000
        print(f"{flood['replies']} replies at {rate:.0f}/s, {recorded} "
              f"measurements, {seconds:.1f} s, {resident:.1f} MB")
        self.assertEqual(recorded, SECONDS * RATE // 2 * 2)
        self.assertEqual(answered, recorded)
        self.assertLess(seconds, SECONDS + WINDOW + SLACK)
        self.assertLess(resident, MOST_MB)
        self.assertGreater(flood["replies"], 1000 * recorded)


if __name__ == "__main__":
    unittest.main()
