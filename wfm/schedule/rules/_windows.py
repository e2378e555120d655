"""Rules that bound a sum over any so many days in a row: everything but what counts."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from wfm.domain import Agent, Roster, Shift
from wfm.schedule.look import Look
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton
from wfm.schedule.rules._looks import LookRule

if TYPE_CHECKING:
    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables


class WindowRule(LookRule):
    """A rule against more than a limit in any ``days`` days in a row, days before the horizon included; a subclass says what counts.

    What is beyond is told once, on the day that brings it: of what a day adds, the part for which the days before it in its
    window leave no room. So a week of one night too many has one breach, not one for each window that it lies in.
    """

    days: Annotated[int, Field(ge=2, le=366)]

    @property
    @abstractmethod
    def limit(self) -> int:
        """The most that a window may hold."""

    @abstractmethod
    def weight(self, duty: Duty) -> int:
        """What a duty adds, for model and tour."""

    @abstractmethod
    def measure(self, shift: Shift, zone: str) -> int:
        """What a worked shift adds, for the witness and for the days before the horizon."""

    @property
    def places(self) -> str:
        """Windows."""
        return f"windows of {self.days} days"

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """The window that ends on each day of the horizon; where the days before hold too much already, none may be added."""
        for agent in self.agents(problem):
            worked = self._by_day((*problem.history_of(agent.id), *roster.shifts_of(agent.id)), problem.grid.zone)
            for day in problem.days:
                first = day - timedelta(days=self.days - 1)
                before = sum(worked[first + timedelta(days=k)] for k in range(self.days - 1))
                yield Look(before + worked[day], max(self.limit, before), False, first, day, agent.id)

    def said(self, look: Look) -> str:
        """What is worked in the window, and may be."""
        return (
            f"{look.agent} works {self.amount_text(look.found)} in the {self.days} days from {look.first} to {look.last}; "
            f"at most {self.amount_text(self.limit)} are allowed"
        )

    def _by_day(self, shifts: Iterable[Shift], zone: str) -> Counter[date]:
        worked: Counter[date] = Counter()
        for shift in shifts:
            worked[shift.day] += self.measure(shift, zone)
        return worked

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """What a day adds is at most what the days before it in its window leave of the limit, plus slack."""
        most = [max(map(self.weight, duties), default=0) for duties in problem.duties]
        for agent in self.agents(problem):
            past = self._past(problem, agent)
            for day in range(len(problem.days)):
                window = range(max(0, day - self.days + 1), day)
                room = max(0, self.limit - sum(past[day:]))
                if most[day] and most[day] + sum(most[k] for k in window) > room:
                    self._post_window(x, ledger, agent.id, window, day, room)

    def _post_window(self, x: Variables, ledger: Ledger, agent: str, window: range, day: int, room: int) -> None:
        added, before = (
            sum(weight * literal for k in days for duty, literal in x.duties(agent, k) if (weight := self.weight(duty)))
            for days in ([day], window)
        )
        date = x.problem.date
        upper = max(map(self.weight, x.problem.duties[day]))
        slack = ledger.slack(self, upper, agent=agent, first=date(day - self.days + 1), last=date(day))
        if ledger.forbids(self):
            x.model.add(before + added <= room)
            return
        left = x.model.new_int_var(0, room, f"left {self.id} {agent} {day}")
        x.model.add_max_equality(left, [0, room - before])
        x.model.add(added - left <= slack)

    def _past(self, problem: RosterProblem, agent: Agent) -> list[int]:
        """What was worked on the ``days`` - 1 days before the horizon, in the order of time."""
        worked = self._by_day(problem.history_of(agent.id), problem.grid.zone)
        return [worked[problem.date(-k)] for k in range(self.days - 1, 0, -1)]

    def tour(self, problem: RosterProblem, agent: Agent) -> Automaton:
        """Remembers what each of the last days added, the latest first, up to where they fill the limit."""

        def step(before: tuple[int, ...], _: int, duty: Duty | None) -> tuple[tuple[int, ...], int]:
            added = self.weight(duty) if duty else 0
            beyond = min(added, max(0, sum(before) + added - self.limit))
            return self._remembered((added, *before)), beyond

        start = self._remembered(reversed(self._past(problem, agent)))
        return Automaton(start=start, step=step, sees=self.weight, alike=True)

    def _remembered(self, added: Iterable[int]) -> tuple[int, ...]:
        kept, left = [], self.limit
        for amount in list(added)[: self.days - 1]:
            kept.append(min(amount, left))
            left -= kept[-1]
        while kept and not kept[-1]:
            kept.pop()
        return tuple(kept)
