"""Prices on loose sums: what they find is legal, worth what it says, and hardly worth less than the best."""

import numpy as np
import pytest

from wfm.schedule.tours import Choices, Costs, Sum, best_priced


def free(worth: Costs) -> tuple[float, Choices]:
    """Return the best of all tours where every day is free to do anything."""
    choices = tuple(worth.argmax(axis=1).tolist())
    return float(worth.max(axis=1).sum()), choices


def worth_of(worth: Costs, choices: Choices) -> float:
    return float(worth[np.arange(len(choices)), choices].sum())


def at_most(worth: Costs, amounts: np.ndarray, high: int) -> float:
    """Return the worth of the best tour whose sum is at most ``high``, by dynamic programming over the sum."""
    best = np.full(high + 1, -np.inf)
    best[0] = 0.0
    for gains, added in zip(worth, amounts, strict=True):
        after = np.full(high + 1, -np.inf)
        for gain, more in zip(gains, added, strict=True):
            for total in range(high + 1 - more):
                after[total + more] = max(after[total + more], best[total] + gain)
        best = after
    return float(best.max())


@pytest.mark.parametrize("seed", range(20))
def test_one_sum_costs_no_more_than_a_day_above_what_it_must(seed: int) -> None:
    random = np.random.default_rng(seed)
    worth = random.normal(1.0, 2.0, (40, 4))
    amounts = random.integers(0, 3, worth.shape)
    amounts[:, 0] = 0
    one = Sum(amounts, 0, int(random.integers(5, 40)))
    value, choices = best_priced(worth, [one], free)
    best = at_most(worth, amounts, one.high)
    assert one.outside(choices) == 0
    assert value == pytest.approx(worth_of(worth, choices), abs=1e-9)
    assert best - np.ptp(worth, axis=1).max() <= value <= best + 1e-9  # what one day can be worth


@pytest.mark.parametrize("seed", range(20))
def test_many_sums_are_kept_at_once(seed: int) -> None:
    random = np.random.default_rng(seed)
    worth = random.normal(1.0, 2.0, (60, 6))
    sums = [Sum((np.arange(6) == kind) * np.ones((60, 1), dtype=np.int64), 0, 6) for kind in range(1, 5)]
    sums.append(Sum(np.repeat([[0, 0, 0, 0, 0, 1]], 60, axis=0), 15, 60))
    value, choices = best_priced(worth, sums, free)
    assert not any(one.outside(choices) for one in sums)
    assert value == pytest.approx(worth_of(worth, choices), abs=1e-9)


def test_of_all_tours_that_were_asked_for_and_keep_the_sums_the_best_is_kept() -> None:
    overtaken = 0
    for seed in range(20):
        random = np.random.default_rng(seed)
        worth = random.normal(1.0, 2.0, (30, 4))
        sums = [Sum((np.arange(4) == kind) * random.integers(1, 4, (30, 1)), 0, 12) for kind in (1, 2, 3)]
        kept: list[float] = []

        def asked(priced: Costs) -> tuple[float, Choices]:
            value, choices = free(priced)
            kept.extend([] if any(one.outside(choices) for one in sums) else [worth_of(worth, choices)])  # noqa: B023
            return value, choices

        value, _ = best_priced(worth, sums, asked)
        assert value == pytest.approx(max(kept), abs=1e-9)
        overtaken += kept[-1] < max(kept)
    assert overtaken, "no later tour was worse: nothing was shown"


def test_a_tour_that_keeps_all_sums_is_left_as_it_is() -> None:
    worth = np.random.default_rng(1).normal(1.0, 2.0, (20, 3))
    assert best_priced(worth, [Sum(np.ones((20, 3), dtype=np.int64), 0, 20)], free) == free(worth)


def test_choices_are_barred_where_prices_go_round_in_a_circle() -> None:
    worth = np.array([[0.0, 5.0]] * 4)  # all days are alike: at any price either all of them are worked or none
    value, choices = best_priced(worth, [Sum(np.array([[0, 1]] * 4), 2, 2)], free)
    assert (value, sum(choices)) == (10.0, 2)


def test_a_sum_that_no_tour_keeps_is_told_by_a_value_of_minus_infinity() -> None:
    worth = np.zeros((3, 2))
    value, _ = best_priced(worth, [Sum(np.zeros((3, 2), dtype=np.int64), 1, 2)], free)
    assert value == -np.inf
