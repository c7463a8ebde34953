# SPDX-License-Identifier: Apache-2.0
"""Writes the zones of one region: a signed root, the facts' names below it,
and the lab's own names under test."""

import zlib
from collections import defaultdict

import address_plan as plan
import signing

NAME_SERVER = "ns.auth."
STATIC_TTL = 300  # Seconds.
ROTATING_TTL = 5

# AS 112 answers on these for everybody and belongs to nobody (RFC 7534).
CONTROL_A = "192.175.48.1"
CONTROL_AAAA = "2620:4f:8000::1"

# Served in the other region alone, so that from this one it is found by the
# name of its name server, which lies in another zone.
DELEGATED = "delegated.plain.test"
DELEGATED_TO = "us"
HELPER_ZONE = "helper.test."
HELPER = "ns.helper.test"

CONTROL_NAMES = ("control", "control2", "control3", "www", "mail")
SIGNED_NAMES = ("@", "www", "mail")


class RegionZones:
    """The zone files of one region, in a directory of their own."""

    def __init__(self, directory, region, facts, plain_records=()):
        """facts: (poisoned names, clean names). plain_records: more lines of
        plain.test."""
        self._more_plain = list(plain_records)
        self.directory = directory
        self.region = region
        self._static = defaultdict(list)  # TLD -> record lines.
        self._rotating = defaultdict(list)  # TLD -> clean names.
        poisoned, clean = facts
        for entry in poisoned:
            for owner in (entry.name, f"www.{entry.name}"):
                self._static[_tld(owner)] += _records(
                    owner, STATIC_TTL, (*entry.true_a, *entry.true_aaaa)
                )
        for entry in clean:
            self._rotating[_tld(entry.name)].append(entry)

    @property
    def files(self):
        """Zone name (with its final dot) to file."""
        names = [".", "signed.test.", "plain.test.", "bogus.test.",
                 HELPER_ZONE]
        if self.region == DELEGATED_TO:
            names.append(f"{DELEGATED}.")
        names += [f"{tld}." for tld in self._tlds()]
        return {name: self.directory / f"{name}zone" for name in names}

    def write_all(self, name_server, keys):
        """name_server: its (IPv4, IPv6). keys: zone name to signing.Key."""
        self.directory.mkdir(parents=True)
        self._write("plain.test.", _plain_records() + self._more_plain)
        self._write("bogus.test.", _records("bogus.test", STATIC_TTL, _BOTH))
        self._write("signed.test.", _signed_records(keys["signed.test."]))
        self._write(HELPER_ZONE, _records(
            HELPER, STATIC_TTL, plan.ADDRESSES["auth_b"][:1]))
        if self.region == DELEGATED_TO:
            self._write(f"{DELEGATED}.",
                        _records(DELEGATED, STATIC_TTL, _BOTH))
        self._write(".", self._root_records(name_server, keys))
        for zone in ("signed.test.", "."):
            signing.sign(self.files[zone], keys[zone])
        self.rotate(0)
        for tld in set(self._static) - set(self._rotating):
            self._write(f"{tld}.", self._static[tld])

    def rotate(self, turn):
        """Writes the zones of the clean names as they stand at a turn."""
        for tld, entries in self._rotating.items():
            lines = list(self._static[tld])
            for entry in entries:
                addresses = (
                    *_window(entry.name, entry.a[self.region], turn),
                    *_window(entry.name, entry.aaaa[self.region], turn),
                )
                for owner in (entry.name, f"www.{entry.name}"):
                    lines += _records(owner, ROTATING_TTL, addresses)
            self._write(f"{tld}.", lines, serial=turn + 1)

    def _tlds(self):
        return sorted({*self._static, *self._rotating})

    def _root_records(self, name_server, keys):
        lines = [keys["."].dnskey]
        lines += _records(NAME_SERVER[:-1], STATIC_TTL, name_server)
        for zone in (*self.files,):
            if zone not in (".", f"{DELEGATED}."):
                lines.append(f"{zone} {STATIC_TTL} IN NS {NAME_SERVER}")
        lines.append(keys["signed.test."].ds)
        # A digest of nothing: what bogus.test. says can never validate.
        lines.append(f"bogus.test. {STATIC_TTL} IN DS 1 13 2 {'00' * 32}")
        return lines

    def _write(self, zone, lines, serial=1):
        head = [
            f"{zone} {STATIC_TTL} IN SOA {NAME_SERVER} lab.auth. "
            f"{serial} 3600 600 86400 5",
            f"{zone} {STATIC_TTL} IN NS {NAME_SERVER}",
        ]
        path = self.files[zone]
        draft = path.with_suffix(".draft")
        draft.write_text("\n".join(head + lines) + "\n")
        draft.replace(path)


_BOTH = (CONTROL_A, CONTROL_AAAA)


def _plain_records():
    lines = []
    for name in CONTROL_NAMES:
        lines += _records(f"{name}.plain.test", STATIC_TTL, _BOTH)
    # Larger than any UDP answer: forces TCP.
    text = " ".join(f'"{"x" * 200}"' for _ in range(20))
    lines.append(f"big.plain.test. {STATIC_TTL} IN TXT {text}")
    lines.append(f"{DELEGATED}. {STATIC_TTL} IN NS {HELPER}.")
    lines.append(
        f"control.plain.test. {STATIC_TTL} IN HTTPS 1 . alpn=h2 "
        f"ipv4hint={CONTROL_A} ipv6hint={CONTROL_AAAA}"
    )
    return lines


def _signed_records(key):
    lines = [key.dnskey]
    for name in SIGNED_NAMES:
        owner = "signed.test" if name == "@" else f"{name}.signed.test"
        lines += _records(owner, STATIC_TTL, _BOTH)
    return lines


def _records(owner, ttl, addresses):
    return [
        f"{owner}. {ttl} IN {'AAAA' if ':' in address else 'A'} {address}"
        for address in addresses
    ]


def _window(name, addresses, turn):
    """Two to four of the addresses, moved on by their number each turn."""
    if not addresses:
        return ()
    width = min(2 + zlib.crc32(name.encode()) % 3, len(addresses))
    start = turn * width
    return {addresses[(start + i) % len(addresses)] for i in range(width)}


def _tld(name):
    return name.rsplit(".", 1)[1]
