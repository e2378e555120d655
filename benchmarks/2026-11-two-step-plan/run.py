"""Question: at equal simulated service, how many paid hours does wfm save against a roster that covers the heads of Erlang's formulas?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from math import ceil, sqrt
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Channel, Forecast, Requirement, Roster
from wfm.schedule import Limits, Rule, solve
from wfm.schedule.rules import Coverage, DayMinutes, WeekMinutes
from wfm.staffing import require
from wfm.study import Scenario, forecast_all, read_scenario, require_all, roster_problem, simulation

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
CASES: tuple[tuple[str, tuple[str, ...], int], ...] = (
    ("phone-small", (), 2_000),
    ("phone-small", ("demand.phone.scale=0.5",), 2_000),
    ("service-desk", (), 2_000),
    ("helpdesk-24x7", ("horizon.weeks=1", "sessions={}"), 400),
)
"""A shipped scenario, what is set otherwise, and the steps of each of wfm's searches."""
COVER_PRICE = 0.03
"""Heads for an hour: a whole shift of eight costs less than half an hour of one missing head, so that cover always comes first."""
PRICES = 0.1, 10.0
"""Contacts an hour between which wfm's price of a paid hour is looked for ..."""
HALVINGS = 5
"""... by so many halvings on a scale of logarithms, for each question."""
CARE = 3
"""So many times as many steps for the two-step plan, so that it is not its search that costs hours."""
BATCHES, TRIAL, FINAL = 10, 10, 30
"""Seeds, and replications on each: of those on which rosters are chosen, and of the fresh ones on which they are reported."""
STUDENT = 2.262
"""Of a 95 % confidence interval with nine degrees of freedom."""


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
class Made:
    """A roster, what it costs and what it gave on the seeds of the choice."""

    name: str
    roster: Roster
    paid: float
    seen: Service


@dataclass
class Desk:
    """One scenario with its contract hours freed, its forecast and every roster made for it."""

    scenario: Scenario
    steps: int
    tried: dict[float, Made] = field(default_factory=dict)

    @cached_property
    def forecasts(self) -> tuple[Forecast, ...]:
        return forecast_all(self.scenario)

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        return require_all(self.scenario, self.forecasts)

    def rules(self, paid_hour: float) -> list[Rule]:
        """Service and paid hours first, all else that has a price after; contract hours are an upper bound only."""
        others = (rule for rule in self.scenario.rules if not isinstance(rule, Coverage))
        return [
            Coverage(),
            DayMinutes(at_most_minutes=0, price=paid_hour / 60),
            *(freed(rule) if rule.price is None else rule.varied(tier=2) for rule in others),
        ]

    def made(self, name: str, requirements: tuple[Requirement, ...], paid_hour: float, steps: int) -> Made:
        problem = roster_problem(self.scenario, requirements)
        began = perf_counter()
        found = solve(problem, self.rules(paid_hour), Limits(steps=steps, seed=1))
        first = found.tiers[0]
        gap = "?" if first.bound is None else f"{first.cost - first.bound:.1f} of {first.cost:.1f}"
        if found.forbidden_breaches:
            raise SystemExit(f"{name}: {found.conflict}")
        paid = sum(row.shift.paid_minutes for row in found.roster.assignments) / 60
        seen = self.served(found.roster, 1, TRIAL)
        short = sum(row.amount for row in found.breaches if row.kind == "coverage")
        told = f"{paid:,.1f} h, {seen.share:.2%} inside, {short:,.0f} short, gap {gap}"
        print(f"  {name}: {told}, {perf_counter() - began:.0f} s", flush=True)
        return Made(name, found.roster, paid, seen)

    def two_step(self, model: str) -> Made:
        """Heads by Erlang, then the roster with the fewest paid hours that covers them."""
        heads = tuple(map(as_cover, self.heads(model)))
        return self.made(f"two steps, {model}", heads, COVER_PRICE, CARE * self.steps)

    def heads(self, model: str) -> Iterator[Requirement]:
        for forecast, known in zip(self.forecasts, self.requirements, strict=True):
            channel = self.scenario.channel(known.channel)
            asked = model if channel.kind == "voice" and channel.patience_seconds else None
            yield require(forecast, channel, shrinkage=self.scenario.shrinkage, model=asked)

    def wfm(self, paid_hour: float) -> Made:
        """The roster that weighs contacts served in time against paid hours at a price."""
        if paid_hour not in self.tried:
            self.tried[paid_hour] = self.made(
                f"wfm at {paid_hour:.3f} contacts an hour", self.requirements, paid_hour, self.steps
            )
        return self.tried[paid_hour]

    def halve(self, holds: Callable[[Made], bool], *, above: bool) -> None:
        """Try prices around the one above which (else: below which) wfm's roster ``holds``."""
        low, high = PRICES
        for _ in range(HALVINGS):
            middle = sqrt(low * high)
            low, high = (low, middle) if holds(self.wfm(middle)) == above else (middle, high)

    def as_good(self, row: Made, plan: Made) -> bool:
        """As many contacts in time in all, and on every channel as many as the plan or as its target asks."""
        goals = [self.goal(channel) for channel in self.scenario.channels]
        enough = np.minimum(plan.seen.of_channels, goals)
        return row.seen.share >= plan.seen.share and bool((row.seen.of_channels >= enough).all())

    @staticmethod
    def goal(channel: Channel) -> float:
        """The share of its contacts that a channel promises in time."""
        return (channel.turnaround if channel.kind == "deferred" else channel.service_level).share

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


def freed(rule: Rule) -> Rule:
    """Contract hours may be left unused."""
    return rule.varied(under_minutes=None) if isinstance(rule, WeekMinutes) else rule


def as_cover(required: Requirement) -> Requirement:
    """The same requirement with whole gross heads, of which each is worth one and further ones nothing."""
    gross = [ceil(heads - 1e-9) for heads in required.gross]
    served = tuple(tuple(map(float, range(heads + 1))) for heads in gross)
    return required.varied(net=tuple(gross), gross=tuple(map(float, gross)), served=served, shrinkage=0.0)


def compare(desk: Desk, model: str) -> Iterator[tuple[str, Made]]:
    """The two-step plan, then wfm's cheapest roster with as much service and its best with as few hours."""
    plan = desk.two_step(model)
    desk.halve(lambda row: desk.as_good(row, plan), above=False)
    desk.halve(lambda row: row.paid <= plan.paid, above=True)
    rows = desk.tried.values()
    yield plan.name, plan
    equal = [row for row in rows if desk.as_good(row, plan)]
    if equal:
        yield "wfm, equal service", min(equal, key=lambda row: row.paid)
    cheap = [row for row in rows if row.paid <= plan.paid]
    if cheap:
        yield "wfm, equal hours", max(cheap, key=lambda row: row.seen.share)


def report(desk: Desk) -> None:
    """All rosters of a scenario on fresh seeds."""
    served = cache(lambda roster: desk.served(roster, 1_001, FINAL))
    chosen = [list(compare(desk, model)) for model in ("erlang_a", "erlang_c")]
    names = [channel.name for channel in desk.scenario.channels]
    print(f"\n| plan | paid hours | inside target | points more | badly | {' | '.join(names)} |")
    print("|---" * (5 + len(names)) + "|")
    for rows in chosen:
        base = rows[0][1]
        for name, row in rows:
            seen, more = served(row.roster), served(row.roster).shares - served(base.roster).shares
            half = STUDENT * more.std(ddof=1) / sqrt(BATCHES)
            parts = " | ".join(f"{share:.1%}" for share in seen.of_channels)
            apart = f"{100 * more.mean():+.2f} ± {100 * half:.2f}" if row is not base else ""
            hours = f"{row.paid:,.1f}" + (f" ({row.paid / base.paid - 1:+.1%})" if row is not base else "")
            print(f"| {name} | {hours} | {seen.share:.1%} | {apart} | {seen.badly:.1%} | {parts} |")


def main(chosen: set[int]) -> None:
    for number, (name, overrides, steps) in enumerate(CASES, start=1):
        if number in chosen or not chosen:
            print(f"\n## {' '.join((name, *overrides))}\n")
            report(Desk(read_scenario(SCENARIOS / name, overrides), steps))


if __name__ == "__main__":
    main(set(map(int, sys.argv[1:])))
