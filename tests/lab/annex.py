# SPDX-License-Identifier: Apache-2.0
"""Further networks of a lab that is up: homes behind the wire, each with a
rule of its own, two more resolvers, and services. IPv4 alone.

    homes, isp - r1 =wire= r2 - r3 -+- led
                                    +- site

Network N is 10.9.N.0/24; those behind the wire are 32 to 47.
"""

import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import address_plan as plan
import ask
import certificates
import namespace
import servers
import sites
import topology
from lab import CONTROL_NAME

BEHIND_THE_WIRE = "10.9.32.0/20"
WHOAMI = plan.ADDRESSES["auth"][0].replace(".53", ".54")
READY_SECONDS = 10


@dataclass(frozen=True)
class Place:
    role: str
    router: str
    network: int
    host: int = 2

    @property
    def ipv4(self):
        return f"10.9.{self.network}.{self.host}"

    @property
    def prefix(self):
        return f"10.9.{self.network}.0/24"


HOMES = {role: Place(role, "r1", 33 + number) for number, role in enumerate(
    ("closed", "silent", "mitm", "led_home", "hotel", "nat64", "home",
     "changed", "customers", "mailless", "mail_mitm",
     "misdirected"))}
# The provider's resolver: what it asks crosses the wire.
ISP = Place("isp", "r1", 32, 53)
# Where redirects lead.
LED = Place("led", "r3", 48, 53)
SITE = Place("site", "r3", 49, 10)
PLACES = (*HOMES.values(), ISP, LED, SITE)
MAIL_PORT = 993
# In clear first, then STARTTLS: submission and IMAP.
STARTTLS_PORTS = (587, 143)


class Annex:
    """Its programs end with the lab; remove() takes the networks down."""

    def __init__(self, lab):
        self._lab = lab

    def build(self, isp_lines=(), led_lines=(), services=()):
        """isp_lines, led_lines: further lines of the resolvers' server
        clauses. services: of sites.Site, in SITE's network; they treat
        customers otherwise than others."""
        name = self._lab.namespace
        _batch((), [f"netns add {name(place.role)}" for place in PLACES])
        _batch((), [
            f"link add name outer netns {name(place.role)} type veth "
            f"peer name {place.role} netns {name(place.router)}"
            for place in PLACES])
        for role, lines in _commands(services).items():
            _batch(("-n", name(role)), lines)
        namespace.run_all_inside(
            (name(role), topology.prepare_kernel)
            for role in ("r1", "r3", *(place.role for place in PLACES)))
        self._start(ISP, isp_lines)
        self._start(LED, (*led_lines, *self._stranger()))
        self._lab.spawn("auth", [
            sys.executable, Path(__file__).with_name("whoami.py"), WHOAMI])
        sites.start(
            self._lab.spawn, SITE.role, self._lab.run_dir / "sites",
            certificates.known_authority(self._lab.run_dir, "authority"),
            services, HOMES["customers"].prefix)
        self._wait(services)

    def remove(self):
        topology.remove_namespaces(
            self._lab.namespace(place.role) for place in PLACES)

    def _stranger(self):
        """Mail, DoT and DoH with a certificate that nobody has reason to
        trust."""
        directory = self._lab.run_dir
        authority = certificates.make_authority(directory, "nobody")
        certificate = certificates.issue(authority, directory, "led.test")
        self._lab.spawn(LED.role, [
            "openssl", "s_server", "-quiet", "-accept",
            f"{LED.ipv4}:{MAIL_PORT}", "-cert", certificate.pem,
            "-key", certificate.key], stderr=subprocess.DEVNULL)
        return certificates.server_lines(LED.ipv4, certificate)

    def _start(self, place, lines):
        server = servers.RecursiveServer(
            place.role, "auth", self._lab.run_dir / place.role, lines,
            addresses=(place.ipv4,))
        server.start(SimpleNamespace(start=self._lab.spawn),
                     self._lab.trust_anchor)

    def _wait(self, services):
        waits = [("home", ISP.ipv4, CONTROL_NAME),
                 ("control", LED.ipv4, CONTROL_NAME),
                 ("control", WHOAMI, "whoami.plain.test")]
        namespace.run_all_inside(
            (self._lab.namespace(role), _waiting_for(server, asked))
            for role, server, asked in waits)
        doors = [(LED.ipv4, MAIL_PORT)]
        doors += [(site.ipv4, port) for site in services
                  for port in (443, MAIL_PORT, *STARTTLS_PORTS)]
        namespace.run_inside(self._lab.namespace("control"),
                             lambda: [_wait_for_door(door) for door in doors])


def _waiting_for(server, name):
    return lambda: ask.wait_for_answer(server, name, READY_SECONDS)


def _wait_for_door(door):
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            socket.create_connection(door, timeout=1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _commands(services):
    """Role to the `ip` commands that configure it from inside."""
    commands = {
        "auth": [f"addr add {WHOAMI}/24 dev outer"],
        "r1": [],
        "r2": [f"route add {BEHIND_THE_WIRE} via {plan.WIRED[0].ipv4}"],
        "r3": [f"route add {BEHIND_THE_WIRE} via 10.9.2.1"],
    }
    for place in PLACES:
        gateway = f"10.9.{place.network}.1"
        commands[place.role] = [
            "link set lo up",
            f"addr add {place.ipv4}/24 dev outer",
            "link set outer up",
            f"route add default via {gateway}",
        ]
        if place == SITE:
            commands[place.role] += [
                f"addr add {site.ipv4}/24 dev outer" for site in services]
        commands[place.router] += [
            f"addr add {gateway}/24 dev {place.role}",
            f"link set {place.role} up",
        ]
    return commands


def _batch(options, lines):
    ran = subprocess.run(["ip", *options, "-batch", "-"], text=True,
                         input="\n".join(lines) + "\n", capture_output=True)
    if ran.returncode != 0:
        raise topology.TopologyError(ran.stderr.strip())
