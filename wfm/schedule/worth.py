"""What each duty is worth to one agent's tour, its breaks placed where they cost least."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wfm.domain import BreakTemplate
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
        worth = self.on_shift(serving)
        low, high, first, owner = self._pauses
        if len(first):
            _, _, day, column = self._spans
            sums = self._sums(serving)
            least = np.minimum.reduceat(sums[high] - sums[low], first)
            worth[day, column] -= np.bincount(owner, least, len(day))
        return worth

    def tour(self, choices: Choices, serving: NDArray[np.float64]) -> Tour:
        """The tour of some choices, its breaks placed by the worth of a minute on the queue."""
        sums = self._sums(serving)
        duties = tuple(self._by_slot[day, choice - 1] if choice else None for day, choice in enumerate(choices))
        return Tour(duties, tuple(self._breaks(duty, sums) if duty else () for duty in duties))

    def _breaks(self, duty: Duty, sums: NDArray[np.float64]) -> Pauses:
        """Where the breaks of a duty cost least, by running sums of the worth of a minute on the queue."""
        return tuple(
            offsets[int((sums[high] - sums[low]).argmin())] for offsets, low, high in self._places[duty.day, duty.slot]
        )

    def _sums(self, worth: NDArray[np.float64]) -> NDArray[np.float64]:
        """Running sums of a worth of minutes, one entry a grain and one more."""
        grains = np.repeat(worth * self.grain, self.problem.grid.step_minutes // self.grain)
        return np.concatenate([[0.0], np.cumsum(grains)])

    def _inside(self, minute: int) -> int:
        """The grain of a minute, those outside the horizon moved to its edge."""
        last = self.problem.grid.count * self.problem.grid.step_minutes
        return min(max(minute, 0), last) // self.grain

    @cached_property
    def _spans(self) -> tuple[NDArray[np.int64], ...]:
        """Grains of begin and end, day and column of every duty; being on call is no presence."""
        ends = [duty.start if duty.template.on_call else duty.end for duty in self._duties]
        rows = [
            (self._inside(d.start), self._inside(end), d.day, 1 + d.slot)
            for d, end in zip(self._duties, ends, strict=True)
        ]
        return tuple(np.array(rows, dtype=np.int64).reshape(-1, 4).T)

    @cached_property
    def _places(self) -> dict[tuple[int, int], list[tuple[range, NDArray[np.int64], NDArray[np.int64]]]]:
        """For each break of each duty its offsets, and the grains at which it would begin and end."""
        return {
            (duty.day, duty.slot): [self._place(duty, pause) for pause in duty.template.breaks] for duty in self._duties
        }

    def _place(self, duty: Duty, pause: BreakTemplate) -> tuple[range, NDArray[np.int64], NDArray[np.int64]]:
        offsets = self.problem.offsets(pause)
        begins = [duty.start + offset for offset in offsets]
        low = np.array([self._inside(begin) for begin in begins], dtype=np.int64)
        return offsets, low, np.array([self._inside(begin + pause.minutes) for begin in begins], dtype=np.int64)

    @cached_property
    def _pauses(self) -> tuple[NDArray[np.int64], ...]:
        """All possible breaks: grains of begin and end; then, for each break of each duty, its first possibility and its duty."""
        rows = [(number, place) for number, places in enumerate(self._places.values()) for place in places]
        if not rows:
            return (np.zeros(0, dtype=np.int64),) * 4
        counts = [len(offsets) for _, (offsets, _, _) in rows]
        low, high = (np.concatenate([place[side] for _, place in rows]) for side in (1, 2))
        first = np.cumsum([0, *counts[:-1]])
        return low, high, first, np.array([number for number, _ in rows], dtype=np.int64)
