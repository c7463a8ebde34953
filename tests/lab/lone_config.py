# SPDX-License-Identifier: Apache-2.0
"""Configures a taster-probe that has no collector: what it records stays in its
spool."""

import json
import os
import subprocess
from pathlib import Path

NOWHERE = "127.0.0.1:1"

HEAD = """state_dir = "{home}/state"
country = "{country}"
asn = 64496
profile = "{profile}"
lab = true
[collector]
endpoint = "{collector}"
pins = ["sha256/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="]
receipt_key = "{key}"
[plan]
targets = "{home}/names"
"""


def text(home, plan, country="NL", profile="lab", collector=NOWHERE):
    """Of the configuration file. plan: lines of its table beside `targets`,
    which is the file `names` in `home`."""
    head = HEAD.format(home=home, country=country, profile=profile,
                       collector=collector, key=bytes(range(32)).hex())
    return head + "\n".join(plan) + "\n"


def version_of(shown):
    """The consent text's, in what `consent show --json` printed."""
    return str(json.loads(shown)["version"])


class LoopbackProbe:
    """A configured taster-probe that has agreed; it asks on loopback, as the
    user who runs the test."""

    def __init__(self, program, home, names, plan, **options):
        """home: an empty directory. options: as of text()."""
        home = Path(home)
        (home / "state").mkdir(mode=0o700)
        _write(home / "names", "".join(f"{name}\n" for name in names))
        _write(home / "probe.toml", text(home, plan, **options))
        root = ["--allow-root"] if os.geteuid() == 0 else []
        self.command = [program, "--config", home / "probe.toml", *root]
        self.names = home / "names"
        self._run("consent", "accept", "--version",
                  version_of(self._run("consent", "show", "--json")))

    def _run(self, *words):
        return subprocess.run([*self.command, *words], check=True, text=True,
                              capture_output=True).stdout


def _write(path, content):
    path.write_text(content)
    path.chmod(0o600)
