#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""SQL by the house rules: where it may stand, and how it must look.

- only in collector/store, schema and tests (the probe's spool speaks SQLite);
  collector/serve says what its pages read, from views of pub alone;
- every column listed: no SELECT *, no INSERT without a column list; but what
  shows a public view shows all of it;
- no text glued into a statement: parameters only;
- every change of the sqitch plan has deploy, revert and verify.
"""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SELF = "tests/lint/check_sql.py"
# Rooms that speak to a database. probe/spool is SQLite's only user.
ROOMS = ("collector/store/", "collector/serve/", "schema/", "tests/",
         "probe/spool/")
CODE = {".cc", ".h", ".py", ".ts", ".sh", ""}

# Says what is to be read, and hands it to collector/store.
READERS = ("collector/serve/",)
PUBLIC_STAR = re.compile(r"\bSELECT\s+(\w+\.)?\*\s+FROM\s+pub\.\w+",
                         re.IGNORECASE)
OTHER_SCHEMA = re.compile(r"\b(taster|analysis|partman|sqitch)\.\w+")
WRITES = re.compile(r"\b(INSERT\s+INTO|UPDATE\s+\w+.*\bSET\s|DELETE\s+FROM"
                    r"|CREATE|DROP|ALTER|COPY)\b", re.DOTALL)

STATEMENT = re.compile(
    r"\b(SELECT\s+[\w*(].*\bFROM\s+\w|INSERT\s+INTO\s+\w|UPDATE\s+\w+.*\bSET\s"
    r"|DELETE\s+FROM\s+\w|(CREATE|DROP|ALTER)\s+(TABLE|VIEW|INDEX|SCHEMA|ROLE"
    r"|DATABASE)\s+\w|COPY\s+\w.*\b(FROM|TO)\s+STD)", re.DOTALL)
STAR = re.compile(r"\bSELECT\s+(DISTINCT\s+)?(\w+\.)?\*", re.IGNORECASE)
NO_COLUMNS = re.compile(
    r"\bINSERT\s+INTO\s+[\w.\"%]+\s*(AS\s+\w+\s*)?"
    r"(VALUES|SELECT|DEFAULT|OVERRIDING)\b", re.IGNORECASE)
COPY_ALL = re.compile(r"\bCOPY\s+taster\.\w+\s+FROM\b", re.IGNORECASE)
# A call that runs a statement; its argument must not be put together there.
RUN = re.compile(r"\b(PQexec|PQexecParams|PQprepare|PQsendQuery\w*|exec|exec0"
                 r"|exec1|exec_params|exec_params1|Execute|Query|CopyIn)\s*\(")
GLUE = re.compile(r"\"\s*\+|\+\s*\"|\bfmt::format\b|\babsl::Str(Cat|Format)\b"
                  r"|\bsprintf\b")
SCRIPTS = ("deploy", "revert", "verify")


def tracked():
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "--cached", "--others",
         "--exclude-standard"],
        capture_output=True, text=True, check=True).stdout.split("\n")
    return [path for path in listed if path and (ROOT / path).is_file()]


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def literals(text):
    """(position, content) of each C++ string, neighbours joined."""
    text = re.sub(r"//[^\n]*", lambda note: " " * len(note.group(0)), text)
    raw = re.compile(r'R"(\w*)\((.*?)\)\1"', re.DOTALL)
    for found in raw.finditer(text):
        yield found.start(), found.group(2)
    text = raw.sub(lambda found: " " * len(found.group(0)), text)
    # Macros between two strings stand for more text.
    run = re.compile(r'"(?:[^"\\\n]|\\.)*"(?:\s+(?:[A-Z_]+\s+)?'
                     r'"(?:[^"\\\n]|\\.)*")*')
    for found in run.finditer(text):
        parts = re.findall(r'"((?:[^"\\\n]|\\.)*)"', found.group(0))
        yield found.start(), "".join(parts)


def argument(text, opening):
    """What stands between a parenthesis and its end."""
    depth = 0
    for position in range(opening, len(text)):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return text[opening + 1:position]
    return text[opening + 1:]


def problems_in_sql(path, text):
    bare = re.sub(r"--[^\n]*|COMMENT ON\b[^;]*;", lambda found: re.sub(
        r"[^\n]", " ", found.group(0)), text)
    # count(*) is no list of columns.
    for pattern, what in ((STAR, "SELECT *"),
                          (NO_COLUMNS, "INSERT without columns"),
                          (COPY_ALL, "COPY without columns")):
        for found in pattern.finditer(bare):
            yield f"{path}:{line_of(bare, found.start())}: {what}"


def problems_in_code(path, text):
    inside = path.startswith(ROOMS)
    for position, content in literals(text):
        place = f"{path}:{line_of(text, position)}"
        is_sql = STATEMENT.search(content)
        if is_sql and path.startswith(READERS):
            if OTHER_SCHEMA.search(content) or WRITES.search(content):
                yield f"{place}: more than reading pub"
            content = PUBLIC_STAR.sub("", content)
        elif is_sql and not inside:
            yield f"{place}: SQL outside {', '.join(ROOMS)}"
        if STAR.search(content):
            yield f"{place}: SELECT *"
        if NO_COLUMNS.search(content):
            yield f"{place}: INSERT without columns"
        if COPY_ALL.search(content):
            yield f"{place}: COPY without columns"
    if not path.startswith("collector/store/"):
        return
    for found in RUN.finditer(text):
        given = argument(text, found.end() - 1)
        if GLUE.search(given):
            yield (f"{path}:{line_of(text, found.start())}: "
                   f"{found.group(1)} of text that is put together there")


def problems_in_plan():
    plan = (ROOT / "schema/sqitch.plan").read_text()
    changes = {line.split()[0] for line in plan.splitlines()
               if line.strip() and line[0] not in "%#@"}
    for script in SCRIPTS:
        there = {file.stem for file in (ROOT / "schema" / script).glob("*.sql")}
        for change in sorted(changes - there):
            yield f"schema/{script}/{change}.sql: missing"
        for change in sorted(there - changes):
            yield f"schema/{script}/{change}.sql: not in the plan"
        for change in sorted(changes & there):
            first = (ROOT / "schema" / script / f"{change}.sql").read_text()
            wanted = f"-- {script.capitalize()} taster:{change} "
            if not first.startswith(wanted):
                yield f"schema/{script}/{change}.sql: begins not with {wanted}"


def problems_in(path):
    suffix = Path(path).suffix
    if path == SELF or suffix not in CODE | {".sql"}:
        return
    text = (ROOT / path).read_text(errors="replace")
    if suffix == ".sql":
        if not path.startswith(ROOMS):
            yield f"{path}: SQL outside {', '.join(ROOMS)}"
        yield from problems_in_sql(path, text)
    elif suffix in {".cc", ".h", ".py", ".ts"}:
        yield from problems_in_code(path, text)


def main():
    found = [problem for path in tracked() for problem in problems_in(path)]
    found += problems_in_plan()
    print("\n".join(found) or "sql: as the house has it")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
