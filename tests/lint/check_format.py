#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every C++ file is as clang-format would write it."""
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main():
    files = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "*.cc", "*.h"],
        capture_output=True, text=True, check=True).stdout.split()
    checked = subprocess.run(
        ["clang-format", "--dry-run", "--Werror", *files], cwd=ROOT,
        capture_output=True, text=True)
    if checked.returncode != 0:
        wrong = {line.split(":")[0] for line in checked.stderr.splitlines()
                 if ": error: " in line}
        print("\n".join(f"clang-format -i {file}" for file in sorted(wrong)))
        return 1
    print(f"format: {len(files)} files as they should be")
    return 0


if __name__ == "__main__":
    sys.exit(main())
