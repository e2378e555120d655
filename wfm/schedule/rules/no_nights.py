"""Hours of the night that are barred."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar, Literal

from wfm.domain import Agent, Breach, Roster
from wfm.domain.quantity import DAY_MINUTES, Clock, hours_text
from wfm.domain.time import Interval, instant
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules._charges import ChargeRule, Charges


class NoNights(ChargeRule):
    """Nobody works between ``begins`` and ``ends`` of the night; a breach is minutes inside.

    Written with ``only``, as for minors: {kind: no_nights, only: {minors: true}}.
    """

    kind: Literal["no_nights"] = "no_nights"
    begins: Clock = 22 * 60
    ends: Clock = 6 * 60
    unit: ClassVar[str] = "minutes of barred night"
    source: ClassVar[str] = (
        "Directive 94/33/EC art. 9; Estatuto de los Trabajadores art. 6.2 (under 18: 22:00 to 06:00)"
    )

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each shift that reaches into a night."""
        found = []
        for agent in self.agents(problem):
            for shift in roster.shifts_of(agent.id):
                inside = sum(map(shift.interval.overlap_minutes, self._nights(shift.day, problem.grid.zone)))
                if inside > 0:
                    words = f"{agent.id} works {hours_text(inside)} of the night in the shift of {shift.day}"
                    found.append(self.breach(inside, words, agent=agent.id, first=shift.day))
        return found

    def _nights(self, day: date, zone: str) -> Iterator[Interval]:
        """The nights that a shift of a local day can meet."""
        over = DAY_MINUTES if self.ends <= self.begins else 0
        for offset in (-1, 0, 1):
            begun = day + timedelta(days=offset)
            yield Interval(start=instant(begun, self.begins, zone), end=instant(begun, self.ends + over, zone))

    def like(self, problem: RosterProblem, agent: Agent) -> bool:  # noqa: ARG002 - the same for everybody
        """Everybody is alike."""
        return True

    def charges(self, problem: RosterProblem, agent: Agent) -> Charges:  # noqa: ARG002 - the same for everybody
        """Minutes of each duty inside the nights of the day before, its own and the next."""
        zone = problem.grid.zone
        charges: Charges = {}
        for day, duties in enumerate(problem.duties):
            nights = [
                (problem.elapsed(night.start), problem.elapsed(night.end))
                for night in self._nights(problem.days[day], zone)
            ]
            for duty in duties:
                inside = sum(max(0, min(duty.end, end) - max(duty.start, begin)) for begin, end in nights)
                if inside:
                    charges[day, duty.slot] = inside
        return charges
