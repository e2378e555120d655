"""When agents are on the queue: the roster's shifts without their activities, less those of absent agents."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Roster, Shift, TimeGrid
from wfm.simulate.floor import Duty, Floats
from wfm.simulate.streams import Purpose, draw

Stretch = tuple[float, float]
"""Seconds since the grid's start, [start, end)."""


def duty(roster: Roster, agents: Sequence[str], absent: Collection[tuple[str, int]] = ()) -> Duty:
    """The turns of all agents, numbered as in ``agents``, without the (agent, ordinal of the local day) pairs in ``absent``.

    Shifts of one agent that touch or overlap are worked once; what lies outside the grid is cut off.
    """
    turns = []
    for number, agent in enumerate(agents):
        present = (row for row in roster.shifts_of(agent) if (agent, row.day.toordinal()) not in absent)
        for start, end in _merged(stretch for shift in present for stretch in on_queue(shift, roster.grid)):
            turns += [(start, number, True), (end, number, False)]
    turns.sort()
    return Duty(
        at=np.array([turn[0] for turn in turns], np.float64),
        agent=np.array([turn[1] for turn in turns], np.int64),
        on=np.array([turn[2] for turn in turns], np.bool_),
        end=(roster.grid.end - roster.grid.start).total_seconds(),
    )


def absences(roster: Roster, share: float, seed: int, replication: int) -> frozenset[tuple[str, int]]:
    """Who is absent on which local day: each working day of each agent with probability ``share``, independently."""
    days = {(row.agent, row.shift.day.toordinal()) for row in roster.assignments if share > 0}
    return frozenset(key for key in days if draw(seed, replication, Purpose.ABSENCE, *key) < share)


def heads(turns: Duty, skilled: NDArray[np.bool_], grid: TimeGrid) -> Floats:
    """Mean heads on the queue among the ``skilled`` agents, shape (count,)."""
    step = 60.0 * grid.step_minutes
    mine = skilled[turns.agent]
    if not mine.any():
        return np.zeros(grid.count)
    at, present = turns.at[mine], np.cumsum(np.where(turns.on[mine], 1.0, -1.0))
    head_seconds = np.concatenate([[0.0], np.cumsum(present[:-1] * np.diff(at))])
    return np.asarray(np.diff(np.interp(step * np.arange(grid.count + 1), at, head_seconds)) / step)


def on_queue(shift: Shift, grid: TimeGrid) -> Iterator[Stretch]:
    """The stretches of a shift between its activities, inside the grid."""
    starts = [shift.start, *(activity.end for activity in shift.activities)]
    ends = [*(activity.start for activity in shift.activities), shift.end]
    for start, end in zip(starts, ends, strict=True):
        begin, finish = max(start, grid.start), min(end, grid.end)
        if begin < finish:
            yield (begin - grid.start).total_seconds(), (finish - grid.start).total_seconds()


def _merged(stretches: Iterator[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for start, end in sorted(stretches):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
