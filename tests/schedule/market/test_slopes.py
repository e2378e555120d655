"""Slopes of what heads serve: whole, falling, and worth no less than any head adds."""

import numpy as np
import pytest

from wfm.schedule.market import slopes


def test_a_curve_that_bends_down_is_left_as_it_is() -> None:
    assert slopes(np.array([0.0, 5.0, 8.0, 9.0, 9.0])).tolist() == [5, 3, 1]


def test_a_head_that_helps_only_with_a_second_one_is_worth_half_of_what_both_are() -> None:
    assert slopes(np.array([0.0, 1.0, 8.0, 9.0])).tolist() == [4, 4, 1]


def test_rounding_does_not_make_a_straight_line_bend() -> None:
    assert slopes(np.cumsum([0.0, *[0.1] * 30]) * 1e6).tolist() == [100_000] * 30


@pytest.mark.parametrize("seed", range(10))
def test_slopes_never_rise_and_add_up_to_what_all_heads_serve(seed: int) -> None:
    served = np.concatenate([[0.0], np.cumsum(np.random.default_rng(seed).integers(0, 50, 20))]).astype(np.float64)
    found = slopes(served)
    assert (np.diff(found) <= 0).all()
    assert found.sum() == pytest.approx(served[-1], abs=len(served))
    assert (np.cumsum(found) >= served[1 : len(found) + 1] - len(served)).all()
