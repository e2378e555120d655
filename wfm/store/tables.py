"""The tables of the filing cabinet; the migrations make them, a test holds the two together."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

METADATA = MetaData()
DIGEST = String(64)
WORD = String(80)


class Moment(TypeDecorator[datetime]):
    """An instant, kept as UTC without a zone: SQLite knows none."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Drop the zone of an aware instant."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Put the zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("digest", DIGEST, primary_key=True),
    Column("kind", WORD, nullable=False),
    Column("created", Moment, nullable=False),
    Column("body", Text, nullable=False),
)
"""Nouns as their own JSON, under the SHA-256 of it: saved once, never changed."""

JOBS = Table(
    "jobs",
    METADATA,
    Column("id", WORD, primary_key=True),
    Column("kind", WORD, nullable=False),
    Column("name", WORD, nullable=False),
    Column("state", WORD, nullable=False),
    Column("created", Moment, nullable=False),
    Column("started", Moment),
    Column("finished", Moment),
    Column("attempt", Integer, nullable=False, default=0),
    Column("stop_requested", Boolean, nullable=False, default=False),
    Column("phase", String(200), nullable=False, default=""),
    Column("tier", Integer),
    Column("best", Float),
    Column("bound", Float),
    Column("gap", Float),
    Column("request", DIGEST, ForeignKey("documents.digest"), nullable=False),
    Column("result", DIGEST, ForeignKey("documents.digest")),
    Column("checkpoint", DIGEST),
    Column("problem", Text),
    Column("idempotency_key", String(255), unique=True),
    Column("owner", String(255)),
    Column("lease_until", Moment),
    Column("token", Integer, nullable=False, default=0),
    Column("events", Integer, nullable=False, default=0),
    Index("jobs_by_state", "state", "created", "id"),
    Index("jobs_by_kind", "kind", "created", "id"),
)
"""One row a job. ``token`` grows with every claim and fences off whoever held an earlier one; ``events`` counts its events."""

EVENTS = Table(
    "events",
    METADATA,
    Column("job", WORD, ForeignKey("jobs.id"), primary_key=True),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)
"""What happened to each job, numbered from 1 within the job."""

CHECKPOINTS = Table(
    "checkpoints",
    METADATA,
    Column("job", WORD, ForeignKey("jobs.id"), primary_key=True),
    Column("body", Text, nullable=False),
)
"""The best so far of each job, overwritten by every better one."""
