# SPDX-License-Identifier: Apache-2.0
"""Makes DNSSEC keys and signs zones with the ldns tools."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

ALGORITHM = "ECDSAP256SHA256"


@dataclass(frozen=True)
class Key:
    zone: str  # With its final dot.
    base: Path  # Path without .key, .private, .ds.

    @property
    def dnskey(self):
        """The DNSKEY record as one line of a zone file."""
        return self.base.with_name(self.base.name + ".key").read_text().strip()

    @property
    def ds(self):
        """The DS record as one line of a zone file."""
        return self.base.with_name(self.base.name + ".ds").read_text().strip()


def make_key(zone, directory):
    """One key that signs everything in a zone. directory: where it is kept."""
    made = subprocess.run(
        ["ldns-keygen", "-k", "-a", ALGORITHM, zone],
        cwd=directory,
        check=True,
        capture_output=True,
        text=True,
    )
    return Key(zone, Path(directory) / made.stdout.strip())


def sign(zone_file, key):
    """Replaces a zone file by its signed form."""
    signed = zone_file.with_suffix(".signed")
    subprocess.run(
        ["ldns-signzone", "-o", key.zone, "-f", signed, zone_file, key.base],
        check=True,
        capture_output=True,
    )
    signed.replace(zone_file)
