"""All rules about one agent as chained rows, and the exact best tour through them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from threading import local

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.compiled import compiled

Costs = NDArray[np.float64]
Marks = NDArray[np.int32]
Numbers = NDArray[np.int32]
Choices = tuple[int, ...]
"""What an agent does on each day: 0 for a day off, 1 + slot for a duty."""
NIL = 0
"""The row that allows nothing."""


class Scratch(local):
    """Memory that a thread's searches write over and over, so that none of them asks the system for it."""

    def __init__(self) -> None:
        self._values = np.empty(0)

    def values(self, size: int) -> Costs:
        """So many numbers; what they were before is anything."""
        if len(self._values) < size:
            self._values = np.empty(size)
        return self._values[:size]


@dataclass(frozen=True, eq=False)
class Machine:
    """What an agent may do on each day and what comes of it, as rows that share their ends.

    A row is a linked list of steps: step i is to do something of kind ``kind[i]`` at a cost of ``cost[i]``, after which the row
    ``follow[i]`` of the next day is there to choose from; ``tail[i]`` is the rest of the row. A row goes by the number of its first step.
    Kinds rise along a row, and rows that end alike share their last steps, so a search looks at 40 starts once and not
    once for each start before them. Number 0 is the empty row, then come the states after the last day, at a cost of ``end``,
    then the steps of the last day and so on back to the first day's: those of day d begin at ``first[d + 1]`` and end before ``first[d]``.
    So ``follow`` and ``tail`` of a step are less than its own number.
    ``kinds[d, c]`` is the kind of choice c on day d, -1 where no row has it: choices of a day are of one kind if they cost and
    lead to the same whatever was before. ``count[i, k]`` is what the k-th gauge counts at step i, ``marks[s, k]`` numbers what the k-th
    rule that tallies has counted in last state s (see Rule.tally). Tours begin with the row ``start``.
    """

    kinds: Numbers
    kind: Numbers
    cost: Costs
    follow: Numbers
    tail: Numbers
    first: NDArray[np.int64]
    start: int
    end: Costs
    marks: Marks
    count: Numbers

    @property
    def days(self) -> int:
        """Days of a tour."""
        return len(self.kinds)

    @cached_property
    def number(self) -> int:
        """Number of kinds, of all days."""
        return int(self.kinds.max(initial=-1)) + 1

    @cached_property
    def states(self) -> int:
        """The largest number of rows that a day may begin with."""
        layers = (self.follow[self.first[day + 1] : self.first[day]] for day in range(1, self.days))
        return max([1, *(len(np.unique(rows)) for rows in layers)])

    def best(self, worth: Costs, more: Costs | float = 0.0, scratch: Scratch | None = None) -> tuple[float, Choices]:
        """The tour of greatest worth[d, c] less cost, with its value; -inf where no tour is allowed. Exact (Bellman 1957).

        ``more[s]`` is charged on top for being in state s after the last day.
        """
        most, choice_of = best_of_kinds(self, worth)
        chosen = np.zeros(self.days, dtype=np.int64)
        values = (scratch or Scratch()).values(len(self.kind))
        value = compiled(_best)(
            self.kind, self.cost, self.follow, self.tail, self.end + more, self.start, most, choice_of, values, chosen
        )
        return float(value), tuple(chosen.tolist())

    def walked(self, choices: Choices) -> tuple[float, int, NDArray[np.int64]]:
        """What the steps of a tour cost (inf: not allowed), its state after the last day and what each gauge has counted."""
        counted = np.zeros(self.count.shape[1], dtype=np.int64)
        cost, state = compiled(_walk)(
            self.kinds, self.kind, self.cost, self.follow, self.tail, self.count, self.start, np.array(choices), counted
        )
        return float(cost), int(state), counted

    def total(self, choices: Choices) -> float:
        """Cost of one tour."""
        cost, state, _ = self.walked(choices)
        return cost + float(self.end[state])


def best_of_kinds(machine: Machine, worth: Costs) -> tuple[Costs, NDArray[np.int64]]:
    """The worth of the best choice of each kind, and that choice; -inf for a kind of which no choice is possible."""
    most, choice_of = compiled(_best_of_kinds)(machine.kinds, machine.number, worth)
    return most, choice_of


def _best_of_kinds(kinds: Numbers, number: int, worth: Costs) -> tuple[Costs, NDArray[np.int64]]:
    most, choice_of = np.full(number, -np.inf), np.zeros(number, dtype=np.int64)
    for day in range(len(kinds)):
        for choice in range(kinds.shape[1]):
            kind = kinds[day, choice]
            if kind >= 0 and worth[day, choice] > most[kind]:
                most[kind], choice_of[kind] = worth[day, choice], choice
    return most, choice_of


def _best(
    kind: Numbers,
    cost: Costs,
    follow: Numbers,
    tail: Numbers,
    end: Costs,
    start: int,
    most: Costs,
    choice_of: NDArray[np.int64],
    value: Costs,
    chosen: NDArray[np.int64],
) -> float:
    """Value of each row from the last day backwards, then the best choices forwards."""
    for state in range(len(end)):
        value[state] = -end[state]
    for step in range(len(end), len(kind)):
        value[step] = max(most[kind[step]] - cost[step] + value[follow[step]], value[tail[step]])
    if value[start] > -np.inf:
        step = start
        for day in range(len(chosen)):
            while value[tail[step]] >= value[step]:
                step = tail[step]
            chosen[day] = choice_of[kind[step]]
            step = follow[step]
    return float(value[start])


def _walk(
    kinds: Numbers,
    kind: Numbers,
    cost: Costs,
    follow: Numbers,
    tail: Numbers,
    count: Numbers,
    start: int,
    choices: NDArray[np.int64],
    counted: NDArray[np.int64],
) -> tuple[float, int]:
    step, total = start, 0.0
    for day in range(len(kinds)):
        asked = kinds[day, choices[day]]
        while step != 0 and kind[step] != asked:
            step = tail[step]
        if step == 0:
            return np.inf, 0
        total += cost[step]
        counted += count[step]
        step = follow[step]
    return total, step
