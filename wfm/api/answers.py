"""How jobs are answered: a page of them, one with its ETag, a document of one, and its events as they happen."""

from __future__ import annotations

import asyncio
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator
from datetime import datetime

from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from fastapi.sse import ServerSentEvent
from pydantic import TypeAdapter, ValidationError

from wfm.domain import Fault, InputError, Instant, Noun
from wfm.store import Job, JobKind, Store

POLL_SECONDS = 0.5
_PLACE: TypeAdapter[tuple[datetime, str]] = TypeAdapter(tuple[Instant, str])


class JobPage(Noun):
    """Jobs, newest first; ``next_page_token`` leads to older ones, None on the last page."""

    jobs: tuple[Job, ...]
    next_page_token: str | None = None


def page(store: Store, kind: JobKind, size: int, token: str | None) -> JobPage:
    """A page of jobs; raises InputError for a token that no page gave."""
    rows = store.jobs(kind, size + 1, None if token is None else _place(token))
    shown = tuple(rows[:size])
    return JobPage(jobs=shown, next_page_token=_token(shown[-1]) if len(rows) > size else None)


def accepted(job: Job, path: str) -> Response:
    """202: the work will be done, and where to ask for it."""
    return Response(job.model_dump_json(), 202, {"Location": f"{path}/{job.id}"}, media_type="application/json")


def tagged(body: str | bytes, digest: str, known: str | None, media_type: str = "application/json") -> Response:
    """A body under its ETag; 304 without it where the client has it already."""
    tag = f'"{digest}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if known is not None and (
        known.strip() == "*" or tag in [part.strip().removeprefix("W/") for part in known.split(",")]
    ):
        return Response(None, 304, headers)
    return Response(body, 200, headers, media_type=media_type)


async def events(store: Store, job: str, after: int) -> AsyncIterator[ServerSentEvent]:
    """The events of a job after number ``after``, old ones at once and new ones as they come, until it is done."""
    final = False
    while not final:
        final = (await run_in_threadpool(store.job, job)).final
        for event in await run_in_threadpool(store.events, job, after):
            yield ServerSentEvent(event=event.kind, id=str(event.id), data=event)
            after = event.id
        if not final:
            await asyncio.sleep(POLL_SECONDS)


def _token(job: Job) -> str:
    return urlsafe_b64encode(_PLACE.dump_json((job.created, job.id))).decode().rstrip("=")


def _place(token: str) -> tuple[datetime, str]:
    try:
        return _PLACE.validate_json(urlsafe_b64decode(token.encode() + b"=" * (-len(token) % 4)))
    except (ValueError, ValidationError):
        fault = Fault(
            "the next_page_token of a page", repr(token[:80]), "Leave it out to begin anew.", column="page_token"
        )
        raise InputError([fault]) from None
