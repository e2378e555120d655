"""What the hours of a day so far tell about its rest, against days whose truth is known."""

import numpy as np
import pytest
from numpy.typing import NDArray

from wfm.forecast.hours_so_far import fit_hours, hours_so_far

SLOTS, NOON = 24, 12
MEAN = np.full((400, SLOTS), 200.0)
EVEN = np.ones(len(MEAN))


def drawn(early: float, late: float) -> NDArray[np.float64]:
    """Return days whose afternoon follows the log ratios of the hours before ten and from then to noon by these shares."""
    rng = np.random.default_rng(1)
    hours = 0.15 * rng.normal(size=(2, len(MEAN)))
    log = np.repeat(np.stack([hours[0], hours[1], early * hours[0] + late * hours[1]]), (10, 2, 12), axis=0).T
    return np.asarray(rng.poisson(MEAN * np.exp(log)), dtype=np.float64)


@pytest.mark.parametrize(("early", "late"), [(0.0, 0.0), (0.3, 0.6), (1.0, 0.0)])
def test_what_was_put_in_is_found(early: float, late: float) -> None:
    came = drawn(early, late)
    found = fit_hours(hours_so_far(came, MEAN, NOON), came[:, NOON:], MEAN[:, NOON:], EVEN)
    assert found == pytest.approx([late, early], abs=0.06)


def test_few_days_tell_little() -> None:
    came = drawn(0.5, 0.5)
    few = np.where(np.arange(len(MEAN)) < 3, 1.0, 0.0)
    found = fit_hours(hours_so_far(came, MEAN, NOON), came[:, NOON:], MEAN[:, NOON:], few)
    assert np.abs(found).max() < 0.3


def test_a_handful_of_contacts_tells_next_to_nothing() -> None:
    told = hours_so_far(np.full((1, SLOTS), 0.2), np.full((1, SLOTS), 0.1), NOON)
    assert 0 < told.max() < 0.05


def test_slots_that_were_not_recorded_are_left_out_on_both_sides() -> None:
    came = MEAN[:1] * 1.5
    gap = came.copy()
    gap[:, 3:8] = np.nan
    assert hours_so_far(gap, MEAN[:1], NOON) == pytest.approx(hours_so_far(came, MEAN[:1], NOON), rel=0.05)


def test_before_the_day_began_hours_tell_nothing() -> None:
    assert not hours_so_far(MEAN[:3] * 2, MEAN[:3], 0).any()
    assert not fit_hours(np.zeros((3, 2)), MEAN[:3], MEAN[:3], np.ones(3)).any()
