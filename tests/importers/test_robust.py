"""Robust handle times: accidents go, work stays."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wfm.importers.robust import trimmed


def test_zero_short_and_long_values_are_told_apart() -> None:
    trim = trimmed(np.array([100.0] * 50 + [200.0] * 50 + [0.0, 5.0, 90_000.0, np.nan]))
    assert (trim.zero, trim.short, trim.long) == (1, 1, 1)
    assert trim.keep.sum() == 101
    assert str(trim).startswith("with 1 under 14 s (a tenth of the median), without 1 of zero and 1 over ")


def test_lognormal_handle_times_are_kept_almost_whole() -> None:
    handle = np.random.default_rng(1).lognormal(np.log(180), 0.8, 20_000)
    trim = trimmed(handle)
    assert trim.keep.mean() > 0.99
    assert trim.long == 0


def test_nothing_to_trim_says_nothing() -> None:
    assert str(trimmed(np.array([100.0, 110.0]))) == ""
    assert trimmed(np.array([np.nan, 0.0])).keep.sum() == 0


@given(st.lists(st.floats(1, 1e5), min_size=1, max_size=50), st.floats(0.01, 100))
def test_what_is_kept_does_not_depend_on_the_unit(values: list[float], unit: float) -> None:
    handle = np.array(values)
    assert trimmed(handle).keep.sum() >= 1
    limits = trimmed(handle), trimmed(handle * unit)
    assert np.isclose(limits[0].longest * unit, limits[1].longest)
    assert np.isclose(limits[0].shortest * unit, limits[1].shortest)
