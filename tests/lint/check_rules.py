#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The judge's rules: six places must name the same ones, each with a source."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
JUDGE = ROOT / "collector" / "judge"
VECTORS = ROOT / "tests" / "vectors"
RULE = re.compile(r"constinit const Rule (k\w+)\{(.*?)\n\};", re.S)
FIELD = re.compile(r"\.(\w+) =\s*((?:\"(?:[^\"\\]|\\.)*\"\s*)+|[^,]+),", re.S)
URL = re.compile(r"https://[^\s\"(),;]+[^\s\"(),;.]")


def constant_of(rule_id):
    return "k" + "".join(part.capitalize() for part in rule_id.split("_"))


def fields_of(body):
    found = {}
    for name, value in FIELD.findall(body):
        pieces = re.findall(r'"((?:[^"\\]|\\.)*)"', value)
        found[name] = "".join(pieces) if pieces else value.strip()
    return found


def read_rules():
    """File stem -> (constant, fields), for every file in rules/."""
    rules = {}
    for path in sorted((JUDGE / "rules").glob("*.cc")):
        matches = RULE.findall(path.read_text())
        if len(matches) != 1:
            problem = f"{path.name}: {len(matches)} rules, wanted one"
            rules[path.stem] = (None, {"problem": problem})
            continue
        constant, body = matches[0]
        rules[path.stem] = (constant, fields_of(body))
    return rules


def table_rows(text):
    """Id -> (strength, kind) of the table in the README."""
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (\w+) \|", text, re.M)
    return {rule_id: (strength, kind) for rule_id, strength, kind in rows}


def problems_of_rule(stem, constant, fields, readme):
    if "problem" in fields:
        yield fields["problem"]
        return
    name = f"rules/{stem}.cc"
    if fields.get("id") != stem:
        yield f"{name}: the id is {fields.get('id')!r}"
    if constant != constant_of(stem):
        yield f"{name}: the constant is {constant}"
    for field in ("summary", "citation", "strength", "kind", "applies",
                  "examine"):
        if not fields.get(field):
            yield f"{name}: no {field}"
    for url in URL.findall(fields.get("citation", "")):
        if url not in readme:
            yield f"{name}: README.md lacks its source {url}"
    row = table_rows(readme).get(stem)
    claimed = tuple(
        re.sub(r"(?<=[a-z])(?=[A-Z])", "_",
               re.sub(r"^\w+::k", "", fields.get(field, ""))).lower()
        for field in ("strength", "kind"))
    if row and row != claimed:
        yield f"README.md: {stem} is {' '.join(claimed)}, not {' '.join(row)}"
    yield from problems_of_vectors(stem, fields)


def problems_of_vectors(stem, fields):
    wanted = ["fires", "clear", "not_applicable"]
    if "effective_from" in fields or "effective_until" in fields:
        wanted.append("not_effective")
    for prefix in wanted:
        if not list((VECTORS / stem).glob(f"{prefix}*.txt")):
            yield f"tests/vectors/{stem}: nothing that {prefix}"


def main():
    rules = read_rules()
    readme = (JUDGE / "README.md").read_text()
    header = (JUDGE / "rules" / "rules.h").read_text()
    registry = (JUDGE / "ruleset.cc").read_text()
    registry = registry[registry.index("kRules = {"):]
    registry = registry[:registry.index("};")]
    released = (JUDGE / "released_rules.txt").read_text().split()
    cmake = (JUDGE / "CMakeLists.txt").read_text()
    constants = {constant_of(stem) for stem in rules}
    places = {
        "rules.h": set(re.findall(r"extern const Rule (k\w+);", header)),
        "ruleset.cc": set(re.findall(r"&(k\w+)", registry)),
        "README.md": {constant_of(rule) for rule in table_rows(readme)},
        "released_rules.txt": {constant_of(rule) for rule in released},
        "CMakeLists.txt": {
            constant_of(stem)
            for stem in re.findall(r"rules/(\w+)\.cc", cmake)},
        "tests/vectors": {
            constant_of(path.name)
            for path in VECTORS.iterdir() if path.is_dir()},
    }
    found = []
    for place, named in places.items():
        found += [f"{place}: lacks {rule}" for rule in constants - named]
        found += [f"{place}: {rule} has no file" for rule in named - constants]
    for stem, (constant, fields) in rules.items():
        found += problems_of_rule(stem, constant, fields, readme)
    if len(released) != len(set(released)):
        found.append("released_rules.txt: an id stands twice")
    for problem in sorted(found):
        print(problem)
    print(f"{len(rules)} rules, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
