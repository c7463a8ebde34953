# SPDX-License-Identifier: Apache-2.0
"""Asks one question and prints every answer that comes, as JSON lines."""

import argparse
import json
import random
import socket
import struct
import sys
import time

import dns_message

IP_RECVTTL = 12  # linux/in.h; this Python's socket module lacks it.


def open_socket(server):
    """An unconnected UDP socket that reports the IP TTL of what it gets."""
    if ":" in server:
        opened = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVHOPLIMIT, 1)
    else:
        opened = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        opened.setsockopt(socket.IPPROTO_IP, IP_RECVTTL, 1)
    return opened


def ask(server, query, window):
    """Yields (milliseconds, source, IP TTL, Response) for `window` seconds."""
    with open_socket(server) as opened:
        sent = time.monotonic()
        opened.sendto(query.encode(), (server, 53))
        while (left := sent + window - time.monotonic()) > 0:
            opened.settimeout(left)
            try:
                message, control, _, source = opened.recvmsg(65535, 256)
            except (TimeoutError, BlockingIOError):
                return
            elapsed = (time.monotonic() - sent) * 1000
            (ip_ttl,) = struct.unpack("i", control[0][2][:4])
            response = dns_message.decode(message)
            yield elapsed, source[0], ip_ttl, response


def wait_for_answer(server, name, deadline):
    """Asks until a server answers. Raises TimeoutError after `deadline`
    seconds."""
    end = time.monotonic() + deadline
    query = dns_message.Query(name)
    while time.monotonic() < end:
        try:
            for *_, response in ask(server, query, 0.1):
                if response.rcode == 0 and response.records:
                    return
        except OSError:
            # Not routed yet, or an ICMP error from an earlier try.
            time.sleep(0.02)
    raise TimeoutError(f"{server} did not answer for {name}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server")
    parser.add_argument("name")
    parser.add_argument("type", nargs="?", default="A")
    parser.add_argument("--rd", type=int, choices=(0, 1), default=1)
    parser.add_argument("--no-edns", action="store_true")
    parser.add_argument("--window", type=float, default=0.5)
    options = parser.parse_args()
    query = dns_message.Query(
        options.name,
        options.type.upper(),
        query_id=random.randrange(65536),
        recursion_desired=bool(options.rd),
        has_edns=not options.no_edns,
    )
    for elapsed, source, ip_ttl, response in ask(
        options.server, query, options.window
    ):
        line = {
            "elapsed_ms": round(elapsed, 3),
            "source": source,
            "ip_ttl": ip_ttl,
            "flags": f"{response.flags:04x}",
            "has_opt": response.has_opt,
            "records": [vars(record) for record in response.records],
            "hex": response.message.hex(),
        }
        print(json.dumps(line))


if __name__ == "__main__":
    sys.exit(main())
