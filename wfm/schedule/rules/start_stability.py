"""Starts of the shifts of one week."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar, Literal

from wfm.domain import Agent, Roster, Shift
from wfm.domain.quantity import DAY_MINUTES, Minutes, hours_text
from wfm.domain.time import local
from wfm.schedule.look import Look
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton
from wfm.schedule.rules._looks import LookRule
from wfm.schedule.rules._weeks import earlier_in_week, weeks_worked

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import LinearExprT

    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables

Starts = tuple[int, ...]
"""The earliest and the latest start of a week so far, in minutes of the day; empty where there is none."""


class StartStability(LookRule):
    """In a calendar week an agent's shifts start within ``within_minutes`` of each other by the clock; a breach is minutes beyond.

    The days of the week before the horizon count; where their shifts lie further apart already, only what is more is a breach.
    """

    kind: Literal["start_stability"] = "start_stability"
    within_minutes: Minutes = 120
    unit: ClassVar[str] = "minutes of start beyond the limit"
    source: ClassVar[str] = "common practice: a steady start within a week"

    @property
    def name(self) -> str:
        """Named by its limit, as ``start_stability:2h``."""
        return f"{self.kind}:{hours_text(self.within_minutes)}"

    @property
    def places(self) -> str:
        """Weeks."""
        return "weeks"

    def amount_text(self, amount: float) -> str:
        """Hours and minutes."""
        return hours_text(amount)

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """How far the starts of every week lie apart."""
        for agent in self.agents(problem):
            for week, earlier, shifts in weeks_worked(problem, roster, agent.id):
                before = [_minute(shift, problem.grid.zone) for shift in earlier]
                starts = before + [_minute(shift, problem.grid.zone) for shift in shifts]
                if starts:
                    asked = max(self.within_minutes, max(before, default=0) - min(before, default=0))
                    yield Look(max(starts) - min(starts), asked, False, week[0], week[-1], agent.id)

    def said(self, look: Look) -> str:
        """How far they lie apart, and may."""
        return (
            f"{look.agent} starts up to {hours_text(look.found)} apart from {look.first} to {look.last}; "
            f"{hours_text(look.asked)} are allowed"
        )

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """For each week and pair of its days: where both are worked, the starts are apart by at most the limit and the slack."""
        minutes = [start for _, start in problem.slots]
        for agent in self.agents(problem):
            earlier = self._earlier(problem, agent)
            for week in problem.weeks:
                limit = self._limit(earlier)
                widest = max(*minutes, *earlier) - min(*minutes, *earlier)
                first, last = problem.date(week[0]), problem.date(week[-1])
                if widest > limit:
                    slack = ledger.slack(self, widest - limit, agent=agent.id, first=first, last=last)
                    self._post_week(x, agent.id, week, earlier, limit + slack)
                earlier = ()

    def _post_week(self, x: Variables, agent: str, week: range, earlier: Starts, room: LinearExprT) -> None:
        starts = {day: sum(duty.start_minute * literal for duty, literal in x.duties(agent, day)) for day in week}
        works = {day: x.works(agent, day) for day in week}
        for one, other in combinations(week, 2):
            for apart in (starts[one] - starts[other], starts[other] - starts[one]):
                x.model.add(apart <= room).only_enforce_if(works[one], works[other])
        for day in week if earlier else ():
            x.model.add(starts[day] - earlier[0] <= room).only_enforce_if(works[day])
            x.model.add(earlier[-1] - starts[day] <= room).only_enforce_if(works[day])

    def tour(self, problem: RosterProblem, agent: Agent) -> Automaton:
        """Remembers the earliest and the latest start of the week: with n starts at most n (n + 1) / 2 + 1 states."""
        earlier = self._earlier(problem, agent)
        ends = {week[-1] for week in problem.weeks}
        limits = dict.fromkeys(problem.weeks[0], self._limit(earlier))

        def beyond(starts: Starts, day: int) -> int:
            return max(0, starts[-1] - starts[0] - limits.get(day, self.within_minutes)) if starts else 0

        def step(before: Starts, day: int, duty: Duty | None) -> tuple[Starts, int]:
            after = _ends([*before, duty.start_minute]) if duty else before
            return () if day in ends else after, beyond(after, day) - beyond(before, day)

        def row(before: Starts, day: int, duties: Sequence[Duty]) -> tuple[list[Starts], list[int]]:
            known, limit = beyond(before, day), limits.get(day, self.within_minutes)
            low, high = before or (DAY_MINUTES, 0)
            ends_of = [(min(low, duty.start_minute), max(high, duty.start_minute)) for duty in duties]
            amounts = [max(0, last - first - limit) - known for first, last in ends_of]
            return [(), *[()] * len(duties)] if day in ends else [before, *ends_of], [0, *amounts]

        return Automaton(start=earlier, step=step, sees=lambda duty: duty.start_minute, alike=True, row=row)

    def _earlier(self, problem: RosterProblem, agent: Agent) -> Starts:
        """The ends of what was worked in the first week before the horizon."""
        return _ends([_minute(shift, problem.grid.zone) for shift in earlier_in_week(problem, agent.id)])

    def _limit(self, earlier: Starts) -> int:
        return max(self.within_minutes, earlier[-1] - earlier[0] if earlier else 0)


def _ends(starts: Iterable[int]) -> Starts:
    known = sorted(starts)
    return (known[0], known[-1]) if known else ()


def _minute(shift: Shift, zone: str) -> int:
    """Minute of the day by the clock."""
    start = local(shift.start, zone)
    return 60 * start.hour + start.minute
