# SPDX-License-Identifier: Apache-2.0
"""Labelled answers, and what OONI's answer rule says of them."""
import bisect
import collections
import csv
import dataclasses
import functools
import gzip
import ipaddress
import random

TEREDO = ipaddress.ip_network("2001::/96")


class OriginAs:
    """Who announces an address, from the tables of @ip-location-db/asn."""

    def __init__(self, directory):
        self.tables = {}
        for version in (4, 6):
            rows = list(csv.reader(open(directory / f"asn-ipv{version}-num.csv",
                                        encoding="utf-8")))
            self.tables[version] = ([int(row[0]) for row in rows],
                                    [int(row[1]) for row in rows],
                                    [int(row[2]) for row in rows])

    @functools.lru_cache(maxsize=None)
    def find(self, text):
        address = ipaddress.ip_address(text)
        first, last, asn = self.tables[address.version]
        at = bisect.bisect_right(first, int(address)) - 1
        return asn[at] if at >= 0 and int(address) <= last[at] else None


@dataclasses.dataclass
class LabelledSet:
    name: str
    heading: list
    rows: list        # Of probes and controls, as in the file.
    labels: dict      # id -> (label, kind)
    origin_as: OriginAs

    def column(self, name):
        return self.heading.index(name)

    def probes(self):
        role = self.column("role")
        return [row for row in self.rows if row[role] == "probe"]

    def label(self, row):
        return self.labels.get(row[0], ("unknown", ""))[0]

    def qname(self, row):
        return row[self.column("qname")]

    def addresses(self, row):
        found = row[self.column("answers")].split(",")
        return [one for one in found if one and not one.startswith("cname:")]

    def forged(self):
        return [row for row in self.probes() if self.label(row) == "forged"]

    def poisoned_names(self):
        return sorted({self.qname(row) for row in self.forged()})

    def forged_addresses(self):
        return {address for row in self.forged()
                for address in self.addresses(row)}

    @functools.cached_property
    def control(self):
        """Name -> addresses, and origin AS, that controls saw."""
        role = self.column("role")
        found = collections.defaultdict(set)
        for row in self.rows:
            if row[role] == "control":
                found[self.qname(row)].update(self.addresses(row))
        return {name: (seen, {self.origin_as.find(one) for one in seen} -
                       {None}) for name, seen in found.items()}

    def ooni(self, row):
        """consistent: a common address, else a common origin AS
        (ooni/spec, ts-017-web-connectivity, DNS consistency)."""
        if self.qname(row) not in self.control:
            return "no control"
        seen, owners = self.control[self.qname(row)]
        answered = self.addresses(row)
        if seen & set(answered):
            return "consistent"
        common = owners & {self.origin_as.find(one) for one in answered}
        return "consistent" if common else "inconsistent"


def read_rows(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines
                if not line.startswith("#")]


def read_set(answers, labels, asn_data):
    heading, *rows = read_rows(answers)
    known = {row[0]: tuple((row + ["", ""])[1:3])
             for row in read_rows(labels)[1:]}
    name = answers.name.removesuffix(".tsv.gz")
    return LabelledSet(name, heading, rows, known, OriginAs(asn_data))


def restrict(data, seen):
    """All names but the poisoned ones, and `seen` of those, at random."""
    names = data.poisoned_names()
    kept = set(random.Random(7).sample(names, seen))
    left_out = set(names) - kept
    rows = [row for row in data.rows if data.qname(row) not in left_out]
    return LabelledSet(data.name, data.heading, rows, data.labels,
                       data.origin_as)


def write_answers(data, path):
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for row in [data.heading] + data.rows:
            out.write("\t".join(row) + "\n")


def is_teredo(text):
    address = ipaddress.ip_address(text)
    return address.version == 6 and address in TEREDO
