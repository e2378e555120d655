"""Rehearsals see nothing but what came before them."""

import numpy as np
import pytest

from tests.forecast.histories import noisy
from wfm.forecast import Calendar, Days, ForecastMethod
from wfm.forecast.methods import EwmaDayType, MeanOfFour, SvdScores
from wfm.forecast.rehearsal import Rehearsal, errors, rehearse

HISTORY = noisy(70)
COUNTS = HISTORY.counts().reshape(70, 48)
PAST = Days.of(HISTORY.grid.dates, Calendar())


def test_a_rehearsal_is_the_forecast_of_its_day() -> None:
    one = rehearse((MeanOfFour(), SvdScores()), COUNTS, PAST, 56)[1]
    assert one.origin == 56
    methods: tuple[ForecastMethod, ...] = (MeanOfFour(), SvdScores())
    for mean, method in zip(one.means, methods, strict=True):
        alone = method.expect(COUNTS[:56], PAST.part(slice(0, 56)), PAST.part(slice(56, 70)))
        assert mean == pytest.approx(alone)
    assert (one.actual == COUNTS[56:]).all()


def test_short_pasts_are_rehearsed_from_their_middle_on() -> None:
    origins = [one.origin for one in rehearse((MeanOfFour(),), COUNTS[:21], PAST.part(slice(0, 21)), 56)]
    assert origins == [14]
    assert rehearse((MeanOfFour(),), COUNTS[:7], PAST.part(slice(0, 7)), 56) == ()


def test_what_is_not_believed_is_held_against_nobody() -> None:
    weights = np.ones_like(COUNTS)
    weights[65] = 0.0
    assert np.isnan(rehearse((EwmaDayType(),), COUNTS, PAST, 7, weights)[0].actual[2]).all()


def test_errors_are_shares_of_what_came_where_all_have_spoken() -> None:
    actual = np.array([[10.0, 10.0, np.nan]])
    means = np.array([[[8.0, 10.0, 5.0]], [[13.0, np.nan, 5.0]]])
    assert errors([Rehearsal(0, means, actual)], 0, 7).tolist() == pytest.approx([0.2, 0.3])
    assert np.isnan(errors([Rehearsal(0, means, actual)], 1, 7)).all()
