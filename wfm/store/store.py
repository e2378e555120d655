"""The filing cabinet for those who ask: documents, jobs as they stand, and what happened to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Self, TypeVar

from sqlalchemy import Connection, func, select, text, tuple_, update

from wfm.domain import Fault, InputError, NotFound, Noun, Refused
from wfm.store.database import Database, migrate
from wfm.store.job import Job, JobEvent, JobKind
from wfm.store.rows import append_event, job_of, job_row, save_document
from wfm.store.tables import CHECKPOINTS, DOCUMENTS, EVENTS, JOBS

Document = TypeVar("Document", bound=Noun)
KEY_HEADER = "Idempotency-Key"


class QueueFull(Refused):
    """As many jobs wait as may wait; later there will be room."""


class Store:
    """Everything that is kept, in one database named by a URL such as ``sqlite:///wfm.sqlite``. ``now`` is always passed in."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)

    @classmethod
    def open(cls, url: str) -> Self:
        """The store with its tables brought up to date: once at the start of a program."""
        store = cls(url)
        migrate(store.database)
        return store

    def close(self) -> None:
        """Let go of all connections."""
        self.database.close()

    def check(self) -> None:
        """Ask the database for its word; raises where it does not answer."""
        with self.database.reading() as connection:
            connection.execute(text("SELECT 1"))

    def save(self, noun: Noun, now: datetime) -> str:
        """File a noun under its digest, which is given back; filing it again changes nothing."""
        with self.database.writing() as connection:
            return save_document(connection, noun, now)

    def load(self, kind: type[Document], digest: str) -> Document:
        """A noun by its digest; raises NotFound."""
        return kind.model_validate_json(self.text(digest, kind.__name__))

    def text(self, digest: str, kind: str) -> str:
        """The JSON of a noun, as it was filed; raises NotFound where there is none of this digest and kind."""
        wanted = select(DOCUMENTS.c.body).where(DOCUMENTS.c.digest == digest, DOCUMENTS.c.kind == kind)
        with self.database.reading() as connection:
            body = connection.execute(wanted).scalar_one_or_none()
        if body is None:
            raise NotFound(f"There is no {kind} with the digest {digest}.")
        return str(body)

    def submit(
        self,
        job: str,
        kind: JobKind,
        name: str,
        request: Noun,
        now: datetime,
        *,
        key: str | None = None,
        queue_limit: int = 1_000,
    ) -> Job:
        """File a request and queue a job for it under the id ``job``.

        The same ``key`` gives the job that it gave before; raises InputError where it came with another request, QueueFull where
        ``queue_limit`` jobs wait already.
        """
        with self.database.writing() as connection:
            digest = save_document(connection, request, now)
            before = _job_of_key(connection, key)
            if before is not None:
                _refuse_reuse(before, kind, digest)
                return before
            _refuse_overflow(connection, queue_limit)
            row = {"id": job, "kind": kind, "name": name, "state": "queued", "created": now}
            connection.execute(JOBS.insert().values(**row, request=digest, idempotency_key=key))
            append_event(connection, job, "queued", now)
            return job_of(job_row(connection, job))

    def job(self, job: str, kind: JobKind | None = None) -> Job:
        """A job by its id (and kind); raises NotFound."""
        with self.database.reading() as connection:
            found = job_of(job_row(connection, job))
        if kind not in {None, found.kind}:
            raise NotFound(f"There is no {kind} {job}; it is a {found.kind}.")
        return found

    def jobs(self, kind: JobKind, limit: int, before: tuple[datetime, str] | None = None) -> Sequence[Job]:
        """Jobs of a kind, newest first, at most ``limit``; only those older than a (created, id) where one is given."""
        wanted = select(JOBS).where(JOBS.c.kind == kind).order_by(JOBS.c.created.desc(), JOBS.c.id.desc()).limit(limit)
        if before is not None:
            wanted = wanted.where(tuple_(JOBS.c.created, JOBS.c.id) < before)
        with self.database.reading() as connection:
            return [job_of(row) for row in connection.execute(wanted)]

    def events(self, job: str, after: int = 0) -> Sequence[JobEvent]:
        """What happened to a job, in order, from the event after number ``after``."""
        wanted = select(EVENTS.c.body).where(EVENTS.c.job == job, EVENTS.c.id > after).order_by(EVENTS.c.id)
        with self.database.reading() as connection:
            return [JobEvent.model_validate_json(body) for body in connection.execute(wanted).scalars()]

    def checkpoint(self, job: str) -> str:
        """The JSON of a job's best so far; raises NotFound where there is none yet."""
        with self.database.reading() as connection:
            body = connection.execute(select(CHECKPOINTS.c.body).where(CHECKPOINTS.c.job == job)).scalar_one_or_none()
        if body is None:
            raise NotFound(f"Job {job} has no answer yet.")
        return str(body)

    def request_stop(self, job: str, now: datetime, words: str = "") -> Job:
        """Ask a job to stop and keep its best; one that waits stops at once, one that has ended stays as it is."""
        with self.database.writing() as connection:
            current = job_of(job_row(connection, job))
            if current.final or current.stop_requested:
                return current
            waiting = {"state": "stopped", "finished": now} if current.state == "queued" else {}
            connection.execute(update(JOBS).where(JOBS.c.id == job).values(stop_requested=True, **waiting))
            append_event(connection, job, "done" if waiting else "stopping", now, words)
            return job_of(job_row(connection, job))


def _job_of_key(connection: Connection, key: str | None) -> Job | None:
    if key is None:
        return None
    row = connection.execute(select(JOBS).where(JOBS.c.idempotency_key == key)).one_or_none()
    return None if row is None else job_of(row)


def _refuse_reuse(before: Job, kind: JobKind, digest: str) -> None:
    if (before.kind, before.request) != (kind, digest):
        fix = "Use a new key for a new request."
        came = f"another one than that of {before.kind} {before.id}"
        raise InputError([Fault(f"the same request under the same {KEY_HEADER}", came, fix, column=KEY_HEADER)])


def _refuse_overflow(connection: Connection, limit: int) -> None:
    waiting = connection.execute(select(func.count()).select_from(JOBS).where(JOBS.c.state == "queued")).scalar_one()
    if waiting >= limit:
        raise QueueFull(f"{waiting} jobs wait already, as many as may wait. Try again later, or stop some.")
