#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The wire contract only grows: nothing removed, renumbered or retyped.

Holds the .proto files against `released.txt`, one line a field or enum value.
`check_proto.py --release` rewrites that file; lines may be added, never lost.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROTO = ROOT / "proto" / "taster" / "v1"
RELEASED = Path(__file__).with_name("released.txt")

BLOCK = re.compile(r"^\s*(message|enum|service|oneof)\s+(\w+)\s*\{")
FIELD = re.compile(r"^\s*(optional |repeated )?([\w.]+)\s+(\w+)\s*=\s*(\d+);")
VALUE = re.compile(r"^\s*(\w+)\s*=\s*(\d+);")
RPC = re.compile(r"^\s*rpc (\w+)\((\w+)\) returns \((\w+)\);")


def contract():
    lines = set()
    for path in sorted(PROTO.glob("*.proto")):
        stack = []
        for raw in path.read_text().split("\n"):
            line = raw.split("//")[0]
            if block := BLOCK.match(line):
                stack.append(block.groups())
                continue
            if line.strip() == "}" and stack:
                stack.pop()
                continue
            scope = ".".join(name for kind, name in stack if kind != "oneof")
            if rpc := RPC.match(line):
                lines.add(f"{scope} rpc {' '.join(rpc.groups())}")
            elif stack and stack[-1][0] == "enum":
                if value := VALUE.match(line):
                    lines.add(f"{scope} {value[2]} {value[1]}")
            elif field := FIELD.match(line):
                label = (field[1] or "").strip() or "plain"
                lines.add(f"{scope} {field[4]} {label} {field[2]} {field[3]}")
    return lines


def undocumented():
    for path in sorted(PROTO.glob("*.proto")):
        lines = path.read_text().split("\n")
        for at, line in enumerate(lines):
            if BLOCK.match(line) and "oneof" not in line:
                if not lines[at - 1].strip().startswith("//"):
                    yield f"{path.name}:{at + 1}: no comment"


def main():
    now = contract()
    if "--release" in sys.argv:
        RELEASED.write_text("\n".join(sorted(now)) + "\n")
        print(f"proto: {len(now)} lines released")
        return 0
    released = set(RELEASED.read_text().split("\n")) - {""}
    found = [f"released, but changed or gone: {line}"
             for line in sorted(released - now)]
    found += list(undocumented())
    print("\n".join(found) or f"proto: {len(released)} released lines intact")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
