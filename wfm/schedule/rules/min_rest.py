"""Rest between two shifts of one agent."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from wfm.domain import Agent, Breach, Roster
from wfm.domain.quantity import Minutes, duration_text
from wfm.domain.time import instant
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton, Rule

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar

    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables


class MinRest(Rule):
    """Between the end of a shift and the start of the agent's next shift lie at least ``rest_minutes``; a breach is minutes missing."""

    kind: Literal["min_rest"] = "min_rest"
    rest_minutes: Minutes = 720
    unit = "minutes of rest missing"
    source = "Directive 2003/88/EC art. 3 (11 h in 24 h); Estatuto de los Trabajadores art. 34.3 (12 h)"

    @property
    def name(self) -> str:
        """Named by its length, as ``min_rest:12h``."""
        return f"{self.kind}:{duration_text(60 * self.rest_minutes)}"

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each pair of consecutive shifts that lie too close, the agent's last shift before the horizon included."""
        found = []
        for agent in self.agents(problem):
            shifts = [*problem.history_of(agent.id)[-1:], *roster.shifts_of(agent.id)]
            for before, after in pairwise(shifts):
                rest = (after.start - before.end).total_seconds() / 60
                if rest < self.rest_minutes:
                    words = (
                        f"{agent.id} rests {duration_text(60 * max(rest, 0))} between the shifts of {before.day} and {after.day}; "
                        f"{duration_text(60 * self.rest_minutes)} are needed"
                    )
                    found.append(
                        self.breach(self.rest_minutes - rest, words, agent=agent.id, first=before.day, last=after.day)
                    )
        return found

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """For each duty: the minutes missing before the agent's next duty, if it follows too soon, are within the slack."""
        for agent in self.agents(problem):
            for shift in problem.history_of(agent.id)[-1:]:
                self._post_after(x, ledger, agent.id, -1, problem.elapsed(shift.end), [])
            for day in range(len(problem.days)):
                for duty, literal in x.duties(agent.id, day):
                    self._post_after(x, ledger, agent.id, day, duty.end, [literal])

    def _post_after(self, x: Variables, ledger: Ledger, agent: str, day: int, end: int, worked: list[IntVar]) -> None:
        for later, close in self._too_close(x, agent, day, end):
            between = [~x.works(agent, free) for free in range(day + 1, later)]
            upper = max(missing for _, missing in close)
            date = x.problem.date
            slack = ledger.slack(self, upper, agent=agent, first=date(day), last=date(later))
            missed = sum(missing * literal for literal, missing in close)
            x.model.add(missed <= slack).only_enforce_if(*worked, *between)

    def _too_close(
        self, x: Variables, agent: str, day: int, end: int
    ) -> Iterator[tuple[int, list[tuple[IntVar, int]]]]:
        """Later days with the duties that start too soon after ``end`` and the minutes missing."""
        for later in range(day + 1, len(x.problem.days)):
            rows = [(literal, self.rest_minutes - (duty.start - end)) for duty, literal in x.duties(agent, later)]
            close = [(literal, missing) for literal, missing in rows if missing > 0]
            if rows and not close:
                return
            if close:
                yield later, close

    def tour(self, problem: RosterProblem, agent: Agent) -> Automaton:
        """Remembers when the last shift ended, until nothing that starts can be too close any more."""
        midnights = [
            problem.elapsed(instant(problem.date(day + 1), 0, problem.grid.zone)) for day in range(len(problem.days))
        ]

        def step(ended: int | None, day: int, duty: Duty | None) -> tuple[int | None, int]:
            short = 0
            if duty is not None:
                short = 0 if ended is None else max(0, self.rest_minutes - (duty.start - ended))
                ended = duty.end
            rested = ended is None or ended + self.rest_minutes <= midnights[day]
            return (None if rested else ended), short

        history = problem.history_of(agent.id)
        ended = problem.elapsed(history[-1].end) if history else None
        return Automaton(start=ended, step=step, sees=lambda duty: (duty.start, duty.end))
