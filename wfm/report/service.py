"""Service of a plan: what each channel was promised, what the formula predicts and what the simulation saw, in all and by day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from wfm.domain import (
    Abandonment,
    AverageWait,
    Channel,
    ChannelPerformance,
    Estimate,
    Occupancy,
    Requirement,
    ServiceLevel,
    Target,
    TimeGrid,
    Turnaround,
)
from wfm.domain.performance import verdict
from wfm.domain.time import local
from wfm.report.allocation import Floats, heads_by_channel, predicted_inside
from wfm.report.weeks import day_totals
from wfm.report.wording import UNKNOWN, clock, day_text, percent, seconds_text, target_text
from wfm.study import Plan

Verdict = Literal["met", "missed", "unsure", "unknown"]
"""unsure: the confidence interval contains the target; unknown: nothing was simulated that could tell."""
HEADLINES = 5
"""More headline targets than this hide each other."""
_HARDLY_ANY = 0.05
"""Contacts: less than one in twenty days is nothing to point at."""
_ORDER: tuple[type[Target], ...] = (ServiceLevel, Turnaround, Abandonment, AverageWait, Occupancy)


@dataclass(frozen=True)
class Promise:
    """One target of one channel, what came of it, and whether it was kept."""

    channel: str
    target: Target
    achieved: Estimate | None
    formula: bool = False

    @property
    def words(self) -> str:
        """The target in words."""
        return target_text(self.target)

    @property
    def text(self) -> str:
        """What came of it, with its half width where it was simulated."""
        if self.achieved is None:
            return UNKNOWN
        if isinstance(self.target, AverageWait):
            return seconds_text(self.achieved)
        return percent(self.achieved.mean) if self.formula else self.achieved.share_text()

    @property
    def verdict(self) -> Verdict:
        """Whether the whole confidence interval lies on the right side of the target, on the wrong side, or on both."""
        if self.achieved is None:
            return "unknown"
        return verdict(self.target, self.achieved)


class Weakest(NamedTuple):
    """An interval in words, and its predicted share of contacts inside target."""

    when: str
    share: float


@dataclass(frozen=True)
class ChannelService:
    """One channel's service. ``heads`` (rostered, on the queue, at work on it) and ``inside`` (by formula) have shape (count,)."""

    channel: Channel
    requirement: Requirement
    heads: Floats
    inside: Floats
    simulated: ChannelPerformance | None

    @property
    def contacts(self) -> float:
        """Expected contacts over the horizon."""
        return float(sum(self.requirement.volume))

    @property
    def predicted(self) -> float | None:
        """Share of the contacts inside target by formula; None without contacts."""
        return float(self.inside.sum()) / self.contacts if self.contacts else None

    @property
    def required_minutes(self) -> float:
        """Agent minutes required, shrinkage included."""
        return float(sum(self.requirement.gross)) * self.requirement.grid.step_minutes

    @property
    def rostered_minutes(self) -> float:
        """Agent minutes on the queue that go to this channel."""
        return float(self.heads.sum()) * self.requirement.grid.step_minutes

    @property
    def predicted_by_day(self) -> tuple[float | None, ...]:
        """Share inside target by formula of each local day."""
        return by_day(self.requirement.grid, self.inside, np.array(self.requirement.volume))

    @property
    def weakest(self) -> Weakest | None:
        """Where most contacts are predicted to miss the service level beyond what it allows; None where none, or without one."""
        target = self.channel.target(ServiceLevel)
        if target is None:
            return None
        volume, grid = np.array(self.requirement.volume), self.requirement.grid
        short = target.share * volume - self.inside
        step = int(short.argmax())
        if short[step] < _HARDLY_ANY:
            return None
        begin = grid.instant(step)
        return Weakest(
            f"{day_text(local(begin, grid.zone).date())} {clock(begin, grid.zone)}",
            float(self.inside[step] / volume[step]),
        )

    @property
    def simulated_by_day(self) -> tuple[float | None, ...]:
        """Share of simulated contacts inside target of each local day, over all replications."""
        if self.simulated is None:
            return (None,) * len(self.requirement.grid.dates)
        return by_day(self.requirement.grid, np.array(self.simulated.inside), np.array(self.simulated.offered))

    def promises(self) -> tuple[Promise, ...]:
        """The channel's targets and what came of them, service first."""
        kept = sorted(self.channel.targets, key=lambda target: _ORDER.index(type(target)))
        return tuple(self._promise(target) for target in kept)

    def _promise(self, target: Target) -> Promise:
        if self.simulated is not None:
            return Promise(self.channel.name, target, self.simulated.measured(target))
        told = isinstance(target, ServiceLevel | Turnaround) and self.predicted is not None
        return Promise(self.channel.name, target, Estimate(mean=self.predicted or 0.0) if told else None, formula=told)


def services(plan: Plan) -> tuple[ChannelService, ...]:
    """The service of every channel, in the scenario's order."""
    heads = heads_by_channel(plan)
    inside = predicted_inside(plan)
    return tuple(
        ChannelService(
            channel=channel,
            requirement=plan.requirements[k],
            heads=heads[k],
            inside=inside[k],
            simulated=plan.performance.of(channel.name) if plan.performance else None,
        )
        for k, channel in enumerate(plan.scenario.channels)
    )


def headlines(rows: tuple[ChannelService, ...]) -> tuple[Promise, ...]:
    """At most five promises for the top of a page: every channel's service first, then the rest."""
    promises = [promise for row in rows for promise in row.promises()]
    return tuple(sorted(promises, key=lambda promise: _ORDER.index(type(promise.target)))[:HEADLINES])


def by_day(grid: TimeGrid, part: Floats, whole: Floats) -> tuple[float | None, ...]:
    """Sum of ``part`` over sum of ``whole`` for each local day; None where the whole is 0."""
    parts, wholes = (day_totals(grid, row).tolist() for row in (part, whole))
    return tuple(a / b if b > 0 else None for a, b in zip(parts, wholes, strict=True))
