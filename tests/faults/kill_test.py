# SPDX-License-Identifier: Apache-2.0
"""kill -9 of probe, collector and PostgreSQL under load: nothing that was
acknowledged is lost, nothing is doubled.

TASTER_BUILD=DIRECTORY python3 tests/faults/kill_test.py [--seed N]

The ledger outside the system is what the probe said while it ran: a line for
each batch that a receipt covered. What its spool counts as recorded must be in
the database exactly once when all has been sent.
"""

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lab"))

import fact_files
import requirements
import scene

KILLS_EACH = int(os.environ.get("TASTER_KILLS", "10"))
VICTIMS = ("probe", "collector", "postgres")
SEED = int(os.environ.get("TASTER_SEED", time.time_ns() % 10**6))
NAMES = 150
SEND_TRIES = 10

PLAN = (
    'control_name = "control.plain.test"',
    'types = ["A", "AAAA"]',
    'resolvers = ["10.9.3.53"]',
    "system_lookup = false",
    'canaries = ["10.9.6.66"]',
    "rd0_twin = true",
    "rate = 500",
    "window_seconds = 1",
)

STORED = """
SELECT count(*), count(DISTINCT (batch_id, ordinal)) FROM analysis.measurement
"""
BATCHES = "SELECT DISTINCT replace(batch_id::text, '-', '') FROM analysis.measurement"
DELIVERED = re.compile(r'event=batch_delivered .*?batch="?([0-9a-f]{32})')


class Load:
    """Rounds of the probe, one after the other, whatever kills it."""

    def __init__(self, probe):
        self._probe = probe
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.process = None
        self.rounds = 0

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()

    def _run(self):
        while not self._over.is_set():
            self.process = self._probe.start("once", "--verbose")
            self.rounds += 1
            self.process.wait()

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)


def kill_postgres(collector):
    """kill -9 of the postmaster and all its children, as a crash would."""
    told = subprocess.run(
        ["pgrep", "-f", f"postgres -D {collector.state}"],
        capture_output=True, text=True).stdout.split()
    for pid in told:
        subprocess.run(["pkill", "-9", "-P", pid])
        try:
            os.kill(int(pid), signal.SIGKILL)
        except ProcessLookupError:
            pass
    return bool(told)


class KillTest(unittest.TestCase):
    def setUp(self):
        try:
            self._stage = scene.stage(os.environ["TASTER_BUILD"])
            self.staged = self._stage.__enter__()
        except requirements.LabUnavailable as missing:
            self.skipTest(f"SKIPPED: {missing}")
        self.addCleanup(lambda: self._stage.__exit__(None, None, None))
        self.random = random.Random(SEED)

    def test_nothing_acknowledged_is_lost_and_nothing_doubled(self):
        collector, probe = self.staged.collector, self.staged.probe
        collector.start()
        names = [fact.name for fact in fact_files.poisoned_names()[:NAMES]]
        probe.configure(collector, PLAN, names)
        collector.enroll(probe)
        victims = [victim for victim in VICTIMS for _ in range(KILLS_EACH)]
        self.random.shuffle(victims)
        with Load(probe) as load:
            time.sleep(2)
            for victim in victims:
                time.sleep(self.random.uniform(0.001, 2))
                self.kill(victim, load)
        self.send_the_rest()
        self.compare(load.rounds)

    def kill(self, victim, load):
        collector = self.staged.collector
        if victim == "probe":
            load.kill()
        elif victim == "collector":
            collector.stop(signal.SIGKILL)
            collector.start()
        else:
            self.assertTrue(kill_postgres(collector), "no PostgreSQL runs")

    def send_the_rest(self):
        """The collector may still be recovering: tries a few times."""
        for _ in range(SEND_TRIES):
            process = self.staged.probe.start("send", "--verbose")
            process.wait(60)
            if self.staged.probe.status()["spool"]["waiting_batches"] == 0:
                return
            time.sleep(1)
        self.fail("the spool does not empty")

    def compare(self, rounds):
        collector, probe = self.staged.collector, self.staged.probe
        spool = probe.status()["spool"]
        ((stored, distinct),) = collector.query(STORED)
        known = {batch for (batch,) in collector.query(BATCHES)}
        acknowledged = set(DELIVERED.findall(probe.log.read_text()))
        lost = acknowledged - known
        print(f"kills={KILLS_EACH * len(VICTIMS)} rounds={rounds} "
              f"recorded={spool['recorded_measurements']} stored={stored} "
              f"acknowledged_batches={len(acknowledged)} "
              f"acked_lost={len(lost)} "
              f"recorded_lost={spool['recorded_measurements'] - int(distinct)} "
              f"dup={int(stored) - int(distinct)} seed={SEED}")
        self.assertGreater(len(acknowledged), 0)
        self.assertEqual(lost, set())
        self.assertEqual(stored, distinct)
        self.assertEqual(int(distinct), spool["recorded_measurements"])
        self.assertEqual(spool["quarantined_batches"], 0)
        self.assertEqual(spool["damaged_batches"], 0)


if __name__ == "__main__":
    unittest.main()
