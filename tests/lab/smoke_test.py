# SPDX-License-Identifier: Apache-2.0
"""Proves that the lab shows what it claims to show.

TASTER_LAB_WIRE=BINARY python3 tests/lab/smoke_test.py
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import dns_message
import fact_files
import requirements
from lab import Lab
from zones import CONTROL_A, CONTROL_AAAA

HERE = Path(__file__).resolve().parent
CONTROL = "control.plain.test"
NAMES = {}
for fact in fact_files.poisoned_names():
    if "google" not in fact.name:
        NAMES.setdefault(fact.group, fact.name)
TRUE_A = {fact.name: fact.true_a for fact in fact_files.poisoned_names()}
GOOGLE = "google.ca"


def setUpModule():
    global lab, run_dir
    run_dir = tempfile.mkdtemp(prefix="taster-lab-")
    try:
        lab = Lab(os.environ["TASTER_LAB_WIRE"], run_dir)
    except requirements.LabUnavailable as missing:
        shutil.rmtree(run_dir)
        raise unittest.SkipTest(str(missing))
    lab.__enter__()
    unittest.addModuleCleanup(shutil.rmtree, run_dir)
    unittest.addModuleCleanup(lab.stop)


def ask(place, name, kind="A", *, role="probe", ipv6=False, options=()):
    """Every answer as (what ask.py printed, decoded message)."""
    server = lab.addresses[place][1 if ipv6 else 0]
    client = [sys.executable, HERE / "ask.py", "--window", "0.3"]
    ran = lab.exec(role, [*client, *options, server, name, kind])
    if ran.returncode != 0:
        raise AssertionError(ran.stderr)
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    return [(x, dns_message.decode(bytes.fromhex(x["hex"]))) for x in lines]


def dig(role, *arguments):
    ran = lab.exec(role, ["dig", "+time=2", "+tries=1", *arguments])
    return ran.stdout


def split(answers):
    """(forged, genuine), by the censor's own record."""
    forged = {forgery.message for forgery in lab.forgeries()}
    return (
        [pair for pair in answers if pair[1].message in forged],
        [pair for pair in answers if pair[1].message not in forged],
    )


class GenuineAnswers(unittest.TestCase):
    def test_control_name_over_both_families(self):
        for role, resolver in (("probe", "res"), ("control", "free_res")):
            for server in lab.addresses[resolver]:
                for kind, want in (("A", CONTROL_A), ("AAAA", CONTROL_AAAA)):
                    told = dig(role, f"@{server}", "+short", CONTROL, kind)
                    self.assertEqual(told.split(), [want])

    def test_control_name_draws_one_answer_from_three_hops_away(self):
        ((line, response),) = ask("res", CONTROL)
        self.assertEqual(line["ip_ttl"], 61)
        self.assertTrue(response.has_opt)
        self.assertGreater(line["elapsed_ms"], 10)

    def test_signed_name_validates_and_a_broken_one_fails(self):
        server = lab.addresses["res"][0]
        told = dig("probe", f"@{server}", "+dnssec", "www.signed.test", "A")
        self.assertRegex(told, r"flags: qr rd ra ad;")
        self.assertIn("RRSIG", told)
        broken = dig("probe", f"@{server}", "bogus.test", "A")
        self.assertIn("SERVFAIL", broken)
        unchecked = dig("probe", f"@{server}", "+cd", "bogus.test", "A")
        self.assertIn(CONTROL_A, unchecked)

    def test_poisoned_name_through_tcp_is_genuine(self):
        server = lab.addresses["res"][0]
        name = NAMES["main_both"]
        told = dig("probe", f"@{server}", "+tcp", "+short", name, "A")
        self.assertEqual(set(told.split()), set(TRUE_A[name]))

    def test_large_answer_falls_back_to_tcp(self):
        server = lab.addresses["res"][0]
        told = dig("probe", f"@{server}", "big.plain.test", "TXT")
        self.assertIn("(TCP)", told)

    def test_control_network_sees_no_censor(self):
        name = NAMES["main_both"]
        ((_, response),) = ask("free_res", name, role="control")
        self.assertEqual(set(response.addresses), set(TRUE_A[name]))
        self.assertEqual(ask("canary", name, role="control"), [])


class ForgedAnswers(unittest.TestCase):
    def test_poisoned_name_draws_forged_and_genuine_answers(self):
        for ipv6 in (False, True):
            name = NAMES["main_both"]
            answers = ask("res", name, ipv6=ipv6)
            forged, genuine = split(answers)
            self.assertEqual((len(forged), len(genuine)), (2, 1))
            self.assertEqual(set(genuine[0][1].addresses), set(TRUE_A[name]))
            slowest = max(line["elapsed_ms"] for line, _ in forged)
            self.assertLess(slowest, genuine[0][0]["elapsed_ms"])

    def test_canary_answers_are_forged(self):
        want = {
            "main_both": (2, 2),
            "main_teredo": (2, 1),
            "main_face": (1, 1),
            "p20": (1, 1),
            "legacy": (1, 1),
            "s10": (1, 1),
        }
        cases = [
            (NAMES[group], kind, ipv6, count)
            for group, counts in want.items()
            for kind, count in zip(("A", "AAAA"), counts)
            for ipv6 in (False, True)
        ]
        with ThreadPoolExecutor(4) as pool:
            answers = list(
                pool.map(
                    lambda case: ask("canary", *case[:2], ipv6=case[2]), cases
                )
            )
        for case, drawn in zip(cases, answers):
            with self.subTest(case=case):
                forged, genuine = split(drawn)
                self.assertEqual((len(forged), len(genuine)), (case[3], 0))

    def test_google_draws_injector_one_as_well(self):
        forged, _ = split(ask("canary", GOOGLE))
        flags = sorted(line["flags"] for line, _ in forged)
        self.assertEqual(flags, ["8180", "8580"])

    def test_canary_is_silent_for_clean_names(self):
        for ipv6 in (False, True):
            self.assertEqual(ask("canary", CONTROL, ipv6=ipv6), [])

    def test_without_rd_only_injector_three_flips(self):
        answers = ask("canary", NAMES["main_both"], options=("--rd", "0"))
        flags = sorted(line["flags"] for line, _ in answers)
        self.assertEqual(flags, ["8180", "8400"])

    def test_https_query_draws_hints(self):
        for _, response in ask("canary", NAMES["main_both"], "HTTPS"):
            (record,) = response.records
            self.assertEqual(record.type, dns_message.TYPES["HTTPS"])

    def test_injector_three_mirrors_the_ttl(self):
        answers = ask("canary", NAMES["main_face"])
        # The wire lies behind one router, on the way out and back.
        self.assertEqual([line["ip_ttl"] for line, _ in answers], [62])

    def test_header_bits_as_a_sniffer_sees_them(self):
        seen = self._sniff(NAMES["main_both"])
        # DF and IP ID: injector 3 has neither, injector 2 has both.
        self.assertEqual(len(seen), 2)
        self.assertIn(("False", True), seen)
        self.assertIn(("True", False), seen)

    def _sniff(self, name):
        if shutil.which("tshark") is None:
            self.skipTest("tshark is not installed")
        capture = Path(run_dir) / "probe.pcap"
        sniffer = lab.spawn(
            "probe",
            ["tshark", "-q", "-i", "outer", "-w", capture, "udp port 53"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while not (capture.exists() and capture.stat().st_size):
            time.sleep(0.1)
        time.sleep(1)  # The file appears before the capture is on.
        ask("canary", name)
        time.sleep(1.5)  # What tshark has not written it loses.
        sniffer.terminate()
        sniffer.wait()
        fields = ["-T", "fields", "-e", "ip.flags.df", "-e", "ip.id"]
        ran = lab.exec(
            "probe",
            ["tshark", "-r", capture, "-Y", "dns.flags.response==1", *fields],
        )
        rows = [line.split("\t") for line in ran.stdout.splitlines()]
        words = {"0": "False", "1": "True"}
        return [(words.get(df, df), int(ip_id, 16) == 0) for df, ip_id in rows]


class Regions(unittest.TestCase):
    def test_clean_names_rotate_within_their_region(self):
        fact = next(
            fact
            for fact in fact_files.clean_names()
            if not set(fact.a["cn"]) & set(fact.a["us"])
        )
        for role, resolver, region in (
            ("probe", "res", "cn"),
            ("control", "free_res", "us"),
        ):
            turns = set()
            end = time.monotonic() + 20
            while len(turns) < 2 and time.monotonic() < end:
                ((_, response),) = ask(resolver, fact.name, role=role)
                self.assertLessEqual(
                    set(response.addresses), set(fact.a[region])
                )
                self.assertLessEqual(len(response.addresses), 4)
                turns.add(frozenset(response.addresses))
            self.assertEqual(len(turns), 2, f"{resolver} does not rotate")


if __name__ == "__main__":
    unittest.main()
