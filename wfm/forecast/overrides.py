"""Overrides: what a planner knows better than the forecast, kept as data with who, why, when and until when it counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from typing import Annotated, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from wfm.domain import Forecast, Name, Noun, TimeGrid
from wfm.domain.quantity import DAY_MINUTES, Clock, clock_text
from wfm.domain.time import local
from wfm.forecast.bands import quantiles
from wfm.forecast.days import FloatArray, ratio
from wfm.forecast.events import Words, multiplied

ALL_DAY = (0, DAY_MINUTES)


class Override(Noun):
    """A planner's own word on one channel, from local date ``first`` to ``last`` (None: one day), within ``hours`` of each day.

    Either contacts are multiplied by ``factor``, or the contacts of each day within the hours become ``contacts``, spread as the
    forecast is, or evenly over open intervals where it expects none. ``hours`` are minutes [from, until) of the wall clock. It was made by
    ``author`` for a ``reason`` on ``made_on``; it is no longer applied to forecasts made after ``expires`` (None: never expires).
    """

    channel: Name
    first: date
    last: date | None = None
    hours: tuple[Clock, Clock] = ALL_DAY
    factor: Annotated[float, Field(ge=0, le=100)] | None = None
    contacts: Annotated[float, Field(ge=0, le=10_000_000)] | None = None
    author: Words
    reason: Words
    made_on: date
    expires: date | None = None

    @model_validator(mode="after")
    def _clear(self) -> Self:
        if (self.factor is None) == (self.contacts is None):
            came = "neither" if self.factor is None else "both"
            raise ValueError(f"expected either a change or the contacts of a day, came {came}")
        if self.until < self.first:
            raise ValueError(f"expected a last date from {self.first} on, came {self.last}")
        if self.hours[1] <= self.hours[0]:
            raise ValueError(
                "expected hours that end after they begin, came {}-{}".format(*map(clock_text, self.hours))
            )
        return self

    @property
    def until(self) -> date:
        """The last date that is overridden."""
        return self.last or self.first

    @property
    def title(self) -> str:
        """The override in a few words."""
        dates = f"{self.first}" if self.until == self.first else f"{self.first} to {self.until}"
        hours = "" if self.hours == ALL_DAY else " {}-{}".format(*map(clock_text, self.hours))
        wanted = f"x {self.factor:g}" if self.factor is not None else f"{self.contacts:g} contacts a day"
        return f"override of {self.channel}, {dates}{hours}: {wanted}"

    def __str__(self) -> str:
        """The override in words: what, by whom and why."""
        return f"{self.title}, by {self.author} ({self.reason})"

    def steps(self, grid: TimeGrid) -> NDArray[np.bool_]:
        """Which steps are overridden, shape (count,)."""
        minute, within = grid.minute_of_day, np.zeros(grid.count, dtype=np.bool_)
        within[grid.within(self.first, self.until)] = True
        return within & (minute >= self.hours[0]) & (minute < self.hours[1])

    def applied(self, forecast: Forecast) -> Forecast:
        """The forecast with the override, whether expired or not; it itself where the override does not concern it."""
        steps = self.steps(forecast.grid) & np.array(forecast.open)
        if self.channel != forecast.channel or not steps.any():
            return forecast
        note = f"{_sentence(self.title)}, by {self.author} on {self.made_on} ({self.reason})."
        if self.factor is not None:
            return multiplied(forecast, np.where(steps, self.factor, 1.0), note)
        return self._with_contacts(forecast, steps, note)

    def _with_contacts(self, forecast: Forecast, steps: NDArray[np.bool_], note: str) -> Forecast:
        filled = _even_where_empty(forecast, steps) if self.contacts else forecast
        day = forecast.grid.day_index
        total = np.bincount(day, np.where(steps, filled.means(), 0.0))[day]
        return multiplied(filled, np.where(steps, ratio(np.full(len(day), self.contacts), total, 0.0), 1.0), note)


def override_notes(
    overrides: Iterable[Override], channel: str, grid: TimeGrid, is_open: NDArray[np.bool_]
) -> list[str]:
    """What a planner may not have meant: overrides on closed hours or after the grid, and those that meet an earlier one."""
    notes: list[str] = []
    earlier: list[tuple[Override, NDArray[np.bool_]]] = []
    for override in overrides:
        if override.channel != channel or override.until < grid.dates[0]:
            continue
        steps = override.steps(grid) & is_open
        if not steps.any():
            where = "after the horizon" if override.first > grid.dates[-1] else "on closed hours"
            notes.append(f"{_sentence(override.title)} lies {where} and changes nothing.")
        for other, taken in earlier:
            if (steps & taken).any():
                how = "overtakes it" if override.contacts is not None else "comes on top"
                notes.append(f"{_sentence(other.title)}: a later one on the same hours {how} ({override.title}).")
        earlier.append((override, steps))
    return notes


def with_overrides(forecast: Forecast, overrides: Iterable[Override], today: date | None = None) -> Forecast:
    """The forecast with the overrides of its channel, one after the other; an expired one is noted and not applied.

    ``today`` is the local date on which the forecast is made; None takes the date on which what it was trained on ends.
    """
    made = today or local(forecast.trained_until, forecast.grid.zone).date()
    return reduce(lambda now, override: _applied(override, now, made), overrides, forecast)


def _applied(override: Override, forecast: Forecast, today: date) -> Forecast:
    changed = override.applied(forecast)
    if changed is forecast or override.expires is None or today <= override.expires:
        return changed
    note = f"{_sentence(override.title)}, by {override.author}, expired on {override.expires} and was not applied."
    return forecast.model_copy(update={"notes": (*forecast.notes, note)})


def _even_where_empty(forecast: Forecast, steps: NDArray[np.bool_]) -> Forecast:
    """One contact in each of the steps on days on which nothing is expected in any of them."""
    day, mean = forecast.grid.day_index, forecast.means()
    empty = steps & (np.bincount(day, np.where(steps, mean, 0.0))[day] == 0)
    if not empty.any():
        return forecast
    bands: FloatArray = quantiles(np.ones(len(mean)), np.array(forecast.dispersion), forecast.levels)
    rows = (np.where(empty, new, old) for new, old in zip(bands, forecast.bands, strict=True))
    return forecast.model_copy(
        update={
            "mean": tuple(np.where(empty, 1.0, mean).tolist()),
            "bands": tuple(tuple(row.tolist()) for row in rows),
        }
    )


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]
