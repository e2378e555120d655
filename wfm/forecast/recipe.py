"""From contact history to forecast, read as a recipe: lay out the past, expect, add bands and handle time, say what was done."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Channel, ContactHistory, Fault, Forecast, InputError, TimeGrid
from wfm.domain.quantity import duration_text
from wfm.forecast.blend import Blend, blend
from wfm.forecast.calendar import Calendar
from wfm.forecast.cleaning import without_damage
from wfm.forecast.closures import closed_by_custom, never_recorded_holidays
from wfm.forecast.day_totals import DayTotals
from wfm.forecast.days import Days, FloatArray, from_days, to_days
from wfm.forecast.handle_time import handle_time_by_slot
from wfm.forecast.methods import method_of
from wfm.forecast.quietest import quietest_weekday
from wfm.forecast.rehearsal import WEEK
from wfm.forecast.spread import Spread, of_whole_days
from wfm.forecast.training import Belief, Training, Weigh, training
from wfm.forecast.unseen import fill_unseen

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
NO_HOLIDAYS = Calendar()
CLEANED = without_damage()


def forecast(
    history: ContactHistory,
    channel: Channel,
    horizon: TimeGrid,
    calendar: Calendar = NO_HOLIDAYS,
    method: str = "ewma_day_type",
    levels: tuple[float, ...] = LEVELS,
    *,
    aht_seconds: float | None = None,
    weigh: Weigh | None = CLEANED,
) -> Forecast:
    """Expected contacts and handle time of a channel on the horizon, with bands at ``levels`` (increasing, in 0..1).

    Only history before ``horizon.start`` is used, on the horizon's step and wall clock; closed and unrecorded intervals teach
    nothing. Contacts are 0 where ``channel.opening``, the calendar or custom closes. ``aht_seconds`` stands in where the history knows
    no handle time; ``weigh`` says which counts are to be believed: all but damage by default, None believes all. Raises InputError
    for less than a full week of history or an unknown handle time, NotFound for an unknown method.
    """
    return _made(history, channel, horizon, calendar, method, levels, aht_seconds, weigh)[0]


def forecast_with_days(
    history: ContactHistory,
    channel: Channel,
    horizon: TimeGrid,
    calendar: Calendar = NO_HOLIDAYS,
    method: str = "ewma_day_type",
    levels: tuple[float, ...] = LEVELS,
    *,
    aht_seconds: float | None = None,
    weigh: Weigh | None = CLEANED,
) -> tuple[Forecast, DayTotals]:
    """The same as :func:`forecast`, with the totals of the days and their own bands."""
    made, mixed, weeks = _made(history, channel, horizon, calendar, method, levels, aht_seconds, weigh)
    return made, _day_totals(made, mixed, weeks)


def _made(
    history: ContactHistory,
    channel: Channel,
    horizon: TimeGrid,
    calendar: Calendar,
    method: str,
    levels: tuple[float, ...],
    aht_seconds: float | None,
    weigh: Weigh | None,
) -> tuple[Forecast, Blend, NDArray[np.int64]]:
    """The forecast, the mixture of methods behind it, and how many weeks each of its days lies ahead."""
    chosen = method_of(method)
    past = training(history, channel, horizon, calendar)
    future = Days.of(horizon.dates, calendar)
    custom = closed_by_custom(past, future, calendar)
    shut = future.closed | np.array([day in custom for day in future.dates])
    is_open = channel.opening.mask(horizon) & ~shut[horizon.day_index]
    belief = weigh(past) if weigh else Belief()
    mixed = blend(chosen, past.counts, past.days, belief.weights)
    expected = mixed.expect(past.counts, past.days, future, belief.weights)
    expected, unseen_notes = fill_unseen(expected, past, future, to_days(is_open.astype(np.float64), horizon) > 0)
    mean = np.where(is_open, from_days(expected, horizon), 0.0)
    handle_times, aht_notes = _handle_times(past, horizon, aht_seconds)
    weeks = weeks_ahead(past.days.dates[-1], future)
    spread = Spread.of(mixed.rehearsed(), int(weeks[-1]) + 1, 1 / past.parts)
    by_step = weeks[horizon.day_index]
    made = Forecast(
        channel=channel.name,
        grid=horizon,
        method=method,
        trained_until=past.trained_until,
        mean=tuple(mean.tolist()),
        open=tuple(is_open.tolist()),
        aht_seconds=tuple(handle_times.tolist()),
        dispersion=tuple(spread.dispersion(mean, by_step).tolist()),
        levels=levels,
        bands=tuple(map(tuple, spread.bands(mean, by_step, levels).tolist())),
        notes=(
            *(chosen.docs, *mixed.shares.notes),
            *(*past.notes, *belief.notes),
            *_holiday_notes(past, future, calendar),
            *_closure_notes(custom, past, future, calendar),
            *(*unseen_notes, *aht_notes),
        ),
    )
    return made, mixed, weeks


def _day_totals(made: Forecast, mixed: Blend, weeks: NDArray[np.int64]) -> DayTotals:
    mean = np.bincount(made.grid.day_index, made.means()).astype(np.float64)
    spread = Spread.of(of_whole_days(mixed.rehearsed()), int(weeks[-1]) + 1)
    return DayTotals(
        channel=made.channel,
        dates=made.grid.dates,
        mean=tuple(mean.tolist()),
        dispersion=tuple(spread.dispersion(mean, weeks).tolist()),
        levels=made.levels,
        bands=tuple(map(tuple, spread.bands(mean, weeks, made.levels).tolist())),
    )


def weeks_ahead(last: date, future: Days) -> NDArray[np.int64]:
    """How many whole weeks each future day lies ahead of the day after the last known one, shape (len(future),), >= 0."""
    return np.array([max(0, (day - last).days - 1) // WEEK for day in future.dates], dtype=np.int64)


def _handle_times(past: Training, horizon: TimeGrid, fallback: float | None) -> tuple[FloatArray, tuple[str, ...]]:
    by_slot = handle_time_by_slot(past.history)
    if by_slot is not None:
        return from_days(np.tile(by_slot, (len(horizon.dates), 1)), horizon), ()
    if fallback is None:
        fix = "Add a column of handle times to the history, or give an AHT by hand (aht_seconds, such as 300)."
        raise InputError([Fault(f"handle times of {past.history.channel}", "a history without any", fix)])
    note = f"The history knows no handle time: the given AHT of {duration_text(fallback)} is taken."
    return np.full(horizon.count, float(fallback)), (note,)


def _closure_notes(custom: dict[date, str], past: Training, future: Days, calendar: Calendar) -> tuple[str, ...]:
    if custom:
        named = ", ".join(f"{day} ({name})" for day, name in custom.items())
        return (f"Taken for closed, since nothing was recorded on the same holiday before: {named}.",)
    silent = never_recorded_holidays(past, calendar)
    if silent and calendar.holidays(future.dates):
        return (
            f"Nothing was recorded on any of {silent} past holidays: close those of the horizon if nobody works then.",
        )
    return ()


def _holiday_notes(past: Training, future: Days, calendar: Calendar) -> tuple[str, ...]:
    named = [f"{day} ({name})" for day, name in calendar.holidays(future.dates).items()]
    if not named:
        return ()
    quiet = quietest_weekday(past.counts, past.days)
    return (
        f"Holidays of the horizon: {', '.join(named)}; the quietest weekday, which they are taken to be like, is {quiet}.",
    )
