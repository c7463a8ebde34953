# SPDX-License-Identifier: Apache-2.0
"""From verdicts and labels to figures."""
import collections
import json

from accuracy_data import is_teredo

ACCUSING = ("poisoned", "likely_poisoned")
CLASSES = ("poisoned", "likely_poisoned", "filtered", "ambiguous", "blocked",
           "insufficient", "consistent", "down")
LABELS = ("forged", "legit", "filter", "resolver_lying", "unknown")
OONI = ("inconsistent", "consistent", "no control")


def table(data, verdicts):
    """Rows of each label by class; what OONI's rule says stands behind."""
    counts = collections.Counter()
    for row in data.probes():
        if row[0] not in verdicts:
            continue
        label = data.label(row)
        counts[label, verdicts[row[0]][0]] += 1
        counts[label, "ooni", data.ooni(row)] += 1
    columns = [one for one in CLASSES
               if any(counts[label, one] for label in LABELS)]
    out = [f"{'rows':16}" + "".join(f"{one:>16}" for one in columns) +
           " | OONI:" + "".join(f"{one:>13}" for one in OONI)]
    for label in LABELS:
        if any(counts[label, one] for one in columns):
            out.append(
                f"{label:16}" +
                "".join(f"{counts[label, one]:16}" for one in columns) +
                "       |" + "".join(f"{counts[label, 'ooni', one]:13}"
                                    for one in OONI))
    return "\n".join(out)


def share(part, whole):
    return len(part) / len(whole) if whole else 1.0


def line(name, value, goal, least=True):
    met = value >= goal if least else value <= goal
    shown = f"{value:.5f}" if isinstance(value, float) else value
    return f"{name} {shown} {goal} {'ok' if met else 'short'}"


def found_by_name(data, verdicts):
    """Name -> share of its forged rows that were found."""
    rows = collections.defaultdict(list)
    for row in data.forged():
        rows[data.qname(row)].append(verdicts[row[0]][0] in ACCUSING)
    return {name: sum(found) / len(found) for name, found in rows.items()}


def lines_for(data, verdicts, title, seeded, pooled):
    prefix = title.replace(", ", ".").replace(" ", "_")
    forged = data.forged()
    found = [row for row in forged if verdicts[row[0]][0] in ACCUSING]
    yield line(f"{prefix}.forged_found", share(found, forged),
               0.999 if seeded else 0.99)
    names = found_by_name(data, verdicts)
    yield line(f"{prefix}.forged_found_macro",
               sum(names.values()) / max(len(names), 1),
               0.995 if seeded else 0.99)
    classes = collections.Counter(
        (data.label(row), verdicts[row[0]][0]) for row in data.probes())
    legit = classes["legit", "poisoned"]
    pooled["legit_poisoned"] += legit
    yield line(f"{prefix}.legit_called_poisoned", legit, 0, least=False)
    likely = [row for row in data.probes()
              if verdicts[row[0]][0] == "likely_poisoned" and
              data.label(row) != "unknown"]
    right = [row for row in likely if data.label(row) != "legit"]
    yield line(f"{prefix}.likely_right", share(right, likely), 0.90)
    injected = sum(1 for row in data.probes()
                   if data.label(row) in ("filter", "resolver_lying") and
                   verdicts[row[0]][:2] == ("poisoned", "on_path_injection"))
    yield line(f"{prefix}.liars_called_injected", injected, 0, least=False)
    if seeded:
        ours = [row for row in found
                if verdicts[row[0]][1] in ("on_path_injection",
                                           "resolver_poisoned") and
                verdicts[row[0]][2].startswith("gfw")]
        yield line(f"{prefix}.forged_attributed", share(ours, found), 0.99)


def groups_found(data, verdicts, path):
    """Every group's names: the share of them with a forged row found."""
    names = found_by_name(data, verdicts)
    for group, members in json.loads(path.read_text())["groups"].items():
        here = [name for name in members if name in names]
        hit = [name for name in here if names[name] >= 0.5]
        if here:
            yield line(f"group.{group.replace(' ', '_')}({len(here)})",
                       share(hit, here), 0.95)


def curve(data, learned, seen, goal):
    """Forged rows whose address was learned from `seen` poisoned names."""
    forged = data.forged()
    found = [row for row in forged
             if any(one in learned or is_teredo(one)
                    for one in data.addresses(row))]
    return line(f"curve.{seen}_names", share(found, forged), goal)
