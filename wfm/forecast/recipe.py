"""From contact history to forecast, read as a recipe: lay out the past, expect, add bands and handle time, say what was done."""

from __future__ import annotations

import numpy as np

from wfm.domain import Channel, ContactHistory, Fault, Forecast, InputError, TimeGrid
from wfm.domain.quantity import duration_text
from wfm.forecast.bands import quantiles
from wfm.forecast.blend import Blend, blend
from wfm.forecast.calendar import Calendar
from wfm.forecast.days import Days, FloatArray, from_days, to_days
from wfm.forecast.dispersion import learn_dispersion
from wfm.forecast.handle_time import handle_time_by_slot
from wfm.forecast.methods import method_of
from wfm.forecast.quietest import quietest_weekday
from wfm.forecast.rehearsal import WEEK
from wfm.forecast.training import Training, Weigh, training
from wfm.forecast.unseen import fill_unseen

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
NO_HOLIDAYS = Calendar()


def forecast(
    history: ContactHistory,
    channel: Channel,
    horizon: TimeGrid,
    calendar: Calendar = NO_HOLIDAYS,
    method: str = "ewma_day_type",
    levels: tuple[float, ...] = LEVELS,
    *,
    aht_seconds: float | None = None,
    weigh: Weigh | None = None,
) -> Forecast:
    """Expected contacts and handle time of a channel on the horizon, with bands at ``levels`` (increasing, in 0..1).

    Only history before ``horizon.start`` is used, on the horizon's step and wall clock; closed and unrecorded intervals teach
    nothing. Contacts are 0 where ``channel.opening`` or the calendar closes. ``aht_seconds`` stands in where the history knows
    no handle time; ``weigh`` says which counts are to be believed, None believes all. Raises InputError for less than a full week
    of history or an unknown handle time, NotFound for an unknown method.
    """
    chosen = method_of(method)
    past = training(history, channel, horizon, calendar)
    future = Days.of(horizon.dates, calendar)
    is_open = channel.opening.mask(horizon) & ~future.closed[horizon.day_index]
    belief = weigh(past) if weigh else None
    weights = belief.weights if belief else None
    mixed = blend(chosen, past.counts, past.days, weights)
    expected = mixed.expect(past.counts, past.days, future, weights)
    expected, unseen_notes = fill_unseen(expected, past, future, to_days(is_open.astype(np.float64), horizon) > 0)
    mean = np.where(is_open, from_days(expected, horizon), 0.0)
    dispersion = _dispersion(mixed, past, future)[horizon.day_index]
    handle_times, aht_notes = _handle_times(past, horizon, aht_seconds)
    return Forecast(
        channel=channel.name,
        grid=horizon,
        method=method,
        trained_until=past.trained_until,
        mean=tuple(mean.tolist()),
        open=tuple(is_open.tolist()),
        aht_seconds=tuple(handle_times.tolist()),
        dispersion=tuple(dispersion.tolist()),
        levels=levels,
        bands=tuple(map(tuple, quantiles(mean, dispersion, levels).tolist())),
        notes=(
            chosen.docs,
            *past.notes,
            *(belief.notes if belief else ()),
            *_holiday_notes(past, future, calendar),
            *unseen_notes,
            *aht_notes,
        ),
    )


def _dispersion(mixed: Blend, past: Training, future: Days) -> FloatArray:
    """Dispersion of each future day by the week it lies ahead of the last recorded day, shape (len(future),)."""
    last = past.days.dates[-1]
    week_ahead = [max(0, (day - last).days - 1) // WEEK for day in future.dates]
    return learn_dispersion(mixed.rehearsed(), week_ahead[-1] + 1, 1 / past.parts)[week_ahead]


def _handle_times(past: Training, horizon: TimeGrid, fallback: float | None) -> tuple[FloatArray, tuple[str, ...]]:
    by_slot = handle_time_by_slot(past.history)
    if by_slot is not None:
        return from_days(np.tile(by_slot, (len(horizon.dates), 1)), horizon), ()
    if fallback is None:
        fix = "Add a column of handle times to the history, or give an AHT by hand (aht_seconds, such as 300)."
        raise InputError([Fault(f"handle times of {past.history.channel}", "a history without any", fix)])
    note = f"The history knows no handle time: the given AHT of {duration_text(fallback)} is taken."
    return np.full(horizon.count, float(fallback)), (note,)


def _holiday_notes(past: Training, future: Days, calendar: Calendar) -> tuple[str, ...]:
    named = [f"{day} ({name})" for day, name in calendar.holidays(future.dates).items()]
    if not named:
        return ()
    quiet = quietest_weekday(past.counts, past.days)
    return (
        f"Holidays of the horizon: {', '.join(named)}; the quietest weekday, which they are taken to be like, is {quiet}.",
    )
