# SPDX-License-Identifier: Apache-2.0
"""Builds one situation's path, has taster-probe trace it, and takes it down."""

import json
import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import ask
import chain
import namespace
import parties
import trace_situations
import wire

CONTROL = "control.plain.test"
START_SECONDS = 10
TRACE_SECONDS = 60

ZONE = """$ORIGIN plain.test.
@ 60 IN SOA ns.plain.test. nobody.plain.test. 1 60 60 60 60
@ 60 IN NS ns.plain.test.
* 60 IN A 198.51.100.7
* 60 IN AAAA 2001:db8:7::7
"""
NSD = """server:
  ip-address: {ipv4}
  ip-address: {ipv6}
  username: ""
  chroot: ""
  zonesdir: "{directory}"
  database: ""
  pidfile: "{directory}/nsd.pid"
  logfile: "{directory}/nsd.log"
  xfrdfile: "{directory}/xfrd.state"
  zonelistfile: "{directory}/zone.list"
  xfrdir: "{directory}"
  server-count: 1
  rrl-ratelimit: 0
remote-control:
  control-enable: no
zone:
  name: "plain.test"
  zonefile: "plain.test.zone"
"""
CONFIG = """state_dir = "{state}"
country = "CN"
asn = 64496
profile = "{profile}"
lab = true
[collector]
endpoint = "127.0.0.1:1"
pins = ["sha256/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="]
receipt_key = "{key}"
[plan]
targets = "{targets}"
control_name = "{control}"
types = ["A"]
resolvers = ["10.20.97.53"]
system_lookup = false
rate = {rate}
window_seconds = {window}
"""


@dataclass(frozen=True)
class Pace:
    """Whose limits the probe keeps, and how long the path is."""

    profile: str = "lab"
    rate: int = 400
    window_seconds: int = 1
    delay_ms: float = 2  # One way, on the wired link.


@dataclass(frozen=True)
class Traced:
    ladder: dict  # What the probe printed.
    spool: Path  # What it recorded.
    seconds: float


class TraceFailed(Exception):
    """A program did not do its part; the message has its last words."""


class Runner:
    def __init__(self, programs, account, directory, pace=Pace()):
        """programs: holds taster-probe and lab-wire, for all to read.
        account: a parties.Account to run the probe as."""
        self._programs = Path(programs)
        self._account = account
        self._directory = Path(directory)
        self._pace = pace

    def run(self, situation):
        home = self._directory / f"trace-{situation.seed}"
        home.mkdir(mode=0o755)
        path = chain.Chain(situation.shape)
        children = []
        try:
            path.build()
            self._start_wire(path, situation, home, children)
            if not situation.shape.silent:
                self._start_server(path, home, children)
            return self._trace(path, situation, home)
        finally:
            for child in reversed(children):
                child.send_signal(signal.SIGTERM)
                child.communicate()
            path.remove()

    def _start_wire(self, path, situation, home, children):
        settings = wire.WireSettings(further_rules=trace_situations.RULES)
        (home / "rules").write_text(wire.rules_text(settings, names=False))
        child = subprocess.Popen(
            path.command("wire", [
                self._programs / "lab-wire", "--rules", home / "rules",
                "--left", "left", "--right", "right",
                "--truth", home / "truth.tsv",
                "--delay-ms", self._pace.delay_ms,
                "--loss", situation.loss, "--seed", situation.seed]),
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        children.append(child)
        if child.stdout.readline() != b"ready\n":
            raise TraceFailed("lab-wire did not start")

    def _start_server(self, path, home, children):
        ipv4, ipv6 = path.server
        (home / "plain.test.zone").write_text(ZONE)
        (home / "nsd.conf").write_text(
            NSD.format(ipv4=ipv4, ipv6=ipv6, directory=home))
        node = path.nodes[-1]
        children.append(subprocess.Popen(
            path.command(node, ["nsd", "-d", "-c", home / "nsd.conf"]),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        namespace.run_inside(path.name(node), lambda: [
            ask.wait_for_answer(address, CONTROL, START_SECONDS)
            for address in path.server])

    def _configure(self, home):
        state = home / "state"
        targets = home / "targets.txt"
        config = home / "probe.toml"
        targets.write_text(CONTROL + "\n")
        config.write_text(CONFIG.format(
            state=state, targets=targets, control=CONTROL,
            key=bytes(range(32)).hex(), profile=self._pace.profile,
            rate=self._pace.rate, window=self._pace.window_seconds))
        for file in (targets, config):
            shutil.chown(file, self._account.name)
            file.chmod(0o600)
        shutil.copytree(self._directory / "consented", state)
        state.chmod(0o700)
        for entry in (state, *state.rglob("*")):
            os.chown(entry, self._account.entry.pw_uid,
                     self._account.entry.pw_gid)
        return config, state

    def consent(self):
        """Makes the state that every trace starts from."""
        template = self._directory / "template"
        template.mkdir(mode=0o755)
        state = self._directory / "consented"
        state.mkdir()
        config, state = self._configure(template)
        command = self._account.without_privilege([
            self._programs / "taster-probe", "--config", config, "consent"])
        shown = json.loads(parties.run([*command, "show", "--json"]))
        parties.run([*command, "accept", "--version", shown["version"]])
        shutil.rmtree(self._directory / "consented")
        shutil.copytree(state, self._directory / "consented")

    def _trace(self, path, situation, home):
        config, state = self._configure(home)
        address = path.server[1 if situation.ipv6 else 0]
        command = self._account.without_privilege([
            self._programs / "taster-probe", "--config", config, "trace",
            situation.name, "--server", address, "--json", "--keep"])
        begun = time.monotonic()
        ran = subprocess.run(path.command(path.nodes[0], command), text=True,
                             capture_output=True, cwd="/",
                             timeout=TRACE_SECONDS)
        if ran.returncode != 0:
            raise TraceFailed(f"{situation}: {ran.returncode} {ran.stderr}")
        return Traced(json.loads(ran.stdout), state / "spool.db",
                      time.monotonic() - begun)
