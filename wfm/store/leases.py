"""The filing cabinet for those who work: claiming a job for a while, telling how it goes, and publishing what came of it.

Every claim carries a token one higher than the last. Whatever is written under an older token, or after the job has ended, is
refused (fencing; M. Kleppmann, How to do distributed locking, 2016): a worker that was thought dead cannot publish any more.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, or_, select, update

from wfm.domain import Noun, Refused
from wfm.store.database import Database
from wfm.store.job import Claim, JobState, Standing
from wfm.store.problem import Problem, problem_type
from wfm.store.rows import append_event, digest_of, job_row, save_document
from wfm.store.tables import CHECKPOINTS, JOBS

MAX_ATTEMPTS = 3
FREE: dict[str, Any] = {"owner": None, "lease_until": None}


class Leases:
    """The jobs of a database, as a worker sees them."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def claim(self, owner: str, now: datetime, until: datetime) -> Claim | None:
        """The oldest job that waits, or whose worker let its lease run out, until ``until``; None where there is none."""
        with self.database.writing() as connection:
            while (row := _next(connection, now)) is not None:
                if row.state == "running" and not _may_go_on(connection, row, now, "Its server was lost."):
                    continue
                fields = {"state": "running", "started": row.started or now, "attempt": row.attempt + 1}
                lease = {"owner": owner, "lease_until": until, "token": row.token + 1}
                connection.execute(update(JOBS).where(JOBS.c.id == row.id).values(**fields, **lease))
                words = "Its server was lost; it is tried again." if row.state == "running" else ""
                append_event(connection, row.id, "started", now, words)
                return Claim(job=row.id, token=row.token + 1)
        return None

    def renew(self, claim: Claim, until: datetime) -> None:
        """Hold the job longer; raises Refused where it is no longer held."""
        with self.database.writing() as connection:
            _write(connection, claim, lease_until=until)

    def stop_requested(self, claim: Claim) -> bool:
        """Whether to come to an end: somebody asked, or the job is no longer held."""
        with self.database.reading() as connection:
            row = job_row(connection, claim.job)
        return bool(row.stop_requested) or row.token != claim.token or row.state != "running"

    def report(self, claim: Claim, standing: Standing, now: datetime, best: Noun | None = None) -> None:
        """Tell how the work goes, and keep the best so far where there is a better one; raises Refused where no longer held."""
        with self.database.writing() as connection:
            body = None if best is None else best.model_dump_json()
            _write(
                connection, claim, **standing.model_dump(), **({} if body is None else {"checkpoint": digest_of(body)})
            )
            if body is not None:
                connection.execute(CHECKPOINTS.delete().where(CHECKPOINTS.c.job == claim.job))
                connection.execute(CHECKPOINTS.insert().values(job=claim.job, body=body))
            append_event(connection, claim.job, "progress", now)

    def finish(
        self, claim: Claim, state: JobState, now: datetime, result: Noun | None = None, problem: Problem | None = None
    ) -> None:
        """Publish how the job ended, once; raises Refused where it is no longer held, and then nothing is published."""
        with self.database.writing() as connection:
            _write(connection, claim)
            digest = None if result is None else save_document(connection, result, now)
            _end(connection, claim.job, state, now, digest, problem)

    def lost(self, claim: Claim, now: datetime, why: str) -> None:
        """The worker died: queue the job again, or end it where it was stopped or has been tried often enough."""
        with self.database.writing() as connection:
            row = _write(connection, claim)
            if _may_go_on(connection, row, now, why):
                connection.execute(update(JOBS).where(JOBS.c.id == claim.job).values(state="queued", **FREE))
                append_event(connection, claim.job, "retried", now, why)

    def release(self, claim: Claim, now: datetime, why: str) -> None:
        """Put the job back into the queue through no fault of its own; the attempt does not count."""
        with self.database.writing() as connection:
            row = _write(connection, claim)
            fields = {"state": "queued", "attempt": row.attempt - 1, **FREE}
            connection.execute(update(JOBS).where(JOBS.c.id == claim.job).values(**fields))
            append_event(connection, claim.job, "retried", now, why)


def _next(connection: Connection, now: datetime) -> Row[Any] | None:
    expired = and_(JOBS.c.state == "running", JOBS.c.lease_until < now)
    wanted = select(JOBS).where(or_(JOBS.c.state == "queued", expired)).order_by(JOBS.c.created, JOBS.c.id).limit(1)
    return connection.execute(wanted.with_for_update(skip_locked=True)).one_or_none()


def _write(connection: Connection, claim: Claim, **values: Any) -> Row[Any]:
    """Change the row of a job that is held under this very claim; raises Refused where it is not."""
    held = and_(JOBS.c.id == claim.job, JOBS.c.token == claim.token, JOBS.c.state == "running")
    change = update(JOBS).where(held).values(**values or {"token": claim.token}).returning(*JOBS.c)
    row = connection.execute(change).one_or_none()
    if row is None:
        raise Refused(
            f"Job {claim.job} is no longer held under claim {claim.token}: another worker has it, or it has ended."
        )
    return row


def _may_go_on(connection: Connection, row: Row[Any], now: datetime, why: str) -> bool:
    """Whether a job whose worker died may be tried again; ends it where not."""
    if row.stop_requested:
        _end(
            connection,
            row.id,
            "stopped",
            now,
            None,
            _died("The job was stopped; its worker ended without a result", why),
        )
    elif row.attempt >= MAX_ATTEMPTS:
        _end(connection, row.id, "failed", now, None, _died(f"The job was tried {row.attempt} times", why))
    else:
        return True
    return False


def _died(what: str, why: str) -> Problem:
    detail = f"{what}. {why} The best so far, if there is one, is kept."
    return Problem(type=problem_type("worker-died"), title="The worker of the job died", detail=detail)


def _end(
    connection: Connection, job: str, state: JobState, now: datetime, result: str | None, problem: Problem | None
) -> None:
    words = "" if problem is None else problem.detail
    fields = {"state": state, "finished": now, "result": result, **FREE}
    told = None if problem is None else problem.model_dump_json()
    connection.execute(update(JOBS).where(JOBS.c.id == job).values(**fields, problem=told))
    append_event(connection, job, "done", now, words)
