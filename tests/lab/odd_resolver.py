# SPDX-License-Identifier: Apache-2.0
"""Resolvers that do not say what they should, several in one process.

python3 odd_resolver.py ADDRESS:PORT=MODE...

MODE is one of
  forge,A,B,...        an address of a list for every name
  withhold             0.0.0.0 for every name
  places,NET=BASE,...  a CDN's: nNUMBER.whatever is at BASE + NUMBER, by the
                       network that asks or is asked for (RFC 7871); the last
                       BASE has no NET, and is for everybody else
The first two leave names alone that begin with "control".
"""

import selectors
import socket
import struct
import sys
import zlib
from ipaddress import ip_address, ip_network

from zones import CONTROL_A

TYPE_A = 1
OPT = 41
CLIENT_SUBNET = 8
RESPONSE = 0x8180  # QR, RD, RA.
RR_TTL = 60


def question(message):
    """(name in lower case, type, where it ends). Raises IndexError."""
    labels, at = [], 12
    while message[at] != 0:
        labels.append(message[at + 1:at + 1 + message[at]])
        at += 1 + message[at]
    qtype, = struct.unpack("!H", message[at + 1:at + 3])
    return b".".join(labels).decode().lower(), qtype, at + 5


def client(message, end, asker):
    """The address on whose behalf is asked."""
    at = end + 11  # Behind the fixed part of an OPT record.
    while at + 8 <= len(message):
        code, length, family, bits = struct.unpack(
            "!HHHB", message[at:at + 7])
        if code == CLIENT_SUBNET and family == 1:
            prefix = message[at + 8:at + 4 + length]
            return ip_address(prefix.ljust(4, b"\0"))
        at += 4 + length
    return ip_address(asker)


def forged_of(name, addresses):
    """Which of them a name gets, here and from whoever forges alike."""
    return addresses[zlib.crc32(name.encode()) % len(addresses)]


class Mode:
    def __init__(self, text):
        self.kind, *self.values = text.split(",")
        if self.kind == "places":
            *networks, everybody = self.values
            self.places = [(ip_network(net), ip_address(base)) for net, base
                           in (one.split("=") for one in networks)]
            self.places.append((ip_network("0.0.0.0/0"),
                                ip_address(everybody)))

    def address(self, name, client_address):
        if self.kind == "places":
            number = int(name.partition(".")[0].lstrip("n"))
            return next(str(base + number) for net, base in self.places
                        if client_address in net)
        if name.startswith("control"):
            return CONTROL_A
        if self.kind == "withhold":
            return "0.0.0.0"
        return forged_of(name, self.values)


def answer(message, asker, mode):
    name, qtype, end = question(message)
    address = b""
    if qtype == TYPE_A and not name.startswith("control"):
        address = mode.address(name, client(message, end, asker))
    elif qtype == TYPE_A:
        address = CONTROL_A
    head = struct.pack("!2s5H", message[:2], RESPONSE, 1, bool(address), 0, 1)
    response = head + message[12:end]
    if address:
        response += struct.pack("!3HIH", 0xC00C, TYPE_A, 1, RR_TTL, 4)
        response += ip_address(address).packed
    return response + b"\0" + struct.pack("!2HIH", OPT, 1232, 0, 0)


def main():
    ready = selectors.DefaultSelector()
    for spec in sys.argv[1:]:
        place, _, mode = spec.partition("=")
        address, _, port = place.rpartition(":")
        opened = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        opened.bind((address, int(port)))
        ready.register(opened, selectors.EVENT_READ, Mode(mode))
    while True:
        for key, _ in ready.select():
            message, asker = key.fileobj.recvfrom(65535)
            try:
                key.fileobj.sendto(answer(message, asker[0], key.data), asker)
            except (IndexError, ValueError, struct.error, StopIteration):
                continue  # Not a query that it knows.


if __name__ == "__main__":
    main()
