"""Histories from slots: a step is recorded where all its open slots are, and lost days are no zeros."""

from datetime import date

import numpy as np
import pytest

from wfm.domain import InputError, TimeGrid
from wfm.importers.assemble import Measured, folded, lost_slots, step_for, zeros_between
from wfm.importers.faults import Faults
from wfm.importers.hours import Slots

GRID = TimeGrid.of_days(date(2026, 5, 4), 14, 60, "UTC")
NOTHING = np.full(4, np.nan)


def test_a_step_is_recorded_where_all_its_open_slots_are() -> None:
    slots = Slots(GRID.part(slice(0, 2)), 2)
    offered = np.array([1.0, np.nan, 3.0, 4.0])
    measured = Measured(offered, np.array([60.0, 90.0, 60.0, 120.0]), NOTHING, NOTHING)
    told = folded("phone", slots, measured, offered, np.array([True, True, True, True]))
    assert told.offered == (None, 7.0)
    assert told.aht_seconds[1] == pytest.approx((3 * 60 + 4 * 120) / 7)
    told = folded("phone", slots, measured, offered, np.array([True, False, False, False]))
    assert (told.offered, told.open) == ((1.0, None), (True, False))


def test_a_sparse_source_is_zero_between_its_first_and_last_row_only() -> None:
    offered = np.array([np.nan, 2.0, np.nan, 1.0, np.nan])
    filled = zeros_between(offered, np.array([1, 3]))
    assert np.array_equal(filled, [np.nan, 2.0, 0.0, 1.0, np.nan], equal_nan=True)


@pytest.mark.parametrize(("daily", "lost"), [(4, False), (5, True), (500, True)])
def test_an_empty_day_is_lost_only_where_five_contacts_were_to_be_expected(daily: int, lost: bool) -> None:
    slots = Slots(GRID, 1)
    offered = np.zeros(GRID.count)
    offered[10::24] = daily
    offered[24 * 8 + 10] = 0
    assert lost_slots(slots, offered)[24 * 8 : 24 * 9].all() == lost
    assert lost_slots(slots, offered).sum() == 24 * lost


@pytest.mark.parametrize(
    ("source", "wanted", "step"), [(5, None, 5), (6, None, 30), (1, None, 5), (20, None, 60), (15, 60, 60)]
)
def test_the_step_holds_whole_intervals_of_the_source(source: int, wanted: int | None, step: int) -> None:
    assert step_for(source, wanted, Faults("a.csv")) == step  # type: ignore[arg-type]


@pytest.mark.parametrize(("source", "wanted"), [(30, 15), (7, None), (90, None)])
def test_a_step_that_would_cut_an_interval_is_refused(source: int, wanted: int | None) -> None:
    with pytest.raises(InputError, match=f"The file's intervals last {source} minutes"):
        step_for(source, wanted, Faults("a.csv"))  # type: ignore[arg-type]
