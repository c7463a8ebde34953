#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whether nginx takes deploy/nginx/taster.conf as it stands."""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"


def certificate(directory):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=taster",
         "-keyout", directory / "key.pem", "-out",
         directory / "certificate.pem"],
        check=True, capture_output=True)


def main():
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        certificate(directory)
        conf = (ROOT / "deploy/nginx/taster.conf").read_text()
        for path in ("/etc/taster/tls", "/var/cache/nginx", "/var/log/nginx"):
            conf = conf.replace(path, str(directory))
        # Ports below 1024 are not for everybody, and others may hold them.
        conf = re.sub(r"listen (\[::\]:)?(80|443)\b", r"listen \g<1>5\g<2>0",
                      conf)
        whole = directory / "nginx.conf"
        whole.write_text(
            f"pid {directory}/pid; error_log {directory}/error crit;\n"
            "events {}\nhttp {\n" + conf + "}\n")
        tested = subprocess.run(
            [NGINX, "-t", "-q", "-p", directory, "-c", whole],
            capture_output=True, text=True)
        print(tested.stderr, end="")
        return tested.returncode


if __name__ == "__main__":
    sys.exit(main())
