"""How much work the porter takes on, and how long and how large one job may become."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from wfm.domain import Noun

Seconds = Annotated[float, Field(gt=0, le=604_800)]


class JobLimits(Noun):
    """Limits of one server.

    ``workers`` jobs run at a time and ``queue`` may wait. A worker holds its job by a lease of ``lease_seconds``, renewed three
    times as often. After ``wall_seconds`` a job is stopped; one that was stopped has ``grace_seconds`` to hand over its best
    before its process is killed. ``memory_bytes`` bounds the address space of a job's process where the system can (not on
    Windows or macOS); None: no bound.
    """

    workers: Annotated[int, Field(ge=1, le=64)] = 1
    queue: Annotated[int, Field(ge=1, le=100_000)] = 100
    lease_seconds: Seconds = 30.0
    grace_seconds: Seconds = 60.0
    wall_seconds: Seconds = 7_200.0
    memory_bytes: Annotated[int, Field(ge=2**28)] | None = 8 * 2**30
    poll_seconds: Seconds = 0.5
