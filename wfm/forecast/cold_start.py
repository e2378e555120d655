"""Cold start: the forecast of a queue without a past, with the week of another queue or of a template and a volume told by the planner."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from wfm.domain import Channel, ContactHistory, Fault, Forecast, InputError, Name, Noun, TimeGrid
from wfm.domain.history import as_counts
from wfm.forecast.bands import quantiles
from wfm.forecast.calendar import Calendar
from wfm.forecast.day_totals import DayTotals
from wfm.forecast.days import FloatArray, from_days, to_days
from wfm.forecast.grain import on_grid
from wfm.forecast.recipe import CLEANED, LEVELS, forecast_with_days
from wfm.forecast.training import Weigh

TYPICAL = "typical"
"""The word of the template: two humps, at 11 and 17 h, a quiet night, half the contacts at the weekend."""
WEEKS = 8  # of another queue that make its usual week
OWN_DAYS = 10  # recorded, two working weeks, that a queue needs before it is forecast from them
GUESS_DAYS = 3.0  # of own contacts that count as much as the planner's volume
UNSURE = 0.3  # relative standard deviation of a volume that somebody expects of something new
UNLIKE = 0.2  # and of an interval besides, since the shape of another queue's day is not one's own


class Borrowed(Noun):
    """What stands in for the past of a channel: the week of channel ``like`` (or ``typical``), scaled to ``contacts`` a day or a week.

    A day is one on which the channel is open.
    """

    channel: Name
    like: Name
    contacts: Annotated[float, Field(gt=0, le=10_000_000)]
    per: Literal["day", "week"] = "day"

    def __str__(self) -> str:
        """The volume in words."""
        return f"{self.contacts:g} contacts a {self.per}"


def knows_enough(history: ContactHistory, horizon: TimeGrid) -> bool:
    """Whether a queue's own past before the horizon carries a forecast, so that nothing need be borrowed."""
    return len(np.unique(history.grid.day_index[_known(history, horizon)])) >= OWN_DAYS


def borrowed_forecast(
    borrowed: Borrowed,
    lender: ContactHistory,
    own: ContactHistory,
    channel: Channel,
    horizon: TimeGrid,
    calendar: Calendar,
    method: str = "auto",
    levels: tuple[float, ...] = LEVELS,
    *,
    aht_seconds: float | None = None,
    weigh: Weigh | None = CLEANED,
) -> tuple[Forecast, DayTotals]:
    """The forecast of the ``lender``'s history on the channel's own hours, times k, with bands for a volume that nobody knows.

    k = volume / the lender's usual week in those hours, corrected by the n days that the queue has seen itself: k' = k (3 v + came) /
    (3 v + expected), v the volume of a day. Dispersion grows by 0.3^2 / (1 + n/3), of intervals by 0.2^2 besides. Raises InputError
    where the lender has no contact in the channel's hours, or no handle time is known.
    """
    made, days = forecast_with_days(
        lender.model_copy(update={"channel": channel.name}),
        channel,
        horizon,
        calendar,
        method,
        levels,
        aht_seconds=aht_seconds,
        weigh=weigh,
    )
    week = _usual_week(lender, horizon, channel)
    open_days = int((week > 0).any(axis=1).sum())
    if not open_days:
        fix = "Name a channel that is open when this one is."
        raise InputError([Fault(f"contacts of {borrowed.like} in the hours of {channel.name}", "none", fix)])
    daily = borrowed.contacts if borrowed.per == "day" else borrowed.contacts / open_days
    factor = daily * open_days / float(week.sum())
    correction, known_days = _correction(factor * week, daily, own, horizon)
    doubt = UNSURE**2 / (1 + known_days / GUESS_DAYS)
    notes = (*_notes(borrowed, known_days, correction), *made.notes)
    return (
        _scaled(made, factor * correction, doubt + UNLIKE**2, aht_seconds, notes),
        _scaled_days(days, factor * correction, doubt),
    )


def no_history(channel: Channel, horizon: TimeGrid) -> ContactHistory:
    """The past of a queue that has none: the week before a horizon, with nothing recorded."""
    grid = TimeGrid.of_days(horizon.dates[0] - timedelta(weeks=1), 7, horizon.step_minutes, horizon.zone)
    is_open = tuple(channel.opening.mask(grid).tolist())
    return ContactHistory(channel=channel.name, grid=grid, offered=(None,) * grid.count, open=is_open)


def template_history(channel: str, horizon: TimeGrid) -> ContactHistory:
    """Eight weeks of the template before a horizon: contacts without chance, about a hundred an hour at the height of a weekday."""
    first = horizon.dates[0] - timedelta(weeks=WEEKS)
    grid = TimeGrid.of_days(first, 7 * WEEKS, horizon.step_minutes, horizon.zone)
    hour = grid.minute_of_day / 60
    humps = np.exp(-(((hour - 11) / 2.6) ** 2)) + 0.8 * np.exp(-(((hour - 17) / 2.4) ** 2))
    counts = (5 + 95 * humps) * np.where(grid.weekday < 5, 1.0, 0.5) * grid.step_minutes / 60
    return ContactHistory(channel=channel, grid=grid, offered=as_counts(counts), open=(True,) * grid.count)


def _usual_week(lender: ContactHistory, horizon: TimeGrid, channel: Channel) -> FloatArray:
    """Mean contacts (7 weekdays x slots) of the lender's last weeks before the horizon, in the channel's hours."""
    past = lender.part(slice(0, max(1, lender.grid.index(horizon.start))))
    days = past.grid.dates[-7 * WEEKS :]
    grid = TimeGrid.of_days(days[0], len(days), horizon.step_minutes, horizon.zone)
    counts = np.where(channel.opening.mask(grid), on_grid(past, grid).counts(), np.nan)
    by_day = to_days(counts, grid)
    rows = [by_day[np.array([day.weekday() == k for day in grid.dates])] for k in range(7)]
    return np.stack([_mean(row) for row in rows])


def _mean(rows: FloatArray) -> FloatArray:
    known = ~np.isnan(rows)
    return np.asarray(np.where(known, rows, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1))


def _known(history: ContactHistory, horizon: TimeGrid) -> NDArray[np.bool_]:
    before = np.arange(history.grid.count) < history.grid.index(horizon.start)
    return np.asarray(before & ~np.isnan(history.counts()), dtype=np.bool_)


def _correction(week: FloatArray, daily: float, own: ContactHistory, horizon: TimeGrid) -> tuple[float, int]:
    """The factor by which the queue's own first days move its volume, and how many days they are."""
    known = _known(own, horizon)
    if not known.any():
        return 1.0, 0
    first, last = own.grid.dates[0], own.grid.dates[-1]
    grid = TimeGrid.of_days(first, (last - first).days + 1, horizon.step_minutes, horizon.zone)
    usual = from_days(week[[day.weekday() for day in grid.dates]], grid)
    came = on_grid(own, grid).counts()
    seen = ~np.isnan(came) & (np.arange(grid.count) < grid.index(horizon.start))
    guess = GUESS_DAYS * daily
    return (guess + float(came[seen].sum())) / (guess + float(usual[seen].sum())), len(np.unique(grid.day_index[seen]))


def _scaled(made: Forecast, factor: float, doubt: float, aht_seconds: float | None, notes: tuple[str, ...]) -> Forecast:
    mean, dispersion = factor * made.means(), np.array(made.dispersion) + doubt
    handle = made.aht_seconds if aht_seconds is None else (aht_seconds,) * made.grid.count
    return made.varied(
        mean=tuple(mean.tolist()),
        aht_seconds=handle,
        dispersion=tuple(dispersion.tolist()),
        bands=_rows(quantiles(mean, dispersion, made.levels)),
        notes=notes,
    )


def _scaled_days(days: DayTotals, factor: float, doubt: float) -> DayTotals:
    mean, dispersion = factor * np.array(days.mean), np.array(days.dispersion) + doubt
    return days.varied(
        mean=tuple(mean.tolist()),
        dispersion=tuple(dispersion.tolist()),
        bands=_rows(quantiles(mean, dispersion, days.levels)),
    )


def _rows(bands: FloatArray) -> tuple[tuple[float, ...], ...]:
    return tuple(map(tuple, bands.tolist()))


def _notes(borrowed: Borrowed, days: int, correction: float) -> tuple[str, ...]:
    week = "a typical week" if borrowed.like == TYPICAL else f"the week of {borrowed.like}"
    known = (
        f"Only {days} days of {borrowed.channel} are known" if days else f"Nothing is known of {borrowed.channel} yet"
    )
    told = f"{known}: it is forecast with {week} on its own hours, scaled to {borrowed}; bands are wide for it."
    moved = f"Its own first days move that volume by {correction - 1:+.0%}."
    return (told, moved) if days else (told,)
