# SPDX-License-Identifier: Apache-2.0
"""tshark as a witness: what was on the wire, seen by somebody else."""

import signal
import subprocess
import time
from dataclasses import dataclass

START_SECONDS = 15
# dumpcap writes its buffer late.
SETTLE_SECONDS = 1.5

FIELDS = (
    "frame.time_epoch", "ip.src", "ipv6.src", "udp.dstport", "dns.id",
    "ip.ttl", "ipv6.hlim", "ip.flags.df", "ip.id", "dns.flags",
)


@dataclass(frozen=True)
class Datagram:
    """A DNS response as it crossed an interface."""

    source: str
    client_port: int
    query_id: int
    ip_ttl: int
    dont_fragment: bool | None  # None over IPv6.
    ip_id_zero: bool | None  # None over IPv6.
    flags: int


class Sniffer:
    """Captures in one namespace between start() and stop()."""

    def __init__(self, lab, role, file):
        self._lab, self._role, self._file = lab, role, file

    def start(self):
        self._process = self._lab.spawn(
            self._role,
            ["dumpcap", "-q", "-i", "outer", "-f", "udp port 53",
             "-B", "64", "-w", self._file],
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + START_SECONDS
        while not self._file.exists() or self._file.stat().st_size == 0:
            if time.monotonic() > deadline:
                raise TimeoutError("dumpcap did not start")
            time.sleep(0.1)
        time.sleep(0.5)

    def stop(self):
        time.sleep(SETTLE_SECONDS)
        self._process.send_signal(signal.SIGINT)
        self._process.wait(30)

    def responses(self):
        """Every response, in the order of the capture."""
        told = subprocess.run(
            ["tshark", "-r", self._file, "-n", "-Y",
             "dns.flags.response == 1 && !icmp && !icmpv6",
             "-T", "fields", "-E", "occurrence=f",
             *(word for field in FIELDS for word in ("-e", field))],
            capture_output=True, text=True, check=True)
        return [_datagram(line) for line in told.stdout.splitlines()]


def _datagram(line):
    (_, source4, source6, port, query_id, ttl, hop_limit, df, ip_id,
     flags) = line.split("\t")
    is_v4 = bool(source4)
    return Datagram(
        source4 or source6, int(port), int(query_id, 16),
        int(ttl if is_v4 else hop_limit),
        df in ("1", "True") if is_v4 else None,
        int(ip_id, 16) == 0 if is_v4 else None,
        int(flags, 16))
