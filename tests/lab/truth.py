# SPDX-License-Identifier: Apache-2.0
"""Reads the censor's own record of what it forged."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Forgery:
    monotonic_ns: int  # When it was sent.
    injector: str
    family: int  # 4 or 6.
    server: str  # The address it pretends to come from.
    client_port: int
    message: bytes
    ip_ttl: int
    dont_fragment: bool | None  # None over IPv6.
    ip_id: int | None  # None over IPv6.


def read(path):
    """All complete lines of a truth log; none if it does not exist yet."""
    try:
        text = path.read_text()
    except FileNotFoundError:
        return []
    return [_forgery(line) for line in text.split("\n")[:-1]]


def _forgery(line):
    sent, injector, family, server, port, message, ttl, df, ip_id = line.split(
        "\t"
    )
    return Forgery(
        int(sent),
        injector,
        int(family),
        server,
        int(port),
        bytes.fromhex(message),
        int(ttl),
        None if df == "-" else df == "1",
        None if ip_id == "-" else int(ip_id),
    )
