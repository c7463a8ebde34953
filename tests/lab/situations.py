# SPDX-License-Identifier: Apache-2.0
"""Situations that a network may be in, with what an honest judge must say.

Each is a name below plain.test and the country of the vantage that asks it.
What happens to whole networks is in households.py.
"""

from dataclasses import dataclass

import address_plan as plan
import households
from lab import LabSettings
from wire import WireSettings
from zones import CONTROL_A, CONTROL_AAAA

STAND_IN = "stand-in.plain.test"
# A fixed address of the main pool: whose, its header does not always tell.
FIXED = "gfw-3 gfw-x"


@dataclass(frozen=True)
class Situation:
    label: str
    country: str  # Of the vantage point that asks.
    verdict: str
    mechanism: str = ""  # Empty: none.
    injector: str = ""  # Words, in order; empty: none.
    qtype: str = "A"
    address: str = CONTROL_A  # In the zone; empty: no such name.
    resolver_says: str = ""  # Record data that the resolver lies with.
    control_says: str = ""  # The same of the control's own resolver.
    rule: str = ""  # A `static` line of the censor without its id.
    asks: str = ""  # Empty: the label below plain.test.

    @property
    def name(self):
        return self.asks or f"{self.label}.plain.test"


SITUATIONS = (
    # Duplicates and disorder, on every frame of every situation.
    Situation("doubled", "CN", "consistent"),
    Situation("nobody", "CN", "consistent", address=""),
    Situation("dropped", "CN", "blocked", "dropped"),
    # What was lost might have been forged.
    Situation("thinned", "CN", "insufficient"),
    # Nothing comes, and free networks know of nothing.
    Situation("down", "CN", "down", address=""),
    # Its only name server answers nobody, here or there.
    Situation("dead", "CN", "insufficient", address=""),
    Situation("broken", "CN", "insufficient", asks="bogus.test"),
    # The truth comes first, as at resolvers that are nearer than the injector.
    Situation("late", "CN", "poisoned", "on_path_injection", FIXED,
              rule="199.59.148.20 - 300 late 400"),
    # The control's own provider filters, or is itself poisoned.
    Situation("unseen", "CN", "insufficient", control_says="A 0.0.0.0"),
    Situation("unseen-forged", "CN", "poisoned", "on_path_injection", FIXED,
              rule="31.13.94.37 - 300", control_says="A 0.0.0.0"),
    Situation("misled", "CN", "insufficient", control_says="A 199.59.148.20"),
    Situation("misled-forged", "CN", "poisoned", "on_path_injection", FIXED,
              rule="31.13.94.37 - 300", control_says="A 199.59.148.20"),
    # As skype.com led to skype.tom.com.
    Situation("chat", "CN", "likely_poisoned", "substituted",
              resolver_says=f"CNAME {STAND_IN}."),
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
            dropped_names=("dropped.plain.test", "down.plain.test"),
            further_rules=(*_rules(), *households.wire_rules())),
        plain_records=(*_zone(), *households.plain_records()),
        resolver_lines=tuple(_lies("resolver_says")),
        control_lines=tuple(_lies("control_says")),
        tls_name=households.TLS_NAME,
    )


def _rules():
    for situation in SITUATIONS:
        if situation.rule:
            yield f"static {situation.label} {situation.rule}"
            yield f"static-name {situation.label} {situation.name}"
    yield "cut cut.plain.test"
    yield "thin thinned.plain.test"


def _zone():
    yield f"{STAND_IN}. 300 IN A 211.151.50.10"
    yield "dead.plain.test. 300 IN NS ns.dead.plain.test."
    yield f"ns.dead.plain.test. 300 IN A {plan.CANARY.ipv4}"
    for situation in SITUATIONS:
        if situation.asks or not situation.address:
            continue
        yield f"{situation.name}. 300 IN A {situation.address}"
        if situation.address == CONTROL_A:
            yield f"{situation.name}. 300 IN AAAA {CONTROL_AAAA}"


def _lies(whose):
    """Of unbound's server clause. whose: resolver_says or control_says."""
    for situation in SITUATIONS:
        lie = getattr(situation, whose)
        if lie:
            name = situation.name
            yield f'local-zone: "{name}." redirect'
            yield f'local-data: "{name}. 300 IN {lie}"'
