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

from jsonschema import Draft202012Validator, RefResolver


def references(node):
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def check_document(document):
    assert document["openapi"] == "3.1.0"
    assert document["info"]["title"] and document["info"]["version"]
    resolver = RefResolver("", document)
    for reference in references(document):
        resolver.resolve(reference)
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    identifiers = set()
    for path, methods in document["paths"].items():
        assert path.startswith("/") and set(methods) == {"get"}, path
        operation = methods["get"]
        identifiers.add(operation["operationId"])
        assert operation["summary"] and "200" in operation["responses"], path
        names = [resolver.resolve(each["$ref"])[1]["name"] if "$ref" in each
                 else each["name"] for each in operation["parameters"]]
        assert len(names) == len(set(names)), path
        for response in operation["responses"].values():
            if "$ref" not in response:
                assert response["description"], path
    assert len(identifiers) == len(document["paths"])
    return resolver


def main():
    directory = Path(sys.argv[1])
    document = json.loads((directory / "openapi.json").read_text())
    resolver = check_document(document)
    answers = sorted(directory.glob("view_*.json"))
    for path in answers:
        name = path.stem.removeprefix("view_")
        operation = document["paths"][f"/api/v1/{name}"]["get"]
        schema = operation["responses"]["200"]["content"]["application/json"]
        validator = Draft202012Validator(schema["schema"], resolver=resolver)
        validator.validate(json.loads(path.read_text()))
    print(f"openapi: {len(document['paths'])} paths, {len(answers)} answers")
    return 0 if len(answers) == len(document["paths"]) else 1


if __name__ == "__main__":
    sys.exit(main())
