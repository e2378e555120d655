"""The rest of a day, forecast anew from what has arrived."""

from datetime import timedelta

import numpy as np
import pytest

from tests.forecast.histories import MONDAY, PHONE, grid, history, usual_mean
from wfm.domain import ContactHistory, Forecast, InputError
from wfm.forecast import UpdateStrength, forecast, update

WEEK = grid(7, MONDAY + timedelta(days=56))
NOON = 24
STRONG = UpdateStrength(
    channel="phone",
    step_minutes=30,
    patterns=((1.0,) * 48,),
    noise=(0.25,) * 48,
    hours=((0.5,) * 48, (0.5,) * 48),
    strength=(0.0,) * 20 + (1.0,) * 28,
    doubt=(0.5,) * 48,
    days=100,
)
NONE = STRONG.varied(strength=(0.0,) * 48, doubt=(1.0,) * 48)


@pytest.fixture(scope="module")
def expected() -> Forecast:
    steps = grid(56)
    return forecast(history(steps, usual_mean(steps)), PHONE, WEEK)


def arrived(expected: Forecast, factor: float, steps: int = NOON) -> ContactHistory:
    """Return the first steps of the second day, in which ``factor`` times the expected came."""
    part = slice(48, 48 + steps)
    return history(WEEK.part(part), factor * expected.means()[part])


def test_a_busy_morning_raises_the_rest_of_that_day_and_nothing_else(expected: Forecast) -> None:
    updated = update(expected, arrived(expected, 1.3), STRONG)
    rest = slice(48 + NOON, 96)
    change = updated.means() / expected.means()
    assert (change[rest] > 1.1).all()
    assert (change[rest] < 2.0).all()  # a pattern level in roots raises quiet hours by a larger share
    change[rest] = 1
    assert set(change.tolist()) == {1.0}
    assert updated.trained_until == WEEK.instant(48 + NOON)
    assert "were expected; the rest of the day is changed by +" in updated.notes[-1]


def test_a_morning_as_expected_changes_no_mean(expected: Forecast) -> None:
    assert update(expected, arrived(expected, 1.0), STRONG).means() == pytest.approx(expected.means())


@pytest.mark.parametrize("factor", [0.0, 0.8, 1.2, 5.0])
def test_the_rest_follows_the_morning_in_direction(expected: Forecast, factor: float) -> None:
    updated = update(expected, arrived(expected, factor), STRONG).means()
    assert np.sign(updated.sum() - expected.means().sum()) == np.sign(factor - 1)
    assert (updated >= 0).all()


def test_no_strength_leaves_every_number_as_it_was(expected: Forecast) -> None:
    for learned, steps in ((NONE, NOON), (STRONG.varied(doubt=(1.0,) * 48), 10)):
        updated = update(expected, arrived(expected, 1.5, steps), learned)
        assert updated.mean == expected.mean
        assert np.array(updated.bands) == pytest.approx(np.array(expected.bands))
        assert updated.dispersion == expected.dispersion
        assert "left as it was" in updated.notes[-1]


def test_bands_follow_the_mean_and_narrow_with_the_doubt(expected: Forecast) -> None:
    noisy = expected.varied(dispersion=(0.1,) * WEEK.count)
    sure, unsure = (update(noisy, arrived(expected, 1.3), STRONG.varied(doubt=(doubt,) * 48)) for doubt in (0.5, 1.0))
    rest = slice(48 + NOON, 96)
    low, high = (np.array(sure.bands[k])[rest] for k in (0, -1))
    wide_low, wide_high = (np.array(unsure.bands[k])[rest] for k in (0, -1))
    assert (low < sure.means()[rest]).all()
    assert (sure.means()[rest] < high).all()
    assert (high - low < wide_high - wide_low).all()
    assert set(sure.dispersion[rest]) == {0.05}
    assert set(unsure.dispersion[rest]) == set(sure.dispersion[: rest.start]) == {0.1}


def test_closed_stays_closed(expected: Forecast) -> None:
    shut = WEEK.minute_of_day >= 1200
    closing = expected.varied(
        mean=tuple(np.where(shut, 0.0, expected.means()).tolist()),
        open=tuple((~shut).tolist()),
        bands=tuple(tuple(np.where(shut, 0.0, band).tolist()) for band in expected.bands),
    )
    updated = update(closing, arrived(closing, 1.4), STRONG)
    assert updated.means()[shut].max() == 0
    assert np.array(updated.bands)[:, shut].max() == 0


def test_a_finished_day_leaves_nothing_to_update(expected: Forecast) -> None:
    assert update(expected, arrived(expected, 1.3, 48), STRONG) == expected


def test_intervals_that_were_not_recorded_tell_nothing(expected: Forecast) -> None:
    whole = arrived(expected, 1.3)
    gap = whole.varied(offered=(*whole.offered[:10], None, None, *whole.offered[12:]))
    updated, full = update(expected, gap, STRONG).means(), update(expected, whole, STRONG).means()
    assert updated == pytest.approx(full, rel=0.02)


def test_finer_counts_of_the_morning_do_as_well(expected: Forecast) -> None:
    fine = WEEK.part(slice(48, 48 + NOON))
    quarter = grid(1, MONDAY + timedelta(days=57), 15).part(slice(0, 2 * NOON))
    counts = np.repeat(1.3 * expected.means()[48 : 48 + NOON] / 2, 2)
    assert quarter.start == fine.start
    assert update(expected, history(quarter, counts), STRONG).means() == pytest.approx(
        update(expected, arrived(expected, 1.3), STRONG).means()
    )


def test_what_does_not_belong_together_is_refused_in_words(expected: Forecast) -> None:
    morning = arrived(expected, 1.0)
    with pytest.raises(InputError, match="expected what came on channel phone, came what came on chat"):
        update(expected, morning.varied(channel="chat"), STRONG)
    coarse = UpdateStrength(
        channel="phone",
        step_minutes=60,
        patterns=((1.0,) * 24,),
        noise=(1.0,) * 24,
        hours=((0.0,) * 24, (0.0,) * 24),
        strength=(0.0,) * 24,
        doubt=(1.0,) * 24,
        days=9,
    )
    with pytest.raises(InputError, match="learned for steps of 30 minutes, came one for 60"):
        update(expected, morning, coarse)
    with pytest.raises(InputError, match="recorded open intervals"):
        update(expected, history(grid(7), np.ones(336)), STRONG)
    with pytest.raises(ValueError, match="rows of 48 slots"):
        STRONG.varied(noise=(0.25,) * 47)
