# SPDX-License-Identifier: Apache-2.0
"""Writes the censor's rules and runs lab-wire in the wire's namespace."""

import select
import signal
import subprocess
import threading
from dataclasses import dataclass

import address_plan as plan
import fact_files

POOLS = {
    "main_a": "main_a",
    "main_aaaa": "main_aaaa",
    "p20": "p20_a",
    "legacy": "legacy_a",
    "s10": "s10_a",
    "gfw1": "gfw1_a",
}
READY_SECONDS = 5


class WireError(Exception):
    """lab-wire did not start; the message holds its own words."""


@dataclass(frozen=True)
class WireSettings:
    delay_ms: float = 5  # One way.
    loss: float = 0  # Share of frames, 0 to 1.
    seed: int = 1
    inspect: str = "out"  # Or "both".
    dropped_names: tuple = ()  # Queries for them are swallowed.
    duplication: float = 0  # Share of frames that come twice.
    reordering: float = 0  # Share of frames that others overtake.
    further_rules: tuple = ()  # Lines of the rules file.


def rules_text(settings, names=True):
    """names: also those that are known to be poisoned."""
    directory = fact_files.DIRECTORY
    lines = [
        f"pool {name} {directory}/pool_{file_name}.txt"
        for name, file_name in POOLS.items()
    ]
    if names:
        lines.append(f"names {directory}/poisoned.tsv")
    lines.append(f"inspect {settings.inspect}")
    lines += [f"name {name} drop" for name in settings.dropped_names]
    lines += settings.further_rules
    return "\n".join(lines) + "\n"


class Wire:
    def __init__(self, binary, run_dir, settings):
        self._binary = binary
        self._settings = settings
        self._rules = run_dir / "censor.rules"
        self._log = run_dir / "wire.log"
        self.truth_log = run_dir / "truth.tsv"
        self._child = None
        self._flushing = threading.Lock()

    def start(self, children):
        self._rules.write_text(rules_text(self._settings))
        arguments = [
            self._binary,
            *("--rules", self._rules),
            *("--left", "left", "--right", "right"),
            *("--delay-ms", self._settings.delay_ms),
            *("--loss", self._settings.loss),
            *("--duplication", self._settings.duplication),
            *("--reordering", self._settings.reordering),
            *("--seed", self._settings.seed),
            *("--truth", self.truth_log),
        ]
        with self._log.open("wb") as log:
            self._child = children.start(
                plan.WIRE, arguments, stdout=subprocess.PIPE, stderr=log
            )
        ready, _, _ = select.select([self._child.stdout], [], [], READY_SECONDS)
        if not ready or self._child.stdout.readline() != b"ready\n":
            raise WireError(f"lab-wire: {self._log.read_text().strip()}")

    def flush(self):
        """Has the truth log written out to the last forgery."""
        with self._flushing:
            self._child.send_signal(signal.SIGUSR1)
            if self._child.stdout.readline() != b"flushed\n":
                raise WireError("lab-wire has ended")
