#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""House measures: file sizes, SPDX lines, file names, forbidden words."""
import re
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 300
SOURCES = {".h", ".cc", ".py", ".sh", ".sql", ".proto", ".ts"}
TOP_LEVEL = {
    "probe", "collector", "proto", "schema", "deploy", "tests",
    "CMakeLists.txt", "CMakePresets.json", "README.md", "LICENSE", ".ci",
    ".clang-format", ".clang-tidy", ".gitignore", ".gitattributes",
}
NO_ROOM = re.compile(r"(^|/)(util|utils|common|misc|helpers?|scripts|docs|"
                     r"third_party|vendor)/")
NAME = re.compile(r"^[a-z0-9_]+\.(h|cc|py|proto)$")
LEFTOVER = re.compile(r"\b(TODO|FIXME|XXX)\b")


def tracked():
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "--cached", "--others",
         "--exclude-standard"],
        capture_output=True, text=True, check=True).stdout.split("\n")
    return [path for path in listed if path and (ROOT / path).is_file()]


def problems_in(path):
    file = ROOT / path
    if path.split("/")[0] not in TOP_LEVEL:
        yield f"{path}: not in the fixed top level"
    if NO_ROOM.search(path):
        yield f"{path}: no such room in this house"
    if file.suffix not in SOURCES:
        return
    text = file.read_text(errors="replace")
    lines = text.count("\n")
    if lines > MOST_LINES:
        yield f"{path}: {lines} lines, at most {MOST_LINES}"
    if file.suffix in {".h", ".cc", ".proto", ".py"}:
        head = text.split("\n", 4)[:4]
        if not any("SPDX-License-Identifier: Apache-2.0" in line
                   for line in head):
            yield f"{path}: no SPDX line at the top"
        if not NAME.match(file.name):
            yield f"{path}: file names are lower_snake_case"
    if file.suffix == ".h" and "#pragma once" not in text:
        yield f"{path}: no #pragma once"
    if path != "tests/lint/check_sizes.py":
        for match in LEFTOVER.finditer(text):
            yield f"{path}: {match.group(0)}"


def main():
    paths = tracked()
    found = [problem for path in paths for problem in problems_in(path)]
    sizes = [(ROOT / path).read_text(errors="replace").count("\n")
             for path in paths if Path(path).suffix in SOURCES]
    print("\n".join(found) or
          f"sizes: {len(sizes)} sources, median "
          f"{statistics.median(sizes):.0f} lines, longest {max(sizes)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
