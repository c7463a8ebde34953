# SPDX-License-Identifier: Apache-2.0
"""An authority that answers every A question with the address that asked.

python3 whoami.py ADDRESS
"""

import socket
import struct
import sys

TYPE_A = 1
CLASS_IN = 1
AUTHORITATIVE = 0x8400  # QR, AA.
RR_TTL = 0  # Seconds: the next who asks may be another.


def question_end(message):
    """Where the first question ends. Raises IndexError if it does not."""
    at = 12
    while message[at] != 0:
        at += 1 + message[at]
    if len(message) < at + 5:
        raise IndexError("no type and class")
    return at + 5


def answer(message, asker):
    """The response to a query from the IPv4 address `asker`."""
    end = question_end(message)
    qtype, qclass = struct.unpack("!2H", message[end - 4:end])
    query_id, flags = struct.unpack("!2H", message[:4])
    is_address = (qtype, qclass) == (TYPE_A, CLASS_IN)
    head = struct.pack("!6H", query_id, AUTHORITATIVE | (flags & 0x0100),
                       1, int(is_address), 0, 0)
    response = head + message[12:end]
    if is_address:
        response += struct.pack("!3HIH", 0xC00C, TYPE_A, CLASS_IN, RR_TTL, 4)
        response += socket.inet_aton(asker)
    return response


def main():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as opened:
        opened.bind((sys.argv[1], 53))
        while True:
            message, asker = opened.recvfrom(65535)
            try:
                opened.sendto(answer(message, asker[0]), asker)
            except (IndexError, struct.error):
                continue  # Not a query.


if __name__ == "__main__":
    main()
