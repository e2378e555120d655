"""People who work at the same time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import ceil
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from wfm.domain import Agent, Breach, Roster, Shift, ShiftTemplate, Workforce
from wfm.domain.quantity import Share, duration_text, share_text
from wfm.schedule.look import Look
from wfm.schedule.only import Names, Only
from wfm.schedule.others import Others
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Pull, Rule

if TYPE_CHECKING:
    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables


class Together(Rule):
    """When two of ``people`` work on one day, they share ``at_least`` of the shorter shift; a breach is minutes missing.

    With ``same_days`` they also work on the same days: a shift without the other is missing as a whole. Only shifts at work count, on
    the day on which they start.
    """

    kind: Literal["together"] = "together"
    only: None = None
    people: Annotated[Names, Field(min_length=2)]
    at_least: Share = 1.0
    same_days: bool = False
    unit: ClassVar[str] = "minutes not together"
    source: ClassVar[str] = "what people agreed: a shared ride, a tandem"

    @property
    def name(self) -> str:
        """Named by the people, as ``together:ann+ben``."""
        return f"{self.kind}:{'+'.join(self.people)}"

    def _said(self, name: str) -> str:
        return {"at_least": share_text(self.at_least), "people": ", ".join(self.people)}.get(name) or super()._said(
            name
        )

    def check(self, workforce: Workforce, templates: Sequence[ShiftTemplate]) -> None:
        """The people must be there."""
        super().check(workforce, templates)
        Only(agents=self.people).check(workforce)

    def pairs(self, problem: RosterProblem) -> list[tuple[str, str]]:
        """Every two of the people."""
        return list(combinations([name for name in self.people if name in problem.workforce.by_id], 2))

    def _needed(self, minutes: int) -> int:
        """Minutes to share of a shift of some minutes."""
        return ceil(round(self.at_least * minutes, 6))

    @property
    def places(self) -> str:
        """Days of pairs."""
        return "days of pairs"

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """Shared minutes on every day on which both work, or with ``same_days`` either."""
        for pair in self.pairs(problem):
            yield from self._looks(problem, roster, pair)

    def _looks(self, problem: RosterProblem, roster: Roster, pair: tuple[str, str]) -> Iterator[Look]:
        one, other = ({row.day: row for row in roster.shifts_of(name) if not row.on_call} for name in pair)
        for day in problem.days:
            found, needed = self._shared(one.get(day), other.get(day))
            if needed is not None:
                yield Look(found, needed, True, day, day)

    def _shared(self, one: Shift | None, other: Shift | None) -> tuple[int, int | None]:
        """Minutes shared and needed; None where nothing is asked for."""
        worked = [int(shift.interval.minutes) for shift in (one, other) if shift]
        if one is None or other is None:
            return 0, sum(worked) if worked and self.same_days else None
        return int(one.interval.overlap_minutes(other.interval)), self._needed(min(worked))

    def amount_text(self, amount: float) -> str:
        """Hours and minutes."""
        return duration_text(60 * amount)

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each pair and day with too little time together."""
        return [
            self.breach(
                -look.room,
                f"{' and '.join(pair)} share {self.amount_text(look.found)} on {look.first}; {self.amount_text(look.asked)} are asked for",
                first=look.first,
            )
            for pair in self.pairs(problem)
            for look in self._looks(problem, roster, pair)
            if look.room < 0
        ]

    def _missing(self, one: Duty | None, other: Duty | None) -> int:
        """Minutes missing between two duties of one day."""
        one, other = (None if duty is None or duty.template.on_call else duty for duty in (one, other))
        if one is None or other is None:
            alone = one or other
            return alone.template.minutes if alone and self.same_days else 0
        shared = max(0, min(one.end, other.end) - max(one.start, other.start))
        return max(0, self._needed(min(one.template.minutes, other.template.minutes)) - shared)

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """For each duty of one, and none: the minutes missing to whatever the other works are within the slack."""
        for one, other in self.pairs(problem):
            for day, duties in enumerate(problem.duties):
                upper = max((self._missing(a, b) for a in (None, *duties) for b in (None, *duties)), default=0)
                slack = ledger.slack(self, upper, first=problem.days[day])
                for duty, literal in [(None, ~x.works(one, day)), *x.duties(one, day)]:
                    idle = self._missing(duty, None)
                    rows = [(self._missing(duty, theirs) - idle, b) for theirs, b in x.duties(other, day)]
                    missed = idle + sum(missing * b for missing, b in rows)
                    x.model.add(missed <= slack).only_enforce_if(literal)

    def pull(self, problem: RosterProblem, others: Others, agent: Agent, price: float) -> Pull | None:
        """What each duty adds to the minutes missing of that day, against a day off."""
        partners = [name for pair in self.pairs(problem) if agent.id in pair for name in pair if name != agent.id]
        if not partners:
            return None
        worth = np.zeros(problem.on_call.shape)
        for partner in partners:
            for theirs, duties in zip(others.tours[partner], problem.duties, strict=True):
                for duty in duties if theirs or self.same_days else ():
                    worth[duty.day, duty.slot] += price * (self._missing(None, theirs) - self._missing(duty, theirs))
        return Pull(duty=worth)

    def standing(self, problem: RosterProblem, others: Others, price: float) -> float:
        """Minutes missing of all pairs and days."""
        tours = others.tours
        pairs = [pair for pair in self.pairs(problem) if all(name in tours for name in pair)]
        return price * sum(self._missing(*duties) for a, b in pairs for duties in zip(tours[a], tours[b], strict=True))
