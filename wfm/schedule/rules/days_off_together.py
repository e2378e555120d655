"""Days off that come together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Agent, Roster
from wfm.schedule.look import Look
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton
from wfm.schedule.rules._looks import LookRule
from wfm.schedule.rules._weeks import whole_windows

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import LinearExpr

    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables

Off = tuple[int, int, int, int]
"""Of a window that is over and still waits for its last days off: the most in a row, and those last ones (0: nothing waits); of the
window of today: the days off in a row up to now, and the most so far."""


class DaysOffTogether(LookRule):
    """In every ``per_days`` days there begin ``days`` days off in a row; a breach is the days missing.

    Windows are calendar weeks, fortnights and so on from a Monday, the same in every horizon. On a day off no shift starts. Days off
    count in the window in which they begin, all of them, and in a later one from that window's start. The last window before the
    horizon is judged too, as far as its last days off reach in; after the horizon, and before the first shift that is known, every
    day is off.
    """

    kind: Literal["days_off_together"] = "days_off_together"
    days: Annotated[int, Field(ge=2, le=6)] = 2
    per_days: Literal[7, 14, 21, 28] = 7
    unit: ClassVar[str] = "days off in a row missing"
    source: ClassVar[str] = "common practice: two days off together"

    @property
    def name(self) -> str:
        """Named by its days and window, as ``days_off_together:2-in-7-days``."""
        return f"{self.kind}:{self.days}-in-{self.per_days}-days"

    @property
    def places(self) -> str:
        """Windows."""
        return "weeks" if self.per_days == 7 else f"windows of {self.per_days} days"

    def amount_text(self, amount: float) -> str:
        """As ``1 day off in a row``."""
        return f"{amount:g} day{'' if amount == 1 else 's'} off in a row"

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """The most days off in a row that begin in every window."""
        for agent in self.agents(problem):
            worked = {shift.day for shift in (*problem.history_of(agent.id), *roster.shifts_of(agent.id))}
            for first, last in whole_windows(problem, self.per_days):
                if last >= problem.days[0] or last not in worked:
                    most = max(self._off_from(first + timedelta(days=k), worked) for k in range(self.per_days))
                    yield Look(most, self.days, True, first, last, agent.id)

    def _off_from(self, day: date, worked: set[date]) -> int:
        """Days off in a row from a day on, up to ``days``."""
        return next((k for k in range(self.days) if day + timedelta(days=k) in worked), self.days)

    def said(self, look: Look) -> str:
        """How many there are, and are asked."""
        return f"{look.agent} has {self.amount_text(look.found)} at most from {look.first} to {look.last}; {self.days} are asked for"

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """For each window the days off in a row from each of its days on, of which the most are enough but for the slack."""
        for agent in self.agents(problem):
            worked = {shift.day for shift in problem.history_of(agent.id)}
            for first, last in whole_windows(problem, self.per_days):
                if last >= problem.days[0] or last not in worked:
                    self._post_window(x, ledger, agent.id, worked, first, last)

    def _post_window(
        self, x: Variables, ledger: Ledger, agent: str, worked: set[date], first: date, last: date
    ) -> None:
        model, begins = x.model, (first - x.problem.days[0]).days
        together = []
        for day in range(begins, begins + self.per_days):
            together.append(model.new_int_var(0, self.days, f"off {self.id} {agent} {day}"))
            ends = [self._end(x, agent, worked, day, k) for k in range(self.days)]
            model.add_min_equality(together[-1], [self.days, *ends])
        most = model.new_int_var(0, self.days, f"together {self.id} {agent} {begins}")
        model.add_max_equality(most, together)
        model.add(self.days - most <= ledger.slack(self, self.days, agent=agent, first=first, last=last))

    def _end(self, x: Variables, agent: str, worked: set[date], day: int, after: int) -> LinearExpr | int:
        """``after`` where so many days after a day somebody works, else more than is asked."""
        never, place = self.days - after, day + after
        if 0 <= place < len(x.problem.days):
            return after + never * (1 - x.works(agent, place))
        return after if x.problem.date(place) in worked else self.days

    def tour(self, problem: RosterProblem, agent: Agent) -> Automaton:
        """Remembers days off in a row, none of them further than ``days``: some dozen states."""
        windows = whole_windows(problem, self.per_days)
        ends = {(last - problem.days[0]).days for _, last in windows}
        first = (windows[0][0] - problem.days[0]).days if windows else 0

        def step(state: Off, day: int, duty: Duty | None) -> tuple[Off, int]:
            return self._day(state, duty is not None, day in ends)

        start: Off = (0, 0, 0, 0)
        worked = {shift.day for shift in problem.history_of(agent.id)}
        for day in range(first, 0):
            start, _ = self._day(start, problem.date(day) in worked, day in ends)
        return Automaton(start=start, step=step, sees=lambda _: None, alike=True)

    def _day(self, state: Off, works: bool, last: bool) -> tuple[Off, int]:
        """After one more day, the last one of its window or not."""
        owed, waiting, row, most = state
        missing = 0
        if works:
            missing = self.days - max(owed, waiting) if waiting else 0
            owed = waiting = row = 0
        else:
            waiting += waiting > 0
            row = min(row + 1, self.days)
            most = max(most, row)
        if waiting >= self.days:
            owed = waiting = 0
        if not last:
            return (owed, waiting, row, most), missing
        if most == self.days:
            return (0, 0, 0, 0), missing
        return (most, row, 0, 0) if row else (0, 0, 0, 0), missing + (0 if row else self.days - most)
