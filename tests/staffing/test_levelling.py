"""The levelled curve is the optimum of three linear programs: smallest total, smallest peak, fewest changes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import coo_matrix, hstack, vstack

from wfm.domain import InputError
from wfm.staffing.arrays import Floats
from wfm.staffing.levelling import Windows, levelled


def some_work(seed: int) -> Windows:
    rng = np.random.default_rng(seed)
    count = int(rng.integers(3, 30))
    first = np.sort(rng.integers(0, count, int(rng.integers(1, 2 * count))))
    end = np.minimum(np.maximum.accumulate(first + rng.integers(1, 9, first.size)), count)
    amount = rng.gamma(0.7, 5.0, first.size) * (rng.random(first.size) < 0.8)
    return Windows(amount, first, end, count)


class Program:
    """min cost.x over flows of each row into places (in time or late), levels, peak and changes; shares no code with wfm."""

    def __init__(self, work: Windows, share: float) -> None:
        self.pairs = [(k, place) for k in range(work.amount.size) for place in range(work.first[k], work.count)]
        flows, count = len(self.pairs), work.count
        row, place = (np.array(side, dtype=int) for side in zip(*self.pairs, strict=True))
        on, none = np.ones(flows), coo_matrix((count, flows))
        eye, peak = coo_matrix(np.eye(count)), coo_matrix(np.ones((count, 1)))
        flat = coo_matrix((work.amount.size, 2 * count))
        all_done = hstack([coo_matrix((on, (row, np.arange(flows))), (work.amount.size, flows)), flat])
        in_place = hstack(
            [coo_matrix((on, (place, np.arange(flows))), (count, flows)), -eye, coo_matrix((count, count))]
        )
        in_time = np.concatenate([-(place < work.end[row]).astype(float), np.zeros(2 * count)])[None, :]
        below_peak = hstack([none, eye, -peak, coo_matrix((count, count - 1))])
        shift = coo_matrix(np.eye(count)[1:] - np.eye(count)[:-1])
        step = coo_matrix(np.eye(count - 1))
        gap = coo_matrix((count - 1, flows)), coo_matrix((count - 1, 1))
        changes = [hstack([gap[0], sign * shift, gap[1], -step]) for sign in (1, -1)]
        self.flows, self.count = flows, count
        self.equal, self.amount = all_done, work.amount
        self.matrix = vstack([in_place, below_peak, coo_matrix(in_time), *changes]).tocsr()
        self.bound = np.concatenate([np.zeros(2 * count), [-share * work.amount.sum()], np.zeros(2 * (count - 1))])

    def least(self, what: str, most_total: float = np.inf, most_peak: float = np.inf) -> float:
        cost = {name: np.zeros(self.flows + 2 * self.count) for name in ("total", "peak", "changes")}
        cost["total"][self.flows : self.flows + self.count] = 1
        cost["peak"][self.flows + self.count] = 1
        cost["changes"][self.flows + self.count + 1 :] = 1
        matrix, bound = self.matrix, self.bound
        for name, most in (("total", most_total), ("peak", most_peak)):
            if np.isfinite(most):
                matrix, bound = vstack([matrix, coo_matrix(cost[name][None, :])]), np.append(bound, most)
        result = linprog(cost[what], matrix.tocsr(), bound, self.equal.tocsr(), self.amount, method="highs")
        assert result.status == 0, result.message
        return float(result.fun)


def meets_deadlines(level: Floats, work: Windows) -> bool:
    """Hall: every stretch holds the work whose windows lie inside it."""
    return all(
        level[i:j].sum() >= work.amount[(work.first >= i) & (work.end <= j)].sum() - 1e-7
        for i in range(work.count)
        for j in range(i + 1, work.count + 1)
    )


@pytest.mark.parametrize("seed", range(40))
def test_total_peak_and_changes_are_those_of_the_linear_programs(seed: int) -> None:
    work, exact = some_work(seed), pytest.approx
    program, level = Program(work, 1.0), levelled(work)
    assert meets_deadlines(level, work)
    assert level.sum() == exact(program.least("total"), rel=1e-7, abs=1e-7)
    assert level.max() == exact(program.least("peak"), rel=1e-7, abs=1e-7)
    slack = 1e-7 * (1 + level.max())
    changes = program.least("changes", level.sum() + slack, level.max() + slack)
    assert np.abs(np.diff(level)).sum() == exact(changes, rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_the_peak_for_a_share_is_that_of_the_linear_program(seed: int, share: float) -> None:
    work = some_work(seed)
    program, level = Program(work, share), levelled(work, share)
    assert level.sum() == pytest.approx(work.amount.sum(), rel=1e-9)
    assert level.max() == pytest.approx(program.least("peak"), rel=1e-7, abs=1e-7)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.05, 1), st.floats(0, 1))
def test_a_lower_promise_never_needs_a_higher_peak(seed: int, share: float, part: float) -> None:
    work = some_work(seed)
    assert levelled(work, max(0.01, part * share)).max() <= levelled(work, share).max() + 1e-9


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10_000))
def test_work_is_never_done_before_it_comes(seed: int) -> None:
    work = some_work(seed)
    come = np.cumsum(np.bincount(work.first, work.amount, work.count))
    assert (np.cumsum(levelled(work)) <= come + 1e-9 * (1 + come[-1])).all()


def test_steady_work_is_a_flat_line_and_no_work_is_none() -> None:
    steady = Windows(np.full(8, 3.0), np.arange(8), np.minimum(np.arange(8) + 4, 8), 8)
    np.testing.assert_allclose(levelled(steady), 3.0)
    assert levelled(replace(steady, amount=np.zeros(8))).tolist() == [0.0] * 8


def test_a_peak_is_spread_over_its_window_and_not_before() -> None:
    peak = Windows(np.array([12.0]), np.array([2]), np.array([6]), 8)
    np.testing.assert_allclose(levelled(peak), [0, 0, 3, 3, 3, 3, 0, 0])
    np.testing.assert_allclose(levelled(peak, 0.5), [0, 0, 2, 2, 2, 2, 2, 2])


def test_a_share_of_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="share above 0"):
        levelled(some_work(1), 0.0)
