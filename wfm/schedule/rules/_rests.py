"""Uninterrupted rests on CP-SAT: the candidates of a window, and those picked among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from wfm.domain.quantity import DAY_MINUTES
from wfm.domain.time import instant
from wfm.schedule.problem import Duty
from wfm.schedule.rule import Rule

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar, LinearExpr

    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables


@dataclass(frozen=True)
class Candidate:
    """A rest that begins at ``begin`` where ``possible`` is 1; it lasts to ``end``, or to the first shift from day ``after`` on."""

    begin: LinearExpr | int
    possible: LinearExpr | int
    after: int = 0
    end: int | None = None


class RestModel:
    """The rests of one agent: what those that begin in a window give, of ``times`` (1 or 2) times ``rest`` minutes."""

    def __init__(self, x: Variables, agent: str, rest: int, times: int, *, on_call: bool) -> None:
        self.x, self.agent, self.rest, self.times = x, agent, rest, times
        problem = x.problem
        self._known = [
            (problem.elapsed(shift.start), problem.elapsed(shift.end))
            for shift in problem.history_of(agent)
            if on_call or not shift.on_call
        ]
        self._days = [
            [(duty, literal) for duty, literal in x.duties(agent, day) if on_call or not duty.template.on_call]
            for day in range(len(problem.days))
        ]
        self._starts = [sum(duty.start * literal for duty, literal in rows) for rows in self._days]
        self._works = [self._working(day) for day in range(len(problem.days))]
        self._never = times * rest + (len(problem.days) + 2) * DAY_MINUTES  # from any begin at least what is asked

    def _working(self, day: int) -> IntVar:
        rows = self._days[day]
        if len(rows) == len(self.x.duties(self.agent, day)):
            return self.x.works(self.agent, day)
        works = self.x.model.new_bool_var(f"at work {self.agent} {day}")
        self.x.model.add(sum(literal for _, literal in rows) == works)
        return works

    def post(self, rule: Rule, ledger: Ledger, first: date, last: date) -> None:
        """The best rest from the first to the last date, or the best two, give what is asked, but for the slack."""
        problem, asked = self.x.problem, self.times * self.rest
        begins, ends = (
            problem.elapsed(instant(day, 0, problem.grid.zone)) for day in (first, last + timedelta(days=1))
        )
        if ends <= 0 and any(end >= ends for _, end in self._known):
            return
        candidates = self._candidates(begins, ends, (first - problem.days[0]).days)
        lengths = [self._length(candidate) for candidate in candidates]
        together = self.x.model.new_int_var(0, asked, f"rest {self.agent} {first}")
        self.x.model.add_max_equality(together, [0, *lengths, *self._pairs(lengths)])
        self.x.model.add(asked - together <= ledger.slack(rule, asked, agent=self.agent, first=first, last=last))

    def _pairs(self, lengths: list[IntVar]) -> Iterator[LinearExpr]:
        """What two rests give together, each no more than one."""
        pieces = []
        for length in lengths if self.times == 2 else ():
            pieces.append(self.x.model.new_int_var(-DAY_MINUTES, self.rest, f"piece of {length.name}"))
            self.x.model.add_min_equality(pieces[-1], [self.rest, length])
        return (one + other for one, other in combinations(pieces, 2))

    def _length(self, candidate: Candidate) -> IntVar:
        """How long a rest is, no longer than what is asked; 0 where it is not possible."""
        model, asked = self.x.model, self.times * self.rest
        bounds: list[LinearExpr | int] = [asked, asked * candidate.possible]
        if candidate.end is None:
            days = range(candidate.after, min(len(self._days), candidate.after + asked // DAY_MINUTES + 2))
            bounds += [
                self._starts[day] - candidate.begin + self._never * (1 - self._works[day])
                for day in days
                if self._days[day]
            ]
        else:
            bounds.append(candidate.end - candidate.begin)
        length = model.new_int_var(-DAY_MINUTES, asked, f"rest {self.agent} {candidate.after} {candidate.end}")
        model.add_min_equality(length, bounds)
        return length

    def _candidates(self, begins: int, ends: int, first: int) -> Iterator[Candidate]:
        """Rests before the horizon, the one that lasts where the horizon or the window begins, and those after each duty."""
        since = begins
        for start, end in self._known:
            if since < min(start, ends):
                yield Candidate(since, 1, end=start)
            since = max(since, end)
        if since < ends:
            across = [lit for duty, lit in self._on(first - 1) if duty.start < begins < duty.end]
            yield Candidate(since, 1 - sum(across), after=max(0, first))
        for day in range(first - 1, len(self._days)):
            ending = [literal for duty, literal in self._on(day) if begins <= duty.end < ends]
            if ending:
                last = [duty.end * literal for duty, literal in self._on(day)]
                yield Candidate(sum(last), sum(ending), after=day + 1)

    def _on(self, day: int) -> list[tuple[Duty, IntVar]]:
        return self._days[day] if 0 <= day < len(self._days) else []
