#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Nobody is found by subtraction: thousands of random populations.

Makes probes and domains at random, rolls them up, and looks at what is
published with the eyes of who subtracts: whatever group of networks can be
told from published numbers by any linear combination must be as many probes
as the floor. Run by tests/db/run, which says by libpq's variables where the
database is.
"""
import itertools
import os
import random
import subprocess
import sys

DOMAINS = 3000
DAYS = 40
FLOORS = (2, 3, 5)
SEED = int(os.environ.get("TASTER_SEED", random.randrange(1 << 30)))
NETWORKS = [("CN", 1), ("CN", 2), ("CN", 0), ("IR", 3), ("IR", 4), ("TM", 5)]
PER_NETWORK = 9
PRIME = (1 << 31) - 1


def ask(statement):
    said = subprocess.run(
        ["psql", "-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1"],
        input=statement, capture_output=True, text=True, check=False)
    if said.returncode != 0:
        sys.exit(said.stderr)
    return [line.split("\t") for line in said.stdout.splitlines()]


def populate(rng):
    """Writes first-level rows; returns {(day, domain): {network: probes}}."""
    vantages = [(1000 + i * PER_NETWORK + j, network)
                for i, network in enumerate(NETWORKS)
                for j in range(PER_NETWORK)]
    rows = [f"INSERT INTO taster.vantage (vantage_id, key, role, country, asn)"
            " OVERRIDING SYSTEM VALUE VALUES" + ",".join(
                f"({v}, sha256('{v}'), 'probe', '{country}', {asn})"
                for v, (country, asn) in vantages) + ";"]
    rows.append("COPY taster.vantage_cell (vantage_id, batch_day, qname,"
                " class, mechanism, injector_id, set_count) FROM STDIN;")
    [[today]] = ask("SELECT current_date")
    days = [day for (day,) in ask(
        f"SELECT current_date - generate_series(1, {DAYS})")]
    units = [(today, f"d{i}.example") for i in range(DOMAINS)]
    units += [(day, "alone.example") for day in days]
    truth = {}
    for day, domain in units:
        share = {network: rng.choice((0, 0.1, 0.2, 0.4, 1))
                 for network in NETWORKS}
        seen = [(v, network) for v, network in vantages
                if rng.random() < share[network]]
        for v, network in seen:
            rows.append(f"{v}\t{day}\t{domain}.\t{rng.choice((0, 1, 5))}"
                        "\t0\t\t1")
            unit = truth.setdefault((day, domain), {})
            unit[network] = unit.get(network, 0) + 1
    rows.append("\\.\n")
    ask("\n".join(rows))
    return truth


def reduced(vectors):
    """Rows of a reduced echelon form, modulo a prime, with their pivots."""
    basis = []
    for vector in vectors:
        vector = [x % PRIME for x in vector]
        for pivot, row in basis:
            factor = vector[pivot]
            vector = [(x - factor * y) % PRIME for x, y in zip(vector, row)]
        pivot = next((i for i, x in enumerate(vector) if x), None)
        if pivot is None:
            continue
        inverse = pow(vector[pivot], PRIME - 2, PRIME)
        vector = [x * inverse % PRIME for x in vector]
        basis = [(p, [(x - row[pivot] * y) % PRIME
                      for x, y in zip(row, vector)]) for p, row in basis]
        basis.append((pivot, vector))
    return basis


def is_derivable(group, basis):
    vector = list(group)
    for pivot, row in basis:
        factor = vector[pivot]
        vector = [(x - factor * y) % PRIME for x, y in zip(vector, row)]
    return not any(vector)


def members(scope, country, asn, networks):
    if scope == "world":
        return [1] * len(networks)
    if scope == "country":
        return [int(c == country) for c, _ in networks]
    return [int((c, a) == (country, int(asn or 0))) for c, a in networks]


def check(published, truth, floor):
    """Problems of one population, given its published (scope, country, asn,
    probes)."""
    networks = list(truth)
    sizes = [truth[network] for network in networks]
    vectors = []
    for scope, country, asn, probes in published:
        vector = members(scope, country, asn, networks)
        vectors.append(vector)
        real = sum(s for s, m in zip(sizes, vector) if m)
        if real != int(probes):
            yield f"{scope} {country}/{asn}: {probes}, not {real}"
    basis = reduced(vectors)
    for group in itertools.product((0, 1), repeat=len(networks)):
        size = sum(s for s, m in zip(sizes, group) if m)
        if 0 < size < floor and is_derivable(group, basis):
            yield f"{size} probes of {networks} {group} {sizes}: {published}"


def published(view, floor, truth):
    columns = "day, domain" if view == "cell" else "day, ''"
    found = {}
    for day, domain, *row in ask(
            f"SELECT {columns}, scope, country, asn, probes FROM pub.{view}"):
        found.setdefault((day, domain), []).append(row)
    shown = 0
    for unit, population in truth.items():
        rows = found.pop(unit, [])
        shown += len(rows)
        for problem in check(rows, population, floor):
            sys.exit(f"seed {SEED}, floor {floor}, {view}, {unit}: {problem}")
        for network, probes in population.items():
            if probes >= floor and not any(
                    row[0] == "network" and members(*row[:3], [network])[0]
                    for row in rows):
                sys.exit(f"seed {SEED}: {network} of {unit} is hidden")
    if found:
        sys.exit(f"seed {SEED}: {view} shows what nobody measured: {found}")
    return shown


def covered(truth):
    """Who measured anything at all on days with one domain."""
    return {(day, ""): population for (day, domain), population
            in truth.items() if domain == "alone.example"}


def main():
    truth = populate(random.Random(SEED))
    for floor in FLOORS:
        ask(f"SELECT taster.set_floor({floor});"
            "SELECT taster.roll_up(day) FROM (SELECT DISTINCT batch_day"
            " FROM taster.vantage_cell) AS measured (day)")
        cells = published("cell", floor, truth)
        ask("DELETE FROM taster.coverage WHERE day = current_date")
        places = published("coverage", floor, covered(truth))
        print(f"floor {floor}: {len(truth)} populations, {cells} cells and "
              f"{places} places shown, nobody found")


if __name__ == "__main__":
    main()
