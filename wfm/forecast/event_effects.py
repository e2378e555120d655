"""What past events really did: the contacts of their days against the forecast made on their eve without them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Annotated

import numpy as np
from pydantic import Field

from wfm.domain import Channel, ContactHistory, Name, Noun, TimeGrid
from wfm.domain.quantity import share_text
from wfm.domain.time import instant
from wfm.forecast.calendar import Calendar
from wfm.forecast.days import FloatArray, ratio
from wfm.forecast.events import Event, event_factors, without_events
from wfm.forecast.grain import on_grid
from wfm.forecast.recipe import CLEANED, forecast_with_days
from wfm.forecast.training import Weigh

LONGEST_DAYS = 56  # of an event that are measured: no forecast made on its eve reaches further with any trust
NEWEST = 40  # events that are measured; each takes a forecast of its own, and older ones hardly count any more
TAUGHT_DAYS = 14  # recorded before an event, or there is nothing to measure it against
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
NO_MATTER = 300.0  # an AHT: only contacts are looked at

Contacts = Annotated[float, Field(ge=0)]


class EventEffect(Noun):
    """What an event did to one channel on its recorded ``days``, its decay included.

    ``came`` contacts where ``expected`` would have come without it, by the forecast made on its eve. ``measured`` is the uplift that
    explains the difference, as a share like the event's own, and with a chance of 90 % it lies from ``low`` to ``high``.
    """

    event: Event
    channel: Name
    days: int = Field(ge=1)
    expected: Contacts
    came: Contacts
    measured: float
    low: float
    high: float

    @property
    def as_measured(self) -> Event:
        """The event on this channel with the uplift that was measured."""
        return self.event.varied(channel=self.channel, uplift=min(max(self.measured, -1.0), 20.0))

    def words(self) -> str:
        """The effect in a sentence."""
        sure = "" if self.low <= self.event.uplift <= self.high else ", so that the assumption was wrong"
        return (
            f"{self.channel}, event {self.event.name}, {self.event.on}: assumed {_signed(self.event.uplift)}, "
            f"measured {_signed(self.measured)} (90 %: {_signed(self.low)} to {_signed(self.high)}{sure}); {self.came:,.0f} contacts came "
            f"in {self.days} day{'' if self.days == 1 else 's'} where {self.expected:,.0f} were to be expected without it."
        )


def event_effects(
    history: ContactHistory,
    channel: Channel,
    events: Iterable[Event],
    calendar: Calendar,
    method: str = "auto",
    *,
    weigh: Weigh | None = CLEANED,
) -> tuple[EventEffect, ...]:
    """The measured effects on a channel of events that the history has reached, in order of their dates.

    uplift = sum (came - expected) / sum (expected w), w the share of the full uplift that its decay leaves each day. ``expected`` is the
    forecast from what was known before the event, earlier events taken out as they were measured, times the factors of other events;
    the bounds are those of its days' bands, as if all were missed together. An event before which too little was recorded is not
    measured, nor one of which no open interval was.
    """
    concerned = [event for event in events if event.concerns(channel.name) and event.uplift != 0]
    last = history.grid.dates[-1]
    begun = sorted((event for event in concerned if event.on <= last), key=lambda event: (event.on, event.ends))
    found: list[EventEffect] = []
    for event in begun[-NEWEST:]:
        others = [other for other in concerned if other is not event]
        effect = _effect(event, others, tuple(found), history, channel, calendar, method, weigh)
        found += [effect] if effect else []
    return tuple(found)


def learned_events(events: Sequence[Event], effects: Iterable[EventEffect], until: date) -> tuple[Event, ...]:
    """What is to be taken out of a history that ends with ``until``: events as they were measured by then, else as they were assumed."""
    known = {effect.event: effect.as_measured for effect in effects if effect.event.ends <= until}
    return tuple(known.get(event, event) for event in events)


def _effect(
    event: Event,
    others: Sequence[Event],
    earlier: Sequence[EventEffect],
    history: ContactHistory,
    channel: Channel,
    calendar: Calendar,
    method: str,
    weigh: Weigh | None,
) -> EventEffect | None:
    grid = history.grid
    past = history.part(slice(0, max(1, grid.index(instant(event.on, 0, grid.zone)))))  # no grid is empty
    if not _taught(past):
        return None
    eve = event.on - timedelta(days=1)
    span = min(event.ends, grid.dates[-1], eve + timedelta(days=LONGEST_DAYS)) - eve
    days = TimeGrid.of_days(event.on, span.days, grid.step_minutes, grid.zone)
    made, totals = forecast_with_days(
        without_events(past, learned_events(others, earlier, eve)),
        channel,
        days,
        calendar,
        method,
        LEVELS,
        aht_seconds=NO_MATTER,
        weigh=weigh,
    )
    came = on_grid(history, days).counts()
    known = np.array(made.open) & ~np.isnan(came)
    usual = np.where(known, made.means() * event_factors(others, channel.name, days), 0.0)
    left = _share_left(event, days.dates)[days.day_index]
    base, mass = float(usual.sum()), float((usual * left).sum())
    if mass <= 0:
        return None
    reach = _by_day(usual, days) * ratio(np.array(totals.bands), np.array(totals.mean), 1.0)
    total, least, most = float(came[known].sum()), float(reach[0].sum()), float(reach[-1].sum())
    return EventEffect(
        event=event,
        channel=channel.name,
        days=len(np.unique(days.day_index[known])),
        expected=base,
        came=total,
        measured=(total - base) / mass,
        low=(total - most) / mass,
        high=(total - least) / mass,
    )


def _taught(past: ContactHistory) -> bool:
    return len(np.unique(past.grid.day_index[~np.isnan(past.counts())])) >= TAUGHT_DAYS


def _share_left(event: Event, dates: Sequence[date]) -> FloatArray:
    """The share of the full uplift that is left on each date."""
    return np.array([(event.factor_on(day) - 1) / event.uplift for day in dates])


def _by_day(values: FloatArray, grid: TimeGrid) -> FloatArray:
    return np.asarray(np.bincount(grid.day_index, values, minlength=len(grid.dates)), dtype=np.float64)


def _signed(share: float) -> str:
    return f"{'+' if share >= 0 else ''}{share_text(round(share, 2))}"
