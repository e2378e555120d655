"""What is usual, learned from the days around and untouched by the day itself."""

import numpy as np
import pytest

from tests.forecast.histories import constant, grid, noisy, usual_mean
from wfm.domain import ContactHistory
from wfm.forecast import Calendar, Days
from wfm.forecast.days import FloatArray, to_days
from wfm.forecast.usual import Usual

CALENDAR = Calendar(closed=(grid(77).dates[30],))


def usual(known: ContactHistory, counts: FloatArray | None = None) -> Usual:
    laid = to_days(known.counts(), known.grid) if counts is None else counts
    return Usual.of(laid, Days.of(known.grid.dates, CALENDAR))


def test_of_a_constant_history_the_usual_is_the_constant() -> None:
    found = usual(constant(77))
    ordinary = ~found.special
    assert found.cells[ordinary] == pytest.approx(10.0)
    assert found.day_dispersion == found.cell_dispersion == 0


def test_nothing_is_expected_of_a_closed_day() -> None:
    found = usual(constant(77))
    assert np.flatnonzero(found.special).tolist() == [30]
    assert found.days[30] == 0


def test_a_day_does_not_teach_what_is_usual_on_itself() -> None:
    known = noisy(77)
    counts = to_days(known.counts(), known.grid)
    wild = counts.copy()
    wild[40] *= 50
    assert usual(known, wild).cells[40] == pytest.approx(usual(known, counts).cells[40], rel=0.02)


def test_one_wild_day_hardly_moves_its_neighbours() -> None:
    known = noisy(77)
    wild = to_days(known.counts(), known.grid)
    wild[40] *= 50
    others = [day for day in range(77) if day not in {30, 40}]
    truth = to_days(usual_mean(known.grid), known.grid).sum(axis=1)
    assert usual(known, wild).days[others] == pytest.approx(truth[others], rel=0.15)


def test_a_dispersion_that_was_put_in_is_found() -> None:
    assert usual(noisy(77, dispersion=0.2)).cell_dispersion == pytest.approx(0.2, rel=0.3)
