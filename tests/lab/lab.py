# SPDX-License-Identifier: Apache-2.0
"""The lab: a censored network, a free one, and a censor between them.

python3 tests/lab/lab.py --wire BINARY --run-dir DIRECTORY [--hold]
"""

import argparse
import os
import shutil
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import address_plan as plan
import ask
import certificates
import children
import fact_files
import namespace
import requirements
import rotation
import servers
import signing
import topology
import truth
import zones
from wire import Wire, WireSettings

CONTROL_NAME = "control.plain.test"
READY_SECONDS = 10


@dataclass(frozen=True)
class LabSettings:
    wire: WireSettings = WireSettings()
    rotation_seconds: float = 3
    plain_records: tuple = ()  # More lines of the zone plain.test.
    resolver_lines: tuple = ()  # More of the censored resolver's server clause.
    control_lines: tuple = ()  # The same of the free resolver's.
    tls_name: str = ""  # By which it answers over TLS and HTTPS; empty: it
    # does not.


class Lab:
    """A whole lab, up between __enter__ and __exit__.

    Several can run at once, each with its own run directory. All state is
    under that directory; what it holds from an earlier run is removed.
    Raises requirements.LabUnavailable where no lab can run.
    """

    def __init__(self, wire_binary, run_dir, settings=LabSettings()):
        requirements.check(wire_binary)
        self.run_dir = Path(run_dir).resolve()
        self.settings = settings
        self.timings = {}  # Step to seconds.
        self.addresses = plan.ADDRESSES  # Role to (IPv4, IPv6).
        self._topology = topology.Topology()
        self._children = children.Children(self._topology)
        self._wire = Wire(
            Path(wire_binary).resolve(), self.run_dir, settings.wire
        )
        self._rotator = None

    def __enter__(self):
        try:
            with self._timed("start"):
                self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def exec(self, role, arguments, **options):
        """Runs a program in a role's namespace: subprocess.run, as text."""
        return self._children.run(role, arguments, **options)

    def spawn(self, role, arguments, **options):
        """Starts a program in a role's namespace: a Popen, stopped with the
        lab at the latest."""
        return self._children.start(role, arguments, **options)

    def namespace(self, role):
        """The name of a role's network namespace."""
        return self._topology.name(role)

    @property
    def trust_anchor(self):
        """File with the private root's DNSKEY."""
        return self.run_dir / "root.key"

    @property
    def authority_pem(self):
        """File with the certificate that signs the censored resolver's."""
        return self.run_dir / "authority.pem"

    @property
    def truth_log(self):
        return self._wire.truth_log

    def forgeries(self):
        """Every truth.Forgery sent until now."""
        self._wire.flush()
        return truth.read(self.truth_log)

    def stop(self):
        """Takes everything down; does nothing the second time."""
        # A second signal must not leave half a lab behind.
        ending = {signal.SIGINT, signal.SIGTERM}
        before = signal.pthread_sigmask(signal.SIG_BLOCK, ending)
        try:
            self._stop()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _stop(self):
        with self._timed("stop"):
            if self._rotator:
                self._rotator.stop()
            self._children.stop_all()
            self._topology.remove()

    @contextmanager
    def _timed(self, step):
        begun = time.monotonic()
        yield
        self.timings[step] = time.monotonic() - begun

    def _start(self):
        topology.remove_abandoned()
        shutil.rmtree(self.run_dir, ignore_errors=True)
        self.run_dir.mkdir(parents=True)
        with self._timed("topology"):
            self._topology.build()
        with self._timed("wire"):
            self._wire.start(self._children)
        with self._timed("zones"):
            regions = self._write_zones()
        with self._timed("servers"):
            self._start_servers(*regions)
        with self._timed("ready"):
            self._wait_until_ready()
        self._rotator.start()

    def _write_zones(self):
        names = ("signed.test.", ".")
        keys = {name: signing.make_key(name, self.run_dir) for name in names}
        self.trust_anchor.write_text(keys["."].dnskey + "\n")
        facts = (fact_files.poisoned_names(), fact_files.clean_names())
        regions = [
            zones.RegionZones(
                self.run_dir / f"zones-{region}", region, facts,
                self.settings.plain_records,
            )
            for region in ("cn", "us")
        ]
        with ThreadPoolExecutor() as pool:
            writing = [
                pool.submit(region.write_all, plan.ADDRESSES[role], keys)
                for region, role in zip(regions, ("auth", "auth_b"))
            ]
            for written in writing:
                written.result()
        return regions

    def _start_servers(self, *regions):
        pairs = []
        for zones_of_region, authority, resolver in zip(
            regions, ("auth", "auth_b"), ("res", "free_res")
        ):
            authoritative = servers.AuthoritativeServer(
                authority, self.run_dir / authority
            )
            authoritative.start(self._children, zones_of_region)
            lines = (self._resolver_lines() if resolver == "res"
                     else self.settings.control_lines)
            servers.RecursiveServer(
                resolver, authority, self.run_dir / resolver, lines
            ).start(self._children, self.trust_anchor)
            pairs.append((zones_of_region, authoritative))
        self._rotator = rotation.Rotator(pairs, self.settings.rotation_seconds)

    def _resolver_lines(self):
        lines = self.settings.resolver_lines
        if not self.settings.tls_name:
            return lines
        authority = certificates.make_authority(self.run_dir, "authority")
        certificate = certificates.issue(
            authority, self.run_dir, self.settings.tls_name)
        address, _ = plan.ADDRESSES["res"]
        return (*lines, *certificates.server_lines(address, certificate))

    def _wait_until_ready(self):
        """Until each server answers over either family, from both sides."""
        # A resolver remembers for seconds that its authority was silent.
        for servers_of_round in (("auth", "auth_b"), ("res", "free_res")):
            namespace.run_all_inside(
                (self.namespace(role), _waiting_for(address))
                for role in ("probe", "control")
                for server in servers_of_round
                for address in plan.ADDRESSES[server]
            )


def _waiting_for(address):
    return lambda: ask.wait_for_answer(address, CONTROL_NAME, READY_SECONDS)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wire", required=True, help="the lab-wire binary")
    parser.add_argument("--run-dir", required=True, help="for all state")
    parser.add_argument("--delay-ms", type=float, default=5)
    parser.add_argument("--loss", type=float, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hold", action="store_true", help="until SIGINT")
    options = parser.parse_args()
    settings = LabSettings(
        WireSettings(options.delay_ms, options.loss, options.seed)
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    # A shell starts background jobs with SIGINT ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with Lab(options.wire, options.run_dir, settings) as lab:
            for role, addresses in lab.addresses.items():
                name = "-" if role == "canary" else lab.namespace(role)
                print(role, *addresses, name, sep="\t")
            print("timings", lab.timings, sep="\t", flush=True)
            if options.hold:
                signal.pause()
    except requirements.LabUnavailable as missing:
        print(f"lab: {missing}", file=sys.stderr)
        return os.EX_UNAVAILABLE
    except KeyboardInterrupt:
        return 130
    return os.EX_OK


if __name__ == "__main__":
    sys.exit(main())
