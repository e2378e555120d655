"""The machine of some days only, of tours that are known before and after."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.compiled import compiled
from wfm.schedule.tours.machine import Choices, Costs, Machine, Numbers


def stretched(machine: Machine, kept: Choices, days: range) -> tuple[Machine, NDArray[np.int64]]:
    """The machine of the tours that are as ``kept`` but for some days, and what its gauges count on the other days.

    Its tours are those days' choices. What they lead to afterwards is charged at their end; where gauges would then count something
    else than with the kept tour, the end is barred.
    """
    choices = np.array(kept)
    table = machine.kind, machine.cost, machine.follow, machine.tail, machine.count
    before, after = np.zeros((2, machine.count.shape[1]), dtype=np.int64)
    first, last = slice(0, days.start), slice(days.stop, None)
    _, start = compiled(_walked)(machine.kinds[first], *table, machine.start, choices[first], before)
    _, own = compiled(_walked)(
        machine.kinds[days.start : days.stop], *table, start, choices[days.start : days.stop], after
    )
    after[:] = 0
    compiled(_walked)(machine.kinds[last], *table, own, choices[last], after)
    low, high, rest = machine.first[days.stop], machine.first[days.start], machine.first[days.stop - 1]
    rows = np.unique(np.append(machine.follow[low:rest], 0))
    end, state = compiled(_ended)(machine.kinds[last], *table, rows, choices[last], after, machine.end)
    moved = len(rows) - low
    follow = _moved(machine.follow[low:high], moved)
    follow[: rest - low] = np.searchsorted(rows, machine.follow[low:rest])
    empty = np.zeros(len(rows), dtype=np.int32)
    kinds = machine.kinds[days.start : days.stop]
    least = int(kinds[kinds >= 0].min(initial=machine.number))
    return Machine(
        kinds=np.where(kinds >= 0, kinds - least, -1).astype(machine.kinds.dtype),
        kind=np.concatenate([empty, machine.kind[low:high] - least]).astype(machine.kind.dtype),
        cost=np.concatenate([empty, machine.cost[low:high]]),
        follow=np.concatenate([empty, follow]).astype(machine.follow.dtype),
        tail=np.concatenate([empty, _moved(machine.tail[low:high], moved)]).astype(machine.tail.dtype),
        first=machine.first[days.start : days.stop + 1] + moved,
        start=int(start + moved),
        end=end,
        marks=machine.marks[state],
        count=np.concatenate([np.zeros((len(rows), machine.count.shape[1])), machine.count[low:high]]).astype(
            machine.count.dtype
        ),
    ), before + after


def _moved(rows: Numbers, by: int) -> Numbers:
    return np.where(rows > 0, rows + by, 0)


def _walked(
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
    """Cost of some choices from a row on, and the row after them; ``counted`` is added to."""
    step, total = start, 0.0
    for day in range(len(kinds)):
        asked = kinds[day, choices[day]]
        while step != 0 and kind[step] != asked:
            step = tail[step]
        if step == 0:
            return np.inf, 0
        total += cost[step]
        for k in range(len(counted)):
            counted[k] += count[step, k]
        step = follow[step]
    return total, step


def _ended(
    kinds: Numbers,
    kind: Numbers,
    cost: Costs,
    follow: Numbers,
    tail: Numbers,
    count: Numbers,
    rows: Numbers,
    choices: NDArray[np.int64],
    after: NDArray[np.int64],
    end: Costs,
) -> tuple[Costs, NDArray[np.int64]]:
    """What choices cost to the end from each row, and the state there."""
    costs, states = np.full(len(rows), np.inf), np.zeros(len(rows), dtype=np.int64)
    counted = np.zeros(len(after), dtype=np.int64)
    for place in range(1, len(rows)):
        step, total = np.int64(rows[place]), 0.0
        counted[:] = 0
        for day in range(len(kinds)):
            asked = kinds[day, choices[day]]
            while step != 0 and kind[step] != asked:
                step = tail[step]
            if step == 0:
                break
            total += cost[step]
            for k in range(len(counted)):
                counted[k] += count[step, k]
            step = follow[step]
        if step != 0 and (counted == after).all():
            costs[place], states[place] = total + end[step], step
    return costs, states
