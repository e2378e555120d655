"""From rows to nouns and back, for both sides of the cabinet: those who ask and those who work."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update
from sqlalchemy.dialects import postgresql, sqlite

from wfm.domain import NotFound, Noun
from wfm.store.job import EventKind, Job, JobEvent, JobState, Standing
from wfm.store.problem import Problem
from wfm.store.tables import DOCUMENTS, EVENTS, JOBS

SHOWN = ("id", "kind", "name", "state", "created", "started", "finished", "attempt", "stop_requested")
DIGESTS = ("request", "result", "checkpoint")


def digest_of(body: str) -> str:
    """SHA-256 of a noun's JSON, the same as ``Noun.digest``."""
    return hashlib.sha256(body.encode()).hexdigest()


def save_document(connection: Connection, noun: Noun, now: datetime) -> str:
    """File a noun under its digest, once; gives the digest."""
    body = noun.model_dump_json()
    row = {"digest": digest_of(body), "kind": type(noun).__name__, "created": now, "body": body}
    connection.execute(_insert(connection)(DOCUMENTS).values(row).on_conflict_do_nothing())
    return str(row["digest"])


def _insert(connection: Connection) -> Any:
    """The dialect's insert, which knows what to do about a row that is there."""
    return postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert


def job_row(connection: Connection, job: str) -> Row[Any]:
    """The row of a job; raises NotFound."""
    row = connection.execute(select(JOBS).where(JOBS.c.id == job)).one_or_none()
    if row is None:
        raise NotFound(f"There is no job {job}.")
    return row


def job_of(row: Row[Any]) -> Job:
    """The job of a row."""
    fields = row._mapping
    return Job(
        **{name: fields[name] for name in (*SHOWN, *DIGESTS)},
        standing=Standing(**{name: fields[name] for name in Standing.model_fields}),
        problem=None if fields["problem"] is None else Problem.model_validate_json(fields["problem"]),
    )


def append_event(connection: Connection, job: str, kind: EventKind, now: datetime, words: str = "") -> None:
    """Note what happened to a job, in the transaction in which it happens; counting first keeps writers apart."""
    counted = update(JOBS).where(JOBS.c.id == job).values(events=JOBS.c.events + 1).returning(*JOBS.c)
    row = connection.execute(counted).one()
    state: JobState = row.state
    event = JobEvent(id=row.events, kind=kind, at=now, state=state, standing=job_of(row).standing, words=words)
    connection.execute(EVENTS.insert().values(job=job, id=event.id, body=event.model_dump_json()))
