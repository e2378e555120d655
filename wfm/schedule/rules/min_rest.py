"""Rest between two shifts of one agent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal

from wfm.domain import Agent, Breach, Roster, Shift
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
    """Between the end of a shift and the start of the agent's next shift lie at least ``rest_minutes``; a breach is minutes missing.

    Shifts on call are passed over, unless ``on_call`` says that they are work too: whoever waits at home rests there, as long as what
    the call asks does not weigh heavily on the time (Court of Justice of the EU, C-344/19).
    """

    kind: Literal["min_rest"] = "min_rest"
    rest_minutes: Minutes = 720
    on_call: bool = False
    unit = "minutes of rest missing"
    stricter: ClassVar[dict[str, Literal["more", "less"]]] = {"rest_minutes": "more"}
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
            history = self._work(problem.history_of(agent.id))
            for before, after in pairwise([*history[-1:], *self._work(roster.shifts_of(agent.id))]):
                rest = (after.start - before.end).total_seconds() / 60
                yield Look(rest, self.rest_minutes, True, before.day, after.day, agent.id)

    def _work(self, shifts: Sequence[Shift]) -> list[Shift]:
        return [shift for shift in shifts if self.on_call or not shift.on_call]

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
            for shift in self._work(problem.history_of(agent.id))[-1:]:
                self._post_after(x, ledger, agent.id, -1, problem.elapsed(shift.end), [])
            for day in range(len(problem.days)):
                for duty, literal in self._duties(x, agent.id, day):
                    self._post_after(x, ledger, agent.id, day, duty.end, [literal])

    def _post_after(self, x: Variables, ledger: Ledger, agent: str, day: int, end: int, worked: list[IntVar]) -> None:
        for later, close in self._too_close(x, agent, day, end):
            between = [~literal for free in range(day + 1, later) for _, literal in self._duties(x, agent, free)]
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
            rows = [
                (literal, self.rest_minutes - (duty.start - end)) for duty, literal in self._duties(x, agent, later)
            ]
            close = [(literal, missing) for literal, missing in rows if missing > 0]
            if rows and not close:
                return
            if close:
                yield later, close

    def _duties(self, x: Variables, agent: str, day: int) -> list[tuple[Duty, IntVar]]:
        return [(duty, literal) for duty, literal in x.duties(agent, day) if self._counts(duty)]

    def _counts(self, duty: Duty) -> bool:
        return self.on_call or not duty.template.on_call

    def tour(self, problem: RosterProblem, agent: Agent) -> Automaton:
        """Remembers when the last shift ended, until nothing that starts can be too close any more."""
        if self not in problem.kept:
            problem.kept[self] = self._rested(problem)
        rested: list[int] = problem.kept[self]

        def step(ended: int | None, day: int, duty: Duty | None) -> tuple[int | None, int]:
            short = 0
            if duty is not None and self._counts(duty):
                short = 0 if ended is None else max(0, self.rest_minutes - (duty.start - ended))
                ended = duty.end
            return (ended if ended is not None and ended > rested[day] else None), short

        def row(ended: int | None, day: int, duties: Sequence[Duty]) -> tuple[list[int | None], list[int]]:
            until = problem.first_start if ended is None else ended + self.rest_minutes
            ends = [duty.end if duty.end > rested[day] else None for duty in duties]
            short = [until - duty.start if duty.start < until else 0 for duty in duties]
            return [step(ended, day, None)[0], *ends], [0, *short]

        history = self._work(problem.history_of(agent.id))
        return Automaton(
            start=problem.elapsed(history[-1].end) if history else None,
            step=step,
            sees=lambda duty: (duty.start, duty.end) if self._counts(duty) else None,
            alike=True,
            row=row if self.on_call or not problem.on_call.any() else None,
        )

    def _rested(self, problem: RosterProblem) -> list[int]:
        """For each day the minute by which one must have ended to start anything the next day."""
        midnights = (instant(problem.date(day + 1), 0, problem.grid.zone) for day in range(len(problem.days)))
        return [problem.elapsed(midnight) - self.rest_minutes for midnight in midnights]
