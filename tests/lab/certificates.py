# SPDX-License-Identifier: Apache-2.0
"""A certificate authority of the lab's own, new with every run."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from requirements import LabUnavailable

KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


class CertificateError(Exception):
    """openssl refused; the message holds its own words."""


@dataclass(frozen=True)
class Certificate:
    """A certificate and its key, both PEM files."""

    pem: Path
    key: Path


def make_authority(directory, name):
    """What signs the others; it is in no system's store. Raises
    LabUnavailable where there is no openssl."""
    if shutil.which("openssl") is None:
        raise LabUnavailable("not found: openssl; install openssl")
    return _make(directory / name, [
        "-subj", f"/CN={name}",
        "-addext", "basicConstraints=critical,CA:TRUE",
        "-addext", "keyUsage=critical,keyCertSign"])


def known_authority(directory, name):
    """The one that make_authority made there."""
    return Certificate(directory / f"{name}.pem", directory / f"{name}.key")


def issue(authority, directory, name):
    """A server's certificate for the DNS name `name`."""
    return _make(directory / name, [
        "-CA", authority.pem, "-CAkey", authority.key,
        "-subj", f"/CN={name}",
        "-addext", "basicConstraints=critical,CA:FALSE",
        "-addext", f"subjectAltName=DNS:{name}"])


def _make(stem, options):
    made = Certificate(Path(f"{stem}.pem"), Path(f"{stem}.key"))
    command = ["openssl", "req", "-x509", *KEY, "-days", "2", *options,
               "-keyout", made.key, "-out", made.pem]
    ran = subprocess.run([str(word) for word in command],
                         capture_output=True, text=True)
    if ran.returncode != 0:
        raise CertificateError(ran.stderr.strip())
    made.pem.chmod(0o644)
    return made


def server_lines(address, certificate):
    """Lines of unbound's server clause: DoT and DoH at `address`."""
    return (
        f"interface: {address}@853",
        f"interface: {address}@443",
        "tls-port: 853",
        "https-port: 443",
        f'tls-service-key: "{certificate.key}"',
        f'tls-service-pem: "{certificate.pem}"',
    )
