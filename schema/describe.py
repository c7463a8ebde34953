#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the data dictionary of schema pub, from the database's catalog.

    python3 schema/describe.py DIRECTORY

makes DIRECTORY/dictionary.md for people and DIRECTORY/datapackage.json
(Frictionless Data Package, Table Schema) for programs. Where the database is,
libpq's variables say; any role that reads pub will do. Ends with status 1
where a view or a column has no comment.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

VIEWS = """
SELECT json_agg(json_build_object(
    'name', c.relname, 'comment', obj_description(c.oid, 'pg_class'),
    'columns', (
        SELECT json_agg(json_build_object(
            'name', attname, 'type', format_type(atttypid, atttypmod),
            'comment', col_description(attrelid, attnum)) ORDER BY attnum)
        FROM pg_attribute
        WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped))
    ORDER BY c.relname)
FROM pg_class AS c
WHERE relnamespace = 'pub'::regnamespace AND relkind = 'v'
"""
RELEASE = """
SELECT json_build_object('licence', licence, 'citation', citation,
    'floor', floor, 'first_day', first_day, 'last_day', last_day)
FROM pub.release
"""
VOCABULARY = """
SELECT json_agg(json_build_object('kind', kind, 'word', word,
    'meaning', meaning) ORDER BY kind, code)
FROM pub.vocabulary
"""

# PostgreSQL's types in the words of Table Schema.
TYPES = {"date": "date", "timestamp with time zone": "datetime",
         "boolean": "boolean", "real": "number", "double precision": "number",
         "numeric": "number", "integer": "integer", "bigint": "integer",
         "smallint": "integer"}


def ask(statement):
    said = subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1"],
                          input=statement, capture_output=True, text=True,
                          check=False)
    if said.returncode != 0:
        sys.exit(said.stderr)
    return json.loads(said.stdout)


def key_of(comment):
    found = re.search(r"Key: ([a-z_, ]+)\.", comment)
    return found.group(1).split(", ") if found else []


def field(column):
    kind = column["type"]
    described = {"name": column["name"], "description": column["comment"],
                 "type": "array" if kind.endswith("[]")
                 else TYPES.get(kind, "string")}
    if kind == "bytea":
        described["format"] = "binary"
    return described


def resource(view):
    return {"name": view["name"], "path": f"{view['name']}.csv",
            "profile": "tabular-data-resource",
            "description": view["comment"],
            "schema": {"fields": [field(c) for c in view["columns"]],
                       "primaryKey": key_of(view["comment"]),
                       "missingValues": [""]}}


def package(views, release):
    return {"profile": "tabular-data-package", "name": "taster",
            "title": "Measurements of DNS poisoning",
            "licenses": [{"name": release["licence"]}],
            "citation": release["citation"],
            "floor": release["floor"],
            "temporal": [release["first_day"], release["last_day"]],
            "resources": [resource(view) for view in views]}


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def dictionary(views, words):
    lines = ["# Data dictionary", "",
             "Every view of schema `pub`, as the database describes it.", ""]
    for view in views:
        lines += [f"## {view['name']}", "", cell(view["comment"]), "",
                  "| column | type | meaning |", "|---|---|---|"]
        lines += [f"| {c['name']} | {c['type']} | {cell(c['comment'])} |"
                  for c in view["columns"]]
        lines.append("")
    lines += ["## Words", "", "| vocabulary | word | meaning |",
              "|---|---|---|"]
    lines += [f"| {w['kind']} | {w['word']} | {cell(w['meaning'])} |"
              for w in words]
    return "\n".join(lines) + "\n"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    views = ask(VIEWS)
    silent = [view["name"] for view in views if not view["comment"]]
    silent += [f"{view['name']}.{column['name']}" for view in views
               for column in view["columns"] if not column["comment"]]
    if silent:
        sys.exit("no comment: " + ", ".join(silent))
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    (out / "dictionary.md").write_text(dictionary(views, ask(VOCABULARY)))
    (out / "datapackage.json").write_text(
        json.dumps(package(views, ask(RELEASE)), indent=2,
                   ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
