"""What service a roster gives: measured numbers that carry their own uncertainty."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from wfm.domain.noun import Name, Noun
from wfm.domain.quantity import Positive, Share
from wfm.domain.target import Abandonment, AverageWait, Definition, Occupancy, ServiceLevel, Target, Turnaround
from wfm.domain.time import TimeGrid

Verdict = Literal["met", "missed", "unsure"]
"""Whether a whole confidence interval lies on the right side of a target, on the wrong side, or on both (unsure)."""


COURSE = ("serving", "answered", "inside_half", "wait_seconds", "queued", "oldest_seconds")
"""Rows by interval that a performance may lack."""


class Estimate(Noun):
    """A mean over independent replications with the half width of its confidence interval (0 where it is exact)."""

    mean: float
    half_width: Positive = 0.0
    confidence: Annotated[float, Field(gt=0, lt=1)] = 0.95

    @property
    def low(self) -> float:
        """Lower end of the confidence interval."""
        return self.mean - self.half_width

    @property
    def high(self) -> float:
        """Upper end of the confidence interval."""
        return self.mean + self.half_width

    def covers(self, value: float) -> bool:
        """Whether the confidence interval contains a value."""
        return self.low <= value <= self.high

    def share_text(self) -> str:
        """The estimate as a percentage with its half width, as ``83.1% +- 0.4``."""
        return f"{100 * self.mean:.1f}% ± {100 * self.half_width:.1f}"


class DefinedLevel(Noun):
    """The service level under one definition."""

    definition: Definition
    level: Estimate


class WaitQuantile(Noun):
    """Of the contacts that were answered (deferred: taken up), this ``share`` waited so many seconds at most."""

    share: Share
    seconds: Estimate


class DayService(Noun):
    """Service of one local day: its mean, what one day in twenty stays below, and the probability that it meets the target.

    ``chance`` is None where the channel has no service target.
    """

    day: date
    level: Share
    bad: Share
    chance: Share | None = None


class ChannelPerformance(Noun):
    """Service of one channel over the whole grid, and its course.

    ``service_level`` is answered within the target's seconds over offered; ``occupancy`` is how busy the agents are who may serve
    the channel, with contacts of any channel; ``waiting`` are the contacts that nobody had taken when the horizon ended;
    ``answer_seconds`` is the mean wait of the answered (average speed of answer); ``chance`` the probability that the service
    target is met over the horizon, None without one.

    By interval, of length grid.count or empty where nobody measured it: means of ``offered``, ``inside`` (answered inside target),
    ``abandoned``, ``answered`` and ``wait_seconds`` (mean of the offered) by arrival, with the half width of the share inside
    (``inside_half``); ``serving`` heads; and at the interval's end the contacts that wait (deferred: are not finished,
    ``queued``) and the age of the oldest (``oldest_seconds``).
    """

    channel: Name
    service_level: Estimate
    abandonment: Estimate
    average_wait_seconds: Estimate
    occupancy: Estimate
    contacts: Estimate
    waiting: Estimate = Estimate(mean=0.0)
    answer_seconds: Estimate = Estimate(mean=0.0)
    service_levels: tuple[DefinedLevel, ...] = ()
    wait_quantiles: tuple[WaitQuantile, ...] = ()
    chance: Share | None = None
    days: tuple[DayService, ...] = ()
    offered: tuple[Positive, ...]
    inside: tuple[Positive, ...]
    abandoned: tuple[Positive, ...]
    serving: tuple[Positive, ...] = ()
    answered: tuple[Positive, ...] = ()
    inside_half: tuple[Positive, ...] = ()
    wait_seconds: tuple[Positive, ...] = ()
    queued: tuple[Positive, ...] = ()
    oldest_seconds: tuple[Positive, ...] = ()

    def measured(self, target: Target) -> Estimate:
        """The figure that a target is about."""
        match target:
            case ServiceLevel() | Turnaround():
                return self.service_level
            case Abandonment():
                return self.abandonment
            case AverageWait():
                return self.average_wait_seconds
            case Occupancy():
                return self.occupancy

    @property
    def worst_day(self) -> DayService | None:
        """The day on which one in twenty is worst; None where no day was measured."""
        return min(self.days, key=lambda row: row.bad, default=None)


class GroupPerformance(Noun):
    """How busy the agents are who serve the same channels: time with something in hand over time on duty."""

    channels: tuple[Name, ...]
    agents: Annotated[int, Field(ge=0)]
    duty_hours: Estimate
    utilisation: Estimate


class Performance(Noun):
    """What all channels get from one roster; ``method`` says who computed it, ``seed`` repeats it."""

    grid: TimeGrid
    method: str
    seed: int
    replications: Annotated[int, Field(ge=1)]
    channels: tuple[ChannelPerformance, ...]
    groups: tuple[GroupPerformance, ...] = ()

    @model_validator(mode="after")
    def _aligned(self) -> Self:
        for row in self.channels:
            for name in ("offered", "inside", "abandoned", *COURSE):
                if len(getattr(row, name)) != self.grid.count and (getattr(row, name) or name not in COURSE):
                    raise ValueError(
                        f"expected {self.grid.count} values of {name} of {row.channel}, came {len(getattr(row, name))}"
                    )
        return self

    def of(self, channel: str) -> ChannelPerformance:
        """The performance of one channel."""
        return next(row for row in self.channels if row.channel == channel)


def verdict(target: Target, achieved: Estimate) -> Verdict:
    """Whether an estimate keeps a target for sure, misses it for sure, or leaves it open."""
    goal = goal_of(target)
    at_least = isinstance(target, ServiceLevel | Turnaround)
    good = achieved.low >= goal if at_least else achieved.high <= goal
    bad = achieved.high < goal if at_least else achieved.low > goal
    return "met" if good else "missed" if bad else "unsure"


def goal_of(target: Target) -> float:
    """The number that a target names: a share, or seconds."""
    return target.seconds if isinstance(target, AverageWait) else target.share
