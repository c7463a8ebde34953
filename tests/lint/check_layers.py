#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Who may include whom: every #include of the project, held against the map.

Also: ldns, gRPC, pqxx, SQLite, c-ares and libsodium are each used in the one
room that wraps them, so that a trap of a library stays one room's problem.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Room -> rooms whose headers it may include, beside its own.
MAY_INCLUDE = {
    "proto/net": [],
    "proto/dns": ["proto/net"],
    "proto/envelope": ["proto/net"],
    "probe/consent": ["proto/envelope"],
    "probe/plan": ["proto/*", "probe/capture"],
    "probe/capture": ["proto/net", "proto/dns"],
    "probe/spool": ["proto/envelope"],
    "probe/uplink": ["proto/*", "probe/spool"],
    "probe/record": ["proto/*", "probe/capture", "probe/spool"],
    "probe/study": ["proto/net", "proto/dns"],
    "probe/cli": ["proto/*", "probe/*"],
    "probe": ["proto/*", "probe/*"],
    "collector/judge": ["proto/net", "proto/dns"],
    "collector/judge/rules": ["proto/net", "proto/dns", "collector/judge"],
    "collector/dissect": ["proto/net", "proto/dns", "collector/judge"],
    "collector/exchange": ["proto/net", "proto/dns", "collector/judge",
                           "collector/dissect"],
    "collector/explain": ["proto/net", "proto/dns", "collector/judge"],
    "collector/learn": ["proto/net", "collector/judge"],
    "collector/offline": ["proto/net", "proto/dns", "collector/judge",
                          "collector/learn", "collector/exchange",
                          "collector/reference"],
    "collector/reference": ["proto/net", "proto/dns", "proto/envelope",
                            "collector/judge"],
    "collector/store": ["proto/net", "proto/dns", "proto/envelope",
                        "collector/judge", "collector/reference"],
    "collector/control/dnssec": ["proto/net", "proto/dns"],
    "collector/serve": ["proto/net", "proto/envelope", "collector/judge",
                        "collector/reference", "collector/store"],
    "collector/control": ["proto/*", "collector/judge", "collector/dissect",
                          "collector/learn", "collector/reference",
                          "collector/store"],
    "collector/ingest": ["proto/*", "collector/judge", "collector/dissect",
                         "collector/store", "collector/control"],
    "collector/cli": ["proto/*", "collector/*"],
    "collector": ["proto/*", "collector/*"],
}

# Library header -> places that may include it.
WRAPPED = {
    r"ldns/": ["proto/dns/", "collector/control/dnssec/"],
    r"grpc(pp|\+\+)?/": ["probe/uplink/", "collector/ingest/"],
    r"taster/v1/.*\.grpc\.pb\.h": ["probe/uplink/", "collector/ingest/"],
    r"(pqxx|libpq|libpq-fe|postgresql/libpq)": ["collector/store/"],
    r"httplib\.h": ["collector/serve/"],
    r"sqlite3\.h": ["probe/spool/"],
    r"ares\.h": ["probe/capture/"],
    r"nghttp2/": ["probe/capture/"],
    # Certificates: of servers asked over TLS; the pin; the collector's own.
    # Sums of exported files.
    r"openssl/": ["probe/capture/", "probe/uplink/", "collector/ingest/",
                  "collector/serve/"],
    r"sodium": ["proto/envelope/"],
    r"(maxminddb|libpsl|idn2)\.h": ["collector/reference/"],
    r"zlib\.h": ["collector/offline/", "collector/serve/"],
}

# The pure rooms: no clock, no network, no database, no log.
PURE = ["collector/judge", "collector/dissect", "collector/learn",
        "probe/study", "proto/net", "proto/dns"]
IMPURE = re.compile(
    r"\b(system_clock|steady_clock)::now|#include <(fstream|thread|iostream)>"
    r"|spdlog|sys/socket\.h")

INCLUDE = re.compile(r'^\s*#include\s+["<]([^">]+)[">]', re.M)


def room_of(path):
    for room in sorted(MAY_INCLUDE, key=len, reverse=True):
        if path.startswith(room + "/"):
            return room
    return None


def allowed(room, other):
    if other == room or other.startswith(room + "/"):
        return True
    for pattern in MAY_INCLUDE[room]:
        if pattern.endswith("/*"):
            if other.startswith(pattern[:-1]):
                return True
        elif other == pattern:
            return True
    return False


def problems_in(path):
    text = (ROOT / path).read_text(errors="replace")
    room = room_of(path)
    if room is None:
        yield f"{path}: in no known room"
        return
    for included in INCLUDE.findall(text):
        for pattern, places in WRAPPED.items():
            if re.match(pattern, included) and not any(
                    path.startswith(place) for place in places):
                yield f"{path}: {included} belongs to {places[0]}"
        other = room_of(included)
        if other and not allowed(room, other):
            yield f"{path}: {room} must not include {included}"
    if any(room == pure or room.startswith(pure + "/") for pure in PURE):
        for match in IMPURE.finditer(text):
            yield f"{path}: {match.group(0)} in a pure room"


def main():
    files = [
        str(path.relative_to(ROOT))
        for top in ("proto", "probe", "collector")
        for path in sorted((ROOT / top).rglob("*"))
        if path.suffix in (".h", ".cc")
    ]
    found = [problem for path in files for problem in problems_in(path)]
    print("\n".join(found) or f"layers: {len(files)} files, none out of place")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
