"""What a holiday is like is learned, and guessed by custom before."""

from datetime import timedelta

import numpy as np
import pytest

from tests.forecast.histories import MONDAY, grid, history, usual_mean
from wfm.forecast import Calendar, Days, clean
from wfm.forecast.days import FloatArray
from wfm.forecast.ground import answers
from wfm.forecast.likeness import like_weekdays, likeness, no_busier, with_ordinary
from wfm.forecast.methods import PoissonGlm

DATES = grid(70).dates
COUNTS = usual_mean(grid(70)).reshape(70, 48).copy()
COUNTS[5::7] *= 1.1  # Saturdays a little busier than Sundays
WEDNESDAYS = [MONDAY + timedelta(days=k) for k in (9, 23, 37, 65)]
FEASTS = Calendar(extra=tuple((day, "feast") for day in WEDNESDAYS))


def like(counts: FloatArray, calendar: Calendar) -> str:
    before, after = (Days.of(dates, calendar) for dates in (DATES[:63], DATES[63:]))
    return like_weekdays(counts[:63], before, after)[1][2]


def test_a_holiday_never_seen_is_like_the_quietest_weekday() -> None:
    once = Calendar(extra=((WEDNESDAYS[-1], "feast"),))
    assert like(COUNTS, once) == "sun"


def test_holidays_that_were_ordinary_days_make_the_next_one_ordinary() -> None:
    assert like(COUNTS, FEASTS) == "wed"


def test_quiet_holidays_keep_the_guess() -> None:
    quiet = COUNTS.copy()
    quiet[[9, 23, 37]] = COUNTS[6]
    assert like(quiet, FEASTS) == "sun"


def test_one_odd_holiday_does_not_overturn_custom() -> None:
    odd = COUNTS.copy()
    odd[[9, 23]], odd[37] = COUNTS[6], COUNTS[2]
    assert like(odd, FEASTS) == "sun"


def test_an_eve_is_like_the_day_before_the_quietest() -> None:
    assert like(COUNTS, Calendar(eves=(WEDNESDAYS[-1],))) == "sat"


def test_every_ordinary_day_is_like_itself() -> None:
    before, after = Days.of(DATES[:63], Calendar()), Days.of(DATES[63:], Calendar())
    assert like_weekdays(COUNTS[:63], before, after) == (before.weekdays, after.weekdays)


def test_holidays_not_recorded_teach_nothing() -> None:
    closed = COUNTS.copy()
    closed[[9, 23, 37]] = np.nan
    assert like(closed, FEASTS) == "sun"


def test_what_a_day_is_said_to_be_like_is_not_learned() -> None:
    said = FEASTS.varied(alike=tuple((day, "sat") for day in WEDNESDAYS))
    assert like(COUNTS, said) == "sat"
    assert like(COUNTS, Calendar(alike=((WEDNESDAYS[-1], "mon"),))) == "mon"


def test_a_past_sunday_said_to_be_like_a_weekday_is_no_damage() -> None:
    sunday, busy = MONDAY + timedelta(days=27), COUNTS.copy()
    busy[27] = COUNTS[2]
    known = history(grid(70), 3 * busy.ravel())
    assert len(clean(known, Calendar()).findings) == 1
    assert clean(known, Calendar(alike=((sunday, "wed"),))).findings == ()


def test_a_day_is_never_like_a_busier_weekday() -> None:
    busy_saturday = Calendar(
        eves=(MONDAY + timedelta(days=69),)
    )  # a Sunday, quieter than the Saturday that eves are like
    before, after = Days.of(DATES[:63], busy_saturday), Days.of(DATES[63:], busy_saturday)
    assert like_weekdays(COUNTS[:63], before, after)[1][6] == "sun"


def test_holidays_half_kept_are_like_both() -> None:
    half = COUNTS.copy()
    half[[9, 23, 37]] = np.sqrt(COUNTS[2] * COUNTS[6])
    before, after = Days.of(DATES[:63], FEASTS), Days.of(DATES[63:], FEASTS)
    shares = likeness(half[:63], before, after)[1][2]
    assert 0.3 < shares[2] < 0.7
    assert shares[2] + shares[6] == 1


def test_the_same_name_says_more_than_other_holidays() -> None:
    named = Calendar(extra=tuple(zip(WEDNESDAYS, ("rest", "rest", "work", "work"), strict=True)))
    seen = COUNTS.copy()
    seen[[9, 23]], seen[37] = COUNTS[6], COUNTS[2]
    before, after = Days.of(DATES[:63], named), Days.of(DATES[63:], named)
    worked = likeness(seen[:63], before, after)[1][2]
    assert worked[2] == 0.5  # one day of the name weighs as much as the kind, which keeps them


def shares_of_last(counts: FloatArray, *names: str) -> FloatArray:
    named = Calendar(extra=tuple(zip(WEDNESDAYS, names, strict=True)))
    before, after = Days.of(DATES[:63], named), Days.of(DATES[63:], named)
    return np.asarray(likeness(counts[:63], before, after)[1][2])


def test_a_holiday_of_offices_alone_keeps_a_quarter_of_its_own_weekday() -> None:
    unseen = COUNTS.copy()
    unseen[[9, 23, 37]] = np.nan
    office = shares_of_last(unseen, "feast", "feast", "feast", "Columbus Day")
    assert office[[2, 6]].tolist() == [0.25, 0.75]
    assert shares_of_last(unseen, "feast", "feast", "feast", "Veterans Day (observed)").tolist() == office.tolist()
    assert shares_of_last(unseen, "feast", "feast", "feast", "feast")[6] == 1


def test_who_worked_on_feasts_works_on_holidays_of_offices_and_who_kept_these_keeps_feasts() -> None:
    worked, kept = COUNTS.copy(), COUNTS.copy()
    kept[[9, 23, 37]] = COUNTS[6]
    assert shares_of_last(worked, "feast", "feast", "feast", "Columbus Day")[2] == 1
    assert shares_of_last(kept, "Columbus Day", "Columbus Day", "Veterans Day", "feast")[6] == 1
    assert shares_of_last(kept, "Columbus Day", "Veterans Day", "Columbus Day", "Veterans Day")[6] == pytest.approx(1)


def test_holidays_come_once_more_as_ordinary_days() -> None:
    days = Days.of(DATES, FEASTS)
    both, special = with_ordinary(days)
    assert special.tolist() == [9, 23, 37, 65]
    assert (both.dates[:70], both.dates[70:]) == (DATES, tuple(WEDNESDAYS))
    assert (both.types[:70], both.types[70:]) == (days.types, ("wed",) * 4)
    assert both.names[70:] == ("feast",) * 4


def test_no_slot_of_a_holiday_is_busier_than_on_an_ordinary_day() -> None:
    said = np.array([[3.0, 3, 3], [0, 1, 9], [4, np.nan, 2]])
    both = np.vstack([said, [[2, 2, np.nan]]])
    capped = no_busier(both, np.array([1]))
    assert capped.tolist()[:2] == [[3, 3, 3], [0, 1, 9]]
    assert no_busier(np.vstack([said, [[2, np.nan, 0]]]), np.array([1]))[1].tolist() == [0, 1, 0]
    assert both[1].tolist() == [0, 1, 9]


def test_a_holiday_does_not_open_in_the_evening_of_a_weekday_that_closes_at_noon() -> None:
    counts = np.zeros((63, 48))
    counts[:, 16:44], counts[4::7, 28:] = 20, 0  # Fridays end at 14:00
    counts[5::7], counts[5::7, 40:44] = 0, 15  # Saturdays begin at 20:00
    feast = Calendar(extra=((DATES[67], "feast"),))
    before, after = Days.of(DATES[:63], feast), Days.of(DATES[63:], feast)
    friday = answers((PoissonGlm(),), counts, before, after, None)[0][4]
    assert friday.max() < 1
