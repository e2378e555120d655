"""Rules about one agent as tables, their product, and the exact best tour through it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.compiled import compiled
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton

Costs = NDArray[np.float64]
Marks = NDArray[np.int32]
Choices = tuple[int, ...]
"""What an agent does on each day: 0 for a day off, 1 + slot for a duty."""
WRITTEN = 4_000
"""A rule of more states a day is not written out: it would take a minute."""
DENSE_CODES = 1 << 24
"""Up to so many codes a table of all of them is quicker than sorting those that occur."""


@dataclass(frozen=True)
class Machine:
    """A rule about one agent written out: from state s of day d choice c costs cost[d][s, c] and leads to state follow[d][s, c].

    A cost of inf is not allowed. ``end[s]`` is the cost of being in state s after the last day; tours begin in state ``start``.
    ``marks[s, k]`` numbers what the k-th rule that counts has counted by then (see Rule.tally).
    """

    start: int
    follow: tuple[NDArray[np.int32], ...]
    cost: tuple[Costs, ...]
    end: Costs
    marks: Marks

    @property
    def states(self) -> int:
        """The largest number of states of a day."""
        return max((len(rows) for rows in self.cost), default=1)

    def total(self, choices: Choices) -> float:
        """Cost of one tour."""
        state, cost = self.start, 0.0
        for day, choice in enumerate(choices):
            cost += float(self.cost[day][state, choice])
            state = int(self.follow[day][state, choice])
        return cost + float(self.end[state])

    def best(self, worth: Costs, more: Costs | float = 0.0) -> tuple[float, Choices]:
        """The tour of greatest worth[d, c] less cost, with its value; -inf where no tour is allowed. Exact (Bellman 1957).

        ``more[s]`` is charged on top for being in state s after the last day.
        """
        chosen = np.zeros(len(self.cost), dtype=np.int64)
        follow, cost, rows = self.flat
        value = compiled(_best)(follow, cost, self.end + more, rows, worth, self.start, chosen)
        return float(value), tuple(chosen.tolist())

    @cached_property
    def flat(self) -> tuple[NDArray[np.int32], Costs, NDArray[np.int64]]:
        """The tables of all days one below the other, and the row at which each day begins."""
        rows = np.cumsum([0, *(len(rows) for rows in self.cost)])
        return np.concatenate(self.follow), np.concatenate(self.cost), rows


class TooManyStates(Exception):
    """A rule would remember more than WRITTEN states on some day."""


Steps = dict[tuple[int, Any], tuple[list[Any], list[float]]]
"""For a day and a state what each look of a duty leads to, a day off first, and what it costs."""


def written_out(problem: RosterProblem, automaton: Automaton, charge: float, known: Steps | None = None) -> Machine:
    """The table of an automaton at ``charge`` for one unit of breach (inf: forbidden); TooManyStates where it would be too large.

    ``known`` are steps of automata like it, which differ only in the start; new ones are added.
    """
    return _table(problem, automaton, charge, {} if known is None else known)[0]


def counted_out(problem: RosterProblem, automaton: Automaton) -> tuple[Machine, tuple[Any, ...]]:
    """The table of an automaton that counts, its last states marked, and the count of each mark."""
    machine, states = _table(problem, automaton, 0.0, {})
    return replace(machine, marks=np.arange(len(states), dtype=np.int32)[:, None]), states


def _table(
    problem: RosterProblem, automaton: Automaton, charge: float, known: Steps
) -> tuple[Machine, tuple[Any, ...]]:
    """The table of an automaton, and its states after the last day."""
    states: dict[Any, int] = {automaton.start: 0}
    follows, costs = [], []
    for day, duties in enumerate(problem.duties):
        ahead: dict[Any, int] = {}
        looks = [automaton.sees(duty) for duty in duties]
        unlike: dict[Hashable, Duty] = dict(zip(looks, duties, strict=True))
        leads, charged = [], []
        for state in states:
            if (day, state) not in known:
                steps = [automaton.step(state, day, duty) for duty in (None, *unlike.values())]
                afters = [automaton.coarse(after) if charge == inf else after for after, _ in steps]
                known[day, state] = afters, [charge * more if more else 0.0 for _, more in steps]
            afters, charges = known[day, state]
            # A day off always leads somewhere, so that no table is empty.
            leads.append(
                [
                    ahead.setdefault(after, len(ahead)) if cost < inf or choice == 0 else 0
                    for choice, (after, cost) in enumerate(zip(afters, charges, strict=True))
                ]
            )
            charged.append(charges)
        place = {look: 1 + position for position, look in enumerate(unlike)}
        columns, alike = [0, *(1 + duty.slot for duty in duties)], [0, *(place[look] for look in looks)]
        follow = np.zeros((len(states), 1 + len(problem.slots)), dtype=np.int32)
        cost = np.full(follow.shape, inf)
        follow[:, columns], cost[:, columns] = np.array(leads)[:, alike], np.array(charged)[:, alike]
        follows.append(follow)
        costs.append(cost)
        states = ahead
        if len(states) > WRITTEN:
            raise TooManyStates
    ends = np.array([charge * end if end else 0.0 for end in map(automaton.end, states)])
    return Machine(0, tuple(follows), tuple(costs), ends, np.zeros((len(ends), 0), dtype=np.int32)), tuple(states)


def smallest(machine: Machine) -> Machine:
    """The machine with states joined that cost the same from here on, whatever is chosen (Moore 1956, backwards by day)."""
    last, alike = np.unique(np.column_stack([machine.end, machine.marks]), axis=0, return_inverse=True)
    end, alike = last[:, 0], alike.ravel()
    follows: list[NDArray[np.int32]] = []
    costs: list[Costs] = []
    hopeless: NDArray[np.bool_] = np.isinf(end)
    for follow, cost in zip(reversed(machine.follow), reversed(machine.cost), strict=True):
        after = alike[follow].astype(np.int32)
        price = np.where(hopeless[after], inf, cost)
        after[np.isinf(price)] = 0
        rows: dict[bytes, int] = {}
        texts = [one.tobytes() + other.tobytes() for one, other in zip(after, price, strict=True)]
        alike = np.array([rows.setdefault(text, len(rows)) for text in texts], dtype=np.int64)
        first = np.unique(alike, return_index=True)[1]
        follows.append(after[first])
        costs.append(price[first])
        hopeless = np.asarray(np.isinf(costs[-1]).all(axis=1))
    marks = last[:, 1:].astype(np.int32)
    return Machine(int(alike[machine.start]), tuple(reversed(follows)), tuple(reversed(costs)), end, marks)


def both(one: Machine, other: Machine, limit: int) -> Machine | None:
    """The machine that charges for both; None where a day would need more than ``limit`` states."""
    left, right = np.array([one.start]), np.array([other.start])
    follows, costs = [], []
    for day in range(len(one.cost)):
        width = len(other.end) if day + 1 == len(other.cost) else len(other.cost[day + 1])
        height = len(one.end) if day + 1 == len(one.cost) else len(one.cost[day + 1])
        cost = one.cost[day][left] + other.cost[day][right]
        code = one.follow[day][left].astype(np.int64) * width + other.follow[day][right]
        found, follow = _numbered(code, np.isfinite(cost), width * height)
        if len(found) > limit:
            return None
        follows.append(follow.astype(np.int32))
        costs.append(cost)
        left, right = found // width, found % width
    marks = np.concatenate([one.marks[left], other.marks[right]], axis=1)
    return Machine(0, tuple(follows), tuple(costs), one.end[left] + other.end[right], marks)


def _numbered(
    code: NDArray[np.int64], possible: NDArray[np.bool_], codes: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The codes that occur where possible (at least one row, so that tables are never empty), and each code's position in them."""
    if codes > DENSE_CODES:
        found = np.unique(code[possible])
    else:
        seen = np.zeros(codes, dtype=np.bool_)
        seen[code[possible]] = True
        found = np.flatnonzero(seen)
    if len(found) == 0:
        found = np.zeros(1, dtype=np.int64)
    return found, np.where(possible, np.searchsorted(found, code), 0)


def _best(
    follow: NDArray[np.int32],
    cost: Costs,
    end: Costs,
    first: NDArray[np.int64],
    worth: Costs,
    start: int,
    chosen: NDArray[np.int64],
) -> float:
    """Value of each state from the last day backwards, then the best choices forwards."""
    days, choices = worth.shape
    value = np.empty(first[days] + len(end))
    for state in range(len(end)):
        value[first[days] + state] = -end[state]
    for day in range(days - 1, -1, -1):
        for row in range(first[day], first[day + 1]):
            best = -np.inf
            for choice in range(choices):
                best = max(best, worth[day, choice] - cost[row, choice] + value[first[day + 1] + follow[row, choice]])
            value[row] = best
    state = start
    for day in range(days):
        row, best = first[day] + state, -np.inf
        for choice in range(choices):
            reached = worth[day, choice] - cost[row, choice] + value[first[day + 1] + follow[row, choice]]
            if reached > best:
                best = reached
                chosen[day] = choice
        state = follow[row, chosen[day]]
    return float(value[start])
