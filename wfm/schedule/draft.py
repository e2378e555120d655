"""A roster in the making: the tour of each agent with its breaks, and the minutes that each group spends on the queue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Assignment, Roster, Shift
from wfm.schedule.problem import Duty, RosterProblem, Task

Pauses = tuple[int, ...]
"""Where the breaks of one duty start, in minutes after the shift's start."""
Tasks = tuple[Task, ...]
"""What else takes the agent of one duty off the queue, by offset."""


@dataclass(frozen=True)
class Tour:
    """What one agent does on each day of the horizon: a duty or None, where its breaks start, and its tasks (left out: none)."""

    duties: tuple[Duty | None, ...]
    pauses: tuple[Pauses, ...]
    tasks: tuple[Tasks, ...] = ()

    def __post_init__(self) -> None:
        """Every day has its tasks, or none."""
        if not self.tasks:
            object.__setattr__(self, "tasks", ((),) * len(self.duties))

    @classmethod
    def idle(cls, problem: RosterProblem) -> Self:
        """No duty at all."""
        return cls((None,) * len(problem.days), ((),) * len(problem.days))

    @property
    def without_tasks(self) -> Tour:
        """The same duties and breaks, with nothing else off the queue."""
        return Tour(self.duties, self.pauses)

    def like(self, told: Tour) -> Tour:
        """The tour with the breaks and tasks of another wherever both work the same duty."""
        same = [duty is not None and duty == known for duty, known in zip(self.duties, told.duties, strict=True)]
        return Tour(
            self.duties,
            tuple(known if keep else own for keep, own, known in zip(same, self.pauses, told.pauses, strict=True)),
            tuple(known if keep else own for keep, own, known in zip(same, self.tasks, told.tasks, strict=True)),
        )

    def swapped(self, other: Tour, block: slice) -> Tour:
        """The tour with the days of a block as another has them; tasks are the agent's own, so the block loses them."""
        parts = [
            (*mine[: block.start], *its[block], *mine[block.stop :])
            for mine, its in ((self.duties, other.duties), (self.pauses, other.pauses))
        ]
        tasks = (*self.tasks[: block.start], *((),) * (block.stop - block.start), *self.tasks[block.stop :])
        return Tour(parts[0], parts[1], tasks)

    @cached_property
    def choices(self) -> tuple[int, ...]:
        """The tour as choices: 0 for a day off, 1 + slot for a duty."""
        return tuple([1 + duty.slot if duty else 0 for duty in self.duties])

    @cached_property
    def worked(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The days that are worked and the slots of their duties."""
        choices = np.array(self.choices, dtype=np.int64)
        days = np.flatnonzero(choices)
        return days, choices[days] - 1


@dataclass(frozen=True)
class Draft:
    """The tour of every agent of a problem."""

    problem: RosterProblem
    tours: Mapping[str, Tour]

    @classmethod
    def of(cls, problem: RosterProblem, roster: Roster) -> Self:
        """The duties of a roster, as far as the problem has them, with their tasks; breaks go to the nearest allowed places."""
        known = {(duty.day, duty.template.name, duty.start): duty for day in problem.duties for duty in day}
        tours = {}
        for agent in problem.workforce.agents:
            tour = Tour.idle(problem)
            duties, pauses, tasks = list(tour.duties), list(tour.pauses), list(tour.tasks)
            for shift in roster.shifts_of(agent.id):
                day = (shift.day - problem.days[0]).days
                duty = known.get((day, shift.template, problem.elapsed(shift.start)))
                if duty is not None:
                    duties[day], pauses[day] = duty, _pauses(problem, duty, shift)
                    tasks[day] = tuple(_tasks(shift))
            tours[agent.id] = Tour(tuple(duties), tuple(pauses), tuple(tasks))
        return cls(problem, tours)

    @property
    def without_tasks(self) -> Draft:
        """The same duties and breaks, with nothing else off the queue."""
        return Draft(self.problem, {agent: tour.without_tasks for agent, tour in self.tours.items()})

    def like(self, told: Draft) -> Draft:
        """The draft with the breaks and tasks of another wherever both have an agent on the same duty."""
        return Draft(self.problem, {agent: tour.like(told.tours[agent]) for agent, tour in self.tours.items()})

    def roster(self) -> Roster:
        """The draft as a roster."""
        rows = [
            Assignment(agent=agent, shift=self.problem.shift(duty, pauses, tasks))
            for agent, tour in self.tours.items()
            for duty, pauses, tasks in zip(tour.duties, tour.pauses, tour.tasks, strict=True)
            if duty is not None
        ]
        return Roster.of(self.problem.grid, rows, self.problem.digest())

    def serving(self) -> NDArray[np.int64]:
        """Minutes that each group spends on the queue in each step, earlier shifts included; shape (groups, grid.count)."""
        minutes = self.problem.serving_before.copy()
        for agent, tour in self.tours.items():
            if agent in self.problem.group_of:
                minutes[self.problem.group_of[agent]] += minutes_on_queue(self.problem, tour)
        return minutes


def minutes_on_queue(problem: RosterProblem, tour: Tour) -> NDArray[np.int64]:
    """A tour's minutes on the queue in each step, shape (grid.count,)."""
    minutes = np.zeros(problem.grid.count, dtype=np.int64)
    for duty, pauses, tasks in zip(tour.duties, tour.pauses, tour.tasks, strict=True):
        if duty is not None and not duty.template.on_call:
            _add(problem, minutes, duty.start, duty.end, 1)
            for task in tasks:
                _add(problem, minutes, duty.start + task.offset, duty.start + task.offset + task.minutes, -1)
            for pause, offset in zip(duty.template.breaks, pauses, strict=True):
                _add(problem, minutes, duty.start + offset, duty.start + offset + pause.minutes, -1)
    return minutes


def _add(problem: RosterProblem, minutes: NDArray[np.int64], begin: int, end: int, sign: int) -> None:
    size = problem.grid.step_minutes
    begin, end = max(begin, 0), min(end, size * problem.grid.count)
    if begin < end:
        low, high = begin // size, (end - 1) // size
        minutes[low : high + 1] += sign * size
        minutes[low] -= sign * (begin - low * size)
        minutes[high] -= sign * ((high + 1) * size - end)


def _tasks(shift: Shift) -> Iterator[Task]:
    for row in shift.activities:
        if row.kind != "break" and row.kind != "on_call" and row.what is not None:
            offset = int((row.start - shift.start).total_seconds()) // 60
            yield Task(offset, int(row.interval.minutes), row.kind, row.what)


def _pauses(problem: RosterProblem, duty: Duty, shift: Shift) -> Pauses:
    taken = [problem.elapsed(row.start) - duty.start for row in shift.activities if row.kind == "break"]
    wanted = [*taken, *(pause.earliest for pause in duty.template.breaks[len(taken) :])]
    return tuple(
        min(problem.offsets(pause), key=lambda offset: abs(offset - wish))
        for pause, wish in zip(duty.template.breaks, wanted, strict=False)
    )
