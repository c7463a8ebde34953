# SPDX-License-Identifier: Apache-2.0
"""Situations that a network may be in, with what an honest judge must say.

Each is a name below plain.test and the country of the vantage that asks it.
What happens to whole networks is in households.py.
"""

from dataclasses import dataclass

import households
from lab import LabSettings
from wire import WireSettings
from zones import CONTROL_A, CONTROL_AAAA


@dataclass(frozen=True)
class Situation:
    label: str
    country: str  # Of the vantage point that asks.
    verdict: str
    mechanism: str = ""  # Empty: none.
    injector: str = ""
    qtype: str = "A"
    address: str = CONTROL_A  # In the zone; empty: no such name.
    resolver_says: str = ""  # Record data that the resolver lies with.
    rule: str = ""  # A `static` line of the censor without its id.

    @property
    def name(self):
        return f"{self.label}.plain.test"


SITUATIONS = (
    # Duplicates and disorder, on every frame of every situation.
    Situation("doubled", "CN", "consistent"),
    Situation("nobody", "CN", "consistent", address=""),
    Situation("dropped", "CN", "blocked", "dropped"),
    # Over TCP; over UDP nobody minds.
    Situation("cut", "CN", "blocked", "reset"),
    Situation("gone", "CN", "filtered", "nxdomain_rewritten", address="",
              resolver_says="A 202.106.199.34"),
    # No forgery on the way, so that the resolver had it from elsewhere.
    Situation("cached", "CN", "poisoned", "resolver_poisoned", "gfw-x",
              resolver_says="A 199.59.148.20"),
    Situation("lied", "ID", "likely_poisoned", "resolver_lying", "indonesia",
              resolver_says="A 101.255.1.226"),
    Situation("aliased", "ID", "likely_poisoned", "resolver_lying",
              "indonesia", resolver_says="CNAME trustpositif.kominfo.go.id."),
    Situation("searched", "RU", "likely_poisoned", "safe_search",
              resolver_says="A 216.239.38.120"),
    Situation("filtered", "DE", "filtered", "security_product",
              resolver_says="A 0.0.0.0"),
    Situation("pinned", "IR", "poisoned", "on_path_injection", "iran",
              rule="10.10.34.35 - 1 a-for-aaaa lower-case"),
    Situation("pinned6", "IR", "poisoned", "on_path_injection", "iran",
              qtype="AAAA", rule="10.10.34.36 - 1 a-for-aaaa lower-case"),
    # Right, and yet an address that runs no DNS has given it.
    Situation("right", "IR", "ambiguous", rule=f"{CONTROL_A} - 1"),
    Situation("looped", "TM", "poisoned", "on_path_injection",
              "turkmenistan", rule="127.0.0.1 - 300"),
    # The zone itself has the address that this country's injector gives.
    Situation("bogon", "TM", "consistent", address="127.0.0.1"),
)

COUNTRIES = sorted({situation.country for situation in SITUATIONS})


def settings():
    """A lab in which all of them hold at once."""
    return LabSettings(
        wire=WireSettings(
            duplication=0.3, reordering=0.1,
            dropped_names=("dropped.plain.test",),
            further_rules=(*_rules(), *households.wire_rules())),
        plain_records=(*_zone(), *households.plain_records()),
        resolver_lines=tuple(_lies()),
        tls_name=households.TLS_NAME,
    )


def _rules():
    for situation in SITUATIONS:
        if situation.rule:
            yield f"static {situation.label} {situation.rule}"
            yield f"static-name {situation.label} {situation.name}"
    yield "cut cut.plain.test"


def _zone():
    for situation in SITUATIONS:
        if not situation.address:
            continue
        yield f"{situation.name}. 300 IN A {situation.address}"
        if situation.address == CONTROL_A:
            yield f"{situation.name}. 300 IN AAAA {CONTROL_AAAA}"


def _lies():
    for situation in SITUATIONS:
        if situation.resolver_says:
            name = situation.name
            yield f'local-zone: "{name}." redirect'
            yield f'local-data: "{name}. 300 IN {situation.resolver_says}"'
