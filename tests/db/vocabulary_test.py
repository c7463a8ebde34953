#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The vocabulary in the database equals the enums of the code that writes.

Run by tests/db/run, which says by libpq's variables where the database is.
"""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# kind -> (file, enum); of protobuf and C++.
PROTO = {
    "outcome": ("measurement.proto", "Outcome"),
    "transport": ("measurement.proto", "Transport"),
    "server_kind": ("measurement.proto", "ServerKind"),
    "question_role": ("measurement.proto", "QuestionRole"),
    "stream_phase": ("measurement.proto", "StreamPhase"),
    "certificate_fault": ("measurement.proto", "CertificateFault"),
    "redaction_reason": ("measurement.proto", "RedactionReason"),
    "refuse_reason": ("collection.proto", "RefuseReason"),
    "reject_reason": ("collection.proto", "RejectReason"),
}
CPP = {
    "class": ("collector/judge/verdict.h", "Class"),
    "mechanism": ("collector/judge/mechanism.h", "Mechanism"),
    "fit": ("collector/judge/observation.h", "Fit"),
    "dnssec_result": ("collector/control/dnssec/proof.h", "Result"),
    "outcome": ("collector/judge/case.h", "Outcome"),
    "transport": ("collector/judge/case.h", "Transport"),
    "server_kind": ("collector/judge/case.h", "ServerKind"),
    "question_role": ("collector/judge/case.h", "QuestionRole"),
    "defect": ("proto/dns/message_reader.h", "Defect"),
    "hop_method": ("collector/judge/hop.h", "HopMethod"),
    "control_kind": ("collector/store/judged_batch.h", "Kind"),
}
# Of IANA, not of the code.
REGISTERED = {"rcode", "qtype"}


def body(path, pattern):
    text = re.sub(r"//[^\n]*", "", (ROOT / path).read_text())
    found = re.search(pattern + r"[^{;]*\{(.*?)\}", text, re.DOTALL)
    if found is None:
        raise SystemExit(f"{path}: no {pattern}")
    return found.group(1)


def proto_enum(file, name):
    """Without the value that is never sent."""
    prefix = re.sub(r"(?<!^)(?=[A-Z])", "_", name).upper() + "_"
    entries = re.findall(r"(\w+)\s*=\s*(\d+)\s*;",
                         body(f"proto/taster/v1/{file}", rf"enum {name}\b"))
    return {int(code): word.removeprefix(prefix).lower()
            for word, code in entries if int(code) != 0}


def cpp_enum(file, name):
    """kOnPathInjection = 1 becomes 1: on_path_injection."""
    values = {}
    code = -1
    for entry in body(file, rf"enum class {name}\b").split(","):
        entry = entry.strip()
        if not entry:
            continue
        word, _, number = (part.strip() for part in entry.partition("="))
        code = int(number, 0) if number else code + 1
        values[code] = re.sub(r"(?<!^)(?=[A-Z])", "_", word[1:]).lower()
    return values


def stored():
    rows = subprocess.run(
        ["psql", "-XAtqF\t", "-c",
         "SELECT kind, code, word FROM taster.vocabulary"],
        check=True, capture_output=True, text=True).stdout
    kinds = {}
    for row in rows.splitlines():
        kind, code, word = row.split("\t")
        kinds.setdefault(kind, {})[int(code)] = word
    return kinds


def main():
    kinds = stored()
    wrong = [f"vocabulary {kind} is of no enum"
             for kind in kinds
             if kind not in PROTO | CPP and kind not in REGISTERED]
    for enums, read in ((PROTO, proto_enum), (CPP, cpp_enum)):
        for kind, (file, name) in enums.items():
            expected = read(file, name)
            if kinds.get(kind) != expected:
                wrong.append(f"{kind}: database {kinds.get(kind)}, "
                             f"{file} {expected}")
    print("\n".join(wrong), file=sys.stderr, end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
