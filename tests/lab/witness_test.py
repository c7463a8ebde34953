# SPDX-License-Identifier: Apache-2.0
"""What the probe recorded is what was on the wire, by tshark's word: number,
order, TTL, DF, identification and flags of every datagram.

TASTER_BUILD=DIRECTORY python3 tests/lab/witness_test.py
"""

import os
import shutil
import tempfile
import unittest
from collections import defaultdict
from pathlib import Path

import fact_files
import main_job
import requirements
import scene
from sniffer import Datagram, Sniffer

LEAST_QUERIES = 1000

RECORDED = """
SELECT host(r.source), m.source_port,
       get_byte(m.query, 0) * 256 + get_byte(m.query, 1),
       r.ip_ttl, r.dont_fragment, r.ip_id_zero, r.flags
FROM analysis.measurement AS m
JOIN analysis.response AS r USING (vantage_id, batch_day, batch_id, ordinal)
JOIN analysis.vantage AS v USING (vantage_id)
WHERE v.role = 'probe' AND m.query_time IS NOT NULL
ORDER BY m.query_time, m.ordinal, r.reply
"""
ASKED = """
SELECT count(*) FROM analysis.measurement AS m
JOIN analysis.vantage AS v USING (vantage_id) WHERE v.role = 'probe'
"""


class Witness(unittest.TestCase):
    def test_every_datagram(self):
        scratch = Path(tempfile.mkdtemp(prefix="taster-witness-"))
        self.addCleanup(shutil.rmtree, scratch)
        with stage(self) as staged:
            sniffer = Sniffer(staged.lab, "probe", scratch / "wire.pcapng")
            staged.collector.start()
            staged.probe.configure(
                staged.collector, main_job.PROBE_PLAN, names())
            staged.collector.enroll(staged.probe)
            sniffer.start()
            staged.probe.finish(staged.probe.start("once"), 120)
            sniffer.stop()
            recorded = [row(fields) for fields
                        in staged.collector.query(RECORDED)]
            ((asked,),) = staged.collector.query(ASKED)
        captured = sniffer.responses()
        print(f"{asked} queries, {len(captured)} responses on the wire, "
              f"{len(recorded)} recorded")
        self.assertGreaterEqual(int(asked), LEAST_QUERIES)
        self.assertEqual(len(recorded), len(captured))
        self.assertEqual(by_query(recorded), by_query(captured))


def stage(test):
    try:
        return scene.stage(os.environ["TASTER_BUILD"])
    except requirements.LabUnavailable as missing:
        test.skipTest(f"SKIPPED: {missing}")


def names():
    facts = (*fact_files.poisoned_names()[::4], *fact_files.clean_names()[::8])
    return [fact.name for fact in facts]


def row(fields):
    source, port, query_id, ttl, df, id_zero, flags = fields
    truth = {"t": True, "f": False, "": None}
    return Datagram(source, int(port), int(query_id), int(ttl), truth[df],
                    truth[id_zero], int(flags))


def by_query(datagrams):
    """(port, id) to its responses in order."""
    grouped = defaultdict(list)
    for datagram in datagrams:
        grouped[datagram.client_port, datagram.query_id].append(datagram)
    return grouped


if __name__ == "__main__":
    unittest.main()
