"""Levelling deferred work: the staffing curve that meets every deadline with the smallest total, the smallest peak, the fewest changes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from wfm.domain.errors import Fault, InputError
from wfm.staffing.arrays import Bools, Floats, Integers

_ROUNDING = 1e-12
_HALVINGS = 60


@dataclass(frozen=True)
class Windows:
    """Work that may be done in the places ``first`` .. ``end`` - 1 of ``count``; neither bound ever falls from one row to the next."""

    amount: Floats
    first: Integers
    end: Integers
    count: int


def levelled(work: Windows, share: float = 1.0) -> Floats:
    """Work to do in each place, shape (count,): at least ``share`` of all inside its windows, the rest later, all of it in the end.

    The busiest stretch is the one with the most work per place that has to be done inside it; nothing can lower it, so its
    work is spread evenly over it, it is cut out of the calendar, and the next busiest is looked for (Yao, Demers & Shenker 1995). The
    result minimises every sum of a convex function of the places: the peak, then the next highest, and so on; it does only the work there
    is. For ``share`` 1 it is the taut string between work come and work due, which has the least sum of changes too (Davies & Kovac 2001).
    Where less is promised, the least peak decides which work is late. Raises InputError unless 0 < share <= 1.
    """
    if not 0 < share <= 1:
        raise InputError([Fault("a share above 0 and at most 1", f"{share:g}")])
    late = work.amount - _in_time(work, _least_peak(work, share)) if share < 1 else np.zeros_like(work.amount)
    kept = replace(work, amount=work.amount - late)
    whole = np.full(late.shape, work.count)
    amount, first, end = (
        np.concatenate(pair) for pair in ((kept.amount, late), (work.first, work.first), (work.end, whole))
    )
    never = np.arange(amount.size) >= late.size
    return _cut_out(Windows(amount, first, end, work.count), never)


def _cut_out(work: Windows, late: Bools) -> Floats:
    """The busiest stretch, the busiest of what remains, and so on."""
    level, places, total = np.zeros(work.count), np.arange(work.count), work.amount.sum()
    while places.size and work.amount.sum() > _ROUNDING * total:
        begin, end, density = _busiest(work, late)
        level[places[begin:end]] = density
        places = np.delete(places, slice(begin, end))
        left = (work.first < begin) | (work.end > end)
        first, last = (edge[left] - np.clip(edge[left] - begin, 0, end - begin) for edge in (work.first, work.end))
        work, late = Windows(work.amount[left], first, last, places.size), late[left]
    return level


def _busiest(work: Windows, late: Bools) -> tuple[int, int, float]:
    """The stretch [begin, end) with the most work per place whose windows lie inside it, and that much (Dinkelbach 1967).

    In-time windows inside [i, j) hold the work due by j less the work come before i, if positive; late work is due at the end.
    """
    kept = np.where(late, 0.0, work.amount)
    edges = np.arange(work.count + 1)
    come, due = (np.bincount(at, kept, work.count + 1) for at in (work.first + 1, work.end))
    come, due = np.cumsum(come[: work.count + 1]), np.cumsum(due)
    all_come = np.cumsum(np.bincount(work.first + 1, work.amount, work.count + 1)[: work.count + 1])
    tail = all_come[-1] - all_come
    begin, end, density = 0, work.count, tail[0] / work.count
    while True:
        start = come - density * edges
        lowest = np.minimum.accumulate(start)
        gain = due - density * edges - lowest
        last = tail - density * (work.count - edges)
        j, i = int(gain.argmax()), int(last.argmax())
        if max(gain[j], last[i]) <= _ROUNDING * tail[0]:
            return begin, end, float(density)
        if last[i] >= gain[j]:
            better, found = tail[i] / (work.count - i), (i, work.count)
        else:
            i = int(start[: j + 1].argmin())
            better, found = (due[j] - come[i]) / (j - i), (i, j)
        if better <= density:
            return begin, end, float(density)
        density, (begin, end) = better, found


def _least_peak(work: Windows, share: float) -> float:
    """The least constant capacity that does a share of the work inside its windows and all of it by the end."""
    waiting = np.cumsum(np.bincount(work.first, work.amount, work.count)[::-1])
    low = float((waiting / np.arange(1, work.count + 1)).max(initial=0.0))
    high = max(low, float(_cut_out(work, np.zeros(work.amount.size, dtype=np.bool_)).max(initial=0.0)))
    enough = share * work.amount.sum() * (1 - _ROUNDING)
    if _in_time(work, low).sum() >= enough:
        return low
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if _in_time(work, middle).sum() >= enough else (middle, high)
    return high


def _in_time(work: Windows, capacity: float) -> Floats:
    """How much of each row a constant capacity does inside its window: oldest deadline first, and nothing that is late already."""
    left, firsts, ends, row = work.amount.tolist(), work.first.tolist(), work.end.tolist(), 0
    for place in range(work.count):
        room = capacity
        while row < len(left) and firsts[row] <= place and room > 0:
            if ends[row] > place:
                step = min(room, left[row])
                left[row] -= step
                room -= step
            if left[row] > 0 and ends[row] > place:
                break
            row += 1
    return np.asarray(work.amount - np.array(left))
