#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Replies as fast as a core can send them harm no round: memory stays flat, the
round ends on time, and what was not kept is counted.

TASTER_BUILD=DIRECTORY python3 tests/faults/flood_test.py
TASTER_FLOOD_SECONDS says for how long; 60 proves what 15 shows.
"""

import json
import os
import re
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

SECONDS = int(os.environ.get("TASTER_FLOOD_SECONDS", "15"))
WINDOW = 2
RATE = 2
# What a round may take beyond pace and window.
SLACK = 10
# A probe that is not flooded has about 27 MB, most of it libraries.
MOST_MB = 48

CONFIG = """state_dir = "{home}/state"
country = "NL"
asn = 64496
profile = "lab"
lab = true
[collector]
endpoint = "127.0.0.1:1"
pins = ["sha256/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="]
receipt_key = "{key}"
[plan]
targets = "{home}/names"
control_name = "control.example"
types = ["A"]
resolvers = ["127.0.0.1:{port}"]
system_lookup = false
rate = {rate}
window_seconds = {window}
"""


class Flooded:
    """A configured taster-probe whose resolver never stops answering."""

    def __init__(self, build, home):
        self.flooder = subprocess.Popen([build / "tests/flooder", str(SECONDS)],
                                        stdout=subprocess.PIPE, text=True)
        port = self.flooder.stdout.readline().strip()
        (home / "state").mkdir(mode=0o700)
        # A target has a question beside its control name's.
        names = [f"n{i}.example" for i in range(SECONDS * RATE // 2)]
        self._write(home / "names", "\n".join(names) + "\n")
        self._write(home / "probe.toml", CONFIG.format(
            home=home, key=bytes(range(32)).hex(), port=port, rate=RATE,
            window=WINDOW))
        self._command = [build / "taster-probe", "--config",
                         home / "probe.toml"]
        if os.geteuid() == 0:
            self._command.append("--allow-root")
        shown = json.loads(self.run("consent", "show", "--json"))
        self.run("consent", "accept", "--version", str(shown["version"]))

    @staticmethod
    def _write(path, text):
        path.write_text(text)
        path.chmod(0o600)

    def run(self, *words):
        return subprocess.run([*self._command, *words], check=True, text=True,
                              capture_output=True).stdout

    def once(self):
        """(seconds, peak resident MB, summary) of a round that delivers
        nothing."""
        begun = time.monotonic()
        with subprocess.Popen([*self._command, "once", "--patience", "0"],
                              stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True) as probe:
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
