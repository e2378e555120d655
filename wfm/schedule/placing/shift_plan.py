"""Inside one shift: where its breaks and the blocks of a role cost least together, for every amount of the role's time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.compiled import compiled

Costs = NDArray[np.float64]
Allowed = NDArray[np.bool_]
LEAVES, PAUSES, STARTS, EXTENDS = range(4)
"""What is done next: a cell on the queue or in something already fixed, a break, the least block of the role, one more unit of it."""


@dataclass(frozen=True)
class ShiftPlan:
    """One shift of n cells of time. ``cost[i]`` is what the first i cells off the queue cost, shape (n + 1,).

    ``pauses`` are the lengths of the breaks in cells, in their order, and ``may_pause[b, i]`` whether break b may start with cell i.
    ``may_work[i]`` tells in which cells the role may be played, ``may_start[i]`` where a block may begin; a block has at least
    ``block`` units of ``unit`` cells each. Whatever is fixed already is in neither.
    """

    cost: Costs
    pauses: tuple[int, ...]
    may_pause: Allowed
    may_work: Allowed
    may_start: Allowed
    block: int
    unit: int
    most: int

    @cached_property
    def costs(self) -> Costs:
        """Least cost of the breaks with exactly k = 0 .. ``most`` units of the role, inf where there is no way; shape (most + 1,)."""
        return np.asarray(self._table[0][0, 0, :, 0])

    def ways(self, units: int) -> tuple[tuple[int, ...], list[tuple[int, int]]]:
        """First cells of the breaks, and (first cell, cells) of the blocks, of the cheapest way with so many units."""
        cell, paused, inside = 0, 0, 0
        starts: list[int] = []
        blocks: list[tuple[int, int]] = []
        while cell < len(self.may_work):
            act = int(self._table[1][cell, paused, units, inside])
            if act == LEAVES:
                cell, inside = cell + 1, 0
            elif act == PAUSES:
                starts.append(cell)
                cell, paused, inside = cell + self.pauses[paused], paused + 1, 0
            else:
                more = self.block if act == STARTS else 1
                first, length = (cell, 0) if act == STARTS else blocks.pop()
                blocks.append((first, length + more * self.unit))
                cell, units, inside = cell + more * self.unit, units - more, 1
        return tuple(starts), blocks

    @cached_property
    def _table(self) -> tuple[Costs, NDArray[np.int8]]:
        shape = (len(self.may_work) + 1, len(self.pauses) + 1, self.most + 1, 2)
        value, act = np.full(shape, inf), np.zeros(shape, dtype=np.int8)
        pauses = np.array(self.pauses, dtype=np.int64)
        compiled(_fill)(
            self.cost, pauses, self.may_pause, self.may_work, self.may_start, self.block, self.unit, value, act
        )
        return value, act


def shared_out(tables: Sequence[Costs], asked: int, most: int, missing: float) -> list[int]:
    """Units for each shift of a week, so that their cost and ``missing`` for each unit below ``asked`` are least; at most ``most``.

    ``tables[d][k]`` is what k units cost in shift d. Exact, shift by shift (Bellman 1957); of equal ways the one with the most in
    the first shifts.
    """
    width = most + 1
    ahead = missing * np.maximum(0.0, asked - np.arange(width, dtype=np.float64))
    chosen: list[NDArray[np.int64]] = []
    for table in reversed(tables):
        options = np.full((len(table), width), inf)
        for units, cost in enumerate(table[:width].tolist()):
            options[units, : width - units] = cost + ahead[units:]
        options = options[::-1]
        chosen.append(len(table) - 1 - options.argmin(axis=0))
        ahead = options.min(axis=0)
    given, taken = 0, []
    for choice in reversed(chosen):
        taken.append(int(choice[given]))
        given += taken[-1]
    return taken


def _fill(  # noqa: C901 - numba takes arrays, not objects
    cost: Costs,
    pauses: NDArray[np.int64],
    may_pause: Allowed,
    may_work: Allowed,
    may_start: Allowed,
    block: int,
    unit: int,
    value: Costs,
    act: NDArray[np.int8],
) -> None:
    """Least cost from each cell on, by breaks taken, units still to give, and whether a block has just been worked; from the end back."""
    cells, breaks, most = len(may_work), len(pauses), value.shape[2] - 1
    value[cells, breaks, 0, :] = 0.0
    run = np.zeros(cells + 1, dtype=np.int64)
    for i in range(cells - 1, -1, -1):
        run[i] = run[i + 1] + 1 if may_work[i] else 0
        for b in range(breaks + 1):
            for k in range(most + 1):
                for inside in range(2):
                    best, does = value[i + 1, b, k, 0], 0
                    if b < breaks and may_pause[b, i]:
                        after = i + pauses[b]
                        found = cost[after] - cost[i] + value[after, b + 1, k, 0]
                        if found < best:
                            best, does = found, 1
                    if inside == 0 and k >= block and may_start[i] and run[i] >= block * unit:
                        after = i + block * unit
                        found = cost[after] - cost[i] + value[after, b, k - block, 1]
                        if found < best:
                            best, does = found, 2
                    if inside == 1 and k >= 1 and run[i] >= unit:
                        after = i + unit
                        found = cost[after] - cost[i] + value[after, b, k - 1, 1]
                        if found < best:
                            best, does = found, 3
                    value[i, b, k, inside], act[i, b, k, inside] = best, does
