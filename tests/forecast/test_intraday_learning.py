"""How strongly a day should be updated, learned from a past whose truth is known."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.forecast.histories import MONDAY, PHONE, grid, history, real_set, usual_mean
from wfm.domain import ContactHistory, InputError, TimeGrid
from wfm.forecast import Calendar, forecast, learn_update, on_grid, update, without_damage

DAYS = 126
NEXT = grid(1, MONDAY + timedelta(days=DAYS))
NO_HOLIDAYS = Calendar()
METHOD = "poisson_glm"
NOON = 24


def busy_days(spread: float, seed: int = 1) -> ContactHistory:
    """Return Poisson counts of days that are busy as a whole, by factors of standard deviation ``spread``."""
    steps, rng = grid(DAYS), np.random.default_rng(seed)
    level = np.exp(spread * rng.normal(size=DAYS))[steps.day_index]
    return history(steps, rng.poisson(level * usual_mean(steps)).astype(float))


def test_days_that_are_busy_as_a_whole_teach_a_strong_update() -> None:
    learned = learn_update(busy_days(0.25), PHONE, NEXT, NO_HOLIDAYS, METHOD)
    assert min(learned.strength[NOON : NOON + 16]) >= 0.6
    assert max(learned.doubt[NOON : NOON + 16]) < 0.7


def test_intervals_that_are_busy_by_themselves_teach_next_to_no_update() -> None:
    learned = [learn_update(busy_days(0.0, seed), PHONE, NEXT, NO_HOLIDAYS, METHOD) for seed in (1, 2)]
    assert np.mean([one.strength for one in learned]) < 0.25


def test_before_a_tenth_of_the_day_has_come_nothing_is_updated() -> None:
    known = busy_days(0.25)
    mean = usual_mean(known.grid)[:48]
    early = int(np.flatnonzero(mean.cumsum() < 0.08 * mean.sum())[-1])
    assert set(learn_update(known, PHONE, NEXT, NO_HOLIDAYS, METHOD).strength[:early]) == {0.0}


def test_too_short_a_past_teaches_no_update_and_changes_nothing() -> None:
    short = busy_days(0.25).part(slice(0, 40 * 48))
    learned = learn_update(short, PHONE, NEXT, NO_HOLIDAYS, METHOD)
    assert set(learned.strength) == {0.0}
    predicted = forecast(short, PHONE, NEXT, method=METHOD)
    morning = history(NEXT.part(slice(0, NOON)), 2 * predicted.means()[:NOON])
    assert update(predicted, morning, learned).mean == predicted.mean


def test_what_comes_after_the_horizon_begins_teaches_nothing() -> None:
    known, earlier = busy_days(0.25), grid(1, MONDAY + timedelta(days=98))
    whole = learn_update(known, PHONE, earlier, NO_HOLIDAYS, METHOD)
    assert whole == learn_update(
        known.part(slice(0, known.grid.index(earlier.start))), PHONE, earlier, NO_HOLIDAYS, METHOD
    )


def test_an_outage_in_the_past_does_not_change_what_is_learned_much() -> None:
    known = busy_days(0.25)
    counts = known.counts()
    counts[100 * 48 + NOON : 101 * 48] = 0
    broken = history(known.grid, counts)
    clean, dirty = (
        learn_update(one, PHONE, NEXT, NO_HOLIDAYS, METHOD, weigh=without_damage()) for one in (known, broken)
    )
    assert np.abs(np.array(clean.strength) - np.array(dirty.strength)).mean() < 0.15


def test_less_than_a_week_is_refused() -> None:
    with pytest.raises(InputError, match="at least one full week"):
        learn_update(busy_days(0.1).part(slice(0, 5 * 48)), PHONE, NEXT, NO_HOLIDAYS, METHOD)


@pytest.mark.parametrize(("name", "gain"), [("bank_calls", 0.85), ("anonymous_bank", 1.0), ("boston", 0.9)])
def test_a_noon_update_of_real_days_beats_none(shared_data: Path, name: str, gain: float) -> None:
    known, channel, calendar = real_set(shared_data, name)
    dates = known.grid.dates
    halves = on_grid(known, TimeGrid.of_days(dates[0], len(dates), 30, known.grid.zone))
    recorded = np.unique(halves.grid.day_index[~np.isnan(halves.counts())])[-36:]
    days = [TimeGrid.of_days(dates[int(d)], 1, 30, known.grid.zone) for d in recorded]
    learned = learn_update(halves, channel, days[0], calendar, METHOD)
    missed = np.zeros(2)
    for day in days[::4]:
        first = halves.grid.index(day.start)
        today = halves.part(slice(first, first + day.count))
        predicted = forecast(halves, channel, day, calendar, METHOD, aht_seconds=300)
        updated = update(predicted, today.part(slice(0, NOON)), learned)
        rest = np.nansum(today.counts()[NOON:])
        missed += [abs(one.means()[NOON:].sum() - rest) for one in (predicted, updated)]
    assert missed[1] < gain * missed[0]
