"""Rules that bound how many days in a row something is worked: everything but what counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from wfm.domain import Agent, Breach, Roster
from wfm.schedule.look import Look
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton
from wfm.schedule.rules._counted import CountedDaysRule, by_day

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import LinearExprT

    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables


class RunRule(CountedDaysRule):
    """A rule against more than ``days`` counted days in a row; a subclass says what counts.

    A run has the days before the horizon too, as far back as the first shift that is known.
    """

    days: Annotated[int, Field(ge=1, le=366)]
    verb: ClassVar[str] = "works"

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """The length of every run that reaches into the horizon."""
        for agent in self.agents(problem):
            for run in self._runs(problem, roster, agent):
                if run[-1] >= problem.days[0]:
                    yield Look(len(run), self.days, False, run[0], run[-1], agent.id)

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each run that is too long, in days of the horizon after the first ``days`` of the run."""
        found = []
        for agent in self.agents(problem):
            for run in self._runs(problem, roster, agent):
                over = sum(day >= problem.days[0] for day in run[self.days :])
                if over:
                    words = (
                        f"{agent.id} {self.verb} {self.amount_text(len(run))}, {run[0]} to {run[-1]}; "
                        f"at most {self.days} are allowed"
                    )
                    found.append(self.breach(over, words, agent=agent.id, first=run[0], last=run[-1]))
        return found

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """Of each ``days`` + 1 days in a row one does not count, or the slack is 1."""
        for agent in self.agents(problem):
            before = self._run_before(problem, agent)
            for day in range(max(0, self.days - before), len(problem.days)):
                window = range(max(0, day - self.days), day + 1)
                counted = sum(self._counting(x, agent.id, k) for k in window)
                slack = ledger.slack(
                    self, 1, agent=agent.id, first=problem.date(day - self.days), last=problem.date(day)
                )
                x.model.add(counted <= len(window) - 1 + slack)

    def _counting(self, x: Variables, agent: str, day: int) -> LinearExprT:
        """Whether a day counts."""
        if self.counts(None):
            return 1 - x.works(agent, day)
        return sum(literal for duty, literal in x.duties(agent, day) if self.counts(duty))

    def tour(self, problem: RosterProblem, agent: Agent) -> Automaton:
        """Remembers the length of the run so far, up to the limit."""

        def step(run: int, _: int, duty: Duty | None) -> tuple[int, int]:
            return (min(run + 1, self.days), int(run == self.days)) if self.counts(duty) else (0, 0)

        return Automaton(start=self._run_before(problem, agent), step=step, sees=self.counts, alike=True)

    def _run_before(self, problem: RosterProblem, agent: Agent) -> int:
        """Counted days in a row that end the day before the horizon, up to the limit."""
        shifts = problem.history_of(agent.id)
        worked = by_day(shifts)
        known = min(self.days, (problem.days[0] - shifts[0].day).days if shifts else 0)
        counts = (self.counts_shifts(worked.get(problem.date(-1 - k), ()), problem.grid.zone) for k in range(known))
        return next((k for k, counted in enumerate(counts) if not counted), known)
