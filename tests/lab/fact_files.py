# SPDX-License-Identifier: Apache-2.0
"""Reads the facts that the lab simulates."""

from dataclasses import dataclass
from pathlib import Path

DIRECTORY = Path(__file__).resolve().parent / "facts"


@dataclass(frozen=True)
class PoisonedName:
    name: str
    group: str
    true_a: tuple
    true_aaaa: tuple  # Empty: the name has no AAAA.


@dataclass(frozen=True)
class CleanName:
    name: str
    a: dict  # Region ("cn", "us") to addresses.
    aaaa: dict  # Empty tuples: the name has no AAAA.


def poisoned_names():
    return [
        PoisonedName(name, group, _addresses(a), _addresses(aaaa))
        for name, group, a, aaaa in _rows("poisoned.tsv")
    ]


def clean_names():
    return [
        CleanName(
            name,
            {"cn": _addresses(cn_a), "us": _addresses(us_a)},
            {"cn": _addresses(cn_aaaa), "us": _addresses(us_aaaa)},
        )
        for name, cn_a, cn_aaaa, us_a, us_aaaa in _rows("clean.tsv")
    ]


def pool(name):
    """The addresses of pool_NAME.txt, in order."""
    return [row[0] for row in _rows(f"pool_{name}.txt")]


def prefixes():
    """(prefix, AS number, country or "") of every known network."""
    return [
        (prefix, int(asn), country)
        for prefix, asn, country in _rows("prefix_to_as.tsv")
    ]


def _rows(file_name):
    lines = (DIRECTORY / file_name).read_text().splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def _addresses(field):
    return () if field == "-" else tuple(field.split(","))
