"""What agents would like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Agent, Breach, Roster, Wish
from wfm.schedule.burden import granted
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rules._charges import ChargeRule, Charges


class Wishes(ChargeRule):
    """Agents get the day off, the day of work, the shift or the start they wish for; a breach is the points of a wish not granted.

    A wish may also be against a shift. An agent gives at most ``budget`` points to the wishes for one horizon, so that nobody gets more
    by wishing louder; a file of wishes with more is an error.
    """

    kind: Literal["wishes"] = "wishes"
    budget: Annotated[int, Field(ge=1, le=1_000)] | None = None
    unit: ClassVar[str] = "points of wishes not granted"
    source: ClassVar[str] = "the agents' own wishes"

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each wish on a day of the horizon that is not granted."""
        return [
            self.breach(wish.points, _words(wish), agent=wish.agent, first=wish.date)
            for wish in problem.workforce.wishes
            if wish.date in problem.days and self.about(problem.workforce.by_id[wish.agent])
            if not granted(wish, roster)
        ]

    def charges(self, problem: RosterProblem, agent: Agent) -> Charges:
        """Points of the wishes that each duty, or the day off, leaves open."""
        charges: Charges = {}
        if self not in problem.kept:
            found: dict[str, list[Wish]] = {}
            for wish in problem.workforce.wishes:
                found.setdefault(wish.agent, []).append(wish)
            problem.kept[self] = found
        wishes: dict[str, list[Wish]] = problem.kept[self]
        for wish in wishes.get(agent.id, ()):
            day = (wish.date - problem.days[0]).days
            if 0 <= day < len(problem.days):
                for slot in _slots_refusing(wish, problem.duties[day]):
                    charges[day, slot] = charges.get((day, slot), 0) + wish.points
        return charges


def _slots_refusing(wish: Wish, duties: Iterable[Duty]) -> Iterator[int | None]:
    """Slots of the duties, and None for the day off, that leave a wish open."""
    if wish.want != "off" and not wish.avoid:
        yield None
    if wish.avoid:
        yield from (duty.slot for duty in duties if duty.template.name == wish.want)
    elif wish.want == "start":
        yield from (duty.slot for duty in duties if duty.start_minute != wish.start)
    else:
        yield from (duty.slot for duty in duties if wish.want not in {"work", duty.template.name})


def _words(wish: Wish) -> str:
    return f"{wish.agent} wished for {wish.words} on {wish.date} and does not get it"
