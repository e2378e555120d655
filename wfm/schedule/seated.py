"""Sessions as a finished roster holds them, where a guide to common times would mistake another time for a better roster."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from wfm.domain import Activity, Agent, Breach, Roster
from wfm.domain.time import local
from wfm.schedule.others import Others
from wfm.schedule.placing.attendance import covers
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Pull, Rule
from wfm.schedule.rules import Sessions


class Seated(Sessions):
    """Whoever sits in a session of all together is on shift while it is held; a breach is an agent who is not."""

    seats: tuple[tuple[str, Activity], ...]
    """Each agent with the part that the agent has in such a session."""

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each seat that no shift covers."""
        return [
            self.breach(1, _left(agent, seat, problem), agent=agent, first=_day(seat, problem))
            for agent, seat in self.seats
            if not any(row.start <= seat.start and seat.end <= row.end for row in roster.shifts_of(agent))
        ]

    def pull(self, problem: RosterProblem, others: Others, agent: Agent, price: float) -> Pull | None:  # noqa: ARG002
        """Exact: a seat is covered by one duty or by none."""
        worth = np.zeros((len(problem.days), len(problem.slots)))
        for begin, end in (
            (problem.elapsed(seat.start), problem.elapsed(seat.end)) for who, seat in self.seats if who == agent.id
        ):
            for duty in (duty for day in problem.duties for duty in day if covers(duty, begin, end)):
                worth[duty.day, duty.slot] += price
        return Pull(duty=worth) if worth.any() else None


def as_held(problem: RosterProblem, rules: Sequence[Rule], roster: Roster) -> tuple[Rule, ...]:
    """The rules, with sessions of all together asked for when the roster holds them."""
    together = {row.name for row in problem.workforce.sessions if row.group_size is None}
    seats = tuple(
        (row.agent, part)
        for row in roster.assignments
        for part in row.shift.activities
        if part.kind not in {"break", "role"} and part.what in together
    )
    return tuple(
        Seated(price=rule.price, tier=rule.tier, law=rule.law, seats=seats) if isinstance(rule, Sessions) else rule
        for rule in rules
    )


def _day(seat: Activity, problem: RosterProblem) -> date:
    return local(seat.start, problem.grid.zone).date()


def _left(agent: str, seat: Activity, problem: RosterProblem) -> str:
    start, end = (local(edge, problem.grid.zone) for edge in (seat.start, seat.end))
    return f"{agent} is not on shift on {start:%Y-%m-%d %H:%M} to {end:%H:%M}, when {seat.what} is held"
