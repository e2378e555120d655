"""What a job is to those who ask: its state, how good its best answer is, and what went wrong, as nouns."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from wfm.domain import Instant, Noun
from wfm.store.problem import Problem

JobKind = Literal["plan", "study"]
JobState = Literal["queued", "running", "done", "failed", "stopped"]
"""done, failed and stopped are final: a job never leaves them."""
EventKind = Literal["queued", "started", "progress", "stopping", "retried", "done"]
FINAL: tuple[JobState, ...] = ("done", "failed", "stopped")


class Standing(Noun):
    """How far a solve has come: its phase in words; cost, proven bound and relative gap of the tier it works on, where known."""

    phase: Annotated[str, Field(max_length=200)] = ""
    tier: Annotated[int, Field(ge=1)] | None = None
    best: float | None = None
    bound: float | None = None
    gap: float | None = None


class Job(Noun):
    """One piece of long work.

    ``request``, ``result`` and ``checkpoint`` are digests of documents: what was asked, what came of it, and the best so far
    (the roster of a plan, the finished rows of a study). ``attempt`` counts how often the work was begun. ``problem`` says
    why a job failed, or why a stopped one has no result.
    """

    id: str
    kind: JobKind
    name: str
    state: JobState
    created: Instant
    started: Instant | None = None
    finished: Instant | None = None
    attempt: Annotated[int, Field(ge=0)] = 0
    stop_requested: bool = False
    standing: Standing = Standing()
    request: str
    result: str | None = None
    checkpoint: str | None = None
    problem: Problem | None = None

    @property
    def final(self) -> bool:
        """Whether nothing more will happen to the job."""
        return self.state in FINAL


class JobEvent(Noun):
    """One thing that happened to a job; ``id`` grows by one with each event of the job."""

    id: Annotated[int, Field(ge=1)]
    kind: EventKind
    at: Instant
    state: JobState
    standing: Standing = Standing()
    words: str = ""


class Claim(Noun):
    """The right to work on a job until its lease ends; ``token`` grows with every claim, so that an old claim is found out."""

    job: str
    token: Annotated[int, Field(ge=1)]
