"""Explains a forecast in words: what is usual, how busy it has been, the day, the time, the method, and what people changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Channel, ContactHistory, Fault, Forecast, InputError, Name, Noun
from wfm.domain.quantity import Clock, clock_text
from wfm.forecast.calendar import Calendar
from wfm.forecast.day_totals import DayTotals
from wfm.forecast.days import Days, FloatArray
from wfm.forecast.kinds_of_days import KindsOfDays
from wfm.forecast.training import Training, training

RECENT_DAYS = 28
"""How far back "now" reaches."""
NAMES = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


class Reason(Noun):
    """One step of an explanation: the contacts after it, and what they were multiplied by (None where they began or came from 0)."""

    times: float | None
    contacts: float
    words: str


class Explanation(Noun):
    """How the contacts of a local date, or of the interval that contains ``minute`` of its wall clock, come about, reason by reason.

    The first reason is a mean day of the history, the last one's contacts are the forecast's. ``band`` holds level and contacts of the
    lowest and of the highest band, None where they are not known.
    """

    channel: Name
    date: date
    minute: Clock | None
    reasons: tuple[Reason, ...]
    band: tuple[tuple[float, float], tuple[float, float]] | None

    @property
    def contacts(self) -> float:
        """Contacts that the forecast expects."""
        return self.reasons[-1].contacts

    def lines(self) -> list[str]:
        """The explanation, a line for each reason with the contacts that it leads to."""
        when = f"{self.date:%A %Y-%m-%d}" + ("" if self.minute is None else f" {clock_text(self.minute)}")
        told = [f"{self.channel}, {when}: {self.contacts:.1f} contacts expected"]
        for row in self.reasons:
            times = f"{'':9}" if row.times is None else f"x {row.times:7.3f}"
            told.append(f"  {times}  {row.contacts:9.1f}  {row.words}")
        if self.band is not None and self.contacts > 0:
            (low, least), (high, most) = self.band
            told.append(f"  between {least:.1f} and {most:.1f} with a chance of {high - low:.0%}")
        return told


def explain_forecast(
    stages: Sequence[tuple[str, Forecast]],
    history: ContactHistory,
    channel: Channel,
    calendar: Calendar,
    day: date,
    minute: int | None = None,
    totals: DayTotals | None = None,
) -> Explanation:
    """Decompose the forecast of a local date, or of the interval of it that contains ``minute`` of the wall clock.

    ``stages`` are the method's own forecast and what each event, override or factor made of it, with a word for each; ``history`` is
    what the method learned from; ``totals`` are the last stage's days, for the band of a whole day.
    Level, kind of day and time of day are ratios of plain means of that history; what the method does beyond
    them is one reason, its own correction. Raises InputError for a time outside the horizon.
    """
    own, steps = stages[0][1], _steps(stages[0][1], day, minute)
    past = training(history, channel, own.grid, calendar)
    is_open = bool((np.array(own.open) & steps).any())
    own_words = _own_words(own, int(steps.sum()), minute) if is_open else _closed_words(channel, calendar, day)
    words = [own_words, *(what for what, _ in stages[1:])]
    contacts = [float(made.means()[steps].sum()) for _, made in stages]
    reasons = [*_of_history(past, own, calendar, day, minute), *zip(contacts, words, strict=True)]
    return Explanation(
        channel=channel.name,
        date=day,
        minute=minute,
        reasons=tuple(_multiplied(reasons)),
        band=_day_band(totals, day) if minute is None else _band(stages[-1][1], steps),
    )


def _multiplied(reasons: Sequence[tuple[float, str]]) -> Iterator[Reason]:
    """The reasons with the factors between them; a change that leaves the contacts as they were is passed over."""
    before: float | None = None
    for contacts, words in reasons:
        if contacts != before:
            yield Reason(times=contacts / before if before else None, contacts=contacts, words=words)
        before = contacts


def _steps(made: Forecast, day: date, minute: int | None) -> NDArray[np.bool_]:
    within = np.zeros(made.grid.count, dtype=np.bool_)
    within[made.grid.within(day, day)] = True
    if minute is not None:
        begins = made.grid.minute_of_day
        within &= (begins <= minute) & (minute < begins + made.grid.step_minutes)
    if minute is not None and not within.any() and day in made.grid.dates:
        raise InputError([Fault(f"a time that {day} has", f"{clock_text(minute)}, which the change of clocks skips")])
    if not within.any():
        expected = f"a time in the horizon {made.grid.dates[0]} to {made.grid.dates[-1]}"
        raise InputError([Fault(expected, f"{day}" if minute is None else f"{day} {clock_text(minute)}")])
    return within


def _of_history(
    past: Training, own: Forecast, calendar: Calendar, day: date, minute: int | None
) -> Iterator[tuple[float, str]]:
    """Contacts of a mean day, then after the level of now, the kind of day, and the time of day."""
    usual = KindsOfDays.of(past)
    mean = usual.mean_day()
    yield mean, "a mean day of the history"
    recent = slice(max(0, len(past.days) - RECENT_DAYS), len(past.days))
    level, days = usual.level(past.counts[recent], past.days.part(recent)), min(RECENT_DAYS, len(past.days))
    yield mean * level, f"level: the last {days} days against all {len(past.days)} of the history, like with like"
    profile, words = _like(usual, calendar, day)
    yield level * float(profile.sum()), words
    if minute is not None:
        slot = minute // own.grid.step_minutes
        begins = clock_text(slot * own.grid.step_minutes)
        yield level * float(profile[slot]), f"time of day: the share of {begins} in such a day"


def _like(usual: KindsOfDays, calendar: Calendar, day: date) -> tuple[FloatArray, str]:
    """The mean contacts by slot of the days that a day is like, and words for it; where there is none, of a mean day."""
    ahead = Days.of((day,), calendar)
    (kind,), (weekday,) = ahead.types, ahead.weekdays
    holiday = calendar.holidays((day,)).get(day)
    like = "like " if kind in NAMES and kind != weekday else ""
    named = f"{like}{NAMES.get(kind, kind)}{f' ({holiday})' if holiday else ''}"
    if kind in usual.by_kind:
        return usual.by_kind[kind], f"day: {named}, {usual.days[kind]} such days in the history"
    start = f"day: {named}, none in the history, so we start from a usual"
    if weekday in usual.by_kind:
        return usual.by_kind[weekday], f"{start} {NAMES[weekday]}"
    return usual.overall(), f"{start} day"


def _band(made: Forecast, steps: NDArray[np.bool_]) -> tuple[tuple[float, float], tuple[float, float]] | None:
    if len(made.levels) < 2 or steps.sum() > 1:
        return None
    at = int(np.flatnonzero(steps)[0])
    low, high = ((made.levels[k], made.bands[k][at]) for k in (0, -1))
    return low, high


def _day_band(totals: DayTotals | None, day: date) -> tuple[tuple[float, float], tuple[float, float]] | None:
    if totals is None or len(totals.levels) < 2:
        return None
    at = totals.dates.index(day)
    low, high = ((totals.levels[k], totals.bands[k][at]) for k in (0, -1))
    return low, high


def _own_words(own: Forecast, steps: int, minute: int | None) -> str:
    twice = "; this time of day comes twice, as clocks go back" if minute is not None and steps > 1 else ""
    return f"the method's own correction ({own.method}): trend, place in the month, likeness of special days{twice}"


def _closed_words(channel: Channel, calendar: Calendar, day: date) -> str:
    if day in calendar.closed:
        return "closed, as the scenario says"
    holiday = calendar.holidays((day,)).get(day) if channel.opening.windows_on(day) else None
    return f"closed on {holiday}, as it was before" if holiday else f"closed: outside the hours of {channel.name}"
