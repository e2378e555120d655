"""Inside one shift: the cheapest way for every amount of a role's time, against all ways; and how a week shares it out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import inf

import numpy as np
import pytest

from wfm.schedule.placing.shift_plan import ShiftPlan, shared_out

CELLS = 9


def plan(seed: int) -> ShiftPlan:
    """Make a shift of nine cells with a break of one and one of two cells, and something fixed in the way."""
    random = np.random.default_rng(seed)
    free = np.ones(CELLS, dtype=np.bool_)
    free[random.integers(0, CELLS)] = False
    pauses = (1, 2)
    may_pause = np.zeros((2, CELLS), dtype=np.bool_)
    for number, (length, window) in enumerate(zip(pauses, ((1, 4), (5, 8)), strict=True)):
        for cell in range(*window):
            may_pause[number, cell] = free[cell : cell + length].all() and cell + length <= CELLS
    return ShiftPlan(
        cost=np.concatenate(([0.0], np.cumsum(random.random(CELLS)))),
        pauses=pauses,
        may_pause=may_pause,
        may_work=free & (random.random(CELLS) < 0.9),
        may_start=np.arange(CELLS) % 2 == 0,
        block=2,
        unit=1,
        most=4,
    )


def ways(shift: ShiftPlan) -> Iterator[tuple[int, float]]:
    """Yield units and cost of every way: what each cell is used for, checked rule by rule."""
    for first, second in product(*(np.flatnonzero(row).tolist() for row in shift.may_pause)):
        if first + 1 > second:
            continue
        taken = {first, second, second + 1}
        for chosen in product((False, True), repeat=CELLS):
            cells = [cell for cell, yes in enumerate(chosen) if yes]
            if taken & {*cells} or not all(shift.may_work[cell] for cell in cells):
                continue
            starts = [cell for cell in cells if cell - 1 not in cells]
            lengths = [next(n for n in range(1, CELLS + 1) if cell + n not in cells) for cell in starts]
            if all(shift.may_start[cell] for cell in starts) and all(length >= 2 for length in lengths):
                worth = np.diff(shift.cost)
                yield len(cells), float(worth[[*cells, *taken]].sum())


@pytest.mark.parametrize("seed", range(8))
def test_the_cheapest_way_is_the_best_of_all_ways(seed: int) -> None:
    shift = plan(seed)
    best = dict.fromkeys(range(5), inf)
    for units, cost in ways(shift):
        if units in best:
            best[units] = min(best[units], cost)
    assert shift.costs.tolist() == pytest.approx(list(best.values()))


@pytest.mark.parametrize("seed", range(8))
def test_a_way_costs_what_the_table_says(seed: int) -> None:
    shift = plan(seed)
    for units, cost in enumerate(shift.costs.tolist()):
        if cost < inf:
            starts, blocks = shift.ways(units)
            assert sum(cells for _, cells in blocks) == units
            spent = [*zip(starts, shift.pauses, strict=True), *blocks]
            assert sum(shift.cost[low + cells] - shift.cost[low] for low, cells in spent) == pytest.approx(cost)


def test_a_week_shares_out_at_least_cost() -> None:
    random = np.random.default_rng(3)
    tables = [np.array([0.0, inf, *np.cumsum(random.random(3))]) for _ in range(3)]
    for asked, most, missing in ((5, 7, 100.0), (5, 7, 0.2), (20, 12, 1.0), (0, 3, 1.0)):
        best = min(
            sum(table[units] for table, units in zip(tables, chosen, strict=True))
            + missing * max(0, asked - sum(chosen))
            for chosen in product(range(5), repeat=3)
            if sum(chosen) <= most
        )
        taken = shared_out(tables, asked, most, missing)
        cost = sum(table[units] for table, units in zip(tables, taken, strict=True))
        assert sum(taken) <= most
        assert cost + missing * max(0, asked - sum(taken)) == pytest.approx(best)


def test_a_week_without_shifts_shares_out_nothing() -> None:
    assert shared_out([], 4, 8, 1.0) == []
