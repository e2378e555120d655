"""Days off that were granted."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Literal

from wfm.domain import Agent, Breach, Roster
from wfm.domain.quantity import Minutes
from wfm.domain.time import instant
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules._charges import ChargeRule, Charges


class TimeOff(ChargeRule):
    """Nobody works on granted time off; a breach is a day of it that a shift touches.

    A shift touches the day on which it starts, and the day after if it reaches more than ``grace_minutes`` into it: who is off on
    Tuesday may end at 00:30, but has no night shift on Monday. Two shifts that touch one day count twice.
    """

    kind: Literal["time_off"] = "time_off"
    grace_minutes: Minutes = 60
    unit: ClassVar[str] = "days of time off worked"
    source: ClassVar[str] = "the granted request; Directive 2003/88/EC art. 7 for annual leave"

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each shift and day of time off that it touches."""
        off, zone = problem.workforce.days_off, problem.grid.zone
        found = []
        for agent in self.agents(problem):
            for shift in roster.shifts_of(agent.id):
                tomorrow = shift.day + timedelta(days=1)
                grace_ends = instant(tomorrow, 0, zone) + timedelta(minutes=self.grace_minutes)
                for day in [shift.day, tomorrow] if shift.end > grace_ends else [shift.day]:
                    if (agent.id, day) in off:
                        words = f"{agent.id} has time off on {day}, and the shift of {shift.day} falls on it"
                        found.append(self.breach(1, words, agent=agent.id, first=day))
        return found

    def charges(self, problem: RosterProblem, agent: Agent) -> Charges:
        """Days of time off that each duty touches."""
        off = [(agent.id, problem.date(day)) in problem.workforce.days_off for day in range(len(problem.days) + 1)]
        charges: Charges = {}
        for day, duties in enumerate(problem.duties):
            if not (off[day] or off[day + 1]):
                continue
            midnight = problem.elapsed(instant(problem.date(day + 1), 0, problem.grid.zone))
            for duty in duties:
                touched = off[day] + (off[day + 1] and duty.end - midnight > self.grace_minutes)
                if touched:
                    charges[day, duty.slot] = touched
        return charges
