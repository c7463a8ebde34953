# SPDX-License-Identifier: Apache-2.0
"""Sets the stage: programs, schema and facts where an ordinary user can read
them, and a lab with a collector and its probes.

The source tree may lie in root's home; the programs run as somebody else.
"""

import os
import pwd
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from lab import Lab, LabSettings
from parties import Account, Collector, Probe

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("taster-probe", "taster-collector", "lab-wire")


def ordinary_user():
    """Who started us through sudo; else taster; else nobody."""
    for name in (os.environ.get("SUDO_USER"), "taster", "nobody"):
        try:
            if name and pwd.getpwnam(name).pw_uid != 0:
                return name
        except KeyError:
            continue
    raise LookupError("no ordinary user on this machine")


class Scene:
    """A lab that is up, with parties that are not started yet."""

    def __init__(self, lab, directory, user):
        self.lab = lab
        account = Account(user)
        self.collector = Collector(
            lab, account, directory / "programs", directory / "schema",
            directory / "parties" / "collector",
            directory / "facts" / "prefix_to_as.tsv")
        self.probe = self.party("probe", "probe", "CN", 64496)
        self.control = self.party("control", "control", "NL", 64502)

    def party(self, place, role, country, asn):
        """A probe program in the namespace `place`."""
        base = self.collector
        return Probe(self.lab, base.account, base.programs,
                     base.state.parent / place, place, role, country, asn)


@contextmanager
def stage(build, directory=None, user=None, settings=None):
    """A Scene; its directory is new, and removed afterwards if it is ours."""
    own = directory is None
    directory = Path(directory or tempfile.mkdtemp(prefix="taster-lab-"))
    try:
        _install(Path(build), directory)
        with Lab(directory / "programs" / "lab-wire", directory / "lab",
                 settings or LabSettings()) as lab:
            scene = Scene(lab, directory, user or ordinary_user())
            try:
                yield scene
            finally:
                scene.collector.stop()
    finally:
        if own:
            shutil.rmtree(directory, ignore_errors=True)


def _install(build, directory):
    directory.mkdir(parents=True, exist_ok=True)
    directory.chmod(0o755)
    for old in ("parties", "programs", "schema", "facts"):
        shutil.rmtree(directory / old, ignore_errors=True)
    (directory / "parties").mkdir()
    (directory / "programs").mkdir()
    for program in PROGRAMS:
        shutil.copy(build / program, directory / "programs")
    shutil.copytree(ROOT / "schema", directory / "schema")
    shutil.copytree(Path(__file__).with_name("facts"), directory / "facts")
    for path in (directory / "schema", directory / "facts"):
        for entry in (path, *path.rglob("*")):
            entry.chmod(0o755 if entry.is_dir() else 0o644)
