"""The best tours among those with few changes: layers of the tour search, one for each change that may still be made."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.compiled import compiled
from wfm.schedule.tours import Costs, Machine, best_of_kinds

Changes = NDArray[np.bool_]
"""Whether each choice of each day is a change, shape (days, 1 + slots)."""
Numbers = NDArray[np.int32]


def within(machine: Machine, worth: Costs, changes: Changes, most: int) -> tuple[Costs, NDArray[np.int64]]:
    """Values and choices of the best tours with at most 0, 1 .. ``most`` changes, shapes (most + 1,) and (most + 1, days).

    ``changes[d, c]`` tells whether choice c of day d is one; the value is -inf where no tour is allowed.
    """
    gains, choice_of = _gains(machine, worth, changes)
    value = _all_values(machine, gains, most)
    chosen = np.zeros((most + 1, machine.days), dtype=np.int64)
    rows = machine.kind, machine.cost, machine.follow, machine.tail
    compiled(_follow)(*rows, gains, choice_of, value, machine.start, chosen)
    return value[machine.start], chosen


def through(machine: Machine, worth: Costs, changes: Changes, most: int) -> Costs:
    """For at most 0, 1 .. ``most`` changes and every day and choice the value of the best tour that makes it there.

    Shape (most + 1, days, choices); -inf where no tour does.
    """
    gains, _ = _gains(machine, worth, changes)
    value = _all_values(machine, gains, most)
    around = np.full((machine.number + 1, most + 1), -np.inf)
    rows = machine.kind, machine.cost, machine.follow, machine.tail
    compiled(_through)(*rows, gains, value, machine.start, len(machine.end), around)
    least = np.where(changes[:, :, None], np.roll(around, 1, axis=1)[machine.kinds], around[machine.kinds])
    least[changes, 0] = -np.inf
    return np.moveaxis(worth[:, :, None] + least, 2, 0)


def _gains(machine: Machine, worth: Costs, changes: Changes) -> tuple[Costs, NDArray[np.int64]]:
    """Worth of the best choice of each kind that is no change, and of the best that is one, and these choices; shape (2, kinds)."""
    found = [best_of_kinds(machine, np.where(changes == made, worth, -np.inf)) for made in (False, True)]
    return np.array([gains for gains, _ in found]), np.array([choices for _, choices in found])


def _all_values(machine: Machine, gains: Costs, most: int) -> Costs:
    value = np.full((len(machine.kind), most + 1), -np.inf)
    value[: len(machine.end)] = -machine.end[:, None]
    compiled(_values)(machine.kind, machine.cost, machine.follow, machine.tail, gains, len(machine.end), value)
    return value


def _values(kind: Numbers, cost: Costs, follow: Numbers, tail: Numbers, gains: Costs, ends: int, value: Costs) -> None:
    """Value of each row from the last day backwards, with at most so many changes from there on."""
    for step in range(ends, len(kind)):
        for spent in range(2):
            gain = gains[spent, kind[step]] - cost[step]
            for left in range(spent, value.shape[1]):
                value[step, left] = max(value[step, left], gain + value[follow[step], left - spent])
        for left in range(value.shape[1]):
            value[step, left] = max(value[step, left], value[tail[step], left])


def _follow(
    kind: Numbers,
    cost: Costs,
    follow: Numbers,
    tail: Numbers,
    gains: Costs,
    choice_of: NDArray[np.int64],
    value: Costs,
    start: int,
    chosen: NDArray[np.int64],
) -> None:
    """The choices that reach the values of the first day."""
    for most in range(len(chosen)):
        step, left = start, most
        if value[start, most] == -np.inf:
            continue
        for day in range(chosen.shape[1]):
            while value[tail[step], left] >= value[step, left]:
                step = tail[step]
            spent = int(gains[0, kind[step]] - cost[step] + value[follow[step], left] < value[step, left])
            chosen[most, day] = choice_of[spent, kind[step]]
            step, left = follow[step], left - spent


def _through(
    kind: Numbers,
    cost: Costs,
    follow: Numbers,
    tail: Numbers,
    gains: Costs,
    value: Costs,
    start: int,
    ends: int,
    around: Costs,
) -> None:
    """Value of the best way to each row with so many changes; a step joins it to the value from there on, its own worth left out."""
    most = value.shape[1] - 1
    so_far = np.full(value.shape, -np.inf)
    so_far[start] = 0.0
    for step in range(len(kind) - 1, ends - 1, -1):
        if so_far[step, most] == -np.inf:
            continue
        after, charge, of = follow[step], cost[step], kind[step]
        for done in range(most + 1):
            here = so_far[step, done]
            so_far[tail[step], done] = max(so_far[tail[step], done], here)
            for total in range(done, most + 1):
                around[of, total] = max(around[of, total], here - charge + value[after, total - done])
            for spent in range(min(2, most + 1 - done)):
                so_far[after, done + spent] = max(so_far[after, done + spent], here - charge + gains[spent, of])
