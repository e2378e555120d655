"""Rules that keep a sum over some days between two bounds: what is common to them once the spans and weights are known."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Agent, Breach, Roster, Shift
from wfm.schedule.look import Look
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton, Counter, Rule

if TYPE_CHECKING:
    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables


LONG_SPAN = 10
"""Days of a span from which on its sum is worth keeping as a number: weeks begin anew too often."""


@dataclass(frozen=True)
class Span:
    """Days of the horizon over which a sum lies between ``low`` and ``high`` (None: no upper bound).

    The sum begins at ``before``, what it had before the horizon; as far as that is beyond ``high`` already it is no breach.
    """

    days: range
    low: int = 0
    high: int | None = None
    before: int = 0


@dataclass(frozen=True)
class Period:
    """A span as the witness sees it: the same in dates."""

    dates: Sequence[date]
    low: int = 0
    high: int | None = None
    before: int = 0


class SpanRule(Rule):
    """A rule that bounds a sum over spans of days: a subclass says which spans and what counts, for the witness and for the others."""

    verb: ClassVar[str] = "works"
    noun: ClassVar[str]
    """What is summed, in the singular."""

    @abstractmethod
    def periods(self, problem: RosterProblem, agent: Agent) -> Iterable[Period]:
        """The spans of one agent, for the witness."""

    @abstractmethod
    def measure(self, shifts: Sequence[Shift], zone: str) -> int:
        """What an agent's shifts of one period amount to, for the witness."""

    @abstractmethod
    def spans(self, problem: RosterProblem, agent: Agent) -> Sequence[Span]:
        """The spans of one agent, in order, without overlap, for model and tour."""

    @abstractmethod
    def weight(self, duty: Duty) -> int:
        """What one duty adds to the sum, for model and tour."""

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each agent and period outside its bounds."""
        return [
            breach
            for agent in self.agents(problem)
            for period in self.periods(problem, agent)
            if (breach := self._outside(agent, period, roster.shifts_of(agent.id), problem.grid.zone))
        ]

    def _outside(self, agent: Agent, period: Period, shifts: Sequence[Shift], zone: str) -> Breach | None:
        first, last = period.dates[0], period.dates[-1]
        amount = period.before + self.measure([shift for shift in shifts if first <= shift.day <= last], zone)
        high = None if period.high is None else max(period.high, period.before)
        below, above = period.low - amount, 0 if high is None else amount - high
        if below <= 0 and above <= 0:
            return None
        side, bound = ("least", period.low) if below > 0 else ("most", high or 0)
        words = (
            f"{agent.id} {self.verb} {self.amount_text(amount)} from {first} to {last}; "
            f"the rule asks for at {side} {self.amount_text(bound)}"
        )
        return self.breach(max(below, above), words, agent=agent.id, first=first, last=last)

    @property
    def places(self) -> str:
        """Spans of days."""
        return "spans of days"

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """Every period of every agent that has a bound, against the nearer of its two."""
        zone = problem.grid.zone
        for agent in self.agents(problem):
            for period in self.periods(problem, agent):
                first, last = period.dates[0], period.dates[-1]
                shifts = [shift for shift in roster.shifts_of(agent.id) if first <= shift.day <= last]
                amount = period.before + self.measure(shifts, zone)
                least = [Look(amount, period.low, True, first, last, agent.id)] if period.low > 0 else []
                asked = None if period.high is None else max(period.high, period.before)
                most = [] if asked is None else [Look(amount, asked, False, first, last, agent.id)]
                yield from sorted([*least, *most], key=lambda look: look.room)[:1]

    def amount_text(self, amount: float) -> str:
        """A sum with its unit, as ``6 shifts``."""
        return f"{amount:g} {self.noun}{'' if amount == 1 else 's'}"

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """For each agent and span: the sum is at most ``high`` plus slack, and with its slack at least ``low``."""
        for agent in self.agents(problem):
            for span in self.spans(problem, agent):
                rows = [(self.weight(duty), literal) for day in span.days for duty, literal in x.duties(agent.id, day)]
                most = sum(max(map(self.weight, problem.duties[day]), default=0) for day in span.days)
                total = sum(weight * literal for weight, literal in rows if weight)
                first, last = problem.date(span.days[0]), problem.date(span.days[-1])
                room, due = None if span.high is None else max(0, span.high - span.before), span.low - span.before
                if room is not None and room < most:
                    over = ledger.slack(self, most - room, agent=agent.id, first=first, last=last)
                    x.model.add(total - room <= over)
                if due > 0:
                    under = ledger.slack(self, due, agent=agent.id, first=first, last=last)
                    x.model.add(due - total <= under)

    def tour(self, problem: RosterProblem, agent: Agent) -> Automaton:
        """Remembers the sum of the span so far, no further than its bounds can tell apart."""
        spans = tuple(self.spans(problem, agent))
        if (self, spans) not in problem.kept:
            problem.kept[self, spans] = self._automaton(problem, spans)
        automaton: Automaton = problem.kept[self, spans]
        return automaton

    def _automaton(self, problem: RosterProblem, spans: tuple[Span, ...]) -> Automaton:
        span_on = {day: span for span in spans for day in span.days}
        begins = {span.days[0]: span.before for span in spans}
        harmless = {day: least for span in spans for day, least in self._harmless(problem, span)}

        def step(before: int, day: int, duty: Duty | None) -> tuple[int, int]:
            span = span_on.get(day)
            if span is None:
                return 0, 0
            before = begins.get(day, before)
            total = before + (self.weight(duty) if duty else 0)
            over = 0 if span.high is None else max(0, total - max(before, span.high))
            if day == span.days[-1]:
                return 0, over + max(0, span.low - total)
            return max(harmless[day], min(total, max(span.low, span.high or 0))), over

        return Automaton(start=0, step=step, sees=self.weight, alike=spans)

    def barred(self, problem: RosterProblem, agent: Agent) -> NDArray[np.bool_]:
        """The choices that alone bring a sum beyond its bound, shape (days, 1 + slots)."""
        amounts = self.amounts(problem)
        found = np.zeros(amounts.shape, dtype=np.bool_)
        for span in self.spans(problem, agent):
            if span.high is not None:
                found[span.days] = amounts[span.days] > max(0, span.high - span.before)
        return found

    def amounts(self, problem: RosterProblem) -> NDArray[np.int64]:
        """What each choice of each day adds, 0 for a day off; shape (days, 1 + slots)."""
        if self not in problem.kept:
            problem.kept[self] = found = np.zeros((len(problem.days), 1 + len(problem.slots)), dtype=np.int64)
            for duty in (duty for duties in problem.duties for duty in duties):
                found[duty.day, 1 + duty.slot] = self.weight(duty)
        amounts: NDArray[np.int64] = problem.kept[self]
        return amounts

    def counter(self, problem: RosterProblem, agent: Agent) -> tuple[Counter, ...]:
        """One sum for each span, where all that have a bound are long."""
        spans = [span for span in self.spans(problem, agent) if span.low > span.before or span.high is not None]
        return tuple(map(self._counter, spans)) if all(len(span.days) >= LONG_SPAN for span in spans) else ()

    def _counter(self, span: Span) -> Counter:
        def step(_: None, day: int, duty: Duty | None) -> tuple[None, int]:
            return None, self.weight(duty) if duty is not None and day in span.days else 0

        high = None if span.high is None else max(0, span.high - span.before)
        automaton = Automaton(start=None, step=step, sees=self.weight, alike=(span.days,))
        return Counter(automaton, max(0, span.low - span.before), high)

    def _harmless(self, problem: RosterProblem, span: Span) -> Iterator[tuple[int, int]]:
        """For each day the sum up to which the span is within its bounds whatever follows; 0 where too little may follow."""
        ahead = 0
        for day in reversed(span.days):
            yield day, 0 if span.high is None or span.low > 0 else max(0, span.high - ahead)
            ahead += int(self.amounts(problem)[day].max())


def calendar_weeks(days: Sequence[date]) -> list[tuple[date, ...]]:
    """The dates of a horizon by calendar week (Monday to Sunday), for witnesses."""
    return [tuple(week) for _, week in groupby(days, key=_monday)]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
