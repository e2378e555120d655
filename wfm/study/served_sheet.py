"""What a planner writes about anything that agents serve: its kind, hours, promises and what waits already."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from wfm.domain import Name, Opening
from wfm.domain.channel import ChannelKind
from wfm.domain.quantity import Share
from wfm.domain.target import Definition
from wfm.study.written import Answer, CappedShare, Duration, FileName, Hours, Resolve, Section


class TargetSheet(Section):
    """Promises of a channel; what is left out is not promised."""

    answer: Answer | None = Field(
        default=None, description="service level, such as 80% in 20s", examples=["80% in 20s"]
    )
    counts: Definition = Field(default="offered", description="what the service level is a share of")
    wait: Duration | None = Field(default=None, description="average wait at most, such as 30s")
    abandon: CappedShare | None = Field(default=None, description="such as at most 5%")
    occupancy: CappedShare | None = Field(default=None, ge=0.05, description="such as at most 88%")
    resolve: Resolve | None = Field(default=None, description="deferred work, such as 90% in 4h of business")


class ServedSheet(Section):
    """Who serves contacts, when and how well. Hours are 24x7 where left out; a channel without patience loses nobody."""

    kind: ChannelKind = "voice"
    skill: Name | None = Field(default=None, description="what an agent must hold; the channel's name where left out")
    open: Hours = Field(
        default_factory=Opening.always,
        description="24x7 where left out",
        examples=["24x7", "mon-fri 08:00-20:00, sat 09:00-14:00"],
    )
    patience: Duration | None = Field(default=None, gt=0, description="mean patience, such as 3m")
    concurrency: int = Field(default=1, ge=1, le=20, description="chats that an agent holds at once")
    slowdown: Share = Field(default=0.0, description="how much longer each further chat makes all of them, such as 15%")
    exclusive: bool = Field(default=False, description="a contact blocks its agent for chats, such as remote control")
    backlog: Annotated[float, Field(ge=0, le=1_000_000)] | FileName | None = Field(
        default=None,
        description="deferred contacts that wait when the horizon starts: a number, or a file with the columns came,due,contacts",
        examples=[40, "backlog.csv"],
    )
    worth: float = Field(default=1.0, gt=0, description="worth of a contact served in time against other channels")
    target: TargetSheet = TargetSheet()
