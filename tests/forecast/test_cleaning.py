"""Damage in histories: what is planted is found, what is healthy is left alone, and the planner has the last word."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.forecast.histories import (
    MONDAY,
    PHONE,
    constant,
    grid,
    history,
    negative_binomial,
    noisy,
    real_set,
    usual_mean,
)
from tests.forecast.planted import meets, plant
from wfm.domain import ContactHistory, Interval, TimeGrid
from wfm.domain.history import as_counts
from wfm.forecast import Calendar, Ruling, clean, forecast, without_damage
from wfm.forecast.grain import on_grid

NEXT_WEEK = grid(7, MONDAY + timedelta(days=77))
NO_HOLIDAYS = Calendar()


def half_hours(known: ContactHistory) -> ContactHistory:
    dates = known.grid.dates
    return on_grid(known, TimeGrid.of_days(dates[0], len(dates), 30, known.grid.zone))


def with_day(known: ContactHistory, day: int, factor: float, slots: slice = slice(0, 48)) -> ContactHistory:
    counts = known.counts().reshape(-1, 48)
    counts[day, slots] *= factor
    return known.varied(offered=as_counts(counts.ravel()))


@pytest.mark.parametrize("seed", range(3))
def test_a_healthy_history_has_no_findings(seed: int) -> None:
    cleaned = clean(noisy(77, seed), NO_HOLIDAYS)
    assert cleaned.findings == ()
    assert set(cleaned.weights) == {1.0}


def test_a_history_without_chance_has_no_findings() -> None:
    assert clean(constant(77), NO_HOLIDAYS).findings == ()


@pytest.mark.parametrize("mean", [5.0, 36.0, 1157.0])
def test_planted_faults_are_found_from_five_to_a_thousand_contacts_a_bin(mean: float) -> None:
    steps, seeds = grid(77), range(10)
    shown = [history(steps, negative_binomial(usual_mean(steps) / 30 * mean, 0.02, seed)) for seed in seeds]
    recall, alarms = found_and_false(shown, NO_HOLIDAYS)
    assert recall >= 0.95
    assert alarms <= 0.1


@pytest.mark.parametrize("name", ["bank_calls", "anonymous_bank", "boston"])
def test_planted_faults_are_found_in_real_histories(shared_data: Path, name: str) -> None:
    known, _, calendar = real_set(shared_data, name)
    recall, alarms = found_and_false([half_hours(known)] * 4, calendar)
    assert recall >= 0.95
    assert alarms <= 0.5


def found_and_false(healthy: Sequence[ContactHistory], calendar: Calendar) -> tuple[float, float]:
    """Plant faults with one seed a history: the share that is found, and how many findings more than before the planting a history."""
    found = planted = alarms = 0
    recorded = {id(known): known for known in healthy}
    spans = {key: {one.span for one in clean(known, calendar).findings} for key, known in recorded.items()}
    for seed, known in enumerate(healthy):
        damaged, faults = plant(known, calendar, seed)
        before = spans[id(known)]
        after = clean(damaged, calendar).findings
        found += sum(any(meets(one, fault) for one in after) for fault in faults)
        planted += len(faults)
        alarms += sum(not any(meets(one, fault) for fault in faults) and one.span not in before for one in after)
    return found / planted, alarms / len(healthy)


def test_a_silent_night_of_a_sleeping_centre_is_no_outage() -> None:
    steps = grid(77)
    mean = np.where((steps.minute_of_day >= 480) & (steps.minute_of_day < 1200), 12.0, 0.05)
    counts = np.random.default_rng(3).poisson(mean).astype(float)
    assert clean(history(steps, counts), NO_HOLIDAYS).findings == ()


def test_closed_is_never_zero() -> None:
    known = noisy(77)
    counts = known.counts()
    shut = (known.grid.day_index == 60) | (known.grid.minute_of_day < 360)
    closed = known.varied(offered=as_counts(np.where(shut, np.nan, counts)), open=tuple((~shut).tolist()))
    assert clean(closed, NO_HOLIDAYS).findings == ()


def test_holidays_and_eves_are_not_taken_for_damage() -> None:
    saint, eve = grid(77).dates[60], grid(77).dates[59]
    silent = with_day(with_day(noisy(77), 60, 0.0), 59, 0.1)
    assert {found.kind for found in clean(silent, NO_HOLIDAYS).findings} == {"outage"}
    assert clean(silent, Calendar(extra=((saint, "Saint"),), eves=(eve,))).findings == ()
    assert clean(silent, Calendar(closed=(saint, eve))).findings == ()


def test_a_finding_says_what_it_is_where_and_how_large() -> None:
    (found,) = clean(with_day(noisy(77), 64, 0.0, slice(24, 40)), NO_HOLIDAYS).findings
    assert found.kind == "outage"
    assert found.span == Interval(start=grid(77).instant(64 * 48 + 24), end=grid(77).instant(64 * 48 + 40))
    assert found.came == 0
    assert found.size == 0
    assert found.weight == 0
    assert found.words.startswith("Outage, Tue 2026-03-10 12:00 to 20:00: 0 contacts where about ")


def test_days_counted_double_in_a_row_are_one_finding_and_a_new_level_is_none() -> None:
    double = noisy(77)
    for day in (57, 58, 59):
        double = with_day(double, day, 2.0)
    (found,) = clean(double, NO_HOLIDAYS).findings
    assert found.kind == "multiple_day"
    assert found.size == pytest.approx(2.0, rel=0.1)
    assert found.span.minutes == 3 * 1440


def test_a_day_of_twelve_times_the_usual_is_called_a_surge() -> None:
    (found,) = clean(with_day(noisy(77), 64, 12.0), NO_HOLIDAYS).findings
    assert found.words.startswith("Surge, Tue 2026-03-10: ")


def test_a_new_level_is_told_and_believed() -> None:
    steps = grid(77)
    counts = np.where(steps.day_index >= 45, np.round(1.6 * noisy(77).counts()), noisy(77).counts())
    cleaned = clean(history(steps, counts), NO_HOLIDAYS)
    (found,) = cleaned.findings
    assert found.kind == "level_shift"
    assert abs((found.span.start - steps.instant(45 * 48)).days) <= 3
    assert found.size == pytest.approx(1.6, rel=0.1)
    assert set(cleaned.weights) == {1.0}
    assert "believed" in found.words


@pytest.mark.parametrize("factor", [0.5, 2.0, 3.0])
def test_the_first_days_of_a_new_level_are_no_damage(factor: float) -> None:
    steps = grid(77)
    mean = np.where(steps.day_index >= 49, factor, 1.0) * usual_mean(steps)
    (found,) = clean(history(steps, negative_binomial(mean, 0.03, 1)), NO_HOLIDAYS).findings
    assert (found.kind, found.span.start) == ("level_shift", steps.instant(49 * 48))


def test_damage_is_found_on_a_new_level() -> None:
    steps = grid(77)
    mean = np.where(steps.day_index >= 49, 2.0, 1.0) * usual_mean(steps)
    damaged = with_day(history(steps, negative_binomial(mean, 0.03, 1)), 51, 2.0)
    shift, double = clean(damaged, NO_HOLIDAYS).findings
    assert (shift.kind, double.kind) == ("level_shift", "multiple_day")
    assert double.size == pytest.approx(2.0, rel=0.15)


def test_a_copied_day_is_found() -> None:
    counts = noisy(77).counts()
    steps = grid(77)
    start = [steps.index(day_start) for day_start in (steps.instant(40 * 48), steps.instant(47 * 48))]
    counts[start[1] : start[1] + 48] = counts[start[0] : start[0] + 48]
    (found,) = clean(history(steps, counts), NO_HOLIDAYS).findings
    assert found.kind == "copied_day"
    assert found.span.start == steps.instant(47 * 48)


def test_the_planner_has_the_last_word() -> None:
    damaged = with_day(noisy(77), 60, 3.0)
    (found,) = clean(damaged, NO_HOLIDAYS).findings
    spared = Ruling(kind="multiple_day", span=found.span, verdict="overruled", author="ana", reason="a real campaign")
    stray = Ruling(kind="spike", span=found.span, verdict="confirmed", author="ana", reason="seen on the wallboard")
    cleaned = clean(damaged, NO_HOLIDAYS, (spared, stray))
    assert set(cleaned.weights) == {1.0}
    assert cleaned.findings[0].words.endswith("Overruled by ana: a real campaign")
    assert cleaned.unmet == (stray,)
    again = clean(damaged, NO_HOLIDAYS, (spared, spared.varied(verdict="confirmed")))
    assert again.findings[0].weight == 0
    notes = forecast(damaged, PHONE, NEXT_WEEK, weigh=without_damage((stray,))).notes
    assert "ana confirmed a finding of kind spike on 2026-03-06, where there is none (seen on the wallboard)." in notes
    elsewhere = clean(damaged, NO_HOLIDAYS, (spared.varied(channel="chat"),))
    assert (elsewhere.findings, elsewhere.unmet) == ((found,), ())


def test_a_cleaned_forecast_is_that_of_the_healthy_history() -> None:
    healthy = noisy(77)
    damaged = with_day(with_day(with_day(healthy, 70, 3.0), 72, 0.0), 74, 0.0, slice(24, 48))
    expected, dirty, cleaned = (
        forecast(known, PHONE, NEXT_WEEK, weigh=weigh).means()
        for known, weigh in ((healthy, None), (damaged, None), (damaged, without_damage()))
    )
    assert np.abs(dirty - expected).sum() > 0.05 * expected.sum()
    assert np.abs(cleaned - expected).sum() < 0.02 * expected.sum()


def test_a_forecast_tells_the_findings() -> None:
    notes = forecast(with_day(noisy(77), 60, 3.0), PHONE, NEXT_WEEK, weigh=without_damage()).notes
    assert any(note.startswith("Counted more than once, Fri 2026-03-06: ") for note in notes)


def test_cleaning_is_pure_and_survives_json() -> None:
    damaged, _ = plant(noisy(77), NO_HOLIDAYS, 7)
    cleaned = clean(damaged, NO_HOLIDAYS)
    assert cleaned.history == damaged
    assert clean(damaged, NO_HOLIDAYS).model_dump_json() == cleaned.model_dump_json()
    assert type(cleaned).model_validate_json(cleaned.model_dump_json()) == cleaned


def test_forecasts_leave_damage_out_unless_told_to_believe_all() -> None:
    damaged = with_day(noisy(77), 72, 3.0)
    assert forecast(damaged, PHONE, NEXT_WEEK) == forecast(damaged, PHONE, NEXT_WEEK, weigh=without_damage())
    assert forecast(damaged, PHONE, NEXT_WEEK) != forecast(damaged, PHONE, NEXT_WEEK, weigh=None)
