# SPDX-License-Identifier: Apache-2.0
"""Builds DNS queries and reads responses, for the lab's own checks."""

import ipaddress
import struct
from dataclasses import dataclass, field

TYPES = {"A": 1, "NS": 2, "MX": 15, "TXT": 16, "AAAA": 28, "HTTPS": 65}
OPT = 41


@dataclass
class Record:
    type: int
    rr_ttl: int
    rdata: str  # An address, or hex.


@dataclass
class Response:
    message: bytes
    query_id: int
    flags: int
    records: list = field(default_factory=list)  # Answer section.
    has_opt: bool = False

    @property
    def rcode(self):
        return self.flags & 0x0F

    @property
    def is_authenticated(self):
        return bool(self.flags & 0x20)

    @property
    def addresses(self):
        return [r.rdata for r in self.records if r.type in (1, 28)]


@dataclass(frozen=True)
class Query:
    name: str
    type: str = "A"
    query_id: int = 1
    recursion_desired: bool = True
    has_edns: bool = True  # With DO=1.

    def encode(self):
        flags = 0x0100 if self.recursion_desired else 0
        message = struct.pack(
            "!6H", self.query_id, flags, 1, 0, 0, int(self.has_edns)
        )
        for label in self.name.rstrip(".").split("."):
            message += bytes([len(label)]) + label.encode()
        message += b"\0" + struct.pack("!2H", TYPES[self.type], 1)
        if self.has_edns:
            message += b"\0" + struct.pack("!2HIH", OPT, 1232, 0x8000, 0)
        return message


def decode(message):
    """The Response in a datagram. Raises ValueError or struct.error."""
    query_id, flags, questions, answers, authority, extra = struct.unpack(
        "!6H", message[:12]
    )
    response = Response(message, query_id, flags)
    at = 12
    for _ in range(questions):
        at = _skip_name(message, at) + 4
    for number in range(answers + authority + extra):
        at = _skip_name(message, at)
        kind, _, ttl, length = struct.unpack("!2HIH", message[at : at + 10])
        rdata = message[at + 10 : at + 10 + length]
        at += 10 + length
        if number < answers:
            response.records.append(Record(kind, ttl, _text(kind, rdata)))
        response.has_opt |= kind == OPT
    return response


def _text(kind, rdata):
    if (kind, len(rdata)) in ((1, 4), (28, 16)):
        return str(ipaddress.ip_address(rdata))
    return rdata.hex()


def _skip_name(message, at):
    while True:
        if at >= len(message):
            raise ValueError("name runs past the end")
        length = message[at]
        if length >= 0xC0:
            return at + 2
        at += 1 + length
        if length == 0:
            return at
