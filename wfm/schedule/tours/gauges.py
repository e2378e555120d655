"""Sums that are too long to remember state by state: what a gauge is, and the best tour with one or two of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.compiled import compiled
from wfm.schedule.tours.machine import Choices, Costs, Machine, Numbers, Scratch, best_of_kinds

Bands = NDArray[np.int64]
NO_GAUGE = np.zeros(1)
FAR = 1 << 40


def best_gauged(
    machine: Machine, gauges: Sequence[Costs], worth: Costs, more: Costs | float, scratch: Scratch
) -> tuple[float, Choices]:
    """The best tour as :meth:`Machine.best` finds it, where the k-th count of the machine costs ``gauges[k][count]`` at the end.

    A row has a value for each count that tours bring to it, one or two arrays wide: counts from which no end is allowed are left out.
    """
    charges = [NO_GAUGE] * (2 - len(gauges)) + list(gauges)
    count = np.pad(machine.count, ((0, 0), (2 - len(gauges), 0)))
    most, choice_of = best_of_kinds(machine, worth)
    rows = machine.kind, machine.follow, machine.tail, count
    bounds = np.array([np.flatnonzero(np.isfinite(charge))[[0, -1]] for charge in charges])
    bands, base, size = compiled(_reached)(*rows, len(machine.end), machine.start, bounds, most > -np.inf)
    chosen = np.zeros(machine.days, dtype=np.int64)
    value = compiled(_best_gauged)(
        *rows,
        machine.cost,
        machine.end + more,
        machine.start,
        charges[0],
        charges[1],
        most,
        choice_of,
        bands,
        base,
        scratch.values(size),
        chosen,
    )
    return float(value), tuple(chosen.tolist())


def _reached(
    kind: Numbers,
    follow: Numbers,
    tail: Numbers,
    count: Numbers,
    ends: int,
    start: int,
    bounds: Bands,
    open_kinds: NDArray[np.bool_],
) -> tuple[Bands, NDArray[np.int64], int]:
    """For each row the least and most of each count with which tours come to it and can still end well, bands[i, k] (empty: least > most).

    Then where its values begin, and how many values there are in all. Rows that no tour comes to, as outside a window of days, cost
    nothing more.
    """
    number = len(kind)
    ahead = np.empty((number, 2, 2), dtype=np.int64)
    ahead[:, :, 0], ahead[:, :, 1] = FAR, -FAR
    ahead[1:ends] = 0
    for step in range(ends, number):
        after, rest = follow[step], tail[step]
        for k in range(2):
            least, most = ahead[rest, k]
            if open_kinds[kind[step]] and ahead[after, k, 0] <= ahead[after, k, 1]:
                least = min(least, count[step, k] + ahead[after, k, 0])
                most = max(most, count[step, k] + ahead[after, k, 1])
            ahead[step, k, 0], ahead[step, k, 1] = least, most
    bands = np.empty((number, 2, 2), dtype=np.int64)
    bands[:, :, 0], bands[:, :, 1] = FAR, -FAR
    bands[start] = 0
    base = np.zeros(number + 1, dtype=np.int64)
    size = 0
    for step in range(number - 1, 0, -1):
        empty = False
        for k in range(2):
            bands[step, k, 0] = max(bands[step, k, 0], bounds[k, 0] - ahead[step, k, 1])
            bands[step, k, 1] = min(bands[step, k, 1], bounds[k, 1] - ahead[step, k, 0])
            empty |= bands[step, k, 0] > bands[step, k, 1]
        if empty:
            bands[step, :, 0], bands[step, :, 1] = FAR, -FAR
            continue
        base[step] = size
        size += (bands[step, 0, 1] - bands[step, 0, 0] + 1) * (bands[step, 1, 1] - bands[step, 1, 0] + 1)
        if step < ends:
            continue
        after, rest = follow[step], tail[step]
        for k in range(2):
            bands[rest, k, 0] = min(bands[rest, k, 0], bands[step, k, 0])
            bands[rest, k, 1] = max(bands[rest, k, 1], bands[step, k, 1])
            if open_kinds[kind[step]]:
                bands[after, k, 0] = min(bands[after, k, 0], bands[step, k, 0] + count[step, k])
                bands[after, k, 1] = max(bands[after, k, 1], bands[step, k, 1] + count[step, k])
    bands[0, :, 0], bands[0, :, 1] = FAR, -FAR
    return bands, base, size


def _best_gauged(  # noqa: C901 - numba takes arrays, not objects
    kind: Numbers,
    follow: Numbers,
    tail: Numbers,
    count: Numbers,
    cost: Costs,
    end: Costs,
    start: int,
    few: Costs,
    many: Costs,
    most: Costs,
    choice_of: NDArray[np.int64],
    bands: Bands,
    base: NDArray[np.int64],
    value: Costs,
    chosen: NDArray[np.int64],
) -> float:
    """Value of each row and count from the last day backwards, then the best choices forwards."""
    for step in range(1, len(kind)):
        low, high = bands[step, 0]
        left, right = bands[step, 1]
        width = right - left + 1
        if low > high:
            continue
        if step < len(end):
            for x in range(low, high + 1):
                place = base[step] + (x - low) * width - left
                for y in range(left, right + 1):
                    value[place + y] = -end[step] - few[x] - many[y]
            continue
        value[base[step] : base[step] + (high - low + 1) * width] = -np.inf
        for way in range(2):
            # First the rest of the row, then the step itself: both only where counts agree.
            to, gain, up, over = tail[step], 0.0, 0, 0
            if way == 1:
                to, gain, up, over = follow[step], most[kind[step]] - cost[step], count[step, 0], count[step, 1]
            if to == 0 or gain == -np.inf or bands[to, 0, 0] > bands[to, 0, 1]:
                continue
            its_left, its_width = bands[to, 1, 0], bands[to, 1, 1] - bands[to, 1, 0] + 1
            first, last = max(left, its_left - over), min(right, bands[to, 1, 1] - over)
            if first > last:
                continue
            for x in range(max(low, bands[to, 0, 0] - up), min(high, bands[to, 0, 1] - up) + 1):
                here = base[step] + (x - low) * width + first - left
                there = base[to] + (x + up - bands[to, 0, 0]) * its_width + first + over - its_left
                mine, others = value[here : here + last - first + 1], value[there : there + last - first + 1]
                for y in range(len(mine)):
                    reached = others[y] + gain
                    mine[y] = reached if reached > mine[y] else mine[y]

    def at(row: int, x: int, y: int) -> float:
        """What a row is worth with some counts."""
        if x < bands[row, 0, 0] or x > bands[row, 0, 1] or y < bands[row, 1, 0] or y > bands[row, 1, 1]:
            return -np.inf
        width = bands[row, 1, 1] - bands[row, 1, 0] + 1
        return float(value[base[row] + (x - bands[row, 0, 0]) * width + y - bands[row, 1, 0]])

    best = at(start, 0, 0)
    if best > -np.inf:
        step, x, y = start, 0, 0
        for day in range(len(chosen)):
            while at(tail[step], x, y) >= at(step, x, y):
                step = tail[step]
            chosen[day] = choice_of[kind[step]]
            x, y, step = x + count[step, 0], y + count[step, 1], follow[step]
    return float(best)
