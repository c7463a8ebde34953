# SPDX-License-Identifier: Apache-2.0
"""taster-probe studies the censor of the lab and finds it as it is: pools in
their whole order, processes, flags, TTLs, the longest name.

TASTER_BUILD=DIRECTORY python3 tests/lab/study_test.py
"""

import json
import unittest

import address_plan
import fact_files
from lab import LabSettings
from lone_probe import lone_probe
from wire import WireSettings

CANARY = address_plan.ADDRESSES["canary"][0]
RESOLVER = address_plan.ADDRESSES["res"][0]
PROCESSES = 3  # Of injector 3, by the rules file.
LONGEST = 126  # Bytes of a name that injector 3 answers for.


def name_in(group, part=""):
    return next(fact.name for fact in fact_files.poisoned_names()
                if fact.group == group and part in fact.name
                and (part or "google" not in fact.name))


def study(probe, *arguments):
    ran = probe.run("study", *arguments, "--canary", CANARY, "--json",
                    "--keep")
    if ran.returncode != 0:
        raise AssertionError(f"{ran.returncode}: {ran.stderr}")
    return json.loads(ran.stdout)


def sender(report, **traits):
    """The one responder with these traits."""
    (found,) = [one for one in report["responders"]
                if all(one[key] == value for key, value in traits.items())]
    return found


def is_rotation(order, pool):
    if len(order) != len(pool) or order[0] not in pool:
        return False
    at = pool.index(order[0])
    return order == pool[at:] + pool[:at]


class Study(unittest.TestCase):
    def test_injectors_as_they_are(self):
        pool = fact_files.pool("main_a")
        self.assertEqual(len(pool), 592)
        with lone_probe(self) as (_, probe):
            report = study(probe, name_in("main_both"), "--server", RESOLVER)
            text = probe.run("study", name_in("main_both"), "--canary", CANARY,
                             "--keep", "--walk", "64").stdout
            google = study(probe, name_in("main_both", "google"))
            self.check_aaaa(probe)
            self.check_refusal(probe)
        self.check_gfw3(sender(report, dont_fragment=False, ip_id_zero=True),
                        pool)
        self.check_gfw2(sender(report, dont_fragment=True), pool)
        self.assertEqual(len(report["responders"]), 2)
        self.assertEqual(report["control_replies"], 0)
        self.assertIn("who replies", text)
        self.check_gfw1(sender(google, aa=True))
        print(f"{report['asked']} questions, {report['walked']} of them to "
              f"walk; {report['answered']} answered")

    def check_gfw3(self, one, pool):
        self.assertEqual(one["pool"]["kind"], "ordered")
        self.assertTrue(one["pool"]["is_cycle"])
        self.assertEqual(one["pool"]["period"], 592)
        self.assertTrue(is_rotation(one["pool"]["order"], pool))
        self.assertEqual(one["pool"]["processes"], PROCESSES)
        self.assertEqual(one["flags_rd1"], 0x8180)
        self.assertEqual(one["flags_rd0"], 0x8400)
        self.assertTrue(one["ip_ttl_mirrored"])
        self.assertTrue(one["case_kept"])
        self.assertFalse(one["edns"])
        self.assertEqual(one["longest_answered"], LONGEST)
        self.assertEqual(one["shortest_silent"], LONGEST + 1)
        self.assertEqual(one["types"], {
            "A": "A", "AAAA": "AAAA", "HTTPS": "HTTPS", "NS": "A", "SOA": "A",
            "TXT": "A"})
        self.assertGreaterEqual(one["rr_ttl"]["least"], 60)
        self.assertLessEqual(one["rr_ttl"]["most"], 300)

    def check_gfw2(self, one, pool):
        self.assertEqual(one["pool"]["kind"], "random")
        self.assertEqual(one["flags_rd0"], 0x8180)
        self.assertEqual(one["ip_ttl"]["kind"], "spread")
        self.assertFalse(one["ip_ttl_mirrored"])
        self.assertEqual(one["shortest_silent"], 0)
        self.assertGreater(one["pool"]["distinct"], len(pool) / 2)

    def check_gfw1(self, one):
        self.assertTrue(one["full_owner"])
        self.assertEqual(one["rr_ttl"],
                         {"kind": "fixed", "least": 60, "most": 60})
        self.assertEqual(one["ip_ttl"]["kind"], "counting")
        self.assertEqual(one["pool"]["distinct"], 4)
        self.assertEqual(one["pool"]["kind"], "random")

    def check_aaaa(self, probe):
        report = study(probe, name_in("main_face"), "--type", "AAAA")
        one = sender(report, ip_id_zero=True)
        self.assertTrue(is_rotation(one["pool"]["order"],
                                    fact_files.pool("main_aaaa")))

    def check_refusal(self, probe):
        ran = probe.run("study", name_in("main_both"), "--canary", RESOLVER,
                        "--keep")
        self.assertEqual(ran.returncode, 77)
        self.assertIn("not silent", ran.stderr)

    def test_on_a_path_that_loses(self):
        settings = LabSettings(WireSettings(
            loss=0.02, duplication=0.02, delay_ms=3))
        with lone_probe(self, settings) as (_, probe):
            report = study(probe, name_in("main_face"))
        one = sender(report, ip_id_zero=True)
        self.assertTrue(is_rotation(one["pool"]["order"],
                                    fact_files.pool("main_a")))
        print(f"with loss: {report['walked']} questions walked the pool; "
              f"{one['pool']['processes']} processes")


if __name__ == "__main__":
    unittest.main()
