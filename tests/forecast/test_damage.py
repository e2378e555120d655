"""The parts that damage is found with, each against an independent reckoning."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from wfm.forecast.damage import _best_stretches, above, below


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=12))
def test_the_best_stretch_is_the_best_of_all(scores: list[int]) -> None:
    row = np.array(scores, dtype=float)
    best = max(row[a:b].sum() for a in range(len(row)) for b in range(a + 1, len(row) + 1))
    stretch = _best_stretches(row[None, :])[0]
    assert row[stretch].sum() == max(best, 0)
    assert stretch.any() == (best > 0)
    assert np.diff(np.flatnonzero(stretch)).max(initial=1) == 1


@pytest.mark.parametrize("dispersion", [0.05, 0.5, 3.0])
@pytest.mark.parametrize(("count", "mean"), [(0, 3.0), (5, 3.0), (40, 20.0), (20, 40.0)])
def test_tails_are_those_of_the_negative_binomial(count: int, mean: float, dispersion: float) -> None:
    law = stats.nbinom(1 / dispersion, 1 / (1 + dispersion * mean))
    assert below(count, mean, dispersion) == pytest.approx(-law.logcdf(count))
    assert above(count, mean, dispersion) == pytest.approx(-law.logsf(count - 1), abs=1e-9)


def test_tails_without_dispersion_are_poisson() -> None:
    assert below(3, 9.0, 0.0) == pytest.approx(-stats.poisson(9.0).logcdf(3))
    assert above(20, 9.0, 0.0) == pytest.approx(-stats.poisson(9.0).logsf(19))
