# SPDX-License-Identifier: Apache-2.0
"""Says, before anything starts, whether this machine can run the lab."""

import os
import shutil
import subprocess

PROGRAMS = {
    "ip": "iproute2",
    "nsd": "nsd",
    "unbound": "unbound",
    "ldns-keygen": "ldnsutils",
    "ldns-signzone": "ldnsutils",
    "nginx": "nginx-light",
    "dovecot": "dovecot-imapd",
}

PERMISSION_ADVICE = (
    "the lab makes network namespaces and needs root (CAP_SYS_ADMIN, "
    "CAP_NET_ADMIN, CAP_NET_RAW). Run it as root, or as a user by: "
    "unshare -Urnm sh -c 'mount -t tmpfs none /run && mkdir /run/netns && "
    "exec \"$@\"' lab COMMAND"
)


class LabUnavailable(Exception):
    """The lab cannot run here; the message says what is missing."""


def extend_path():
    """Servers live where an ordinary user's PATH does not reach."""
    os.environ["PATH"] += ":/usr/local/sbin:/usr/sbin:/sbin"


def check(wire):
    """Raises LabUnavailable unless everything that the lab needs is here.

    wire: path of the lab-wire binary.
    """
    extend_path()
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        packages = sorted({PROGRAMS[name] for name in missing})
        raise LabUnavailable(
            f"not found: {', '.join(missing)}; "
            f"install {', '.join(packages)}"
        )
    if not os.access(wire, os.X_OK):
        raise LabUnavailable(f"no lab-wire at {wire}; build target lab-wire")
    _check_namespaces()


def _check_namespaces():
    name = f"tlcheck{os.getpid()}"
    made = subprocess.run(
        ["ip", "netns", "add", name], capture_output=True, text=True
    )
    subprocess.run(["ip", "netns", "delete", name], capture_output=True)
    if made.returncode != 0:
        reason = made.stderr.strip()
        raise LabUnavailable(f"{PERMISSION_ADVICE} (ip netns add: {reason})")
