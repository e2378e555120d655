from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema_rs import Draft202012Validator, validator_for

from wfm.api import Settings, create_app

DOCUMENT = create_app(Settings()).openapi()
OPERATIONS = [(path, method, row) for path, rows in DOCUMENT["paths"].items() for method, row in rows.items()]
WITH_JSON = [
    (path, row)
    for path, _, row in OPERATIONS
    if "application/json" in row.get("requestBody", {}).get("content", {}) and "{" not in path
]
"""What is asked of a finished plan is in test_versions."""


def component(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema behind a reference."""
    found = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    assert isinstance(found, dict)
    return found


def valid(schema: dict[str, Any], value: object) -> list[str]:
    """What a schema of the document says against a value."""
    whole = {**schema, "components": DOCUMENT["components"], "$schema": "https://json-schema.org/draft/2020-12/schema"}
    checker = validator_for(whole)
    assert isinstance(checker, Draft202012Validator)
    return [error.message for error in checker.iter_errors(value)]


def test_the_document_is_openapi_3_1_with_an_id_for_every_operation() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")
    names = [row["operationId"] for _, _, row in OPERATIONS]
    assert len(set(names)) == len(names)
    assert all(row.get("description") for _, _, row in OPERATIONS)


@pytest.mark.parametrize(("path", "row"), WITH_JSON, ids=[path for path, _ in WITH_JSON])
def test_the_example_of_a_request_does_what_it_says(idle: TestClient, path: str, row: dict[str, Any]) -> None:
    schema = row["requestBody"]["content"]["application/json"]["schema"]
    examples = component(schema)["examples"]
    assert examples
    for example in examples:
        assert not valid(schema, example)
        answer = idle.post(path, json=example)
        assert str(answer.status_code) in row["responses"], answer.text
        assert answer.status_code < 300, answer.text
        told = row["responses"][str(answer.status_code)]["content"]["application/json"]["schema"]
        assert not valid(told, answer.json())


@pytest.mark.parametrize("name", ["Job", "Problem"])
def test_the_example_of_an_answer_is_such_an_answer(name: str) -> None:
    schema = {"$ref": f"#/components/schemas/{name}"}
    assert all(not valid(schema, example) for example in component(schema)["examples"])


def test_every_example_can_fail() -> None:
    assert valid({"$ref": "#/components/schemas/Job"}, {"id": 1})


def test_every_operation_may_answer_a_problem() -> None:
    for _, _, row in OPERATIONS:
        assert "application/problem+json" in row["responses"]["4XX"]["content"]
        assert "422" not in row["responses"]
