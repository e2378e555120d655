"""The two-step plan and wfm's plans of one scenario at a price of a paid hour: what they cost, their bounds, the service they give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil
from time import perf_counter, process_time

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Channel, Forecast, Requirement, Roster
from wfm.schedule import Limits, Rule, solve
from wfm.schedule.problem import MICRO
from wfm.schedule.rules import Coverage, DayMinutes, WeekMinutes
from wfm.staffing import require
from wfm.study import Scenario, require_all, roster_problem, simulation

COVER_PRICE = 0.03
"""Heads for an hour: a whole shift of eight costs less than half an hour of one missing head, so that cover always comes first."""
EVEN_PRICE = 0.6
"""Heads for an hour at which the bound says most of the hours of a cover: on a real month 3,842 of 4,012 (0.3: 3,811, 1.0: 3,825)."""
BATCHES, TRIAL, FINAL = 10, 10, 30
"""Seeds, and replications on each: of those on which rosters are chosen, and of the fresh ones on which they are reported."""
FRESH = 1_001
"""The first of the fresh seeds."""


@dataclass(frozen=True)
class Service:
    """Contacts inside target and offered, shape (batches, channels, steps)."""

    inside: NDArray[np.float64]
    offered: NDArray[np.float64]

    @property
    def shares(self) -> NDArray[np.float64]:
        """Of all contacts, in each batch."""
        return np.asarray(self.inside.sum((1, 2)) / self.offered.sum((1, 2)))

    @property
    def share(self) -> float:
        return float(self.inside.sum() / self.offered.sum())

    @property
    def of_channels(self) -> NDArray[np.float64]:
        return np.asarray(self.inside.sum((0, 2)) / self.offered.sum((0, 2)))

    @property
    def badly(self) -> float:
        """Share of the contacts that come in intervals in which fewer than half are served in time."""
        inside, offered = self.inside.sum(0), self.offered.sum(0)
        return float(offered[inside < 0.5 * offered].sum() / offered.sum())


@dataclass(frozen=True)
class Solved:
    """Cost of the first tier and its bound, the cost of a roster without anybody, and what the solve took."""

    cost: float
    bound: float | None
    idle: float
    short: float
    seconds: float
    cpu_seconds: float

    @property
    def gap(self) -> float:
        """Of the cost: what cannot be saved of it, at most, is the rest; infinite without a bound."""
        return float("inf") if self.bound is None else (self.cost - self.bound) / self.cost

    @property
    def worth_gap(self) -> float:
        """Of the net worth: contacts served in time less the price of the paid hours."""
        return float("inf") if self.bound is None else (self.cost - self.bound) / (self.idle - self.bound)


@dataclass(frozen=True)
class Made:
    """A roster, what it costs and what it gave on the seeds of the choice; ``paid_hour`` is the price that it was made at."""

    name: str
    roster: Roster
    paid: float
    seen: Service
    solved: Solved
    paid_hour: float

    @property
    def least_paid(self) -> float:
        """Hours that any roster pays at least which leaves as few contacts outside target by the formula: the bound's, at this price."""
        bound = self.solved.bound
        return 0.0 if bound is None else self.paid - (self.solved.cost - bound) / self.paid_hour


@dataclass
class Desk:
    """One scenario with its forecasts, the rules beside service and paid hours, and every roster of wfm's made for it."""

    scenario: Scenario
    forecasts: tuple[Forecast, ...]
    others: tuple[Rule, ...]
    requirements: tuple[Requirement, ...] = field(init=False)
    tried: dict[tuple[float, Limits], Made] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.requirements = require_all(self.scenario, self.forecasts)

    def made(
        self, name: str, requirements: tuple[Requirement, ...], paid_hour: float, limits: Limits, start: Roster | None
    ) -> Made:
        problem = roster_problem(self.scenario, requirements)
        rules = [Coverage(), DayMinutes(at_most_minutes=0, price=paid_hour / 60), *self.others]
        wall, cpu = perf_counter(), process_time()
        found = solve(problem, rules, limits, start=start)
        wall, cpu = perf_counter() - wall, process_time() - cpu
        if found.forbidden_breaches:
            raise SystemExit(f"{name}: {found.conflict}")
        short = sum(row.amount for row in found.breaches if row.kind == "coverage")
        first = found.tiers[0]
        solved = Solved(first.cost, first.bound, float(problem.market.full.sum()) / MICRO, short, wall, cpu)
        paid = sum(row.shift.paid_minutes for row in found.roster.assignments) / 60
        seen = self.served(found.roster, 1, TRIAL)
        told = f"{paid:,.1f} h, {seen.share:.2%} inside, {short:,.0f} short, gap {solved.gap:.2%}"
        print(f"  {name}: {told}, {wall:.0f} s wall clock, {cpu:.0f} s of processor", flush=True)
        return Made(name, found.roster, paid, seen, solved, paid_hour)

    def two_step(self, model: str, limits: Limits) -> Made:
        """Heads by Erlang, then the roster with the fewest paid hours that covers them."""
        heads = tuple(map(as_cover, self.heads(model)))
        return self.made(f"two steps, {model}", heads, COVER_PRICE, limits, None)

    def least_covering(self, model: str, plan: Made, limits: Limits) -> float:
        """Hours that any roster pays at least which leaves as few heads uncovered as a two-step plan, whoever makes it."""
        heads = tuple(map(as_cover, self.heads(model)))
        even = self.made(f"for a bound, {model}", heads, EVEN_PRICE, limits, None).solved
        return max(plan.least_paid, ((even.bound or 0.0) - plan.solved.short) / EVEN_PRICE)

    def heads(self, model: str) -> Iterator[Requirement]:
        for forecast, known in zip(self.forecasts, self.requirements, strict=True):
            channel = self.scenario.channel(known.channel)
            asked = model if channel.kind == "voice" and channel.patience_seconds else None
            yield require(forecast, channel, shrinkage=self.scenario.shrinkage, model=asked)

    def wfm(self, paid_hour: float, limits: Limits, start: Roster | None = None) -> Made:
        """The roster that weighs contacts served in time against paid hours at a price."""
        if (paid_hour, limits) not in self.tried:
            name = f"wfm at {paid_hour:.3f} contacts an hour"
            self.tried[paid_hour, limits] = self.made(name, self.requirements, paid_hour, limits, start)
        return self.tried[paid_hour, limits]

    def as_good(self, row: Made, plan: Made) -> bool:
        """As many contacts in time in all, and on every channel as many as the plan or as its target asks."""
        goals = [goal(channel) for channel in self.scenario.channels]
        enough = np.minimum(plan.seen.of_channels, goals)
        return row.seen.share >= plan.seen.share and bool((row.seen.of_channels >= enough).all())

    def served(self, roster: Roster, first: int, replications: int) -> Service:
        """The same contacts for every roster."""
        runs = [
            simulation(self.scenario, self.forecasts, roster, seed, replications, workers=2)
            for seed in range(first, first + BATCHES)
        ]
        inside, offered = (
            np.array([[getattr(row, what) for row in run.channels] for run in runs]) for what in ("inside", "offered")
        )
        return Service(inside, offered)


def goal(channel: Channel) -> float:
    """The share of its contacts that a channel promises in time."""
    return (channel.turnaround if channel.kind == "deferred" else channel.service_level).share


def freed(rule: Rule) -> Rule:
    """Contract hours may be left unused."""
    return rule.varied(under_minutes=None) if isinstance(rule, WeekMinutes) else rule


def as_cover(required: Requirement) -> Requirement:
    """The same requirement with whole gross heads, of which each is worth one and further ones nothing."""
    gross = [ceil(heads - 1e-9) for heads in required.gross]
    served = tuple(tuple(map(float, range(heads + 1))) for heads in gross)
    return required.varied(net=tuple(gross), gross=tuple(map(float, gross)), served=served, shrinkage=0.0)
