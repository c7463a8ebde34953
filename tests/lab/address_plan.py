# SPDX-License-Identifier: Apache-2.0
"""Who lives where in the lab: namespaces, links and addresses.

    probe - r1 =wire= r2 - r3 -+- res        recursive, region cn
                               +- auth       authoritative, region cn
                               +- (10.9.6.0/24, silent)
                               +- collector
                               +- control
                               +- free_res   recursive, region us
                               +- auth_b     authoritative, region us

Network N is 10.9.N.0/24 and fd99:N::/64; a host has the same last number in
both.
"""

from dataclasses import dataclass
from ipaddress import ip_address


@dataclass(frozen=True)
class End:
    """One end of a link: an interface of a namespace with its addresses."""

    role: str
    interface: str
    network: int
    host: int

    @property
    def ipv4(self):
        return f"10.9.{self.network}.{self.host}"

    @property
    def ipv6(self):
        return str(ip_address(f"fd99:{self.network}::{self.host}"))

    @property
    def mac(self):
        return f"02:00:00:00:{self.network:02x}:{self.host:02x}"


ROUTERS = ("r1", "r2", "r3")
WIRE = "wire"

# Leaves of the last router: role -> (network, host).
LEAVES = {
    "res": (3, 53),
    "auth": (4, 53),
    "collector": (7, 10),
    "control": (8, 2),
    "free_res": (9, 53),
    "auth_b": (10, 53),
}
ROLES = ("probe", *ROUTERS, WIRE, *LEAVES)

# The link that the wire carries; its ends are joined by lab-wire, not by the
# kernel.
WIRED = (End("r1", "outer", 1, 1), End("r2", "inner", 1, 2))

LINKS = (
    (End("probe", "outer", 0, 2), End("r1", "inner", 0, 1)),
    (End("r2", "outer", 2, 1), End("r3", "inner", 2, 2)),
    *(
        (End(role, "outer", network, host), End("r3", role, network, 1))
        for role, (network, host) in LEAVES.items()
    ),
)

CANARY = End("", "", 6, 66)

# name -> (IPv4, IPv6) of everything that a test addresses.
ADDRESSES = {
    "probe": (LINKS[0][0].ipv4, LINKS[0][0].ipv6),
    "canary": (CANARY.ipv4, CANARY.ipv6),
    **{
        role: (End(role, "outer", *place).ipv4, End(role, "outer", *place).ipv6)
        for role, place in LEAVES.items()
    },
}
