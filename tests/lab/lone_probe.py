# SPDX-License-Identifier: Apache-2.0
"""A taster-probe in a lab without a collector: what it records stays in its
spool."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import lone_config
import requirements
import scene
from lab import CONTROL_NAME, Lab, LabSettings
from parties import Account

PLAN = (
    f'control_name = "{CONTROL_NAME}"',
    'types = ["A"]',
    'resolvers = ["10.9.3.53"]',
    "system_lookup = false",
    "rate = 1000",
    "window_seconds = 1",
)


class LoneProbe:
    """Runs as an ordinary user in the namespace `probe`."""

    def __init__(self, lab, programs, home):
        self.lab = lab
        self.home = home
        self.account = Account(scene.ordinary_user())
        self._program = programs / "taster-probe"
        self._configure()

    def _configure(self):
        self.account.own(self.home)
        self.account.own(self.home / "state")
        self.write("names", "example.test\n")
        self._config = self.write(
            "probe.toml", lone_config.text(self.home, PLAN, country="CN"))
        self.run("consent", "accept", "--version", lone_config.version_of(
            self.run("consent", "show", "--json").stdout))

    def write(self, name, text):
        """A file that only the probe's user can read."""
        path = self.home / name
        path.write_text(text)
        shutil.chown(path, self.account.name)
        path.chmod(0o600)
        return path

    def command(self, *arguments):
        return self.account.without_privilege(
            [self._program, "--config", self._config, *arguments])

    def run(self, *arguments):
        return self.lab.exec("probe", self.command(*arguments), cwd="/",
                             capture_output=True)

    def start(self, *arguments, **options):
        return self.lab.spawn("probe", self.command(*arguments), cwd="/",
                              **options)


@contextmanager
def lone_probe(test, settings=LabSettings()):
    """(lab, probe), or the test is skipped where no lab can run."""
    build = Path(os.environ["TASTER_BUILD"])
    directory = Path(tempfile.mkdtemp(prefix="taster-lone-"))
    directory.chmod(0o755)
    try:
        for program in ("taster-probe", "lab-wire"):
            shutil.copy(build / program, directory)
        with Lab(directory / "lab-wire", directory / "lab", settings) as lab:
            yield lab, LoneProbe(lab, directory, directory / "home")
    except requirements.LabUnavailable as missing:
        test.skipTest(f"SKIPPED: {missing}")
    finally:
        shutil.rmtree(directory, ignore_errors=True)
