"""The best tours among those with few changes: layers of the tour search, one for each change that may still be made."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.compiled import compiled
from wfm.schedule.tours import Costs, Machine

Changes = NDArray[np.bool_]
"""Whether each choice of each day is a change, shape (days, 1 + slots)."""


def within(machine: Machine, worth: Costs, changes: Changes, most: int) -> tuple[Costs, NDArray[np.int64]]:
    """Values and choices of the best tours with at most 0, 1 .. ``most`` changes, shapes (most + 1,) and (most + 1, days).

    ``changes[d, c]`` tells whether choice c of day d is one; the value is -inf where no tour is allowed.
    """
    follow, cost, rows = machine.flat
    value = compiled(_values)(follow, cost, machine.end, rows, worth, changes, most)
    chosen = np.zeros((most + 1, len(machine.cost)), dtype=np.int64)
    compiled(_follow)(follow, cost, rows, worth, changes, value, machine.start, chosen)
    return value[rows[0] + machine.start], chosen


def through(machine: Machine, worth: Costs, changes: Changes, most: int) -> Costs:
    """For at most 0, 1 .. ``most`` changes and every day and choice the value of the best tour that makes it there.

    Shape (most + 1, days, choices); -inf where no tour does.
    """
    follow, cost, rows = machine.flat
    value = compiled(_values)(follow, cost, machine.end, rows, worth, changes, most)
    found = np.full((most + 1, *worth.shape), -np.inf)
    compiled(_through)(follow, cost, rows, worth, changes, value, machine.start, found)
    return found


def _values(
    follow: NDArray[np.int32],
    cost: Costs,
    end: Costs,
    first: NDArray[np.int64],
    worth: Costs,
    changes: Changes,
    most: int,
) -> Costs:
    """Value of each state from the last day backwards, with at most so many changes from there on."""
    days, choices = worth.shape
    value = np.full((first[days] + len(end), most + 1), -np.inf)
    for state in range(len(end)):
        value[first[days] + state] = -end[state]
    for day in range(days - 1, -1, -1):
        for row in range(first[day], first[day + 1]):
            for choice in range(choices):
                gain = worth[day, choice] - cost[row, choice]
                after, spent = first[day + 1] + follow[row, choice], int(changes[day, choice])
                for left in range(spent, most + 1):
                    value[row, left] = max(value[row, left], gain + value[after, left - spent])
    return value


def _follow(
    follow: NDArray[np.int32],
    cost: Costs,
    first: NDArray[np.int64],
    worth: Costs,
    changes: Changes,
    value: Costs,
    start: int,
    chosen: NDArray[np.int64],
) -> None:
    """The choices that reach the values of the first day."""
    days, choices = worth.shape
    for most in range(len(chosen)):
        state, left = start, most
        for day in range(days):
            row, best, to = first[day] + state, -np.inf, left
            for choice in range(choices):
                spent = int(changes[day, choice])
                if spent <= left:
                    after = first[day + 1] + follow[row, choice]
                    reached = worth[day, choice] - cost[row, choice] + value[after, left - spent]
                    if reached > best:
                        best, to = reached, left - spent
                        chosen[most, day] = choice
            state, left = follow[row, chosen[most, day]], to


def _through(
    follow: NDArray[np.int32],
    cost: Costs,
    first: NDArray[np.int64],
    worth: Costs,
    changes: Changes,
    value: Costs,
    start: int,
    found: Costs,
) -> None:
    """Value of the best way to each state with so many changes; a choice joins it to the value from there on."""
    days, choices = worth.shape
    most = len(found) - 1
    so_far = np.full(value.shape, -np.inf)
    so_far[first[0] + start] = 0.0
    for day in range(days):
        for row in range(first[day], first[day + 1]):
            if so_far[row, most] == -np.inf:
                continue
            for choice in range(choices):
                gain = worth[day, choice] - cost[row, choice]
                after, spent = first[day + 1] + follow[row, choice], int(changes[day, choice])
                for done in range(most + 1 - spent):
                    so_far[after, done + spent] = max(so_far[after, done + spent], so_far[row, done] + gain)
                    for total in range(done + spent, most + 1):
                        reached = so_far[row, done] + gain + value[after, total - done - spent]
                        found[total, day, choice] = max(found[total, day, choice], reached)
