"""Rules that ask for so many days of a kind in a row, once there is one: everything but which days count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from wfm.domain import Agent, Roster
from wfm.schedule.look import Look
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton
from wfm.schedule.rules._counted import CountedDaysRule, by_day
from wfm.schedule.rules._looks import LookRule

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import LiteralT

    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables


class ShortRunRule(CountedDaysRule, LookRule):
    """A rule against runs of fewer than ``days`` counted days; a subclass says what counts.

    A run has the days before the horizon too, on which nobody worked but in the shifts that are known. One that lasts to the last day
    of the horizon is not judged: it may go on. With ``open_start`` neither is one that has its first day, or ends before it: it may
    have begun earlier than is known.
    """

    days: Annotated[int, Field(ge=2, le=28)]
    open_start: bool = False

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """The length of every run that ends in the horizon or the day before it."""
        for agent in self.agents(problem):
            for run in self._runs(problem, roster, agent, sooner=self.days):
                begun = self.open_start and run[0] <= problem.days[0]
                if not begun and problem.days[0] - timedelta(days=1) <= run[-1] < problem.days[-1]:
                    yield Look(len(run), self.days, True, run[0], run[-1], agent.id)

    def said(self, look: Look) -> str:
        """The run and what is asked."""
        return f"{look.agent} has {self.amount_text(look.found)}, {look.first} to {look.last}; at least {self.days} are asked for"

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """For each day after a run: the days that the run is short are within the slack."""
        for agent in self.agents(problem):
            before = self._run_before(problem, agent)
            counts = [self._counting(x, agent.id, day) for day in range(len(problem.days))]
            for day in range(len(problem.days)):
                self._post_end(x, ledger, agent.id, day, before, counts)

    def _post_end(
        self, x: Variables, ledger: Ledger, agent: str, day: int, before: int, counts: list[LiteralT]
    ) -> None:
        """What a run that ends the day before ``day`` is short, for each length that it can have."""
        date = x.problem.date
        whole = day + before  # the length of a run that has lasted since before the horizon, or since its start
        lengths = [length for length in range(1, self.days) if length < day or length == whole]
        if not lengths:
            return
        slack = ledger.slack(
            self, self.days - lengths[0], agent=agent, first=date(day - lengths[-1]), last=date(day - 1)
        )
        for length in lengths:
            run = [*(counts[max(0, day - length) : day]), ~counts[day]]
            opens = [~counts[day - length - 1]] if length < day else []
            x.model.add(slack >= self.days - length).only_enforce_if(*opens, *run)

    def _counting(self, x: Variables, agent: str, day: int) -> LiteralT:
        """Whether a day counts, as a literal."""
        if self.counts(None):
            return ~x.works(agent, day)
        rows = x.duties(agent, day)
        counting = [literal for duty, literal in rows if self.counts(duty)]
        if len(counting) == len(rows):
            return x.works(agent, day)
        counts = x.model.new_bool_var(f"counts {self.id} {agent} {day}")
        x.model.add(sum(counting) == counts)
        return counts

    def tour(self, problem: RosterProblem, agent: Agent) -> Automaton:
        """Remembers the length of the run so far, up to ``days``: at most ``days`` + 1 states."""

        def step(run: int, _: int, duty: Duty | None) -> tuple[int, int]:
            if self.counts(duty):
                return min(run + 1, self.days), 0
            return 0, self.days - run if run else 0

        return Automaton(start=self._run_before(problem, agent), step=step, sees=self.counts, alike=True)

    def _run_before(self, problem: RosterProblem, agent: Agent) -> int:
        """Counted days in a row that end the day before the horizon, up to ``days``; as many where nobody knows."""
        if self.open_start:
            return self.days
        worked = by_day(problem.history_of(agent.id))
        counts = (self.counts_shifts(worked.get(problem.date(-1 - k), ()), problem.grid.zone) for k in range(self.days))
        return next((k for k, counted in enumerate(counts) if not counted), self.days)
