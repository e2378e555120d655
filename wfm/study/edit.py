"""What an edit of a roster breaks and costs: a roster held against the one before, by the audit of whom it touches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from wfm.domain import Assignment, Breach, Instant, Name, Noun, Roster, Shift
from wfm.schedule import RosterProblem, Rule
from wfm.schedule.audit import with_form
from wfm.schedule.problem import MICRO
from wfm.schedule.rules import Coverage
from wfm.schedule.some_agents import about_one, narrowed
from wfm.study.diff import CellChange, differences
from wfm.study.outcome import cost

WORST = 3
"""So many intervals are named in which an edit takes most from service."""


class Count(Noun):
    """A count of one agent before and after an edit: shifts, nights, weekends or paid minutes."""

    agent: Name
    of: str
    before: int
    after: int


class IntervalEffect(Noun):
    """Contacts inside target that an edit adds in one interval (negative: takes)."""

    at: Instant
    contacts: float


class Edit(Noun):
    """An edited roster against the one before it.

    ``broken`` are breaches that are new or larger, ``mended`` those that are gone or smaller, but for coverage: ``contacts`` is what the
    edit adds to the expected contacts inside target (negative: takes), with the ``worst`` intervals. ``counts`` are of the agents that it
    touches and only what differs.
    """

    changes: tuple[CellChange, ...]
    broken: tuple[Breach, ...]
    mended: tuple[Breach, ...]
    contacts: float
    worst: tuple[IntervalEffect, ...]
    paid_minutes: int
    cost_cents: int
    counts: tuple[Count, ...]
    price: float = Field(description="priced breaches, coverage included, after less before, in contacts")

    @property
    def legal(self) -> bool:
        """Whether the edit breaks no forbidden rule that was kept."""
        return not any(breach.forbidden for breach in self.broken)


class Weighed:
    """A roster on the scales: what changes of it break and cost, without an audit of everybody.

    A rule about one agent is audited for the agents that are touched, one that couples agents for all; contacts inside target
    come from the market that the solver uses, which the audit's own linear programme agrees with.
    """

    def __init__(self, problem: RosterProblem, rules: Sequence[Rule], roster: Roster) -> None:
        self.problem, self.roster = problem, roster
        audited = [rule for rule in with_form(rules) if not isinstance(rule, Coverage)]
        self.own = [rule for rule in audited if about_one(problem, rule)]
        self.coupled = [rule for rule in audited if rule not in self.own]
        self.worth = sum(rule.price or 0.0 for rule in rules if isinstance(rule, Coverage))

    @cached_property
    def serving(self) -> NDArray[np.int64]:
        """Minutes on the queue of each group in each step."""
        present = Roster.of(self.problem.grid, (*self.problem.before, *self.roster.assignments))
        return self.minutes(present)

    def minutes(self, roster: Roster) -> NDArray[np.int64]:
        """Minutes on the queue of each group in each step in a roster; shape (groups, grid.count)."""
        rows = [roster.serving(agents) * self.problem.grid.step_minutes for agents, _ in self.problem.groups]
        return np.rint(np.array(rows).reshape(len(rows), self.problem.grid.count)).astype(np.int64)

    def gained(self, rows: Iterable[Assignment], without: Iterable[Assignment]) -> NDArray[np.float64]:
        """Contacts inside target that some shifts more and some less add in each step."""
        grid, market = self.problem.grid, self.problem.market
        more, less = (self.minutes(Roster.of(grid, list(part))) for part in (rows, without))
        return (market.worth(self.serving + more - less) - market.worth(self.serving)) / MICRO

    def edited(self, after: Roster) -> Edit:
        """The edit that makes another roster of this one."""
        changes = differences(self.roster, after)
        touched = list(dict.fromkeys(change.agent for change in changes))
        gained = self.gained(_rows(changes, "after"), _rows(changes, "before"))
        broken, mended, price = self._breaches(after, touched)
        workforce = self.problem.workforce
        money = [sum(line.cost_cents for line in cost(workforce, roster)) for roster in (self.roster, after)]
        return Edit(
            changes=changes,
            broken=broken,
            mended=mended,
            contacts=round(float(gained.sum()), 6),
            worst=self._worst(gained),
            paid_minutes=sum(_paid(change.after) - _paid(change.before) for change in changes),
            cost_cents=money[1] - money[0],
            counts=tuple(count for agent in touched for count in counts(self.roster, after, agent)),
            price=round(price - self.worth * float(gained.sum()), 6),
        )

    def _breaches(
        self, after: Roster, touched: Collection[str]
    ) -> tuple[tuple[Breach, ...], tuple[Breach, ...], float]:
        old = (*self.own_breaches(self.roster, touched), *self.coupled_breaches)
        new = (*self.own_breaches(after, touched), *_all(self.coupled, self.problem, after))
        return worse(old, new), worse(new, old), sum(row.cost for row in new) - sum(row.cost for row in old)

    def of(self, agent: str) -> Roster:
        """The roster of one agent."""
        shifts = self.roster.shifts_of(agent)
        return Roster.of(self.roster.grid, [Assignment(agent=agent, shift=shift) for shift in shifts])

    def own_breaches(self, roster: Roster, agents: Collection[str]) -> tuple[Breach, ...]:
        """Breaches, by some agents, of the rules about one agent."""
        strangers = set(agents) - set(self.problem.workforce.by_id)
        rows = [row for row in roster.assignments if row.agent in agents]
        part = narrowed(self.problem, set(agents) - strangers)
        return _all(self.own, part, Roster.of(roster.grid, rows))

    @cached_property
    def coupled_breaches(self) -> tuple[Breach, ...]:
        """Breaches of the rules that couple agents."""
        return _all(self.coupled, self.problem, self.roster)

    def _worst(self, gained: NDArray[np.float64]) -> tuple[IntervalEffect, ...]:
        steps = [step for step in np.argsort(gained, kind="stable")[:WORST].tolist() if gained[step] < -1e-6]
        return tuple(
            IntervalEffect(at=self.problem.grid.instant(step), contacts=round(float(gained[step]), 6)) for step in steps
        )


def counts(before: Roster, after: Roster, agent: str) -> list[Count]:
    """Counts of one agent that two rosters differ in."""
    pairs = [_counted(roster, agent) for roster in (before, after)]
    return [
        Count(agent=agent, of=of, before=was, after=pairs[1][of]) for of, was in pairs[0].items() if was != pairs[1][of]
    ]


def _counted(roster: Roster, agent: str) -> dict[str, int]:
    shifts = roster.shifts_of(agent)
    burden = {"shifts": len(shifts), "nights": roster.nights_of(agent), "weekends": roster.weekends_of(agent)}
    return {**burden, "paid minutes": _paid(shifts)}


def worse(before: Iterable[Breach], after: Iterable[Breach]) -> tuple[Breach, ...]:
    """Breaches that are new, or larger than before at the same place."""
    known = {_place(row): row.amount for row in before}
    return tuple(row for row in after if row.amount > known.get(_place(row), 0.0) + 1e-9)


def _place(row: Breach) -> tuple[object, ...]:
    return row.rule, row.agent, row.first, row.last, row.at


def _all(rules: Sequence[Rule], problem: RosterProblem, roster: Roster) -> tuple[Breach, ...]:
    return tuple(breach for rule in rules for breach in rule.breaches(problem, roster))


def _rows(changes: Sequence[CellChange], side: str) -> list[Assignment]:
    return [Assignment(agent=change.agent, shift=shift) for change in changes for shift in getattr(change, side)]


def _paid(shifts: Iterable[Shift]) -> int:
    return sum(shift.paid_minutes for shift in shifts)
