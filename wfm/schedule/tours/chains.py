"""Chained rows are made here: from the table of one rule, and from those of several by going through both at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.compiled import compiled
from wfm.schedule.problem import RosterProblem
from wfm.schedule.tours.machine import NIL, Costs, Machine, Marks, Numbers
from wfm.schedule.tours.tables import Table

Ints = NDArray[np.int64]
MIX = -7046029254386353131
"""An odd number near 2^64 / golden ratio, as a signed one: it spreads keys over a table (Knuth 1998, 6.4)."""


def kinds_of(problem: RosterProblem, tables: Iterable[Table]) -> Numbers:
    """Numbers choices so that those of a day that look the same to all tables are of one kind, shape (days, choices); -1: not allowed.

    Kinds rise with the start of their first duty, a day off last: what a rest bars are the first ones of a row then, so that the rest
    of the row is shared.
    """
    kinds = np.full((len(problem.days), 1 + len(problem.slots)), -1, dtype=np.int32)
    looks, possible, number = np.zeros(kinds.shape, dtype=np.int64), np.ones(kinds.shape, dtype=np.bool_), 0
    for table in tables:
        possible &= table.looks >= 0
        looks = looks * (int(table.looks.max()) + 2) + table.looks + 1
        looks = np.unique(looks, return_inverse=True)[1].reshape(kinds.shape)  # no larger than there are choices
    for day, duties in enumerate(problem.duties):
        ordered = sorted(duties, key=lambda duty: (duty.start, duty.end, duty.slot))
        choices = np.array([*(1 + duty.slot for duty in ordered), 0])
        choices = choices[possible[day, choices]]
        _, first, alike = np.unique(looks[day, choices], return_index=True, return_inverse=True)
        kinds[day, choices] = number + np.argsort(np.argsort(first))[alike]
        number += len(first)
    return kinds


class Layer(NamedTuple):
    """Steps of one day before they are numbered: ``follow`` is a row of the next day, ``tail`` a place in this layer or -1."""

    kind: Numbers
    cost: Costs
    follow: Numbers
    tail: Ints
    counts: Numbers


class Chains:
    """A machine in the making, from the last day backwards: steps that are the same are one."""

    def __init__(self, kinds: Numbers, ends: Costs, marks: Marks, gauges: int) -> None:
        """``ends`` and ``marks`` of the states after the last day; alike ones are joined, and ``rows`` numbers them."""
        last, alike = np.unique(np.column_stack([ends, marks]), axis=0, return_inverse=True)
        allowed = np.isfinite(last[:, 0])
        number = np.where(allowed, np.cumsum(allowed), NIL).astype(np.int32)
        self.kinds, self.rows = kinds, number[alike.ravel()]
        self.end = np.concatenate([[np.inf], last[allowed, 0]])
        self.marks = np.concatenate([np.zeros((1, marks.shape[1])), last[allowed, 1:]]).astype(np.int32)
        none = np.zeros(len(self.end), dtype=np.int32)
        self.layers = [
            Layer(none, np.zeros(len(none)), none, none.astype(np.int64), np.zeros((len(none), gauges), dtype=np.int32))
        ]
        self.first = [len(none)]

    def add(self, layer: Layer) -> Ints:
        """Add the day before: the number of the row that begins at each step of the layer."""
        codes = np.zeros(len(layer.kind), dtype=np.int64)
        for k in range(layer.counts.shape[1]):
            codes = codes * (1 << 31) + layer.counts[:, k]
        bits = (layer.cost + 0.0).view(np.int64)
        kept, tail, rows = compiled(_joined)(layer.kind, bits, layer.follow, layer.tail, codes, self.first[-1])
        self.layers.append(Layer(layer.kind[kept], layer.cost[kept], layer.follow[kept], tail, layer.counts[kept]))
        self.first.append(self.first[-1] + len(kept))
        return np.asarray(rows)

    def machine(self, start: int) -> Machine:
        """The machine whose tours begin with a row."""
        kind, cost, follow, tail, count = (np.concatenate(parts) for parts in zip(*self.layers, strict=True))
        first = np.array(self.first[::-1])
        return Machine(self.kinds, kind, cost, follow, tail.astype(np.int32), first, start, self.end, self.marks, count)


def chained(table: Table, kinds: Numbers) -> Machine:
    """The machine of one rule, over kinds that tell apart what it tells apart."""
    gauges = 1 if table.count else 0
    chains = Chains(kinds, table.end, table.marks, gauges)
    rows = chains.rows
    for day in reversed(range(len(kinds))):
        seen, choices = np.unique(kinds[day], return_index=True)
        seen, choices = seen[seen >= 0][::-1].astype(np.int32), choices[seen >= 0][::-1]
        cost, follow = table.cost[day][:, choices], rows[table.follow[day][:, choices]]
        possible = np.isfinite(cost) & (follow != NIL)
        state, column = np.nonzero(possible)
        place = np.arange(len(state))
        tail = np.where(np.diff(state, prepend=-1) == 0, place - 1, -1)
        count = (
            table.count[day][:, choices][possible][:, None]
            if table.count
            else np.zeros((len(state), 0), dtype=np.int32)
        )
        found = chains.add(Layer(seen[column], cost[possible], follow[possible].astype(np.int32), tail, count))
        rows = np.zeros(len(cost), dtype=np.int32)
        rows[state] = found  # the last step of a state, its first kind, is written last
    return chains.machine(int(rows[table.start]))


def both(one: Machine, other: Machine, limit: int) -> Machine | None:
    """The machine that charges and counts for both, over the same kinds; None where a day would need more than ``limit`` steps."""
    heads = np.array([[one.start], [other.start]], dtype=np.int32)
    layers = []
    for day in range(one.days):
        room = min(limit, _steps(one, day) * _steps(other, day))
        number, *layer, ahead = compiled(_paired)(
            one.kind, one.follow, one.tail, other.kind, other.follow, other.tail, heads, room
        )
        if number > room:
            return None
        layers.append(layer)
        heads = ahead
    ends = one.end[heads[0]] + other.end[heads[1]]
    marks = np.concatenate([one.marks[heads[0]], other.marks[heads[1]]], axis=1)
    chains = Chains(one.kinds, ends, marks, one.count.shape[1] + other.count.shape[1])
    rows = chains.rows
    for steps, tail, follow, begins in reversed(layers):
        count = np.concatenate([one.count[steps[0]], other.count[steps[1]]], axis=1)
        cost = one.cost[steps[0]] + other.cost[steps[1]]
        found = chains.add(Layer(one.kind[steps[0]], cost, rows[follow], tail, count))
        rows = np.where(begins >= 0, found[begins] if len(found) else 0, NIL).astype(np.int32)
    return chains.machine(int(rows[0]))


def _steps(machine: Machine, day: int) -> int:
    return int(machine.first[day] - machine.first[day + 1])


def _paired(  # noqa: C901 - numba takes arrays, not objects
    kind: Numbers,
    follow: Numbers,
    tail: Numbers,
    its_kind: Numbers,
    its_follow: Numbers,
    its_tail: Numbers,
    heads: Numbers,
    room: int,
) -> tuple[int, Numbers, Ints, Ints, Ints, Numbers]:
    """The steps of a day that both machines allow after the rows ``heads`` of the two: their number (beyond ``room``: too many), the pairs.

    Then for each the place of its tail (-1: none) and of the pair of rows that it leads to; for each head the place at which its row
    begins (-1: nowhere); and the pairs of rows that are led to. Each pair of steps is gone through once, however many rows share it.
    """
    size = 2
    while size < 2 * room + 2:
        size *= 2
    seen, seen_at = np.full(size, -1, dtype=np.int64), np.zeros(size, dtype=np.int64)
    led, led_at = np.full(size, -1, dtype=np.int64), np.zeros(size, dtype=np.int64)
    steps, ahead = np.zeros((2, room), dtype=np.int32), np.zeros((2, room), dtype=np.int32)
    below, leads, open_slots = np.zeros(room, np.int64), np.zeros(room, np.int64), np.zeros(room, np.int64)
    begins = np.full(heads.shape[1], -1, dtype=np.int64)
    number = leading = 0
    for head in range(heads.shape[1]):
        one, other, done = heads[0, head], heads[1, head], number
        rest = -1
        while True:
            while one != 0 and other != 0 and kind[one] != its_kind[other]:
                if kind[one] < its_kind[other]:
                    one = tail[one]
                else:
                    other = its_tail[other]
            if one == 0 or other == 0:
                break
            key = np.int64(one) * len(its_kind) + other
            slot = (key * MIX >> 20) & (size - 1)
            while seen[slot] >= 0 and seen[slot] != key:
                slot = (slot + 1) & (size - 1)
            if seen[slot] == key:
                rest = seen_at[slot]
                break
            if number == room:
                return room + 1, steps, below, leads, begins, ahead
            seen[slot] = key
            steps[0, number], steps[1, number], open_slots[number] = one, other, slot
            number += 1
            one, other = tail[one], its_tail[other]
        # The steps found stand in the order of the row: turned round, so that a tail comes before what it belongs to.
        low, high = done, number - 1
        while low < high:
            for side in range(2):
                steps[side, low], steps[side, high] = steps[side, high], steps[side, low]
            open_slots[low], open_slots[high] = open_slots[high], open_slots[low]
            low, high = low + 1, high - 1
        for step in range(done, number):
            below[step], rest, seen_at[open_slots[step]] = rest, step, step
            one, other = follow[steps[0, step]], its_follow[steps[1, step]]
            key = np.int64(one) * len(its_kind) + other
            slot = (key * MIX >> 20) & (size - 1)
            while led[slot] >= 0 and led[slot] != key:
                slot = (slot + 1) & (size - 1)
            if led[slot] < 0:
                led[slot], led_at[slot], ahead[0, leading], ahead[1, leading] = key, leading, one, other
                leading += 1
            leads[step] = led_at[slot]
        begins[head] = rest
    return number, steps[:, :number], below[:number], leads[:number], begins, ahead[:, :leading].copy()


def _joined(
    kind: Numbers, bits: Ints, follow: Numbers, tail: Ints, codes: Ints, first: int
) -> tuple[Ints, Numbers, Numbers]:
    """Of steps that are the same one is kept, and none that leads nowhere: the places kept, their tails, and the row at each place."""
    size = 2
    while size < 2 * len(kind) + 2:
        size *= 2
    table, kept = np.full(size, -1, dtype=np.int64), np.zeros(len(kind), dtype=np.int64)
    tails, rows = np.zeros(len(kind), dtype=np.int32), np.zeros(len(kind), dtype=np.int32)
    number = 0
    for step in range(len(kind)):
        rest = rows[tail[step]] if tail[step] >= 0 else np.int32(0)
        rows[step] = rest
        if follow[step] != 0:
            mixed = ((np.int64(kind[step]) * MIX + follow[step]) * MIX + rest) * MIX + (bits[step] ^ codes[step])
            slot = ((mixed * MIX) >> 20) & (size - 1)
            while table[slot] >= 0:
                place = table[slot]
                at = kept[place]
                same = kind[at] == kind[step] and follow[at] == follow[step] and tails[place] == rest
                if same and bits[at] == bits[step] and codes[at] == codes[step]:
                    break
                slot = (slot + 1) & (size - 1)
            if table[slot] < 0:
                table[slot], kept[number], tails[number] = number, step, rest
                number += 1
            rows[step] = first + table[slot]
    return kept[:number], tails[:number], rows
