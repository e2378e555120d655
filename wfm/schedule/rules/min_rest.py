"""Rest between two shifts of one agent."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from wfm.domain import Agent, Breach, Roster
from wfm.domain.quantity import Minutes, duration_text
from wfm.domain.time import instant
from wfm.schedule.look import Look
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

    @property
    def places(self) -> str:
        """Rests."""
        return "rests"

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """Every rest between two shifts, the one after the agent's last shift before the horizon included."""
        for agent in self.agents(problem):
            for before, after in pairwise([*problem.history_of(agent.id)[-1:], *roster.shifts_of(agent.id)]):
                rest = (after.start - before.end).total_seconds() / 60
                yield Look(rest, self.rest_minutes, True, before.day, after.day, agent.id)

    def amount_text(self, amount: float) -> str:
        """Hours and minutes; 0 where shifts overlap."""
        return duration_text(60 * max(amount, 0))

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each rest that is too short."""
        return [
            self.breach(
                -look.room,
                f"{look.agent} rests {self.amount_text(look.found)} between the shifts of {look.first} and {look.last}; "
                f"{self.amount_text(look.asked)} are needed",
                agent=look.agent,
                first=look.first,
                last=look.last,
            )
            for look in self.looks(problem, roster)
            if look.room < 0
        ]

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
