"""Who works when: the roster, and the breaches that a rule finds in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import cached_property
from typing import Annotated, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from wfm.domain.noun import Name, Noun
from wfm.domain.shift import Activity, Shift
from wfm.domain.time import Instant, Interval, TimeGrid

SATURDAY = 5
"""The weekday with which a weekend begins."""


class Assignment(Noun):
    """One agent works one shift."""

    agent: Name
    shift: Shift


class Roster(Noun):
    """All assignments of a horizon, ordered by agent and start. ``built_on`` is the digest of what it was built for, or empty.

    A roster may be wrong (overlaps, missing rest): people edit rosters, and the rules say what is wrong with them.
    """

    grid: TimeGrid
    assignments: tuple[Assignment, ...]
    built_on: str = ""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        keys = [(row.agent, row.shift.start, row.shift.end) for row in self.assignments]
        if keys != sorted(keys):
            raise ValueError("expected assignments ordered by agent and start; build the roster with Roster.of")
        return self

    @classmethod
    def of(cls, grid: TimeGrid, assignments: Collection[Assignment], built_on: str = "") -> Self:
        """A roster of assignments in any order."""
        rows = sorted(assignments, key=lambda row: (row.agent, row.shift.start, row.shift.end))
        return cls(grid=grid, assignments=tuple(rows), built_on=built_on)

    @cached_property
    def shifts_by_agent(self) -> dict[str, tuple[Shift, ...]]:
        """Shifts of each agent that works, by start."""
        shifts: dict[str, list[Shift]] = {}
        for row in self.assignments:
            shifts.setdefault(row.agent, []).append(row.shift)
        return {agent: tuple(rows) for agent, rows in shifts.items()}

    def shifts_of(self, agent: str) -> tuple[Shift, ...]:
        """Shifts of one agent, by start; empty where the agent does not work."""
        return self.shifts_by_agent.get(agent, ())

    def nights_of(self, agent: str) -> int:
        """Night shifts of one agent."""
        return sum(shift.is_night(self.grid.zone) for shift in self.shifts_of(agent))

    def weekends_of(self, agent: str) -> int:
        """Weekends with a shift of one agent that starts on Saturday or Sunday."""
        return len({shift.day.isocalendar()[:2] for shift in self.shifts_of(agent) if shift.day.weekday() >= SATURDAY})

    def on_shift(self, agents: Collection[str]) -> NDArray[np.float64]:
        """Heads of a set of agents on shift, breaks included, shape (count,): minutes present over minutes of the step."""
        return self._heads(shift for agent in agents for shift in self.shifts_of(agent) if not shift.on_call)

    def serving(self, agents: Collection[str]) -> NDArray[np.float64]:
        """Heads of a set of agents on the queue, shape (count,): minutes on shift less activities, over minutes of the step."""
        shifts = [shift for agent in agents for shift in self.shifts_of(agent)]
        return self._heads(shifts, less=[activity for shift in shifts for activity in shift.activities])

    def on_call(self, agents: Collection[str]) -> NDArray[np.float64]:
        """Heads of a set of agents on call, shape (count,): minutes within reach over minutes of the step."""
        return self._heads(shift for agent in agents for shift in self.shifts_of(agent) if shift.on_call)

    def _heads(self, shifts: Iterable[Shift], less: Iterable[Activity] = ()) -> NDArray[np.float64]:
        minutes = np.zeros(self.grid.count)
        for shift in shifts:
            _spread(minutes, self.grid, shift.interval, 1.0)
        for activity in less:
            _spread(minutes, self.grid, activity.interval, -1.0)
        return minutes / self.grid.step_minutes


def _spread(minutes: NDArray[np.float64], grid: TimeGrid, stretch: Interval, sign: float) -> None:
    """Add the minutes that a stretch shares with each step."""
    begin = (stretch.start - grid.start).total_seconds() / 60
    end = min((stretch.end - grid.start).total_seconds() / 60, float(grid.step_minutes * grid.count))
    begin = max(begin, 0.0)
    if end <= begin:
        return
    low, high = int(begin // grid.step_minutes), int(-(-end // grid.step_minutes))
    edges = np.arange(low, high + 1) * float(grid.step_minutes)
    minutes[low:high] += sign * (np.minimum(edges[1:], end) - np.maximum(edges[:-1], begin))


class Pin(Noun):
    """A cell that stays as it is: on a local date the agent works exactly this shift, or (None) has the day off."""

    agent: Name
    day: date
    shift: Shift | None = None

    @model_validator(mode="after")
    def _same_day(self) -> Self:
        if self.shift is not None and self.shift.day != self.day:
            raise ValueError(f"expected a shift of {self.day} in the pin of {self.agent}, came one of {self.shift.day}")
        return self


class Breach(Noun):
    """How far a roster is from one rule at one place.

    ``amount`` is positive, in the rule's natural ``unit`` (contacts to six decimals, everything else whole); ``price`` is what
    one unit costs, None where the rule is forbidden. ``agent``, ``first``/``last`` (local dates) and ``at`` (start of one
    interval) say where, as far as the rule has such a place.
    """

    rule: str
    kind: Name
    amount: Annotated[float, Field(gt=0)]
    unit: str
    words: str
    price: Annotated[float, Field(ge=0)] | None = None
    tier: Annotated[int, Field(ge=1)] = 1
    agent: Name | None = None
    first: date | None = None
    last: date | None = None
    at: Instant | None = None

    @property
    def forbidden(self) -> bool:
        """Whether the rule may not be breached at all."""
        return self.price is None

    @property
    def cost(self) -> float:
        """Price times amount; 0 where the rule is forbidden (no price makes that right)."""
        return (self.price or 0.0) * self.amount
