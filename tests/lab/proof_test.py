# SPDX-License-Identifier: Apache-2.0
"""A forged answer for a signed name is proved to be one, and others than its
maker come to the same result by what is stored of the proof.

TASTER_BUILD=DIRECTORY python3 tests/lab/proof_test.py
"""

import json
import os
import re
import subprocess
import tempfile
import time
import unittest

import main_job
import requirements
import scene
from chain_server import ChainServer
from lab import LabSettings
from wire import WireSettings

FORGED = "www.signed.test"
GENUINE = "mail.signed.test"
NOT_SIGNED = "www.plain.test"
# Nobody's pool has it.
STRANGER = "211.151.50.10"
ROUND_SECONDS = 60
SETTLE_SECONDS = 20

SETTINGS = LabSettings(wire=WireSettings(further_rules=(
    f"static forger {STRANGER} - 300", f"static-name forger {FORGED}")))


def plan(lines, *more):
    """The main job's questions for A alone, and less patient."""
    return [*(line for line in lines
              if not line.startswith(("types", "window_seconds"))),
            'types = ["A"]', "window_seconds = 1", *more]


def delv(anchors, name, port):
    """What delv says of a name's address by this server and these keys."""
    with tempfile.NamedTemporaryFile("w", suffix=".keys") as keys:
        keys.write(anchors)
        keys.flush()
        told = subprocess.run(
            ["delv", "@127.0.0.1", "-p", str(port), "-a", keys.name, "+root=.",
             name, "A"],
            capture_output=True, text=True, timeout=30)
    return told.stdout + told.stderr


class Proofs(unittest.TestCase):
    maxDiff = None

    def set_the_stage(self):
        stage = scene.stage(os.environ["TASTER_BUILD"], settings=SETTINGS)
        try:
            staged = stage.__enter__()
        except requirements.LabUnavailable as missing:
            self.skipTest(f"SKIPPED: {missing}")
        self.addCleanup(lambda: stage.__exit__(None, None, None))
        collector = staged.collector
        plain = collector.command
        collector.command = lambda *arguments: plain(
            "--trust-anchor", staged.lab.trust_anchor, *arguments)
        collector.start()
        return staged

    def measure(self, staged):
        """One round of a control, and behind it one of a probe."""
        names = [FORGED, GENUINE, NOT_SIGNED]
        for party, lines in (
                (staged.control, plan(main_job.CONTROL_PLAN, "proof = true")),
                (staged.probe, plan(main_job.PROBE_PLAN))):
            party.configure(staged.collector, lines, names)
            staged.collector.enroll(party)
            party.finish(party.start("once"), ROUND_SECONDS)

    def settle(self, staged, statement, wanted):
        """Asks until it is said, or for a while."""
        deadline = time.monotonic() + SETTLE_SECONDS
        while True:
            found = staged.collector.query(statement)
            if wanted(found) or time.monotonic() > deadline:
                return found
            time.sleep(0.2)

    def assert_proved(self, staged):
        results = self.settle(
            staged, "SELECT DISTINCT qname, result, reason FROM "
            "analysis.dnssec_proof ORDER BY qname", lambda rows: len(rows) == 3)
        self.assertEqual(results, [
            [f"{GENUINE}.", "secure", ""],
            [f"{NOT_SIGNED}.", "insecure",
             "the zone plain.test. is not signed"],
            [f"{FORGED}.", "secure", ""]])

    def assert_judged(self, staged):
        """The forgery, as what it is; and by which rule."""
        accused = self.settle(
            staged, "SELECT DISTINCT lower(m.qname), v.class FROM "
            "analysis.finding AS f JOIN analysis.measurement AS m USING "
            "(vantage_id, batch_day, batch_id, ordinal) JOIN analysis.verdict "
            "AS v USING (vantage_id, batch_day, batch_id, ordinal, reply) "
            "WHERE f.rule_id = 'dnssec_refuted'", bool)
        self.assertEqual(accused, [[f"{FORGED}.", "poisoned"]])
        verdicts = {cell["qname"]: cell["verdict"]
                    for cell in staged.collector.report()["cells"]
                    if cell["qtype"] == "A"}
        self.assertEqual(verdicts, {
            f"{FORGED}.": "poisoned", f"{GENUINE}.": "consistent",
            f"{NOT_SIGNED}.": "consistent"})

    def explained(self, staged, name, *options):
        """What `explain --dnssec` says of the probe's question for it."""
        [[vantage, batch, ordinal]] = staged.collector.query(
            "SELECT m.vantage_id, m.batch_id, m.ordinal FROM "
            "analysis.measurement AS m JOIN analysis.vantage AS v USING "
            f"(vantage_id) WHERE lower(m.qname) = '{name}.' AND m.qtype = 'A' "
            "AND v.country = 'CN' ORDER BY m.ordinal LIMIT 1")
        number = f"{vantage}/{batch.replace('-', '')}/{ordinal}"
        return staged.collector.run("explain", number, "--dnssec", *options)

    def test_a_forged_answer_is_proved_to_be_one(self):
        staged = self.set_the_stage()
        self.measure(staged)
        self.assert_proved(staged)
        self.assert_judged(staged)
        page = json.loads(self.explained(staged, FORGED, "--json"))
        [proof] = page["proofs"]
        self.assertEqual(proof["now"], {"result": "secure", "reason": ""})
        self.assertEqual({link["now"]["result"] for link in proof["links"]},
                         {"secure"})
        self.assert_delv_agrees(page, proof)
        self.assert_not_signed(staged)
        self.assert_readable(self.explained(staged, FORGED))

    def assert_delv_agrees(self, page, proof):
        chain = bytes.fromhex(proof["chain"])
        with ChainServer(chain) as server:
            told = delv(page["trust_anchors"], FORGED, server.port)
        self.assertIn("fully validated", told)
        # What the forger said, under the zone's own signature.
        true = bytes((192, 175, 48, 1))
        self.assertEqual(chain.count(true), 1)
        changed = chain.replace(true, bytes(map(int, STRANGER.split("."))))
        with ChainServer(changed) as server:
            told = delv(page["trust_anchors"], FORGED, server.port)
        self.assertNotIn("fully validated", told)
        self.assertIn("resolution failed", told)

    def assert_not_signed(self, staged):
        page = json.loads(self.explained(staged, NOT_SIGNED, "--json"))
        [proof] = page["proofs"]
        self.assertEqual(proof["now"]["result"], "insecure")
        with ChainServer(bytes.fromhex(proof["chain"])) as server:
            told = delv(page["trust_anchors"], NOT_SIGNED, server.port)
        self.assertIn("unsigned answer", told)

    def assert_readable(self, page):
        """Every line is a comment or a record."""
        for line in page.splitlines():
            if not line.strip() or line.startswith(";"):
                continue
            self.assertRegex(line, r"^\S+\t\d+\tIN\t[A-Z0-9]+\t\S")
        self.assertTrue(re.search(r"^; +stored: secure$", page, re.M))


if __name__ == "__main__":
    unittest.main()
