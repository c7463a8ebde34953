# SPDX-License-Identifier: Apache-2.0
"""taster-probe sweeps a few thousand names past the censor of the lab: each
forged name is found, each clean one counted, a stopped sweep goes on.

TASTER_BUILD=DIRECTORY [TASTER_SWEEP_NAMES=6000] python3 tests/lab/sweep_test.py
"""

import json
import os
import re
import signal
import subprocess
import time
import unittest

import address_plan
import fact_files
from lone_probe import lone_probe

CANARY = address_plan.ADDRESSES["canary"][0]
RESOLVER = address_plan.ADDRESSES["res"][0]
NAMES = int(os.environ.get("TASTER_SWEEP_NAMES", "6000"))
BAD = ("single", "a..example", "_x.example", "*.example", "x.local",
       "192.0.2.1", "dot.example.", "sp ace.example", "b\u00fccher.example")
MOST_KIB = 40 * 1024


def the_list():
    """(all names, those that are forged), well mixed."""
    poisoned = [fact.name for fact in fact_files.poisoned_names()]
    forged = [*poisoned, *(f"www.{name}" for name in poisoned)]
    clean = [f"n{i}.plain.test" for i in range(NAMES - len(forged))]
    step = max(1, len(clean) // len(forged))
    mixed = []
    for index, name in enumerate(clean):
        if index % step == 0 and index // step < len(forged):
            mixed.append(forged[index // step])
        mixed.append(name)
    return mixed, forged


def words(names, *more):
    return ("sweep", "--names", names, "--canary", CANARY, "--json", "--keep",
            "--i-own-the-canary", *more)


def peak_kib(process):
    """VmHWM of proc(5): the most memory that the process ever held."""
    with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0


def question_name(message):
    """Lower case, no dot at the end."""
    labels = []
    at = 12
    while message[at]:
        labels.append(message[at + 1:at + 1 + message[at]].decode("ascii"))
        at += 1 + message[at]
    return ".".join(labels).lower()


def forged_by_truth(lab, server):
    return {question_name(forgery.message)
            for forgery in lab.forgeries() if forgery.server == server}


class Sweep(unittest.TestCase):
    def test_forged_found_clean_counted(self):
        mixed, forged = the_list()
        with lone_probe(self) as (lab, probe):
            names = probe.write("list", "\n".join((*mixed, *BAD)) + "\n")
            process = probe.start(*words(names, "--rate", "3000"),
                                  stdout=subprocess.PIPE)
            peak = 0
            while process.poll() is None:
                try:
                    peak = max(peak, peak_kib(process))
                except OSError:
                    break
                time.sleep(0.05)
            told = json.loads(process.communicate()[0])
            truth = forged_by_truth(lab, CANARY)
            status = json.loads(probe.run("status", "--json").stdout)
            self.check_resume(probe, names, told)
            self.check_kill(probe, names, told)
            self.check_refusal(probe, names)
        self.assertEqual(process.returncode, 0)
        self.assertTrue(told["complete"])
        self.assertEqual(truth, {name.lower() for name in forged})
        self.assertEqual(told["answered"], len(forged))
        self.assertEqual(told["asked"], len(mixed))
        self.assertEqual(told["unanswered"], len(mixed) - len(forged))
        self.assertEqual(sum(told["malformed"].values()), len(BAD))
        self.assertGreater(told["replies"], len(forged))
        # Each forged name, and the control name beside it.
        self.assertEqual(status["spool"]["waiting_measurements"],
                         2 * len(forged))
        self.assertLess(peak, MOST_KIB)
        print(f"{told['asked']} names in {told['seconds']} s, "
              f"{told['answered']} of {len(forged)} forged, "
              f"{told['replies']} replies, {peak} KiB at most")

    def check_resume(self, probe, names, before):
        """Stopped by SIGINT in the middle, then to the end: the same counts."""
        state = probe.home / "sweep.state"
        arguments = words(names, "--rate", "2000", "--resume", state)
        process = probe.start(*arguments, stdout=subprocess.PIPE)
        time.sleep(2.8)  # The checks before take most of it.
        process.send_signal(signal.SIGINT)
        stopped = json.loads(process.communicate()[0])
        self.assertEqual(process.returncode, 130)
        self.assertFalse(stopped["complete"])
        self.assertLess(stopped["asked"], before["asked"])
        ran = probe.run(*arguments)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        told = json.loads(ran.stdout)
        self.assertTrue(told["complete"])
        for key in ("entries", "asked", "answered", "unanswered", "malformed"):
            self.assertEqual(told[key], before[key], key)
        print(f"stopped after {stopped['entries']} entries, went on to the "
              f"end at {told['entries']}")

    def check_kill(self, probe, names, before):
        """Killed without warning: what was not saved is asked again."""
        state = probe.home / "killed.state"
        process = probe.start(*words(names, "--rate", "600", "--resume",
                                     state), stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while not state.exists() and time.monotonic() < deadline:
            time.sleep(0.2)
        process.kill()
        process.wait()
        saved = state.read_text()
        ran = probe.run(*words(names, "--rate", "2000", "--resume", state))
        self.assertEqual(ran.returncode, 0, ran.stderr)
        told = json.loads(ran.stdout)
        self.assertTrue(told["complete"])
        for key in ("entries", "asked", "answered"):
            self.assertEqual(told[key], before[key], key)
        entries = re.search(r"(?m)^entries (\d+)$", saved)[1]
        print(f"killed; went on from {entries} entries")

    def check_refusal(self, probe, names):
        ran = probe.run("sweep", "--names", names, "--canary", RESOLVER,
                        "--json", "--keep", "--i-own-the-canary")
        self.assertEqual(ran.returncode, 77)
        self.assertIn("not silent", ran.stderr)
        self.assertEqual(json.loads(ran.stdout)["asked"], 0)


if __name__ == "__main__":
    unittest.main()
