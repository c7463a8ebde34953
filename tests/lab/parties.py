# SPDX-License-Identifier: Apache-2.0
"""The programs under test, inside a lab: a collector and its probes.

Each runs as an ordinary user without any capability, as it would at home.
"""

import grp
import json
import os
import pwd
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

PORT = 8443
START_SECONDS = 60
STOP_SECONDS = 60


class PartyFailed(Exception):
    """A program did not do its part; the message has its last words."""


@dataclass(frozen=True)
class Account:
    """Whom the programs run as."""

    name: str

    @property
    def entry(self):
        return pwd.getpwnam(self.name)

    def without_privilege(self, command):
        """`command`, as this user, who can never gain a capability."""
        group = grp.getgrgid(self.entry.pw_gid).gr_name
        return [
            "setpriv", f"--reuid={self.name}", f"--regid={group}",
            "--clear-groups", "--no-new-privs", "--bounding-set=-all",
            "--inh-caps=-all", *map(str, command),
        ]

    def own(self, directory):
        """Makes a directory that only this user can read."""
        directory.mkdir(parents=True, exist_ok=True)
        os.chown(directory, self.entry.pw_uid, self.entry.pw_gid)
        directory.chmod(0o700)


@dataclass
class Collector:
    """One taster-collector with its embedded PostgreSQL."""

    lab: object
    account: Account
    programs: Path  # Holds taster-collector.
    schema: Path
    state: Path
    networks: Path
    process: object = None
    starts: int = 0
    log: Path = field(init=False)

    def __post_init__(self):
        self.log = self.state.parent / "collector.log"
        self.account.own(self.state)

    @property
    def endpoint(self):
        return f"{self.lab.addresses['collector'][0]}:{PORT}"

    def command(self, *arguments):
        return self.account.without_privilege([
            self.programs / "taster-collector", "--state-dir", self.state,
            "--schema", self.schema, *arguments,
        ])

    def start(self):
        """Returns when it serves; seconds that took."""
        begun = time.monotonic()
        seen = self.log.stat().st_size if self.log.exists() else 0
        with open(self.log, "ab") as log:
            self.process = self.lab.spawn(
                "collector",
                # One probe stands for its network here.
                self.command("serve", "--listen", self.endpoint,
                             "--networks", self.networks, "--floor", "1"),
                stdout=log, stderr=log, cwd="/",
            )
        self.starts += 1
        while time.monotonic() - begun < START_SECONDS:
            written = self.log.read_bytes()[seen:]
            if b"event=serving" in written:
                return time.monotonic() - begun
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        tail = self.log.read_text(errors="replace")[-2000:]
        raise PartyFailed(f"taster-collector did not start:\n{tail}")

    def stop(self, how=signal.SIGTERM):
        if self.process is None:
            return
        if self.process.poll() is None:
            os.killpg(self.process.pid, how)
        self.process.wait(STOP_SECONDS)
        self.process = None

    def run(self, *arguments):
        """What a command beside `serve` prints."""
        return run(self.command(*arguments))

    def identity(self):
        return json.loads(self.run("identity", "--json"))

    def enroll(self, probe):
        self.run("enroll", probe.key(), "--role", probe.role, "--country",
                 probe.country, "--asn", probe.asn)

    def report(self):
        return json.loads(self.run("report", "--all", "--json"))

    def query(self, statement):
        """Rows of a question to the views of evidence, as lists of text."""
        return [line.split("\t") for line in run(
            self.account.without_privilege([
                "psql", "-h", self.state / "run", "-U", "taster_analyst",
                "-d", "taster", "-XAtq", "-F", "\t", "-c", statement,
            ])).splitlines()]


@dataclass
class Probe:
    """One taster-probe in one network of the lab."""

    lab: object
    account: Account
    programs: Path  # Holds taster-probe.
    state: Path
    place: str  # "probe" or "control": its namespace.
    role: str  # What it is enrolled as.
    country: str
    asn: int

    @property
    def config(self):
        return self.state / "probe.toml"

    def configure(self, collector, plan, targets):
        """Writes the operator's configuration and accepts the consent.

        plan: lines of the [plan] table beside `targets`, which are names.
        """
        self.account.own(self.state)
        names = self.state / "targets.txt"
        names.write_text("\n".join(targets) + "\n")
        pinned = collector.identity()
        self.config.write_text("\n".join([
            f'state_dir = "{self.state / "state"}"',
            f'country = "{self.country}"',
            f"asn = {self.asn}",
            'profile = "lab"',
            "lab = true",
            "[collector]",
            f'endpoint = "{collector.endpoint}"',
            f'pins = ["{pinned["pin"]}"]',
            f'receipt_key = "{pinned["receipt_key"]}"',
            "[plan]",
            f'targets = "{names}"',
            *plan,
            "",
        ]))
        for file in (names, self.config):
            shutil.chown(file, self.account.name)
            file.chmod(0o600)
        self.account.own(self.state / "state")
        agreed = ["consent", "accept", "--version", self.consent_version()]
        if any(line.startswith("checks") for line in plan):
            agreed.append("--checks")
        self.run(*agreed)

    def consent_version(self):
        return json.loads(self.run("consent", "show", "--json"))["version"]

    def command(self, *arguments):
        return self.account.without_privilege([
            self.programs / "taster-probe", "--config", self.config,
            *arguments,
        ])

    def run(self, *arguments):
        return run(self.command(*arguments))

    def key(self):
        return json.loads(self.run("key", "--json"))["vantage_key"]

    def status(self):
        return json.loads(self.run("status", "--json"))

    def start(self, *arguments):
        """A running taster-probe in its own network."""
        self.log = self.state.parent / f"{self.state.name}.log"
        with open(self.log, "ab") as log:
            return self.lab.spawn(self.place, self.command(*arguments),
                                  stdout=log, stderr=log, cwd="/")

    def finish(self, process, seconds):
        """Waits for `process`; raises unless it ended well."""
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired:
            code = "no end"
        if code != 0:
            tail = self.log.read_text(errors="replace")[-2000:]
            raise PartyFailed(f"taster-probe in {self.place}: {code}\n{tail}")


def run(command):
    ran = subprocess.run([str(word) for word in command], text=True,
                         capture_output=True, cwd="/")
    if ran.returncode != 0:
        raise PartyFailed(f"{' '.join(map(str, command))}: exit "
                          f"{ran.returncode}\n{ran.stderr[-2000:]}")
    return ran.stdout
