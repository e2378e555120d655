"""Every error leaves as a problem after RFC 9457; what nobody foresaw goes to the log and is not told."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from wfm.api.requests import DOCUMENTS
from wfm.domain import Fault, InputError, NotFound, WfmError
from wfm.store import Problem, ProblemLine, QueueFull, problem_type
from wfm.study.wording import halves

LOG = logging.getLogger("wfm.api")
PROBLEM_JSON = "application/problem+json"
RETRY_SECONDS = 10
STATUSES: tuple[tuple[type[WfmError], int], ...] = (
    (InputError, 422),
    (NotFound, 404),
    (QueueFull, 429),
    (WfmError, 409),
)


def answer_errors(app: FastAPI) -> None:
    """Teach an application to answer errors as problems."""
    app.add_exception_handler(WfmError, _wfm_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unforeseen)


def problem_answer(problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """A problem as a response of its own status."""
    body = problem.model_dump_json(exclude_defaults=True)
    return Response(body, problem.status or 500, headers, media_type=PROBLEM_JSON)


def pointer(path: Sequence[object]) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


async def _wfm_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, WfmError)
    status = next(status for kind, status in STATUSES if isinstance(error, kind))
    headers = {"Retry-After": str(RETRY_SECONDS)} if status == 429 else None
    problem = Problem.of(error).varied(status=status)
    if isinstance(error, InputError):
        problem = problem.varied(errors=tuple(ProblemLine.of(fault, _place(fault)) for fault in error.faults))
    return problem_answer(problem, headers)


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    lines = tuple(_line(row, error.body) for row in error.errors())
    detail = "\n".join(line.detail for line in lines)
    title = "The request cannot be used"
    return problem_answer(
        Problem(type=problem_type("invalid-input"), title=title, status=422, detail=detail, errors=lines)
    )


async def _http_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    title = HTTPStatus(error.status_code).phrase
    detail = "" if error.detail == title else str(error.detail)
    problem = Problem(type="about:blank", title=title, status=error.status_code, detail=detail)
    return problem_answer(problem, dict(error.headers or {}))


async def _unforeseen(request: Request, error: Exception) -> Response:
    LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
    detail = "wfm met an error of its own. The server's log tells more."
    return problem_answer(Problem(type=problem_type("internal"), title="An error in wfm", status=500, detail=detail))


def _place(fault: Fault) -> str:
    """Where a fault of a file lies in the request that carried the file."""
    part = next((part for part, name in DOCUMENTS.items() if name == fault.file), None)
    if part is not None:
        return pointer([part, *fault.column.split(".")] if fault.column else [part])
    return pointer(["files", fault.file]) if fault.file else ""


def _line(row: Mapping[str, Any], body: object) -> ProblemLine:
    """One of pydantic's errors in the planner's words."""
    where, *path = row["loc"]
    place = pointer(_known_path(path, body)) if where == "body" else ""
    expected, came = halves(row)
    if row["type"] == "json_invalid":
        expected, came = "JSON", f"something else at character {path[0] if path else 0}"
    elif not path and row["type"] == "missing":
        expected = "a body of JSON"
    named = place if where == "body" else f"the {where} parameter {'.'.join(map(str, path))}"
    words = f"expected {expected}, came {came}"
    return ProblemLine(pointer=place, detail=f"{named}: {words}" if named else words, expected=expected, came=came)


def _known_path(path: Sequence[Any], body: Any) -> list[object]:
    """The path without the names of alternatives that pydantic puts between, and without its mark of a key."""
    known: list[object] = []
    path = [part for part in path if part != "[key]"]
    for place, part in enumerate(path):
        inside = isinstance(body, dict) and part in body
        inside |= isinstance(body, list) and isinstance(part, int) and part < len(body)
        if inside:
            body = body[part]
        if inside or place == len(path) - 1:
            known.append(part)
    return known
