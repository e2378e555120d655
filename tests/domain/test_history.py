"""Histories: absent, closed and zero are three different things."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from wfm.domain import ContactHistory, TimeGrid
from wfm.domain.history import as_array, as_counts


def history(
    offered: tuple[float | None, ...], is_open: tuple[bool, ...], **rows: tuple[float | None, ...]
) -> ContactHistory:
    grid = TimeGrid.of_days(date(2026, 1, 1), 1, 60, "UTC").part(slice(0, len(offered)))
    return ContactHistory(channel="phone", grid=grid, offered=offered, open=is_open, **rows)


def test_absent_and_closed_are_nan_and_zero_is_zero() -> None:
    told = history((0.0, None, None, 4.0), (True, True, False, True))
    assert np.array_equal(told.counts(), [0, np.nan, np.nan, 4], equal_nan=True)
    assert told.open_mask().tolist() == [True, True, False, True]


def test_a_count_while_closed_is_refused() -> None:
    with pytest.raises(ValidationError, match="no count where the channel is closed"):
        history((0.0, 1.0), (True, False))


def test_rows_are_as_long_as_the_grid_or_left_out() -> None:
    assert np.isnan(history((1.0, 2.0), (True, True)).handle_times()).all()
    for rows in ({"aht_seconds": (1.0,)}, {"handled": (1.0, 1.0, 1.0)}):
        with pytest.raises(ValidationError, match="expected 2 values of"):
            history((1.0, 2.0), (True, True), **rows)
    with pytest.raises(ValidationError, match="expected 24 values of offered"):
        ContactHistory(
            channel="a", grid=TimeGrid.of_days(date(2026, 1, 1), 1, 60, "UTC"), offered=(), open=(True,) * 24
        )


def test_a_count_is_not_negative() -> None:
    with pytest.raises(ValidationError):
        history((-1.0,), (True,))


def test_a_part_keeps_its_rows_and_what_was_never_told() -> None:
    told = history((0.0, None, 3.0, 4.0), (True,) * 4, aht_seconds=(None, None, 60.0, 70.0)).part(slice(1, 3))
    assert (told.offered, told.aht_seconds, told.handled) == ((None, 3.0), (None, 60.0), ())
    assert told.grid.count == 2


@given(st.lists(st.none() | st.floats(0, 1e9), max_size=20).map(tuple))
def test_numbers_and_nothing_survive_the_array(values: tuple[float | None, ...]) -> None:
    assert as_counts(as_array(values)) == values
