"""The OpenAPI document: what FastAPI cannot know by itself about bodies, files and problems."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from wfm.api import examples
from wfm.api.errors import PROBLEM_JSON
from wfm.api.requests import PlanRequest, StudyRequest
from wfm.store import Problem

REFERENCE = "#/components/schemas/{model}"
SHOWN = {"Job": examples.JOB, "Problem": examples.PROBLEM}
"""Examples of what is answered; those of what is asked stand with the requests."""


def body(kind: type[BaseModel]) -> dict[str, Any]:
    """The body of a request that may come as JSON or as a form with files."""
    parts = [name for name in kind.model_fields if name != "files"]
    text = {"type": "string", "description": "the file itself"}
    files = {"type": "array", "items": {"type": "string", "contentMediaType": "text/csv"}, "maxItems": 20}
    form = {"type": "object", "properties": {**dict.fromkeys(parts, text), "files": files}, "required": parts}
    reference = {"$ref": REFERENCE.format(model=kind.__name__)}
    content = {"application/json": {"schema": reference}, "multipart/form-data": {"schema": form}}
    return {"requestBody": {"required": True, "content": content}}


def file(media_type: str) -> dict[int | str, dict[str, Any]]:
    """The answer of a route that gives a file."""
    return {200: {"description": "The file", "content": {media_type: {"schema": {"type": "string"}}}}}


def describe(app: FastAPI) -> None:
    """Give an application its whole OpenAPI document."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # as FastAPI's manual extends it


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        separate_input_output_schemas=False,
    )
    schemas: dict[str, Any] = document.setdefault("components", {}).setdefault("schemas", {})
    kinds: list[type[BaseModel]] = [PlanRequest, StudyRequest, Problem]
    _, own = models_json_schema([(kind, "validation") for kind in kinds], ref_template=REFERENCE)
    for name, schema in own["$defs"].items():
        schemas.setdefault(name, schema)
    for name, example in SHOWN.items():
        schemas[name]["examples"] = [example]
    for path in document["paths"].values():
        for operation in path.values():
            _complete(operation)
    return document


def _complete(operation: dict[str, Any]) -> None:
    """Every operation may answer a problem; those whose job has an ETag may answer 304."""
    answers = operation["responses"]
    answers.pop("422", None)
    problem = {"schema": {"$ref": REFERENCE.format(model="Problem")}}
    answers["4XX"] = {"description": "What is wrong with the request", "content": {PROBLEM_JSON: problem}}
    answers["5XX"] = {"description": "What is wrong with the server", "content": {PROBLEM_JSON: problem}}
    if any(row["name"] == "If-None-Match" for row in operation.get("parameters", ())):
        answers["304"] = {"description": "Not changed since"}
