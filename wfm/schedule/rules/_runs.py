"""Rules that bound how many days in a row something is worked: everything but what counts."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from wfm.domain import Agent, Breach, Roster, Shift
from wfm.schedule.look import Look
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton, Rule, runs

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import LinearExprT

    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables


class RunRule(Rule):
    """A rule against more than ``days`` counted days in a row; a subclass says what counts.

    A run has the days before the horizon too, as far back as the first shift that is known.
    """

    days: Annotated[int, Field(ge=1, le=366)]
    verb: ClassVar[str] = "works"
    counted: ClassVar[str]
    """The days that count, in words."""

    @property
    def name(self) -> str:
        """Named by its limit, as ``max_consecutive_days:6``."""
        return f"{self.kind}:{self.days}"

    @abstractmethod
    def counts(self, duty: Duty | None) -> bool:
        """Whether a duty makes its day count, or, and then only, a day off: for model and tour."""

    @abstractmethod
    def counts_shifts(self, shifts: Iterable[Shift], zone: str) -> bool:
        """Whether the shifts worked on a day make it count: for the witness and for the days before the horizon."""

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
                        f"{agent.id} {self.verb} {self.amount_text(len(run))}, {run[0]} to {run[-1]}; "
                        f"at most {self.days} are allowed"
                    )
                    found.append(self.breach(over, words, agent=agent.id, first=run[0], last=run[-1]))
        return found

    def _runs(self, problem: RosterProblem, roster: Roster, agent: Agent) -> Iterator[list[date]]:
        """The dates of every run of counted days, those before the horizon included."""
        shifts = (*problem.history_of(agent.id), *roster.shifts_of(agent.id))
        first = min([problem.days[0], *(shift.day for shift in shifts)])
        span = [first + timedelta(days=k) for k in range((problem.days[-1] - first).days + 1)]
        worked = _by_day(shifts)
        for low, high in runs([self.counts_shifts(worked.get(day, ()), problem.grid.zone) for day in span]):
            yield span[low : high + 1]

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
        worked = _by_day(shifts)
        known = min(self.days, (problem.days[0] - shifts[0].day).days if shifts else 0)
        counts = (self.counts_shifts(worked.get(problem.date(-1 - k), ()), problem.grid.zone) for k in range(known))
        return next((k for k, counted in enumerate(counts) if not counted), known)


def _by_day(shifts: Iterable[Shift]) -> dict[date, list[Shift]]:
    worked: dict[date, list[Shift]] = {}
    for shift in shifts:
        worked.setdefault(shift.day, []).append(shift)
    return worked
