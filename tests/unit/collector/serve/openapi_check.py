#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""openapi_check.py DIRECTORY: whether openapi.json there is sound, and each
view_NAME.json is an answer as it describes.

Every reference leads somewhere, every schema is one of JSON Schema 2020-12
(which OpenAPI 3.1 uses), and every operation has what the standard asks for.
"""
import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator


def references(node):
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def resolve(document, reference):
    """What a reference within the document leads to (RFC 6901)."""
    assert reference.startswith("#/"), reference
    node = document
    for step in reference[2:].split("/"):
        node = node[step.replace("~1", "/").replace("~0", "~")]
    return node


def check_document(document):
    assert document["openapi"] == "3.1.0"
    assert document["info"]["title"] and document["info"]["version"]
    for reference in references(document):
        resolve(document, reference)
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    identifiers = set()
    for path, methods in document["paths"].items():
        assert path.startswith("/") and set(methods) == {"get"}, path
        operation = methods["get"]
        identifiers.add(operation["operationId"])
        assert operation["summary"] and "200" in operation["responses"], path
        names = [resolve(document, each["$ref"])["name"] if "$ref" in each
                 else each["name"] for each in operation["parameters"]]
        assert len(names) == len(set(names)), path
        for response in operation["responses"].values():
            if "$ref" not in response:
                assert response["description"], path
    assert len(identifiers) == len(document["paths"])


def main():
    directory = Path(sys.argv[1])
    document = json.loads((directory / "openapi.json").read_text())
    check_document(document)
    answers = sorted(directory.glob("view_*.json"))
    for path in answers:
        name = path.stem.removeprefix("view_")
        place = (f"#/paths/~1api~1v1~1{name}/get/responses/200/content/"
                 "application~1json/schema")
        validator = Draft202012Validator({**document, "$ref": place})
        validator.validate(json.loads(path.read_text()))
    print(f"openapi: {len(document['paths'])} paths, {len(answers)} answers")
    return 0 if len(answers) == len(document["paths"]) else 1


if __name__ == "__main__":
    sys.exit(main())
