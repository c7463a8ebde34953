#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What every rule says of a corpus of real answers, held against the counts
that are committed: a change of a rule shows whom it touches.

    tests/golden/corpus_test.py BUILD            # compare; exit 1 on change
    tests/golden/corpus_test.py BUILD --accept   # write the counts anew

BUILD is a build directory with taster-collector.
"""
import collections
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent / "corpus"
COUNTS = HERE / "counts.tsv"


def judged(build, seeds):
    """Verdict rows of the corpus: id, class, mechanism, injector, rules."""
    out = subprocess.run(
        [Path(build) / "taster-collector", "judge", "--input",
         HERE / "telecom.tsv.gz", "--asn-data", HERE / "networks.tsv",
         "--out", "-"] + ([] if seeds else ["--no-seeds"]),
        check=True, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL).stdout
    return [line.split("\t") for line in out.splitlines()[1:]]


def count(build):
    """(seeds, what, value) -> rows."""
    counts = collections.Counter()
    for seeds in ("seeded", "no-seeds"):
        for _, verdict, mechanism, injector, rules in judged(
                build, seeds == "seeded"):
            counts[seeds, "class", verdict] += 1
            if mechanism:
                counts[seeds, "mechanism", mechanism] += 1
            if injector:
                counts[seeds, "injector", injector] += 1
            for rule in filter(None, rules.split(",")):
                counts[seeds, "rule", f"{rule} ({verdict})"] += 1
    return counts


def read():
    lines = COUNTS.read_text().splitlines()[1:] if COUNTS.exists() else []
    rows = [line.split("\t") for line in lines]
    return collections.Counter({tuple(row[:3]): int(row[3]) for row in rows})


def write(counts):
    COUNTS.write_text("seeds\twhat\tvalue\trows\n" + "".join(
        "\t".join(key) + f"\t{number}\n"
        for key, number in sorted(counts.items())))


def main():
    counts = count(sys.argv[1])
    if "--accept" in sys.argv[2:]:
        write(counts)
        return 0
    known = read()
    changed = [key for key in sorted(set(counts) | set(known))
               if counts[key] != known[key]]
    for key in changed:
        print(f"{' '.join(key)}: {known[key]} -> {counts[key]} "
              f"({counts[key] - known[key]:+d})")
    if changed:
        print("If this is meant: corpus_test.py BUILD --accept, and say in the "
              "commit why.")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
