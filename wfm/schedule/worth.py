"""What each duty is worth to one agent's tour, its breaks placed where they cost least."""

from __future__ import annotations

from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.compiled import compiled
from wfm.schedule.draft import Pauses, Tour
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.tours import Choices, Costs


class DutyWorth:
    """Worths of all duties of a problem from worths of minutes, by differences of running sums over grains of time."""

    def __init__(self, problem: RosterProblem) -> None:
        self.problem = problem
        self.grain = problem.grain_minutes
        self.shape = (len(problem.days), 1 + len(problem.slots))
        self._duties = [duty for day in problem.duties for duty in day]
        self._by_slot = {(duty.day, duty.slot): duty for duty in self._duties}

    def on_shift(self, present: NDArray[np.float64]) -> Costs:
        """Worth of every choice, shape (days, 1 + slots; 0 a day off), where a minute on shift is worth ``present[t]`` in step t."""
        worth = np.zeros(self.shape)
        sums = self._sums(present)
        begin, end, day, column = self._spans
        worth[day, column] = sums[end] - sums[begin]
        return worth

    def on_queue(self, serving: NDArray[np.float64]) -> Costs:
        """The same for a minute on the queue: the shift less its breaks, each where it costs least."""
        worth = np.zeros(self.shape)
        compiled(_on_queue)(self._sums(serving), *self._spans, *self._pauses, worth)
        return worth

    def tour(self, choices: Choices, serving: NDArray[np.float64]) -> Tour:
        """The tour of some choices, its breaks placed by the worth of a minute on the queue."""
        return self.placed(choices, serving)[0]

    def placed(self, choices: Choices, serving: NDArray[np.float64]) -> tuple[Tour, NDArray[np.int64]]:
        """The same, with its minutes on the queue in each step, shape (grid.count,)."""
        minutes = np.zeros(self.problem.grid.count, dtype=np.int64)
        duties = tuple(self._by_slot[day, choice - 1] if choice else None for day, choice in enumerate(choices))
        numbers = np.array([self._number[duty.day, duty.slot] for duty in duties if duty], dtype=np.int64)
        offsets = np.zeros(int(self._breaks[numbers].sum()), dtype=np.int64)
        sums, size = self._sums(serving), self.problem.grid.step_minutes // self.grain
        compiled(_placed)(numbers, sums, self.grain, size, *self._spans[:2], *self._pauses, offsets, minutes)
        left = iter(offsets.tolist())
        pauses = tuple(tuple(islice(left, len(duty.template.breaks))) if duty else () for duty in duties)
        return Tour(duties, pauses), minutes

    def plain(self, choices: Choices) -> Tour:
        """The tour of some choices where minutes on the queue are worth nothing: every break as early as it may be."""
        duties = tuple([row[choice] for row, choice in zip(self._by_choice, choices, strict=True)])
        if not any(self._earliest):
            return Tour(duties, ((),) * len(duties))
        return Tour(duties, tuple(self._earliest[duty.slot] if duty else () for duty in duties))

    @cached_property
    def _by_choice(self) -> list[list[Duty | None]]:
        """What each choice of each day is: None for a day off, and where the day does not allow it."""
        slots = range(len(self.problem.slots))
        return [[None, *(self._by_slot.get((day, slot)) for slot in slots)] for day in range(len(self.problem.days))]

    @cached_property
    def _earliest(self) -> tuple[Pauses, ...]:
        """The first places of the breaks of each slot."""
        return tuple(
            tuple(self.problem.offsets(pause)[0] for pause in template.breaks) for template, _ in self.problem.slots
        )

    def _sums(self, worth: NDArray[np.float64]) -> NDArray[np.float64]:
        """Running sums of a worth of minutes, one entry a grain and one more."""
        grains = np.repeat(worth * self.grain, self.problem.grid.step_minutes // self.grain)
        return np.concatenate([[0.0], np.cumsum(grains)])

    def _inside(self, minutes: NDArray[np.int64]) -> NDArray[np.int64]:
        """The grains of minutes, those outside the horizon moved to its edge."""
        return np.clip(minutes, 0, self.problem.grid.count * self.problem.grid.step_minutes) // self.grain

    @cached_property
    def _spans(self) -> tuple[NDArray[np.int64], ...]:
        """Grains of begin and end, day and column of every duty; being on call is no presence."""
        rows = [(d.start, d.start if d.template.on_call else d.end, d.day, 1 + d.slot) for d in self._duties]
        begin, end, day, column = np.array(rows, dtype=np.int64).reshape(-1, 4).T.copy()
        return self._inside(begin), self._inside(end), day, column

    @cached_property
    def _number(self) -> dict[tuple[int, int], int]:
        """The place of each duty, by day and slot, in the tables below."""
        return {place: number for number, place in enumerate(self._by_slot)}

    @cached_property
    def _breaks(self) -> NDArray[np.int64]:
        """How many breaks each duty has."""
        return np.array([len(duty.template.breaks) for duty in self._duties], dtype=np.int64)

    @cached_property
    def _pauses(self) -> tuple[NDArray[np.int64], ...]:
        """All possible breaks: offset and grains of begin and end; where each break begins among them, and each duty among the breaks."""
        places = {
            pause: np.array(self.problem.offsets(pause)) for row in self.problem.templates for pause in row.breaks
        }
        breaks = [(duty.start, pause) for duty in self._duties for pause in duty.template.breaks]
        number = np.array([len(places[pause]) for _, pause in breaks], dtype=np.int64)
        offset = np.concatenate([np.zeros(0, dtype=np.int64), *(places[pause] for _, pause in breaks)])
        begin = np.repeat(np.array([start for start, _ in breaks], dtype=np.int64), number) + offset
        length = np.repeat(np.array([pause.minutes for _, pause in breaks], dtype=np.int64), number)
        low, high = self._inside(begin), self._inside(begin + length)
        return offset, low, high, np.cumsum([0, *number]), np.cumsum([0, *self._breaks])


def _on_queue(
    sums: NDArray[np.float64],
    begin: NDArray[np.int64],
    end: NDArray[np.int64],
    day: NDArray[np.int64],
    column: NDArray[np.int64],
    offset: NDArray[np.int64],  # noqa: ARG001 - the tables are passed as they are kept
    low: NDArray[np.int64],
    high: NDArray[np.int64],
    each: NDArray[np.int64],
    first: NDArray[np.int64],
    worth: Costs,
) -> None:
    """Sums over each duty, less the least of each of its breaks."""
    for duty in range(len(begin)):
        value = sums[end[duty]] - sums[begin[duty]]
        for pause in range(first[duty], first[duty + 1]):
            least = np.inf
            for place in range(each[pause], each[pause + 1]):
                least = min(least, sums[high[place]] - sums[low[place]])
            value -= least
        worth[day[duty], column[duty]] = value


def _placed(
    duties: NDArray[np.int64],
    sums: NDArray[np.float64],
    grain: int,
    size: int,
    begin: NDArray[np.int64],
    end: NDArray[np.int64],
    offset: NDArray[np.int64],
    low: NDArray[np.int64],
    high: NDArray[np.int64],
    each: NDArray[np.int64],
    first: NDArray[np.int64],
    offsets: NDArray[np.int64],
    minutes: NDArray[np.int64],
) -> None:
    """Offsets of the breaks of some duties where they cost least, and the minutes on the queue that are left, step by step."""
    number = 0
    for duty in duties:
        for at in range(begin[duty], end[duty]):
            minutes[at // size] += grain
        for pause in range(first[duty], first[duty + 1]):
            chosen = each[pause]
            for place in range(each[pause], each[pause + 1]):
                if sums[high[place]] - sums[low[place]] < sums[high[chosen]] - sums[low[chosen]]:
                    chosen = place
            offsets[number] = offset[chosen]
            number += 1
            for at in range(low[chosen], high[chosen]):
                minutes[at // size] -= grain
