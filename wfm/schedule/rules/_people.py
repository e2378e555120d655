"""Rules that count the different people who do something within some days: everything but who, what and which days."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from wfm.domain import Agent, Breach, Roster, Shift
from wfm.domain.opening import Weekdays, weekdays_text
from wfm.schedule.look import Look
from wfm.schedule.others import Others
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton, Pull, Rule

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import LinearExprT

    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables


class PeopleRule(Rule):
    """In each span of days the people who work counted shifts lie between two numbers; a breach is people missing or too many.

    A shift belongs to the day on which it starts; ``days`` are the weekdays that count.
    """

    days: Annotated[Weekdays, Field(min_length=1)] = tuple(range(7))
    unit: ClassVar[str] = "people missing or too many"

    def _said(self, name: str) -> str:
        return weekdays_text(self.days) if name == "days" else super()._said(name)

    @property
    @abstractmethod
    def bounds(self) -> tuple[int, int | None]:
        """The least and the most people (None: any number)."""

    @abstractmethod
    def counts(self, agent: Agent) -> bool:
        """Whether an agent counts."""

    @abstractmethod
    def takes(self, problem: RosterProblem) -> NDArray[np.bool_]:
        """Which duties count, for model and pull, shape (days, slots); those of other weekdays are left out later."""

    @abstractmethod
    def takes_shift(self, shift: Shift) -> bool:
        """Whether a worked shift counts, for the witness."""

    @abstractmethod
    def whom(self, number: int) -> str:
        """So many of the counted, in words."""

    def stretches(self, problem: RosterProblem) -> list[Sequence[int]]:
        """The days of each span, those of other weekdays left in; a subclass may have longer ones."""
        return [(day,) for day in range(len(problem.days))]

    def spans(self, problem: RosterProblem) -> list[list[int]]:
        """The counted days of each span that has any."""
        weekdays = [day.weekday() for day in problem.days]
        kept = ([day for day in span if weekdays[day] in self.days] for span in self.stretches(problem))
        return [span for span in kept if span]

    def counted(self, problem: RosterProblem) -> list[Agent]:
        """Everybody who counts."""
        return [agent for agent in self.agents(problem) if self.counts(agent)]

    @property
    def places(self) -> str:
        """Spans of days."""
        return "days" if type(self).stretches is PeopleRule.stretches else "spans of days"

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """The people of every span, against each bound."""
        least, most = self.bounds
        for span in self.spans(problem):
            dates = [problem.days[day] for day in span]
            shifts = ((agent, shift) for agent in self.counted(problem) for shift in roster.shifts_of(agent.id))
            people = len({agent.id for agent, shift in shifts if shift.day in dates and self.takes_shift(shift)})
            yield Look(people, least, True, dates[0], dates[-1])
            if most is not None:
                yield Look(people, most, False, dates[0], dates[-1])

    def amount_text(self, amount: float) -> str:
        """People."""
        return self.whom(int(amount))

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each span with too few or too many."""
        found = []
        for look in self.looks(problem, roster):
            if look.room < 0:
                when = f"on {look.first}" if look.first == look.last else f"from {look.first} to {look.last}"
                limit = f"{look.asked} asked for" if look.at_least else f"at most {look.asked} allowed"
                words = f"{self.whom(int(look.found))} {when}; {limit}"
                found.append(self.breach(-look.room, words, first=look.first, last=look.last))
        return found

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """In each span: the people, with their slack, are enough, and not too many."""
        least, most = self.bounds
        taken, counted = self.takes(problem), self.counted(problem)
        for span in self.spans(problem):
            people = sum(self._works(x, agent.id, span, taken) for agent in counted)
            first, last = problem.date(span[0]), problem.date(span[-1])
            x.model.add(least - people <= ledger.slack(self, least, first=first, last=last))
            if most is not None and most < len(counted):
                x.model.add(people - most <= ledger.slack(self, len(counted) - most, first=first, last=last))

    def _works(self, x: Variables, agent: str, span: Sequence[int], taken: NDArray[np.bool_]) -> LinearExprT:
        """Whether an agent works a counted duty in a span: at most one a day, over several days a variable of its own."""
        rows = [literal for day in span for duty, literal in x.duties(agent, day) if taken[day, duty.slot]]
        if len(span) == 1 or not rows:
            return sum(rows)
        works = x.model.new_bool_var(f"{self.id} {agent} {span[0]}")
        x.model.add_max_equality(works, rows)
        return works

    def tally(self, problem: RosterProblem, agent: Agent) -> Automaton | None:
        """Counts in which spans of several days the agent works; spans of one day need no memory."""
        spans, taken = self.spans(problem), self.takes(problem)
        if not (self.about(agent) and self.counts(agent)) or all(len(span) == 1 for span in spans):
            return None
        place = {day: number for number, span in enumerate(spans) for day in span}

        def step(works: tuple[bool, ...], day: int, duty: Duty | None) -> tuple[tuple[bool, ...], int]:
            if duty is None or day not in place or not taken[day, duty.slot]:
                return works, 0
            return (*works[: place[day]], True, *works[place[day] + 1 :]), 0

        start = (False,) * len(spans)
        return Automaton(start=start, step=step, sees=lambda duty: bool(taken[duty.day, duty.slot]), alike=True)

    def pull(self, problem: RosterProblem, others: Others, agent: Agent, price: float) -> Pull | None:
        """One more person in a span is worth the price where somebody is missing, and costs it where there are enough."""
        if not (self.about(agent) and self.counts(agent)):
            return None
        least, most = self.bounds
        spans = self.spans(problem)
        numbers = self._numbers(problem, others, spans)
        worths = [price * ((number < least) - (most is not None and number >= most)) for number in numbers]
        if all(len(span) == 1 for span in spans):
            duty = np.zeros(problem.on_call.shape)
            duty[[span[0] for span in spans]] = np.array(worths)[:, None]
            return Pull(duty=duty * self.takes(problem))
        return Pull(count=_worth_of(worths))

    def standing(self, problem: RosterProblem, others: Others, price: float) -> float:
        """People missing and too many in all spans."""
        least, most = self.bounds
        numbers = self._numbers(problem, others, self.spans(problem))
        return price * sum(max(0, least - number, number - (number if most is None else most)) for number in numbers)

    def _numbers(self, problem: RosterProblem, others: Others, spans: list[list[int]]) -> list[int]:
        """People of each span."""
        taken = self.takes(problem)
        tours = [others.tours[agent.id] for agent in self.counted(problem) if agent.id in others.tours]
        works = [{duty.day for duty in tour if duty and taken[duty.day, duty.slot]} for tour in tours]
        return [sum(not days.isdisjoint(span) for days in works) for span in spans]


def _worth_of(worths: Sequence[float]) -> Callable[[Any], float]:
    return lambda works: sum(worth for worth, worked in zip(worths, works, strict=True) if worked)
