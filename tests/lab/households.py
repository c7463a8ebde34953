# SPDX-License-Identifier: Apache-2.0
"""What happens to whole networks: one home in each, with what an honest judge
must say of the names that it asks for.
"""

from dataclasses import dataclass

import address_plan as plan
import fact_files
from annex import (HOMES, ISP, LED, MAIL_PORT, SITE, STARTTLS_PORTS,
                   WHOAMI)
from sites import STAND_IN, Site
from zones import CONTROL_A, CONTROL_AAAA, DELEGATED, HELPER

TLS_NAME = "res.plain.test"
OPEN = "open.plain.test"  # Nobody does anything to it.
RES = plan.ADDRESSES["res"][0]
CANARY = plan.CANARY.ipv4
# For names of one owner each, no two of them the same.
VICTIMS = (
    "abebooks.com", "afr.com", "archive-it.org", "bol.com", "brookings.edu",
    "bunshun.jp", "feednews.com", "goldenfrog.com", "haberturk.com",
    "hepsiburada.com", "hinet.net", "kakao.com",
)
LATER_VICTIMS = ("lepoint.fr", "line.me", "nifty.com")
STRANGER = "stranger.plain.test"  # Its host is in the new pool.
STRANGERS = fact_files.pool("strangers_a")


@dataclass(frozen=True)
class Said:
    """Of one name, in one home."""

    name: str
    verdict: str
    mechanism: str = ""
    injector: str = ""
    qtype: str = "A"


@dataclass(frozen=True)
class Household:
    place: str  # In annex.HOMES.
    country: str
    asn: int
    lines: tuple  # Of the [plan] table.
    must_say: tuple
    later: tuple = ()  # What is asked in a second round alone.


def _asks(server, streams=(), extra=()):
    return (f'resolvers = ["{server}"]', f"streams = [{', '.join(streams)}]",
            *extra)


DOT = f'"tls://{RES}#{TLS_NAME}"'
DOH = f'"https://{RES}/dns-query#{TLS_NAME}"'
SYSTEM = ('resolvers = ["system"]', f'system_servers = ["{ISP.ipv4}"]')
CHANGED = ("poisoned", "on_path_injection")


def _site(label, number, **more):
    return Site(label, f"10.9.{SITE.network}.{number}", **more)


# One address each, since none is visited twice in three minutes.
SHOP = _site("shop", 20)  # Whose name is the control name of customers.
FAIR = _site("fair", 21)
REFUSING = _site("refusing", 22, otherwise="return 451")
LEADING = _site("leading", 23, otherwise=f"return 302 https://{STAND_IN}/")
MAILBOX = _site("mailbox", 24)
LETTERS = _site("letters", 25)
SITES = (SHOP, FAIR, REFUSING, LEADING, MAILBOX, LETTERS)


def checks(*ports):
    """Lines that have answered addresses visited."""
    return (f'control_name = "{SHOP.name}"',
            f"checks = [{', '.join(map(str, ports))}]",
            f'mail_names = ["{SHOP.name}", "{MAILBOX.name}", '
            f'"{LETTERS.name}"]')

HOUSEHOLDS = (
    Household("closed", "CN", 64505, _asks(RES, (DOT, DOH)), (
        Said(TLS_NAME, "blocked", "encrypted_dns_blocked"),
        Said(OPEN, "consistent"))),
    Household("silent", "CN", 64506, _asks(RES, (DOT, DOH)), (
        Said(TLS_NAME, "blocked", "encrypted_dns_blocked"),
        Said(OPEN, "consistent"))),
    Household("mitm", "KZ", 64507, _asks(RES, (DOT,)), (
        Said(TLS_NAME, "blocked", "tls_intercepted"),
        Said(OPEN, "consistent"))),
    # Patient: where a busy machine is late, nothing must look blocked.
    Household("led_home", "RU", 64508, _asks(RES, (DOT, DOH), (
        'whoami = "whoami.plain.test"', f'canaries = ["{CANARY}"]',
        "window_seconds = 5")), (
        Said("denied.plain.test", "poisoned", "intercepted"),
        Said(TLS_NAME, "consistent"),
        Said(OPEN, "consistent"))),
    # A hotel's page for every name, the control name too.
    Household("hotel", "DE", 64509, SYSTEM, (Said(OPEN, "insufficient"),)),
    Household("nat64", "US", 64510, (*SYSTEM, 'types = ["AAAA"]'), (
        Said("only4.plain.test", "consistent", qtype="AAAA"),)),
    # The provider's resolver validates, and was fed a forgery.
    Household("home", "CN", 64511, (*SYSTEM, "cd_twin = true"), (
        Said("mail.signed.test", "poisoned", "resolver_poisoned", "gfw-x"),
        Said("www.signed.test", "consistent"))),
    # January 2015.
    Household("changed", "CN", 64496, _asks(RES), (
        *(Said(name, *CHANGED) for name in VICTIMS),
        Said(STRANGER, "consistent")),
        later=tuple(Said(name, *CHANGED) for name in LATER_VICTIMS)),
    # The resolver asks a stranger for a name that nobody forges.
    Household("misdirected", "CN", 65541, (
        *SYSTEM, f'canaries = ["{CANARY}"]', "rd0_twin = false",
        f'name_servers = ["{DELEGATED}: {HELPER}"]'), (
            Said(DELEGATED, "blocked", "delegation_poisoned", "gfw-3"),)),
    # What the services' own operators do to a country.
    Household("customers", "IR", 65537, _asks(RES, (), checks(443)), (
        Said(REFUSING.name, "filtered", "geo_refused"),
        Said(LEADING.name, "filtered", "substituted"),
        Said(FAIR.name, "consistent"))),
    # Gmail's mail ports in 2014; the web works.
    Household("mailless", "CN", 65538,
              _asks(RES, (), checks(443, MAIL_PORT, *STARTTLS_PORTS)), (
                  Said(MAILBOX.name, "blocked", "address_blocked"),)),
    # Outlook's mail in 2015; the web is as ever.
    Household("mail_mitm", "CN", 65539,
              _asks(RES, (), checks(443, MAIL_PORT)), (
                  Said(LETTERS.name, "blocked", "tls_intercepted"),)),
)


def names():
    """Everything that a control must know."""
    return sorted({HELPER, *(one.name for home in HOUSEHOLDS
                             for one in (*home.must_say, *home.later))})


def wire_rules():
    """Lines of the censor's rules file."""
    yield f"pool main_a {fact_files.DIRECTORY}/pool_strangers_a.txt"
    for port in (853, 443):
        yield f"block {HOMES['closed'].prefix} {port} reset"
        yield f"block {HOMES['silent'].prefix} {port} drop"
    yield f"redirect {HOMES['mitm'].prefix} tcp 853 {LED.ipv4}"
    yield f"redirect {HOMES['led_home'].prefix} udp 53 {LED.ipv4}"
    for port in (MAIL_PORT, *STARTTLS_PORTS):
        yield f"block {HOMES['mailless'].prefix} {port} drop"
    yield f"redirect {HOMES['mail_mitm'].prefix} tcp {MAIL_PORT} {LED.ipv4}"
    # Of the pool that injectors use today. Several times, since the wire holds
    # frames back, and the truth must not overtake them all.
    for number in range(4):
        yield f"static forged{number} 31.13.94.37 - 300"
        yield f"static-name forged{number} mail.signed.test"
        yield f"static-name forged{number} {HELPER}"


def plain_records():
    """Lines of the zone plain.test."""
    for name in (OPEN, "denied.plain.test"):
        yield f"{name}. 300 IN A {CONTROL_A}"
        yield f"{name}. 300 IN AAAA {CONTROL_AAAA}"
    for site in SITES:
        yield f"{site.name}. 300 IN A {site.ipv4}"
    yield f"only4.plain.test. 300 IN A {CONTROL_A}"
    yield f"{TLS_NAME}. 300 IN A {RES}"
    yield f"{STRANGER}. 300 IN A {STRANGERS[0]}"
    yield "whoami.plain.test. 300 IN NS ns.whoami.plain.test."
    yield f"ns.whoami.plain.test. 300 IN A {WHOAMI}"


def isp_lines():
    """Of unbound's server clause."""
    return (
        'module-config: "dns64 validator iterator"',
        'define-tag: "hotel"',
        f'access-control-tag: {HOMES["hotel"].prefix} "hotel"',
        'local-zone: "." redirect',
        'local-zone-tag: "." "hotel"',
        'local-data: ". 0 IN A 192.168.77.1"',
    )


def led_lines():
    return ('local-zone: "denied.plain.test." always_nxdomain',)
