"""When agents are on the queue: the roster's shifts without their activities, less what absence and lateness take from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Roster, Shift, TimeGrid
from wfm.simulate.floor import Bools, Duty, Floats, Ints
from wfm.simulate.streams import Purpose, draws

Stretch = tuple[float, float]
"""Seconds since the grid's start, [start, end)."""


class Rostered(NamedTuple):
    """All stretches on the queue by agent and start: seconds since the grid's start, the agent's number, and the place of the shift.

    By shift: when it begins, whose it is, and the ordinal of its local day. ``end`` is the end of the grid.
    """

    starts: Floats
    ends: Floats
    agent: Ints
    shift: Ints
    begins: Floats
    names: tuple[str, ...]
    days: Ints
    end: float


def rostered(roster: Roster, agents: Sequence[str]) -> Rostered:
    """The stretches of all agents, numbered as in ``agents``; what lies outside the grid is cut off."""
    shifts = [(number, agent, row) for number, agent in enumerate(agents) for row in roster.shifts_of(agent)]
    rows = sorted(
        (number, start, end, place)
        for place, (number, _, row) in enumerate(shifts)
        for start, end in on_queue(row, roster.grid)
    )
    agent, starts, ends, places = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Rostered(
        starts=np.array(starts, np.float64),
        ends=np.array(ends, np.float64),
        agent=np.array(agent, np.int64),
        shift=np.array(places, np.int64),
        begins=np.array([(row.start - roster.grid.start).total_seconds() for _, _, row in shifts], np.float64),
        names=tuple(name for _, name, _ in shifts),
        days=np.array([row.day.toordinal() for _, _, row in shifts], np.int64),
        end=(roster.grid.end - roster.grid.start).total_seconds(),
    )


def duty(plan: Rostered, absent: Bools | None = None, late: Floats | None = None) -> Duty:
    """The turns of all agents without the shifts that are ``absent`` and with those that are ``late`` by some seconds.

    Shifts of one agent that touch or overlap are worked once.
    """
    gone = np.zeros(len(plan.begins), np.bool_) if absent is None else absent
    begins = plan.starts if late is None else np.maximum(plan.starts, (plan.begins + late)[plan.shift])
    worked = ~gone[plan.shift] & (begins < plan.ends)
    starts, ends, agent = _merged(begins[worked], plan.ends[worked], plan.agent[worked], plan.end)
    at, who = np.concatenate([starts, ends]), np.concatenate([agent, agent])
    on = np.arange(len(at)) < len(starts)
    order = np.lexsort((who, on, at))  # who leaves goes before who comes, or would be given work in passing
    return Duty(at=at[order], agent=who[order], on=on[order], end=plan.end)


def _merged(starts: Floats, ends: Floats, agent: Ints, end: float) -> tuple[Floats, Floats, Ints]:
    """Stretches by agent and start, those of one agent that touch or overlap made one: agents lie apart on one long line."""
    if len(starts) == 0:
        return starts, ends, agent
    apart = (end + 1.0) * agent
    reach = np.maximum.accumulate(ends + apart)
    first = np.concatenate([[True], (starts + apart)[1:] > reach[:-1]])
    last = np.concatenate([first[1:], [True]])
    return starts[first], (reach - apart)[last], agent[first]


def absences(plan: Rostered, share: float, seed: int, replication: int) -> Bools:
    """Which shifts are missed: each working day of each agent with probability ``share``, independently."""
    return draws(seed, replication, Purpose.ABSENCE, plan.names, plan.days) < share


def lateness(plan: Rostered, mean_seconds: float, seed: int, replication: int) -> Floats:
    """By how many seconds each shift begins late, exponential and independent."""
    return -mean_seconds * np.log1p(
        -draws(seed, replication, Purpose.LATENESS, plan.names, plan.begins.astype(np.int64))
    )


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
