"""Money paid for work."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Agent, Breach, Roster, Shift
from wfm.domain.opening import WEEKDAYS
from wfm.domain.quantity import Share
from wfm.domain.shift import NIGHT
from wfm.domain.time import instant
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rules._charges import ChargeRule, Charges

SATURDAY = WEEKDAYS.index("sat")
HOUR = 60_000
"""Thousandths of a minute in an hour: shares are kept to a thousandth, so that cents are exact in every face."""


class Cost(ChargeRule):
    """Work is paid by the contract's hour and costs its price; a breach is a cent.

    On top come ``night`` for the minutes of a shift between 23:00 and 06:00, ``weekend`` for the paid time of a shift that starts on
    Saturday or Sunday, ``holiday`` for that of one that starts on a holiday, each as a share of the hourly cost; they add up. A
    minute on call costs the share ``on_call`` of it and no more. Cents are rounded shift by shift.
    """

    kind: Literal["cost"] = "cost"
    price: Annotated[float, Field(ge=0)] | None
    night: Share = 0.0
    weekend: Share = 0.0
    holiday: Share = 0.0
    on_call: Share = 0.0
    unit: ClassVar[str] = "cents"
    source: ClassVar[str] = "the contracts' hourly cost and the agreed premiums"

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each shift that costs anything."""
        found = []
        for agent in self.agents(problem):
            rate = problem.workforce.contract_of(agent.id).cost_hour_cents
            for shift in roster.shifts_of(agent.id):
                cents = (rate * self._paid(problem, shift) + HOUR // 2) // HOUR
                if cents:
                    words = f"{agent.id} costs {cents / 100:.2f} on {shift.day}"
                    found.append(self.breach(cents, words, agent=agent.id, first=shift.day))
        return found

    def _paid(self, problem: RosterProblem, shift: Shift) -> int:
        """Thousandths of paid minutes of a worked shift, premiums included."""
        if shift.on_call:
            return round(1_000 * self.on_call) * int(shift.interval.minutes)
        whole = 1_000
        if shift.day.weekday() >= SATURDAY:
            whole += round(1_000 * self.weekend)
        if shift.day in problem.holidays:
            whole += round(1_000 * self.holiday)
        night = shift.night_minutes(problem.grid.zone) if self.night else 0
        return whole * shift.paid_minutes + round(1_000 * self.night) * night

    def like(self, problem: RosterProblem, agent: Agent) -> int:
        """What an hour costs."""
        return problem.workforce.contract_of(agent.id).cost_hour_cents

    def charges(self, problem: RosterProblem, agent: Agent) -> Charges:
        """The cents of each duty."""
        rate = problem.workforce.contract_of(agent.id).cost_hour_cents
        duties = (duty for duties in problem.duties for duty in duties) if rate else ()
        cents = {(duty.day, duty.slot): (rate * self._weighed(problem, duty) + HOUR // 2) // HOUR for duty in duties}
        return {place: charge for place, charge in cents.items() if charge}

    def _weighed(self, problem: RosterProblem, duty: Duty) -> int:
        """Thousandths of paid minutes of a duty, premiums included."""
        if duty.template.on_call:
            return round(1_000 * self.on_call) * duty.template.minutes
        today = problem.days[duty.day]
        extra = (self.weekend * (today.weekday() >= SATURDAY), self.holiday * (today in problem.holidays))
        premium = sum(round(1_000 * share) for share in extra)
        night = round(1_000 * self.night) * _night_minutes(problem, duty) if self.night else 0
        return (1_000 + premium) * duty.paid_minutes + night


def _night_minutes(problem: RosterProblem, duty: Duty) -> int:
    """Minutes of a duty in the nights that begin the day before its own, on it, and the day after."""
    minutes = 0
    for day in (problem.date(duty.day + offset) for offset in (-1, 0, 1)):
        begin, end = (problem.elapsed(instant(day, edge, problem.grid.zone)) for edge in NIGHT)
        minutes += max(0, min(end, duty.end) - max(begin, duty.start))
    return minutes
