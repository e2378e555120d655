"""Totals of days are taken apart into weekday, marks and season."""

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.forecast.histories import grid
from wfm.forecast import Calendar, Days
from wfm.forecast.calendar import MARKS
from wfm.forecast.day_effects import DayEffects, day_effects, faded_mean
from wfm.forecast.days import FloatArray

CODES = np.arange(900) % 7
DAYS = Days.of(grid(900).dates, Calendar())
NOBODY = np.zeros((900, 0), dtype=np.bool_)


def fitted(
    total: FloatArray, mass: FloatArray | None = None, ahead: int = 28, named: NDArray[np.bool_] = NOBODY
) -> DayEffects:
    end = len(total) + ahead
    known = np.ones(len(total)) if mass is None else mass
    return day_effects(total, known, np.eye(7)[CODES[:end]], DAYS.marks[:end], named[:end], DAYS.dates[:end])


def test_weekdays_are_found_and_carried_on() -> None:
    weekday = np.array([300.0, 200, 200, 200, 250, 80, 40])
    found = fitted(weekday[CODES[:140]])
    assert found.expected[140:] == pytest.approx(weekday[CODES[140:168]], rel=0.01)
    assert found.slip == pytest.approx(0, abs=0.01)
    assert found.trust == pytest.approx(1, abs=0.01)


def test_a_mark_seen_often_is_believed_and_one_never_seen_has_no_effect() -> None:
    first = DAYS.marks[:, MARKS.index("business day 1 of the month")]
    found = fitted(np.where(first[:330], 1300.0, 1000.0))
    assert found.factor[330:358][first[330:358]] == pytest.approx(1.3, rel=0.08)
    assert found.factor[DAYS.marks[:358, MARKS.index("eve")]] == pytest.approx(1.0)


def test_what_a_likeness_tells_a_mark_tells_not_again() -> None:
    total, feasts, like = np.full(140, 1000.0), np.arange(0, 140, 14), np.eye(7)[CODES[:168]]
    total[6::7], total[feasts] = 100, 200
    marks = DAYS.marks[:168].copy()
    marks[[*feasts, 140], MARKS.index("holiday")] = True
    like[[*feasts, 140]] = np.eye(7)[6]
    found = day_effects(total, np.ones(140), like, marks, NOBODY[:168], DAYS.dates[:168])
    assert found.factor[140] == 1
    like[[*feasts, 140]], total[feasts] = np.eye(7)[0], 1200
    told = day_effects(total, np.ones(140), like, marks, NOBODY[:168], DAYS.dates[:168])
    assert told.factor[140] == pytest.approx(1.2, rel=0.05)


def test_a_holiday_on_a_quiet_day_is_quieter_yet_the_more_weekdays_differ() -> None:
    marks = DAYS.marks[:168].copy()
    marks[146, MARKS.index("holiday")] = True  # a Sunday
    weeks = (np.where(CODES[:140] == 6, quiet, 1000.0) for quiet in (100.0, 1000.0))
    factors = [
        day_effects(total, np.ones(140), np.eye(7)[CODES[:168]], marks, NOBODY[:168], DAYS.dates[:168]).factor[146]
        for total in weeks
    ]
    assert factors == pytest.approx([0.1**0.1, 1.0], rel=1e-3)


def test_a_family_holiday_is_quieter_than_the_quietest_weekday_where_weekdays_differ() -> None:
    marks, like = DAYS.marks[:168].copy(), np.eye(7)[CODES[:168]]
    marks[142, [MARKS.index("holiday"), MARKS.index("family holiday")]] = True
    like[142] = np.eye(7)[6]  # a Wednesday like a Sunday
    weeks = (np.where(CODES[:140] == 6, quiet, 1000.0) for quiet in (100.0, 1000.0))
    factors = [
        day_effects(total, np.ones(140), like, marks, NOBODY[:168], DAYS.dates[:168]).factor[142] for total in weeks
    ]
    assert factors == pytest.approx([0.1**0.6, 1.0], rel=0.01)


def test_holidays_on_which_all_worked_make_no_sunday_busy() -> None:
    total, feasts, like = np.where(CODES[:140] == 6, 600.0, 1000.0), np.arange(0, 140, 14), np.eye(7)[CODES[:168]]
    like[feasts] = (np.eye(7)[0] + np.eye(7)[6]) / 2  # half taken for Sundays, and they were none
    marks = DAYS.marks[:168].copy()
    marks[[*feasts, 146], MARKS.index("holiday")] = True  # a Sunday to come
    found = day_effects(total, np.ones(140), like, marks, NOBODY[:168], DAYS.dates[:168])
    assert found.factor[146] < 1


def test_a_season_is_learned_once_it_has_been_seen_twice() -> None:
    wave = 1000 * np.exp(0.2 * np.sin(2 * np.pi * np.array([day.timetuple().tm_yday for day in DAYS.dates]) / 365.25))
    assert fitted(wave[:800]).expected[800:828] == pytest.approx(wave[800:828], rel=0.04)


def test_absurd_days_are_not_trusted_and_change_nothing() -> None:
    total = np.random.default_rng(9).poisson(1000.0, 140).astype(float)
    struck = total.copy()
    struck[[50, 51, 133]] = [5000, 10, 3000]
    found = fitted(struck)
    assert found.trust[[50, 51, 133]].tolist() == [0, 0, 0]
    assert found.expected[140:] == pytest.approx(fitted(total).expected[140:], rel=0.02)


def test_a_new_level_is_no_absurdity() -> None:
    total = np.random.default_rng(9).poisson(1000.0, 140).astype(float)
    total[120:] *= 0.5
    found = fitted(total)
    assert found.trust[125:].min() > 0.5
    assert found.slip[125:].mean() < -0.2


def test_a_holiday_is_told_by_its_own_name() -> None:
    saint = (np.arange(900) % 91 == 40)[:, None]
    total = np.where(saint[:360, 0], 700.0, 500.0)
    named = fitted(total, ahead=90, named=saint).expected[360:]
    assert named[saint[360:450, 0]] == pytest.approx(700, rel=0.07)
    assert named[~saint[360:450, 0]] == pytest.approx(500, rel=0.02)


def test_days_not_recorded_take_no_part() -> None:
    total, mass = np.full(140, 500.0), np.ones(140)
    total[30:60], mass[30:60] = 0.0, 0.0
    found = fitted(total, mass)
    assert found.expected == pytest.approx(500, rel=0.02)
    assert not found.trust[30:60].any()


def test_a_faded_mean_is_drawn_to_nothing_by_few_days() -> None:
    assert faded_mean(np.ones(1), np.ones(1), 5.0, 3.0) == 0.25
    assert faded_mean(np.ones(400), np.ones(400), 50.0, 3.0) > 0.95
    assert faded_mean(np.ones(4), np.zeros(4), 5.0, 0.0) == 0.0
