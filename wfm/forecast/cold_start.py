"""Cold start: the forecast of a queue without a past, with the week of another queue or of a template and a volume told by the planner."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from wfm.domain import Channel, ContactHistory, Fault, Forecast, InputError, Name, Noun, TimeGrid
from wfm.domain.history import as_counts
from wfm.domain.quantity import count_text
from wfm.domain.time import StepMinutes
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


class Lent(NamedTuple):
    """A past that is not a queue's own, scaled to it, with what to say of it and the variance that not knowing adds, relative."""

    history: ContactHistory
    notes: tuple[str, ...]
    doubt: float


def lent(borrowed: Borrowed, lender: ContactHistory, own: ContactHistory, channel: Channel, horizon: TimeGrid) -> Lent:
    """The lender's past before the horizon, in the channel's hours, times k.

    k = volume / the lender's usual week in those hours, corrected by the n days that the queue has seen itself: k' = k (3 v + came) /
    (3 v + expected), v the volume of a day. The doubt is 0.3^2 / (1 + n/3). Raises InputError where the lender has no contact in the
    channel's hours.
    """
    past = lender.part(slice(0, max(1, lender.grid.index(horizon.start))))
    is_open = channel.opening.mask(past.grid)
    counts = np.where(is_open, past.counts(), np.nan)
    week = _usual_week(past.grid, counts, horizon.step_minutes)
    open_days = int((week > 0).any(axis=1).sum())
    if not open_days:
        fix = "Name a channel that is open when this one is."
        place = f"channels.{channel.name}.like"
        raise InputError(
            [Fault(f"contacts of {borrowed.like} in the hours of {channel.name}", "none", fix, column=place)]
        )
    daily = borrowed.contacts if borrowed.per == "day" else borrowed.contacts / open_days
    factor = daily * open_days / float(week.sum())
    correction, days = _correction(factor * week, daily, own, horizon)
    scaled = ContactHistory(
        channel=channel.name,
        grid=past.grid,
        offered=as_counts(factor * correction * counts),
        open=tuple((is_open & past.open_mask()).tolist()),
        aht_seconds=past.aht_seconds,
    )
    return Lent(scaled, _notes(borrowed, days, correction), UNSURE**2 / (1 + days / GUESS_DAYS))


def borrowed_forecast(
    past: Lent,
    channel: Channel,
    horizon: TimeGrid,
    calendar: Calendar,
    method: str = "auto",
    levels: tuple[float, ...] = LEVELS,
    *,
    aht_seconds: float | None = None,
    weigh: Weigh | None = CLEANED,
) -> tuple[Forecast, DayTotals]:
    """The forecast of a past that was lent, with bands for a volume that nobody knows.

    Dispersion grows by the doubt, that of intervals by 0.2^2 besides. ``aht_seconds`` counts more than the lender's handle times.
    Raises InputError where no handle time is known.
    """
    history = past.history if aht_seconds is None else past.history.model_copy(update={"aht_seconds": ()})
    made, days = forecast_with_days(
        history, channel, horizon, calendar, method, levels, aht_seconds=aht_seconds, weigh=weigh
    )
    spread, spread_days = np.array(made.dispersion) + past.doubt + UNLIKE**2, np.array(days.dispersion) + past.doubt
    return (
        made.varied(
            dispersion=tuple(spread.tolist()),
            bands=_rows(quantiles(made.means(), spread, levels)),
            notes=(*past.notes, *(f"The borrowed past: {note}" for note in made.notes)),
        ),
        days.varied(
            dispersion=tuple(spread_days.tolist()),
            bands=_rows(quantiles(np.array(days.mean), spread_days, levels)),
        ),
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


def _usual_week(grid: TimeGrid, counts: FloatArray, step_minutes: StepMinutes) -> FloatArray:
    """Mean contacts (7 weekdays x slots of ``step_minutes``) of the last weeks of a grid."""
    known = ContactHistory(channel="lender", grid=grid, offered=as_counts(counts), open=(True,) * grid.count)
    days = grid.dates[-7 * WEEKS :]
    recent = TimeGrid.of_days(days[0], len(days), step_minutes, grid.zone)
    by_day = to_days(on_grid(known, recent).counts(), recent)
    weekday = np.array([day.weekday() for day in recent.dates])
    return np.stack([_mean(by_day[weekday == k]) for k in range(7)])


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


def _rows(bands: FloatArray) -> tuple[tuple[float, ...], ...]:
    return tuple(map(tuple, bands.tolist()))


def _notes(borrowed: Borrowed, days: int, correction: float) -> tuple[str, ...]:
    week = "a typical week" if borrowed.like == TYPICAL else f"the week of {borrowed.like}"
    known = (
        f"Only {count_text(days, 'known day')} of {borrowed.channel}"
        if days
        else f"Nothing is known of {borrowed.channel} yet"
    )
    told = f"{known}: it is forecast with {week} on its own hours, scaled to {borrowed}; bands are wide for it."
    moved = f"Its own first days move that volume by {correction - 1:+.0%}."
    return (told, moved) if days else (told,)
