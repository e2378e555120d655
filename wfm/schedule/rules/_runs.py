"""Rules that bound how many days in a row something is worked: everything but what counts."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from wfm.domain import Agent, Breach, Roster, Shift
from wfm.schedule.look import Look
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton, Rule, runs

if TYPE_CHECKING:
    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables


class RunRule(Rule):
    """A rule against more than ``days`` counted days in a row, days before the horizon included; a subclass says what counts."""

    days: Annotated[int, Field(ge=1, le=366)]
    counted: ClassVar[str]
    """The days that count, in words."""

    @property
    def name(self) -> str:
        """Named by its limit, as ``max_consecutive_days:6``."""
        return f"{self.kind}:{self.days}"

    @abstractmethod
    def counts(self, duty: Duty) -> bool:
        """Whether a duty makes its day count, for model and tour."""

    @abstractmethod
    def counts_shift(self, shift: Shift, zone: str) -> bool:
        """Whether a worked shift makes its day count, for the witness and for the days before the horizon."""

    @property
    def places(self) -> str:
        """Runs."""
        return f"runs of {self.counted}"

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """The length of every run that reaches into the horizon."""
        for agent in self.agents(problem):
            for run in self._runs(problem, roster, agent):
                if run[-1] >= problem.days[0]:
                    yield Look(len(run), self.days, False, run[0], run[-1], agent.id)

    def amount_text(self, amount: float) -> str:
        """Days, as ``5 nights in a row``."""
        return f"{amount:g} {self.counted} in a row"

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each run that is too long, in days of the horizon after the first ``days`` of the run."""
        found = []
        for agent in self.agents(problem):
            for run in self._runs(problem, roster, agent):
                over = sum(day >= problem.days[0] for day in run[self.days :])
                if over:
                    words = (
                        f"{agent.id} works {self.amount_text(len(run))}, {run[0]} to {run[-1]}; "
                        f"at most {self.days} are allowed"
                    )
                    found.append(self.breach(over, words, agent=agent.id, first=run[0], last=run[-1]))
        return found

    def _runs(self, problem: RosterProblem, roster: Roster, agent: Agent) -> Iterator[list[date]]:
        """The dates of every run of counted days, those before the horizon included."""
        shifts = [*problem.history_of(agent.id), *roster.shifts_of(agent.id)]
        dates = {shift.day for shift in shifts if self.counts_shift(shift, problem.grid.zone)}
        first = min([*dates, problem.days[0]])
        span = [first + timedelta(days=k) for k in range((problem.days[-1] - first).days + 1)]
        for low, high in runs([day in dates for day in span]):
            yield span[low : high + 1]

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """Of each ``days`` + 1 days in a row one does not count, or the slack is 1."""
        for agent in self.agents(problem):
            before = self._run_before(problem, agent)
            for day in range(max(0, self.days - before), len(problem.days)):
                window = range(max(0, day - self.days), day + 1)
                counted = sum(literal for k in window for duty, literal in x.duties(agent.id, k) if self.counts(duty))
                slack = ledger.slack(
                    self, 1, agent=agent.id, first=problem.date(day - self.days), last=problem.date(day)
                )
                x.model.add(counted <= len(window) - 1 + slack)

    def tour(self, problem: RosterProblem, agent: Agent) -> Automaton:
        """Remembers the length of the run so far, up to the limit."""

        def step(run: int, _: int, duty: Duty | None) -> tuple[int, int]:
            if duty is None or not self.counts(duty):
                return 0, 0
            return min(run + 1, self.days), int(run == self.days)

        return Automaton(start=self._run_before(problem, agent), step=step, sees=self.counts, alike=True)

    def _run_before(self, problem: RosterProblem, agent: Agent) -> int:
        """Counted days in a row that end the day before the horizon, up to the limit."""
        zone = problem.grid.zone
        dates = {shift.day for shift in problem.history_of(agent.id) if self.counts_shift(shift, zone)}
        return next((k for k in range(self.days) if problem.date(-1 - k) not in dates), self.days)
