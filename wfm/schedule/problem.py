"""The roster problem without its rules: who may work which shifts when, and what every head is worth."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from math import gcd
from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from wfm.domain import (
    Activity,
    Assignment,
    BreakTemplate,
    Channel,
    Noun,
    Pin,
    Requirement,
    Roster,
    Shift,
    ShiftTemplate,
    TimeGrid,
    Workforce,
)
from wfm.domain.shift import NIGHT_SHIFT_MINUTES, night_minutes
from wfm.domain.time import instant
from wfm.schedule.market import Market, slopes

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True)
class Duty:
    """A shift template started at one wall-clock minute of one day of the horizon, its breaks not yet placed.

    ``day`` counts from the horizon's first date; ``start`` and ``end`` are elapsed minutes since the grid's start (the end may lie
    beyond the horizon); ``slot`` numbers the (template, start) pair within the problem, so (day, slot) names the duty.
    """

    day: int
    slot: int
    template: ShiftTemplate
    start_minute: int
    start: int
    end: int
    night: bool

    @property
    def paid_minutes(self) -> int:
        """Paid minutes."""
        return self.template.paid_minutes


@dataclass(frozen=True, slots=True, order=True)
class Task:
    """Paid time of a duty off the queue that is no break, for the role or session ``what``; ``offset`` is minutes after its start."""

    offset: int
    minutes: int
    kind: Literal["meeting", "training", "coaching", "role"]
    what: str


Dates = tuple[date, ...]  # named here: inside the class the word date is its method


class RosterProblem(Noun):
    """Everything a rule may look at.

    ``before`` holds shifts of the days before the horizon: rest and runs look back on them, and a last night reaches into the
    first morning. ``pins`` are cells that stay as they are, ``published`` is what agents have been told already,
    ``holidays`` are the public ones of the horizon.
    """

    grid: TimeGrid
    channels: tuple[Channel, ...]
    requirements: tuple[Requirement, ...]
    workforce: Workforce
    templates: tuple[ShiftTemplate, ...] = Field(min_length=1)
    before: tuple[Assignment, ...] = ()
    pins: tuple[Pin, ...] = ()
    published: Roster | None = None
    holidays: Dates = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        names = [channel.name for channel in self.channels]
        if [requirement.channel for requirement in self.requirements] != names:
            raise ValueError(f"expected one requirement for each channel in the order {', '.join(names)}")
        if any(requirement.grid != self.grid for requirement in self.requirements):
            raise ValueError("expected all requirements on the grid of the problem")
        if len({template.name for template in self.templates}) < len(self.templates):
            raise ValueError("expected every shift template once")
        late = [row.shift.day for row in self.before if row.shift.day >= self.grid.dates[0]]
        if late:
            raise ValueError(f"expected earlier shifts before the horizon {self.grid.dates[0]}, came one on {late[0]}")
        return self

    @property
    def days(self) -> tuple[date, ...]:
        """Local dates of the horizon."""
        return self.grid.dates

    @cached_property
    def slots(self) -> tuple[tuple[ShiftTemplate, int], ...]:
        """All (template, wall-clock start minute) pairs, in order."""
        return tuple((template, start) for template in self.templates for start in template.starts)

    @cached_property
    def duties(self) -> tuple[tuple[Duty, ...], ...]:
        """For each day of the horizon the duties that its weekday allows."""
        return tuple(tuple(self._duties_on(day)) for day in range(len(self.days)))

    @cached_property
    def on_call(self) -> NDArray[np.bool_]:
        """Whether each duty is on call, shape (days, slots)."""
        calls = [template.on_call for template, _ in self.slots]
        return np.tile(np.array(calls, dtype=np.bool_), (len(self.days), 1))

    @cached_property
    def duty_edges(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Start and end of each duty in elapsed minutes, both of shape (days, slots); where there is none both are equal."""
        edges = np.zeros((2, *self.on_call.shape), dtype=np.int64)
        for duty in (duty for duties in self.duties for duty in duties):
            edges[:, duty.day, duty.slot] = duty.start, duty.end
        return edges[0], edges[1]

    @cached_property
    def duty_minutes(self) -> csr_array:
        """Minutes of each duty in each step, from its start to its end; sparse, shape (days * slots, grid.count)."""
        from scipy.sparse import csr_array

        cells = [
            (minutes, duty.day * len(self.slots) + duty.slot, step)
            for duty in (duty for duties in self.duties for duty in duties)
            for step, minutes in self.minutes_by_step(duty.start, duty.end)
        ]
        minutes, rows, steps = np.array(cells, dtype=np.int64).reshape(-1, 3).T
        return csr_array((minutes, (rows, steps)), shape=(self.on_call.size, self.grid.count))

    @cached_property
    def reaching_in(self) -> tuple[Assignment, ...]:
        """The shifts begun before the horizon that reach into it."""
        return tuple(row for row in self.before if row.shift.end > self.grid.start)

    @cached_property
    def first_start(self) -> int:
        """Elapsed minutes from the grid's start to the earliest start of any duty."""
        return min((duty.start for duties in self.duties for duty in duties), default=0)

    def _duties_on(self, day: int) -> Iterator[Duty]:
        today, zone = self.days[day], self.grid.zone
        for slot, (template, minute) in enumerate(self.slots):
            if today.weekday() in template.weekdays:
                start = instant(today, minute, zone)
                dark = night_minutes(today, start, start + timedelta(minutes=template.minutes), zone)
                night = not template.on_call and dark >= NIGHT_SHIFT_MINUTES
                begin = self.elapsed(start)
                yield Duty(day, slot, template, minute, begin, begin + template.minutes, night)

    def elapsed(self, moment: datetime) -> int:
        """Elapsed minutes from the grid's start to an instant; negative before it."""
        return int((moment - self.grid.start).total_seconds()) // 60

    def shift(self, duty: Duty, pauses: Iterable[int], tasks: Iterable[Task] = ()) -> Shift:
        """The worked shift of a duty with its breaks at ``pauses`` minutes after the start, and its other activities."""
        bare = duty.template.placed(self.days[duty.day], duty.start_minute, tuple(pauses), self.grid.zone)
        more = [_activity(bare, task) for task in tasks]
        if not more:
            return bare
        return bare.varied(activities=tuple(sorted([*bare.activities, *more], key=lambda row: row.start)))

    def offsets(self, pause: BreakTemplate) -> range:
        """Where a break may start, in minutes after the shift's start: multiples of a quarter of an hour or a shorter step.

        A window without such a multiple has its earliest minute only. Windows of one template never overlap (its constructor
        sees to that), so each break may be placed without looking at the others.
        """
        apart = min(self.grid.step_minutes, BREAK_RASTER_MINUTES)
        first = -(-pause.earliest // apart) * apart
        return range(first, pause.latest + 1, apart) or range(pause.earliest, pause.earliest + 1)

    def minutes_by_step(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """The steps that a stretch of elapsed minutes meets inside the horizon, each with the minutes it shares with it."""
        size = self.grid.step_minutes
        for step in range(max(0, begin // size), min(self.grid.count, -(-end // size))):
            yield step, min(end, (step + 1) * size) - max(begin, step * size)

    @cached_property
    def grain_minutes(self) -> int:
        """Largest number of minutes of which every duty, break and step is a multiple, seen from the grid's start."""
        duties = (edge for day in self.duties for duty in day for edge in (duty.start, duty.end))
        pauses = (
            minute
            for template in self.templates
            for pause in template.breaks
            for minute in (pause.minutes, *self.offsets(pause))
        )
        return gcd(self.grid.step_minutes, *duties, *pauses, *np.unique(self.serving_before).tolist())

    @cached_property
    def weeks(self) -> tuple[range, ...]:
        """Days of the horizon by calendar week (Monday to Sunday); the first and last may be parts of a week."""
        first = self.days[0].weekday()
        edges = [0, *range(7 - first, len(self.days), 7), len(self.days)]
        return tuple(range(low, high) for low, high in pairwise(edges))

    @cached_property
    def groups(self) -> tuple[tuple[tuple[str, ...], frozenset[int]], ...]:
        """Agents that serve the same channels: (agent ids, positions in ``channels``); those who serve none are left out."""
        found: dict[frozenset[int], list[str]] = {}
        for agent in self.workforce.agents:
            serves = frozenset(k for k, channel in enumerate(self.channels) if channel.skill in agent.skills)
            found.setdefault(serves, []).append(agent.id)
        return tuple(
            (tuple(ids), serves) for serves, ids in sorted(found.items(), key=lambda row: sorted(row[0])) if serves
        )

    @cached_property
    def head_worth(self) -> tuple[tuple[NDArray[np.int64], ...], ...]:
        """head_worth[c][t][n]: millionths of a contact that the n-th (n = 0, 1 ...) head adds in one minute of step t on channel c.

        Slopes of the least concave majorant of ``served_when_rostered``, times the channel's worth, rounded: never rising in n.
        Both the model and its independent check read this one table, so that they agree to the last unit.
        """
        step = self.grid.step_minutes
        return tuple(
            tuple(slopes(row * channel.worth * MICRO / step) for row in requirement.served_when_rostered())
            for channel, requirement in zip(self.channels, self.requirements, strict=True)
        )

    @cached_property
    def serving_before(self) -> NDArray[np.int64]:
        """Minutes on the queue that shifts begun before the horizon reach into it, by group and step; shape (groups, grid.count)."""
        spill = Roster.of(self.grid, self.before)
        heads = [spill.serving(agents) for agents, _ in self.groups]
        minutes = np.array(heads).reshape(len(heads), self.grid.count) * self.grid.step_minutes
        return np.rint(minutes).astype(np.int64)

    @cached_property
    def market(self) -> Market:
        """What minutes on the queue are worth when every group's heads are shared out afresh in each step."""
        return Market.of(
            self.head_worth, [serves for _, serves in self.groups], self.grid.step_minutes, self.grid.count
        )

    @cached_property
    def group_of(self) -> dict[str, int]:
        """Position in ``groups`` of each agent that serves a channel."""
        return {agent: position for position, (agents, _) in enumerate(self.groups) for agent in agents}

    @cached_property
    def kept(self) -> dict[Hashable, Any]:
        """What rules have worked out about the problem and ask for again at every move of a search."""
        return {}

    def history_of(self, agent: str) -> tuple[Shift, ...]:
        """Shifts of an agent before the horizon, by start."""
        return self._history.get(agent, ())

    @cached_property
    def _history(self) -> dict[str, tuple[Shift, ...]]:
        found: dict[str, list[Shift]] = {}
        for row in sorted(self.before, key=lambda row: row.shift.start):
            found.setdefault(row.agent, []).append(row.shift)
        return {agent: tuple(shifts) for agent, shifts in found.items()}

    def date(self, day: int) -> date:
        """The local date of a day counted from the first (negative: before the horizon)."""
        return self.days[0] + timedelta(days=day)


MICRO = 1_000_000
"""Prices and worths are summed as whole millionths, so that sums are exact in every face of a rule."""

BREAK_RASTER_MINUTES = 15
"""Breaks start on multiples of this many minutes of the shift; finer wall charts are not kept by anyone."""


def _activity(shift: Shift, task: Task) -> Activity:
    start = shift.start + timedelta(minutes=task.offset)
    return Activity(kind=task.kind, what=task.what, start=start, end=start + timedelta(minutes=task.minutes))
