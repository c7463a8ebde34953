# SPDX-License-Identifier: Apache-2.0
"""A path in a line: probe, one to six routers, a server, and lab-wire on one
of the links; the way back may take a detour.

    probe - r1 - r2 =wire= r3 - server        link n ends at router n
             \\_______ x1 ____/               the way back, bent

Link n is 10.20.n.0/24 and fd98:n::/64, with .1 at the near end and .2 at the
far one. Every chain has the same addresses; they never meet.
"""

import os
import secrets
import subprocess
from dataclasses import dataclass

import namespace
import topology

CANARY = ("10.20.98.66", "fd98:98::66")


@dataclass(frozen=True)
class Bend:
    """Router `near_server` sends what goes to the probe through `extra`
    routers of its own to the node `near_probe` (0: the probe itself)."""

    near_server: int
    near_probe: int
    extra: int

    @property
    def added(self):
        """Routers more than on the way out; less than 0: fewer."""
        return self.extra - (self.near_server - 1 - self.near_probe)


@dataclass(frozen=True)
class Shape:
    routers: int
    wired: int  # The link that lab-wire carries; that of the server at most.
    bend: Bend = None
    silent: bool = False  # The traced address runs no DNS.


class Chain:
    """The namespaces of one path. Node 0 is the probe, the last the server."""

    def __init__(self, shape):
        self.shape = shape
        self.prefix = f"tl{os.getpid()}-{secrets.token_hex(2)}-"
        self.last = shape.routers + 1
        self.nodes = [f"n{i}" for i in range(self.last + 1)]
        extra = shape.bend.extra if shape.bend else 0
        self.detour = [f"x{i}" for i in range(1, extra + 1)]
        self.roles = [*self.nodes, *self.detour, "wire"]

    def name(self, role):
        return self.prefix + role

    @property
    def server(self):
        """(IPv4, IPv6) of what is traced to."""
        if self.shape.silent:
            return CANARY
        return f"10.20.{self.last}.2", f"fd98:{self.last}::2"

    def build(self):
        _batch((), [f"netns add {self.name(role)}" for role in self.roles])
        _batch((), list(self._links()))
        for role in self.roles:
            lines = [*_up(role), *self._commands.get(role, [])]
            _batch(("-n", self.name(role)), lines)
        namespace.run_all_inside(
            (self.name(role), topology.prepare_kernel) for role in self.roles)

    def remove(self):
        topology.remove_namespaces(self.name(role) for role in self.roles)

    def command(self, role, arguments):
        return ["ip", "netns", "exec", self.name(role), *map(str, arguments)]

    def _links(self):
        self._commands = {}
        for n in range(1, self.last + 1):
            yield from self._link(n, self.nodes[n - 1], self.nodes[n],
                                  n == self.shape.wired)
        bend = self.shape.bend
        if bend:
            stops = [self.nodes[bend.near_probe], *self.detour,
                     self.nodes[bend.near_server]]
            for i, (near, far) in enumerate(zip(stops, stops[1:])):
                yield from self._link(31 + i, near, far, False)
        self._add_routes()

    def _link(self, n, near, far, wired):
        ends = ((near, f"d{n}", 1), (far, f"u{n}", 2))
        sides = [f"name {interface} address {_mac(n, host)} "
                 f"netns {self.name(role)}" for role, interface, host in ends]
        if wired:
            for side, end in zip(("left", "right"), sides):
                yield (f"link add {end} type veth peer name {side} "
                       f"netns {self.name('wire')}")
        else:
            yield f"link add {sides[0]} type veth peer {sides[1]}"
        for (role, interface, host), other in zip(ends, (2, 1)):
            self._commands.setdefault(role, []).extend([
                f"addr add 10.20.{n}.{host}/24 dev {interface}",
                f"addr add fd98:{n}::{host}/64 dev {interface} nodad",
                f"link set {interface} up",
                *(f"neigh add {address} lladdr {_mac(n, other)} "
                  f"nud permanent dev {interface}"
                  for address in (f"10.20.{n}.{other}", f"fd98:{n}::{other}")),
            ])

    def _add_routes(self):
        for i, node in enumerate(self.nodes):
            if i < self.last:
                self._route(node, ("default",) * 2, i + 1, 2)
            if i > 1:
                self._route(node, _network(1), i, 1)
        if self.shape.silent:
            self._commands[self.nodes[-2]] += [
                "route add blackhole 10.20.98.0/24",
                "route add blackhole fd98:98::/64"]
        self._commands[self.nodes[-1]] += [
            f"route add default via 10.20.{self.last}.1",
            f"route add default via fd98:{self.last}::1"]
        self._bend_routes()

    def _bend_routes(self):
        bend = self.shape.bend
        if not bend:
            return
        stops = [*self.detour, self.nodes[bend.near_server]]
        for i, node in enumerate(stops):
            # Replaces, at the router that bends, the way it had.
            self._route(node, _network(1), 31 + i, 1, "replace")

    def _route(self, node, networks, link, host, verb="add"):
        gateways = f"10.20.{link}.{host}", f"fd98:{link}::{host}"
        self._commands[node] += [
            f"route {verb} {network} via {gateway}"
            for network, gateway in zip(networks, gateways)]


def _network(n):
    return f"10.20.{n}.0/24", f"fd98:{n}::/64"


def _mac(n, host):
    return f"02:00:00:01:{n:02x}:{host:02x}"


def _up(role):
    if role == "wire":
        return ["link set lo up", "link set left up", "link set right up"]
    return ["link set lo up"]


def _batch(options, lines):
    ran = subprocess.run(["ip", *options, "-batch", "-"], text=True,
                         input="\n".join(lines) + "\n", capture_output=True)
    if ran.returncode != 0:
        raise topology.TopologyError(ran.stderr.strip())
