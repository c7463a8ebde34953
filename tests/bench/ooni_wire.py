#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns DNS round trips of OONI's websteps into df-002-dnst measurements.

python3 tests/bench/ooni_wire.py dns-wire.jsonl > ooni.jsonl

Comes in: a round trip a line, with query and reply bytes in base64 and the
side that made it (`probe`, or `th`, the test helper abroad). Goes out: one
measurement a line, whose `measurement_uid` is the number of the line it came
from; what the helper saw is marked as control.
"""
import datetime
import json
import sys

TYPES = {1: "A", 2: "NS", 5: "CNAME", 12: "PTR", 28: "AAAA", 255: "ANY"}


def utc(text):
    """ISO 8601 with nanoseconds and zone; None for the text "None"."""
    if not text or text == "None":
        return None
    head, zone = text[:-6], text[-6:]
    whole, _, fraction = head.partition(".")
    stamp = datetime.datetime.fromisoformat(
        f"{whole}.{(fraction + '000000')[:6]}{zone}")
    return stamp.astimezone(datetime.timezone.utc)


def answer(record):
    kind = TYPES.get(record["type"], f"TYPE{record['type']}")
    shown = {"answer_type": kind, "ttl": record["ttl"]}
    field = {"A": "ipv4", "AAAA": "ipv6"}.get(kind, "hostname")
    shown[field] = record["value"]
    return shown


def engine(row):
    """Late replies and the queries they belong to are UDP's."""
    network = row["resolver_network"]
    return {"system": "getaddrinfo", None: "udp"}.get(network, network)


def failure(row):
    if row["failure"]:
        return row["failure"]
    return None if row["reply_b64"] else "generic_timeout_error"


def query_of(row, start, end):
    message = row.get("query") or row["reply"]
    answers = [answer(record) for record in
               (row.get("reply") or {}).get("answers", [])]
    if engine(row) == "getaddrinfo":  # Which tells no TTL.
        answers = [{**shown, "ttl": None} for shown in answers]
    query = {
        "answers": answers or None,
        "engine": engine(row),
        "failure": failure(row),
        "hostname": message["qname"],
        "query_type": TYPES.get(message["qtype"], f"TYPE{message['qtype']}"),
        "resolver_address": row["resolver_address"],
        "t0": 0.0,
        "t": (end - start).total_seconds(),
        "transaction_id": 1,
    }
    # The system's resolver shows no bytes: websteps made them up.
    if row["reply_b64"] and query["engine"] != "getaddrinfo":
        query["raw_response"] = row["reply_b64"]
    rcode = (row.get("reply") or {}).get("rcode", 0)
    if rcode:
        query["rcode"] = rcode
        query["failure"] = {
            2: "dns_servfail_error", 3: "dns_nxdomain_error",
            5: "dns_refused_error"}.get(rcode, "dns_server_misbehaving")
    elif row["reply_b64"] and not query["answers"]:
        query["failure"] = "dns_no_answer"
    return query


def measurement(number, row):
    finished = utc(row["finished"])
    start = utc(row["started"]) or finished
    end = max(finished or start, start)
    is_control = row["side"] == "th"
    return {
        "data_format_version": "0.2.0",
        "extensions": {"dnst": 0},
        "input": row["url"],
        "measurement_start_time": start.strftime("%Y-%m-%d %H:%M:%S"),
        "measurement_uid": str(number),
        "probe_asn": "AS0" if is_control else row["probe_asn"],
        "probe_cc": "ZZ" if is_control else row["probe_cc"],
        "test_keys": {"queries": [query_of(row, start, end)]},
        "test_name": "websteps",
        "x_taster_role": "control" if is_control else "probe",
    }


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 64
    with open(sys.argv[1], encoding="utf-8") as rows:
        for number, line in enumerate(rows, 1):
            print(json.dumps(measurement(number, json.loads(line))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
