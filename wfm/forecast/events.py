"""Events: what a promotion, a mailing or a strike does to contacts, in the days to come and in a past that has seen one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import reduce
from math import floor, log2, prod
from typing import Annotated, Self

import numpy as np
from pydantic import Field, StringConstraints, model_validator

from wfm.domain import ContactHistory, Forecast, Name, Noun, TimeGrid
from wfm.domain.history import as_array, as_counts
from wfm.domain.quantity import share_text
from wfm.forecast.days import FloatArray, ratio

NEGLIGIBLE = 0.005  # an uplift that has decayed below half a percent is over
FAINT = 0.2  # a factor below which the few contacts that came tell too little of those that stayed away

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
"""A short text that somebody wrote: not empty, at most 200 characters."""


class Event(Noun):
    """What changes contacts for a while: they are multiplied by 1 + ``uplift`` on the local dates ``on`` to ``until`` (None: one day).

    k days later the factor is 1 + uplift 2^(-k / decay_days), until it is within half a percent of 1; ``decay_days`` of 0 ends it with its
    last date. ``channel`` None means every channel. ``uplift`` is a share: 0.4 for +40 %, -1 for nobody at all.
    """

    name: Words
    channel: Name | None = None
    on: date
    until: date | None = None
    uplift: float = Field(ge=-1, le=20)
    decay_days: float = Field(default=0.0, ge=0, le=365)
    author: Words
    reason: Words

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.last < self.on:
            raise ValueError(f"expected a last date from {self.on} on, came {self.until}")
        return self

    @property
    def last(self) -> date:
        """The last date of the full uplift."""
        return self.until or self.on

    @property
    def ends(self) -> date:
        """The last date on which it changes contacts, its decay included."""
        if self.decay_days == 0 or abs(self.uplift) <= NEGLIGIBLE:
            return self.last
        return self.last + timedelta(days=floor(self.decay_days * log2(abs(self.uplift) / NEGLIGIBLE)))

    def concerns(self, channel: str) -> bool:
        """Whether the event changes the contacts of a channel."""
        return self.channel in {None, channel}

    def factor_on(self, day: date) -> float:
        """What the contacts of a local date are multiplied by, >= 0."""
        after = (day - self.last) / timedelta(days=1)
        if day < self.on or (after > 0 and self.decay_days == 0):
            return 1.0
        left = self.uplift * 2 ** (-max(0.0, after) / (self.decay_days or 1.0))
        return 1 + left if abs(left) >= NEGLIGIBLE else 1.0

    def applied(self, forecast: Forecast) -> Forecast:
        """The forecast with the event; it itself where the event does not concern it."""
        factor = event_factors((self,), forecast.channel, forecast.grid)
        return forecast if (factor == 1).all() else multiplied(forecast, factor, f"Event {self}.")

    def __str__(self) -> str:
        """The event in words: how much, when, by whom and why."""
        dates = f"on {self.on}" if self.last == self.on else f"from {self.on} to {self.last}"
        fading = f", halving every {self.decay_days:g} days after" if self.decay_days else ""
        size = f"{'+' if self.uplift >= 0 else ''}{share_text(self.uplift)}"
        return f"{self.name}: {size} {dates}{fading}, by {self.author} ({self.reason})"


def event_factors(events: Iterable[Event], channel: str, grid: TimeGrid) -> FloatArray:
    """What events multiply the contacts of a channel by at every step, shape (count,), >= 0; where they meet, they multiply."""
    concerned = [event for event in events if event.concerns(channel)]
    by_day = [prod(event.factor_on(day) for event in concerned) for day in grid.dates]
    return np.array(by_day, dtype=np.float64)[grid.day_index]


def with_events(forecast: Forecast, events: Iterable[Event]) -> Forecast:
    """The forecast with the events that concern its channel; where they meet, their factors multiply.

    Means and bands are multiplied, dispersion stays: a busier day is as uncertain as it was, relatively.
    """
    return reduce(lambda made, event: event.applied(made), events, forecast)


def without_events(history: ContactHistory, events: Iterable[Event]) -> ContactHistory:
    """The history as it would have been: counts divided by the factors of past events, so that a promotion does not teach the future.

    Where an event left nobody or hardly anybody (a factor below ``FAINT``) nothing is known of what would have been: the count becomes
    not recorded.
    """
    factor = event_factors(events, history.channel, history.grid)
    if (factor == 1).all():
        return history
    rows = {name: getattr(history, name) for name in ("offered", "handled", "abandoned")}
    mass = np.where(factor >= FAINT, factor, 0.0)
    divided = {name: as_counts(ratio(as_array(row), mass)) for name, row in rows.items() if row}
    return history.model_copy(update=divided)


def multiplied(forecast: Forecast, factor: FloatArray, note: str) -> Forecast:
    """The forecast with means and bands multiplied step by step by ``factor`` (shape (count,), >= 0), and a note that says so."""
    return forecast.model_copy(
        update={
            "mean": tuple((forecast.means() * factor).tolist()),
            "bands": tuple(tuple((np.array(band) * factor).tolist()) for band in forecast.bands),
            "notes": (*forecast.notes, note),
        }
    )
