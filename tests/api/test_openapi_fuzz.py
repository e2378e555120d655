"""Schemathesis sends what the OpenAPI document allows, and what it does not, and finds no error of the server."""

import os
from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.conftest import idle_app
from wfm.api import Settings, create_app

EXAMPLES = 15 if os.environ.get("WFM_NO_SKIP") else 6
"""Of each operation, in continuous integration and elsewhere."""
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
with TemporaryDirectory() as folder:
    app = create_app(Settings(database=f"sqlite:///{folder}/wfm.sqlite"))
    SCHEMA = schemathesis.openapi.from_asgi("/v1/openapi.json", app)
OPERATIONS = [result.ok() for result in SCHEMA.get_all_operations() if isinstance(result, Ok)]


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """Return a server whose jobs wait for ever."""
    yield from idle_app(tmp_path_factory.mktemp("fuzz"), Settings())


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_no_request_makes_the_server_fail(operation: Any, target: FastAPI) -> None:
    SCHEMA.app = target
    answered: list[int] = []

    @given(st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode)))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=[*HealthCheck],
    )
    def probe(case: Any) -> None:
        answered.append(case.call_and_validate(checks=CHECKS).status_code)

    probe()
    assert len(OPERATIONS) == sum(len(path) for path in target.openapi()["paths"].values())
    assert answered
