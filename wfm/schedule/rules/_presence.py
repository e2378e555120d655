"""Rules that want a number of people present at all of some hours: everything but who counts."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, Field

from wfm.domain import Agent, Breach, Opening, Roster, TimeGrid
from wfm.domain.time import local
from wfm.schedule.look import Look
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Others, Pull, Rule, runs

if TYPE_CHECKING:
    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables

Hours = Annotated[
    Opening,
    BeforeValidator(
        lambda hours: Opening.from_text(hours) if isinstance(hours, str) else hours,
        json_schema_input_type=Opening | str,
    ),
]
"""Opening hours; text such as ``24x7`` or ``mon-fri 08:00-20:00`` is accepted."""


class PresenceRule(Rule):
    """At least ``at_least`` of some agents on shift, breaks included, in every step of some hours; a breach is minutes short.

    Shifts of the days before the horizon count where they reach into it. Steps before the first start of any duty are not asked
    of this roster: they belong to the one before.
    """

    at_least: Annotated[int, Field(ge=1)] = 1
    hours: Hours = Field(default_factory=Opening.always)
    unit: ClassVar[str] = "minutes short"

    @abstractmethod
    def counts(self, agent: Agent) -> bool:
        """Whether an agent counts."""

    @property
    @abstractmethod
    def whom(self) -> str:
        """Who is counted, in words."""

    def counted(self, problem: RosterProblem) -> list[Agent]:
        """Everybody who counts."""
        return [agent for agent in self.agents(problem) if self.counts(agent)]

    @property
    def places(self) -> str:
        """Steps of the grid."""
        return "intervals"

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """The heads of every step in which the rule asks for somebody."""
        grid, heads = problem.grid, self._present(problem, roster) / problem.grid.step_minutes
        for step in np.flatnonzero(self.asked(problem)).tolist():
            day = problem.days[int(grid.day_index[step])]
            yield Look(float(heads[step]), self.at_least, True, day, day, at=grid.instant(step))

    def amount_text(self, amount: float) -> str:
        """Heads, a step that is partly covered as a fraction."""
        return f"{amount:.3g} on shift"

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each stretch of steps with somebody missing."""
        asked, step = self.asked(problem), problem.grid.step_minutes
        short = np.where(asked, self.at_least * step - self._present(problem, roster), 0)
        return [self._missing(problem, short, low, high) for low, high in runs((short > 0).tolist())]

    def _present(self, problem: RosterProblem, roster: Roster) -> NDArray[np.float64]:
        """Minutes that the counted are on shift in each step, those before the horizon included."""
        counted = [agent.id for agent in self.counted(problem)]
        everybody = Roster.of(problem.grid, (*problem.before, *roster.assignments))
        return np.rint(everybody.on_shift(counted) * problem.grid.step_minutes)

    def _missing(self, problem: RosterProblem, short: NDArray[np.float64], low: int, high: int) -> Breach:
        grid = problem.grid
        begin, end = local(grid.instant(low), grid.zone), local(grid.instant(high + 1), grid.zone)
        fewest = self.at_least - short[low : high + 1].max() / grid.step_minutes
        words = f"{fewest:.3g} {self.whom} on shift from {begin:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M}; {self.at_least} asked for"
        first, last = (problem.days[int(grid.day_index[step])] for step in (low, high))
        return self.breach(float(short[low : high + 1].sum()), words, first=first, last=last, at=grid.instant(low))

    def asked(self, problem: RosterProblem) -> NDArray[np.bool_]:
        """For each step of the grid, shape (count,): whether the rule asks for somebody."""
        starts = np.arange(problem.grid.count) * problem.grid.step_minutes
        return np.asarray(_mask(self.hours, problem.grid) & (starts >= problem.first_start))

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """In each step: minutes on shift, with those before the horizon and the slack, are enough."""
        needed = self.at_least * problem.grid.step_minutes - _minutes(problem, self._before(problem))
        counted = [agent.id for agent in self.counted(problem)]
        for step in np.flatnonzero(self.asked(problem) & (needed > 0)).tolist():
            most = int(needed[step])
            slack = ledger.slack(self, most, first=problem.days[int(problem.grid.day_index[step])])
            x.model.add(most - x.on_shift(counted, step) <= slack)

    def pull(self, problem: RosterProblem, others: Others, agent: Agent, price: float) -> Pull | None:
        """A minute on shift is worth the share of its step that is short; exact for whoever is there for whole steps."""
        if not (self.about(agent) and self.counts(agent)):
            return None
        step = problem.grid.step_minutes
        short = np.clip(self._short(problem, others), 0, step)
        return Pull(present=np.asarray(short * (price / step), dtype=np.float64))

    def standing(self, problem: RosterProblem, others: Others, price: float) -> float:
        """Minutes short of everybody together."""
        return float(np.clip(self._short(problem, others), 0, None).sum()) * price

    def _short(self, problem: RosterProblem, others: Others) -> NDArray[np.int64]:
        """For each step the minutes missing (negative: more than enough), 0 where nobody is asked for."""
        ids = {agent.id for agent in self.counted(problem)}
        tours = [duty for agent, tour in others.tours.items() if agent in ids for duty in tour if duty]
        present = _minutes(problem, [*self._before(problem), *((duty.start, duty.end) for duty in tours)])
        return np.where(self.asked(problem), self.at_least * problem.grid.step_minutes - present, 0)

    def _before(self, problem: RosterProblem) -> list[tuple[int, int]]:
        """Begin and end, in elapsed minutes, of the counted shifts of the days before the horizon."""
        ids = {agent.id for agent in self.counted(problem)}
        rows = (row.shift for row in problem.before if row.agent in ids)
        return [(problem.elapsed(shift.start), problem.elapsed(shift.end)) for shift in rows]


@lru_cache(maxsize=64)
def _mask(hours: Opening, grid: TimeGrid) -> NDArray[np.bool_]:
    """The steps of some hours: the search asks again at every move."""
    return hours.mask(grid)


def _minutes(problem: RosterProblem, stretches: Iterable[tuple[int, int]]) -> NDArray[np.int64]:
    """Minutes that stretches of elapsed minutes have in each step together, shape (grid.count,)."""
    grid = problem.grid
    last = grid.count * grid.step_minutes
    change = np.zeros(last + 1, dtype=np.int64)
    for begin, end in stretches:
        change[min(max(begin, 0), last)] += 1
        change[min(max(end, 0), last)] -= 1
    return np.asarray(np.cumsum(change[:-1]).reshape(grid.count, grid.step_minutes).sum(axis=1))
