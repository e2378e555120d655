"""A change of grain keeps the contacts: nothing is lost, invented, or taken for zero."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forecast.histories import MONDAY, REAL_SETS, grid, history, negative_binomial, real_set, usual_mean
from wfm.domain import ContactHistory, TimeGrid
from wfm.domain.time import StepMinutes
from wfm.forecast import on_grid

STEPS: list[StepMinutes] = [5, 10, 15, 30, 60]
AUTUMN = date(2026, 10, 24)  # a day before clocks go back in Europe
SPRING = date(2026, 3, 28)
ZONES = (
    "UTC",
    "Europe/Madrid",
    "America/New_York",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Africa/Casablanca",
    "Asia/Tehran",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Apia",
)


def around(known: ContactHistory, zone: str, step_minutes: StepMinutes) -> TimeGrid:
    """Return a grid of another zone that covers all of a history."""
    dates = known.grid.dates
    return TimeGrid.of_days(dates[0] - timedelta(days=1), len(dates) + 2, step_minutes, zone)


@given(source=st.sampled_from(STEPS), target=st.sampled_from(STEPS), first=st.sampled_from([MONDAY, AUTUMN, SPRING]))
def test_any_step_to_any_step_keeps_the_total_of_each_local_day(
    source: StepMinutes, target: StepMinutes, first: date
) -> None:
    steps = grid(3, first, source)
    counts = negative_binomial(usual_mean(steps), 0.1, seed=3)
    moved = on_grid(history(steps, counts), grid(3, first, target))
    assert np.bincount(moved.grid.day_index, moved.counts()) == pytest.approx(np.bincount(steps.day_index, counts))


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "America/New_York"])
def test_another_zone_keeps_the_total(zone: str) -> None:
    steps = grid(2, AUTUMN, 60)
    there = grid(4, AUTUMN - timedelta(days=1), 15, zone)
    assert np.nansum(on_grid(history(steps, usual_mean(steps)), there).counts()) == pytest.approx(
        usual_mean(steps).sum()
    )


def test_finer_counts_are_summed_and_coarser_ones_split_evenly() -> None:
    fine = history(grid(1, step_minutes=15), np.arange(96.0))
    half_hours = on_grid(fine, grid(1))
    assert half_hours.offered[:3] == (1.0, 5.0, 9.0)
    assert on_grid(half_hours, fine.grid).offered[:4] == (0.5, 0.5, 2.5, 2.5)


def test_a_part_that_was_not_recorded_leaves_the_whole_unknown() -> None:
    counts = np.ones(96)
    counts[1] = np.nan
    assert on_grid(history(grid(1, step_minutes=15), counts), grid(1)).offered[:2] == (None, 2.0)


def test_a_closed_part_is_no_gap_and_all_closed_stays_closed() -> None:
    fine = history(grid(1, step_minutes=15), np.ones(96))
    closed = fine.varied(offered=(None,) * 3 + fine.offered[3:], open=(False,) * 3 + fine.open[3:])
    moved = on_grid(closed, grid(1))
    assert moved.open[:3] == (False, True, True)
    assert moved.offered[:3] == (None, 1.0, 2.0)


def test_beyond_the_history_nothing_is_recorded() -> None:
    moved = on_grid(history(grid(1), np.ones(48)), grid(3, MONDAY - timedelta(days=1)))
    assert moved.offered == (None,) * 48 + (1.0,) * 48 + (None,) * 48


def test_handle_time_is_weighted_by_handled_contacts() -> None:
    counts, aht = np.tile([1.0, 3.0], 48), np.tile([100.0, 300.0], 48)
    fine = history(grid(1, step_minutes=15), counts, aht)
    assert on_grid(fine, grid(1)).aht_seconds[0] == pytest.approx(250)
    handled = fine.varied(handled=(1.0, 1.0) * 48)
    assert on_grid(handled, grid(1)).aht_seconds[0] == pytest.approx(200)
    assert on_grid(handled, grid(1)).handled[0] == 2.0


def test_contacts_without_handle_time_do_not_weigh() -> None:
    fine = history(grid(1, step_minutes=15), np.tile([4.0, 2.0], 48), np.tile([np.nan, 300.0], 48))
    assert set(on_grid(fine, grid(1)).aht_seconds) == {300.0}


def test_its_own_grid_changes_nothing() -> None:
    same = history(grid(1), np.ones(48))
    assert on_grid(same, grid(1)) is same


@pytest.mark.parametrize("name", REAL_SETS)
@pytest.mark.parametrize("zone", ZONES)
def test_no_contact_of_a_real_history_is_lost_through_zones_clocks_and_grains(
    shared_data: Path, name: str, zone: str
) -> None:
    known = real_set(shared_data, name).history
    contacts = np.nansum(known.counts())
    for step in (15, 60):
        known = on_grid(known, around(known, zone, step), edges=True)
        assert np.nansum(known.counts()) == contacts


@pytest.mark.parametrize("first", [date(2026, 3, 6), date(2026, 10, 2), date(2018, 2, 16), date(2011, 12, 28)])
@pytest.mark.parametrize("zone", ZONES)
def test_round_the_clock_no_contact_is_lost_from_any_step_to_any_other(zone: str, first: date) -> None:
    steps = TimeGrid.of_days(first, 32, 5, zone)
    fine = history(steps, negative_binomial(usual_mean(steps), 0.1, seed=3))
    contacts = fine.counts().sum()
    for step in STEPS[1:]:
        coarse = on_grid(fine, around(fine, zone, step), edges=True)
        again = on_grid(coarse, around(coarse, "Asia/Kathmandu", 5), edges=True)
        assert [np.nansum(known.counts()) for known in (coarse, again)] == [contacts] * 2


def test_an_interval_at_the_edge_of_a_history_is_unknown_or_holds_its_part() -> None:
    steps = TimeGrid.of_days(MONDAY, 1, 60, "UTC")
    there = TimeGrid.of_days(MONDAY, 1, 60, "Asia/Kathmandu")
    known = history(steps, np.full(24, 4.0))
    unknown, part = on_grid(known, there), on_grid(known, there, edges=True)
    assert unknown.offered[4:8] == (None, None, 4.0, 4.0)  # 05:45 there is midnight in UTC
    assert part.offered[4:8] == (None, 1.0, 4.0, 4.0)
