# SPDX-License-Identifier: Apache-2.0
"""Builds the lab's network out of namespaces and veth pairs, and removes it."""

import array
import fcntl
import os
import re
import secrets
import socket
import struct
import subprocess

import address_plan as plan
import namespace

NAME = re.compile(r"tl(\d+)-[0-9a-f]{4}-\w+")


class TopologyError(Exception):
    """`ip` refused; the message holds its own words."""


class Topology:
    """One network. Its namespaces carry a prefix that no other lab has."""

    def __init__(self):
        self.prefix = f"tl{os.getpid()}-{secrets.token_hex(2)}-"

    def name(self, role):
        """The namespace of a role of the address plan."""
        return self.prefix + role

    def build(self):
        _batch((), [f"netns add {self.name(role)}" for role in plan.ROLES])
        _batch((), [self._veth(*pair) for pair in self._pairs()])
        for role in plan.ROLES:
            _configure_kernel(self.name(role))
            _batch(("-n", self.name(role)), _commands(role))
        for role in plan.ROLES:
            namespace.run_inside(self.name(role), _disable_checksum_offload)

    def remove(self):
        """Removes what exists; never fails on what does not."""
        _remove(self.name(role) for role in plan.ROLES)

    def _pairs(self):
        yield from (
            ((a.role, a.interface, a.mac), (b.role, b.interface, b.mac))
            for a, b in plan.LINKS
        )
        left, right = plan.WIRED
        yield (left.role, left.interface, left.mac), (plan.WIRE, "left", None)
        yield (right.role, right.interface, right.mac), (
            plan.WIRE,
            "right",
            None,
        )

    def _veth(self, one, other):
        def side(role, interface, mac):
            address = f"address {mac} " if mac else ""
            return f"name {interface} {address}netns {self.name(role)}"

        return f"link add {side(*one)} type veth peer {side(*other)}"


def remove_abandoned():
    """Removes the namespaces of labs whose process is gone."""
    if not os.path.isdir("/run/netns"):
        return
    found = (NAME.fullmatch(name) for name in os.listdir("/run/netns"))
    _remove(m.group() for m in found if m and not _is_alive(int(m.group(1))))


def _is_alive(pid):
    return os.path.exists(f"/proc/{pid}")


def _remove(names):
    lines = [
        f"netns delete {name}"
        for name in names
        if os.path.exists(f"/run/netns/{name}")
    ]
    if lines:
        subprocess.run(
            ["ip", "-force", "-batch", "-"],
            input="\n".join(lines),
            text=True,
            capture_output=True,
        )


def _batch(options, lines):
    ran = subprocess.run(
        ["ip", *options, "-batch", "-"],
        input="\n".join(lines) + "\n",
        text=True,
        capture_output=True,
    )
    if ran.returncode != 0:
        raise TopologyError(ran.stderr.strip())


def _commands(role):
    """The `ip` commands that configure one namespace from inside."""
    lines = ["link set lo up"]
    if role == plan.WIRE:
        return lines + [f"link set {side} up" for side in ("left", "right")]
    for near, far in _ends(role):
        lines += [
            f"addr add {near.ipv4}/24 dev {near.interface}",
            f"addr add {near.ipv6}/64 dev {near.interface} nodad",
            f"link set {near.interface} up",
        ]
        # Fixed neighbours: nothing waits for ARP or neighbour discovery.
        lines += [
            f"neigh add {address} lladdr {far.mac} nud permanent "
            f"dev {near.interface}"
            for address in (far.ipv4, far.ipv6)
        ]
    return lines + list(_routes(role))


def _ends(role):
    """The links of a role, each seen from it: (near end, far end)."""
    for one, other in (*plan.LINKS, plan.WIRED):
        if one.role == role:
            yield one, other
        elif other.role == role:
            yield other, one


def _routes(role):
    if role == "r3":
        yield "route add 10.9.0.0/23 via 10.9.2.1"
        yield "route add fd99:0::/64 via fd99:2::1"
        yield "route add fd99:1::/64 via fd99:2::1"
        yield f"route add blackhole 10.9.{plan.CANARY.network}.0/24"
        yield f"route add blackhole fd99:{plan.CANARY.network}::/64"
        return
    gateway = {"r1": (1, 2), "r2": (2, 2), "probe": (0, 1)}.get(role)
    network, host = gateway or (plan.LEAVES[role][0], 1)
    yield f"route add default via 10.9.{network}.{host}"
    yield f"route add default via fd99:{network}::{host}"
    if role == "r2":
        yield "route add 10.9.0.0/24 via 10.9.1.1"
        yield "route add fd99:0::/64 via fd99:1::1"


SETTINGS = {
    "ipv4/ip_forward": "1",
    "ipv6/conf/all/forwarding": "1",
    "ipv6/conf/all/accept_dad": "0",
    "ipv6/conf/default/accept_dad": "0",
    # Hop measurements lose Time Exceeded to the default rate limits.
    "ipv4/icmp_ratelimit": "0",
    "ipv6/icmp/ratelimit": "0",
}


def _configure_kernel(name):
    namespace.run_inside(name, _write_settings)


def _write_settings():
    for path, value in SETTINGS.items():
        with open(f"/proc/sys/net/{path}", "w") as setting:
            setting.write(value)


def prepare_kernel():
    """For a namespace that is not this module's: run inside it."""
    _write_settings()
    _disable_checksum_offload()


def remove_namespaces(names):
    """Removes those that exist."""
    _remove(names)


def _disable_checksum_offload():
    """Otherwise genuine packets look corrupt to a sniffer, forged ones not."""
    siocethtool, set_tx_checksum = 0x8946, 0x17
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        for _, interface in socket.if_nameindex():
            if interface == "lo":
                continue
            value = array.array("I", [set_tx_checksum, 0])
            address, _ = value.buffer_info()
            request = struct.pack("16sP", interface.encode(), address)
            fcntl.ioctl(any_socket, siocethtool, request)
