"""What agents would like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, Literal

from wfm.domain import Agent, Breach, Roster, Shift, Wish
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rules._charges import ChargeRule, Charges


class Wishes(ChargeRule):
    """Agents get the day off, the day of work or the shift they wish for; a breach is the points of a wish that is not granted."""

    kind: Literal["wishes"] = "wishes"
    unit: ClassVar[str] = "points of wishes not granted"
    source: ClassVar[str] = "the agents' own wishes"

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each wish on a day of the horizon that is not granted."""
        return [
            self.breach(wish.points, _words(wish), agent=wish.agent, first=wish.date)
            for wish in problem.workforce.wishes
            if wish.date in problem.days and self.about(problem.workforce.by_id[wish.agent])
            if not _granted(wish, [shift for shift in roster.shifts_of(wish.agent) if shift.day == wish.date])
        ]

    def charges(self, problem: RosterProblem, agent: Agent) -> Charges:
        """Points of the wishes that each duty, or the day off, leaves open."""
        charges: Charges = {}
        for wish in problem.workforce.wishes:
            day = (wish.date - problem.days[0]).days
            if wish.agent == agent.id and 0 <= day < len(problem.days):
                for slot in _slots_refusing(wish, problem.duties[day]):
                    charges[day, slot] = charges.get((day, slot), 0) + wish.points
        return charges


def _slots_refusing(wish: Wish, duties: Iterable[Duty]) -> Iterator[int | None]:
    """Slots of the duties, and None for the day off, that leave a wish open."""
    if wish.want != "off":
        yield None
    yield from (duty.slot for duty in duties if wish.want not in {"work", duty.template.name})


def _granted(wish: Wish, shifts: list[Shift]) -> bool:
    if wish.want in {"off", "work"}:
        return bool(shifts) == (wish.want == "work")
    return any(shift.template == wish.want for shift in shifts)


def _words(wish: Wish) -> str:
    want = {"off": "a day off", "work": "to work"}.get(wish.want, f"the shift {wish.want}")
    return f"{wish.agent} wished for {want} on {wish.date} and does not get it"
