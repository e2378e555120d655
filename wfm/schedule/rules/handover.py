"""Hand-over between shifts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, Field

from wfm.domain import Agent, Breach, Name, Roster, ShiftTemplate, Workforce
from wfm.domain.opening import Weekdays, weekdays_text
from wfm.domain.quantity import DAY_MINUTES, Clock, Minutes, clock_text
from wfm.domain.time import instant
from wfm.schedule.look import Look
from wfm.schedule.only import Only
from wfm.schedule.others import Others
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Pull, Rule

if TYPE_CHECKING:
    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables

Side = Literal["leaving", "arriving"]
SIDES: tuple[Side, ...] = ("leaving", "arriving")


@dataclass(frozen=True)
class Meeting:
    """One hand-over of the horizon, in elapsed minutes since the grid's start."""

    day: int
    clock: int
    begin: int
    end: int


class Handover(Rule):
    """At each time ``at`` on ``days``, ``at_least`` who leave and ``at_least`` who arrive overlap; a breach is people missing.

    They are on shift together for ``overlap_minutes`` from that time on. Who leaves ends at most ``within_minutes`` after them, who
    arrives began at most ``within_minutes`` before them. With ``team`` both are of that team. Shifts on call do not count; those of
    the days before the horizon do.
    """

    kind: Literal["handover"] = "handover"
    at: Annotated[
        tuple[Annotated[Clock, Field(lt=DAY_MINUTES)], ...],
        BeforeValidator(
            lambda clocks: [clocks] if isinstance(clocks, str) else clocks,
            json_schema_input_type=tuple[Clock, ...] | str,
        ),
        Field(min_length=1),
    ]
    team: Name | None = None
    at_least: Annotated[int, Field(ge=1)] = 1
    overlap_minutes: Annotated[Minutes, Field(ge=1, le=DAY_MINUTES)] = 15
    within_minutes: Annotated[Minutes, Field(le=DAY_MINUTES)] = 60
    days: Annotated[Weekdays, Field(min_length=1)] = tuple(range(7))
    unit: ClassVar[str] = "people missing"
    source: ClassVar[str] = "common practice: whoever goes tells whoever comes"

    @property
    def name(self) -> str:
        """Named by its times and team, as ``handover:14:00+22:00:north``."""
        times = "+".join(map(clock_text, self.at))
        return ":".join(part for part in (self.kind, times, self.team) if part)

    def _said(self, name: str) -> str:
        said = {"at": ", ".join(map(clock_text, self.at)), "days": weekdays_text(self.days)}
        return said.get(name) or super()._said(name)

    def check(self, workforce: Workforce, templates: Sequence[ShiftTemplate]) -> None:
        """The team must be there."""
        super().check(workforce, templates)
        if self.team is not None:
            Only(team=(self.team,)).check(workforce)

    def counted(self, problem: RosterProblem) -> list[Agent]:
        """The team, or everybody."""
        return [agent for agent in self.agents(problem) if self.team in {None, agent.team}]

    def _times(self, problem: RosterProblem) -> Iterator[tuple[date, int]]:
        """Date and clock time of every hand-over."""
        yield from ((day, clock) for day in problem.days if day.weekday() in self.days for clock in self.at)

    def meetings(self, problem: RosterProblem) -> list[Meeting]:
        """The hand-overs that this roster can keep: those from the first start of any duty on that end inside the horizon."""
        found = []
        for day, clock in self._times(problem):
            begin = problem.elapsed(instant(day, clock, problem.grid.zone))
            found.append(Meeting((day - problem.days[0]).days, clock, begin, begin + self.overlap_minutes))
        last = problem.grid.count * problem.grid.step_minutes
        return [row for row in found if row.begin >= problem.first_start and row.end <= last]

    @property
    def places(self) -> str:
        """Sides of hand-overs."""
        return "sides of hand-overs"

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """Who leaves and who arrives at every hand-over."""
        for look, _, _ in self._looks(problem, roster):
            yield look

    def _looks(self, problem: RosterProblem, roster: Roster) -> Iterator[tuple[Look, Side, Meeting]]:
        everybody = Roster.of(problem.grid, (*problem.before, *roster.assignments))
        shifts = [row for agent in self.counted(problem) for row in everybody.shifts_of(agent.id) if not row.on_call]
        edges = [(problem.elapsed(row.start), problem.elapsed(row.end)) for row in shifts]
        for meeting in self.meetings(problem):
            there = [(start, end) for start, end in edges if start <= meeting.begin and meeting.end <= end]
            leaving = sum(end - meeting.end <= self.within_minutes for _, end in there)
            arriving = sum(meeting.begin - start <= self.within_minutes for start, _ in there)
            day, at = problem.days[meeting.day], instant(problem.days[meeting.day], meeting.clock, problem.grid.zone)
            yield Look(leaving, self.at_least, True, day, day, at=at), "leaving", meeting
            yield Look(arriving, self.at_least, True, day, day, at=at), "arriving", meeting

    def amount_text(self, amount: float) -> str:
        """People."""
        return f"{amount:g} people"

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each side of a hand-over with too few people."""
        whom = f" of {self.team}" if self.team else ""
        return [
            self.breach(
                -look.room,
                f"{look.found:g}{whom} {side} at the hand-over of {look.first} {clock_text(meeting.clock)}; "
                f"{look.asked:g} asked for",
                first=look.first,
                at=look.at,
            )
            for look, side, meeting in self._looks(problem, roster)
            if look.room < 0
        ]

    def _sides(
        self, meetings: Sequence[Meeting], begin: NDArray[np.int64], end: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Whether each stretch of elapsed minutes is on each side of each hand-over, shape (sides, meetings, stretches)."""
        opens = np.array([[meeting.begin] for meeting in meetings], dtype=np.int64).reshape(-1, 1)
        closes = opens + self.overlap_minutes
        there = (begin <= opens) & (closes <= end)
        sides = {"leaving": end <= closes + self.within_minutes, "arriving": begin >= opens - self.within_minutes}
        return np.array([there & sides[side] for side in SIDES])

    def _duties(self, problem: RosterProblem, meetings: Sequence[Meeting]) -> NDArray[np.bool_]:
        """The same for every duty at work, shape (sides, meetings, days * slots)."""
        begin, end = problem.duty_edges
        return self._sides(meetings, begin.ravel(), end.ravel()) & ~problem.on_call.ravel()

    def _before(self, problem: RosterProblem, meetings: Sequence[Meeting]) -> NDArray[np.int64]:
        """How many who began before the horizon are on each side of each hand-over, shape (sides, meetings)."""
        counted = {agent.id for agent in self.counted(problem)}
        rows = [row.shift for row in problem.reaching_in if row.agent in counted and not row.shift.on_call]
        edges = np.array([(problem.elapsed(row.start), problem.elapsed(row.end)) for row in rows], dtype=np.int64)
        return np.asarray(self._sides(meetings, *edges.reshape(-1, 2).T).sum(axis=2))

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """For each side of each hand-over: the people there, with the slack, are enough."""
        meetings, counted = self.meetings(problem), self.counted(problem)
        there = self._duties(problem, meetings).reshape(len(SIDES), len(meetings), *problem.on_call.shape)
        needed = self.at_least - self._before(problem, meetings)
        for place, meeting in enumerate(meetings):
            for side in range(len(SIDES)):
                rows = [
                    literal
                    for agent in counted
                    for day in range(max(0, meeting.day - 1), meeting.day + 1)
                    for duty, literal in x.duties(agent.id, day)
                    if there[side, place, day, duty.slot]
                ]
                most = int(needed[side, place])
                x.model.add(most - sum(rows) <= ledger.slack(self, most, first=problem.days[meeting.day]))

    def pull(self, problem: RosterProblem, others: Others, agent: Agent, price: float) -> Pull | None:
        """A duty is worth the price for each side on which it is that has too few others."""
        if not self.about(agent) or self.team not in {None, agent.team}:
            return None
        there, missing = self._missing(problem, others)
        worth = there[missing > 0].sum(axis=0, dtype=np.float64)
        return Pull(duty=price * worth.reshape(problem.on_call.shape))

    def standing(self, problem: RosterProblem, others: Others, price: float) -> float:
        """People missing on all sides."""
        _, missing = self._missing(problem, others)
        return price * float(np.clip(missing, 0, None).sum())

    def _missing(self, problem: RosterProblem, others: Others) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """The duties on each side of each hand-over, and the people missing there."""
        meetings = self.meetings(problem)
        there = self._duties(problem, meetings)
        width = problem.on_call.shape[1]
        tours = [others.tours.get(agent.id, ()) for agent in self.counted(problem)]
        worked = [duty.day * width + duty.slot for tour in tours for duty in tour if duty]
        return there, self.at_least - self._before(problem, meetings) - there[:, :, worked].sum(axis=2)
