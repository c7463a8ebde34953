#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What researchers and operators are given works: dictionary, examples,
notebook, alerts.

Run by tests/db/run as taster_reader on a database in which
seed/published.sql is published; libpq's variables say where it is. The
notebook needs Debian's psycopg and pandas, and is passed over without.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "schema" / "examples"
# Debian's own: where its packages are.
PYTHON = "/usr/bin/python3"


def psql(*arguments):
    return subprocess.run(
        ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", *arguments],
        capture_output=True, text=True, check=False)


class Examples(unittest.TestCase):
    def test_each_answers(self):
        examples = sorted(EXAMPLES.glob("*.sql"))
        self.assertGreaterEqual(len(examples), 20)
        for example in examples:
            with self.subTest(example.name):
                self.assertTrue(example.read_text().startswith("-- "))
                said = psql("-f", str(example))
                self.assertEqual(said.returncode, 0, said.stderr)
                self.assertTrue(said.stdout.strip(), "no row")


class Dictionary(unittest.TestCase):
    def test_describes_every_view(self):
        with tempfile.TemporaryDirectory() as out:
            subprocess.run(
                [sys.executable, str(ROOT / "schema" / "describe.py"), out],
                check=True)
            package = json.loads((Path(out) / "datapackage.json").read_text())
            pages = (Path(out) / "dictionary.md").read_text()
        views = psql("-c", "SELECT viewname FROM pg_views "
                     "WHERE schemaname = 'pub'").stdout.split()
        described = {r["name"]: r["schema"] for r in package["resources"]}
        self.assertEqual(set(views), set(described))
        for name, schema in described.items():
            with self.subTest(name):
                self.assertIn(f"## {name}\n", pages)
                self.assert_key(name, schema)

    def assert_key(self, name, schema):
        """What the comment calls the key is one."""
        fields = [field["name"] for field in schema["fields"]]
        key = schema["primaryKey"]
        self.assertLessEqual(set(key), set(fields))
        if name not in ("listed_answer", "public_resolver", "vocabulary",
                        "release"):
            self.assertTrue(key, "no key")
        if key:
            twice = psql("-c", f"SELECT count(*) FROM pub.{name} "
                         f"GROUP BY {', '.join(key)} HAVING count(*) > 1")
            self.assertEqual((twice.stdout, twice.stderr), ("", ""))


class Notebook(unittest.TestCase):
    def test_runs(self):
        try:
            subprocess.run([PYTHON, "-c", "import psycopg, pandas"],
                           check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            self.skipTest("no python3-psycopg or no python3-pandas")
        notebook = json.loads((EXAMPLES / "taster.ipynb").read_text())
        code = ["".join(cell["source"]) for cell in notebook["cells"]
                if cell["cell_type"] == "code"]
        self.assertGreater(len(code), 5)
        for cell in notebook["cells"]:
            self.assertFalse(cell.get("outputs"), "outputs are kept")
        said = subprocess.run([PYTHON, "-"], input="\n\n".join(code),
                              capture_output=True, text=True, check=False)
        self.assertEqual(said.returncode, 0, said.stderr)


class Alerts(unittest.TestCase):
    def test_each_metric_is_told(self):
        rules = (ROOT / "deploy" / "prometheus" / "alerts.yaml").read_text()
        asked = set(re.findall(r"\btaster_\w+", "\n".join(
            re.findall(r"expr: (.*)", rules))))
        told = "\n".join(
            file.read_text()
            for file in (ROOT / "collector" / "serve").glob("*metrics*"))
        self.assertTrue(asked)
        self.assertEqual([name for name in asked if name not in told], [])


if __name__ == "__main__":
    os.environ["PGUSER"] = "taster_reader"
    unittest.main()
