"""A forecast taken apart for pictures: its level week by week, its kinds of days, its time of day, and what people changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import numpy as np
from pydantic import Field

from wfm.domain import Channel, ContactHistory, Forecast, Name, Noun
from wfm.domain.opening import WEEKDAYS
from wfm.domain.time import StepMinutes
from wfm.forecast.calendar import Calendar
from wfm.forecast.days import FloatArray
from wfm.forecast.kinds_of_days import KindsOfDays
from wfm.forecast.training import training

Amount = Annotated[float, Field(ge=0)]
WEEK = 7


class DayKind(Noun):
    """Mean contacts of the ``days`` of one kind (``mon`` .. ``sun``, ``holiday``, ``eve``) in the past."""

    kind: str
    days: int = Field(ge=1)
    contacts: Amount


class Change(Noun):
    """What an event, an override or a factor added to each day of the horizon; negative where it took contacts away."""

    what: str
    contacts: tuple[float, ...]


class Decomposition(Noun):
    """The parts of one channel's forecast.

    ``weeks`` are the Mondays of past weeks, each with its contacts over those usual on days like its own (the last one perhaps not
    whole); ``kinds`` the kinds of days in the order of the week, special ones last; ``profile`` the mean contacts of each slot of a day
    (1440 / step_minutes slots); ``changes`` what came after the method's ``own`` contacts of each date.
    """

    channel: Name
    weeks: tuple[tuple[date, Amount], ...]
    kinds: tuple[DayKind, ...]
    step_minutes: StepMinutes
    profile: tuple[Amount, ...]
    dates: tuple[date, ...]
    own: tuple[Amount, ...]
    changes: tuple[Change, ...] = ()


def decompose(
    stages: Sequence[tuple[str, Forecast]], history: ContactHistory, channel: Channel, calendar: Calendar
) -> Decomposition:
    """Take a forecast apart; arguments as :func:`wfm.forecast.explain.explain_forecast` has them."""
    own = stages[0][1]
    past = training(history, channel, own.grid, calendar)
    usual = KindsOfDays.of(past)
    days = [_by_day(made) for _, made in stages]
    return Decomposition(
        channel=channel.name,
        weeks=tuple(
            (past.days.dates[k], usual.level(past.counts[k : k + WEEK], past.days.part(slice(k, k + WEEK))))
            for k in range(-past.days.dates[0].weekday() % WEEK, len(past.days) - WEEK // 2, WEEK)
            if not np.isnan(past.counts[k : k + WEEK]).all()
        ),
        kinds=tuple(
            DayKind(kind=kind, days=usual.days[kind], contacts=float(usual.by_kind[kind].sum()))
            for kind in sorted(usual.by_kind, key=_place)
        ),
        step_minutes=own.grid.step_minutes,
        profile=tuple(usual.overall().tolist()),
        dates=own.grid.dates,
        own=tuple(days[0].tolist()),
        changes=tuple(
            Change(what=what, contacts=tuple((after - before).tolist()))
            for (what, _), before, after in zip(stages[1:], days, days[1:], strict=False)
        ),
    )


def _place(kind: str) -> int:
    return WEEKDAYS.index(kind) if kind in WEEKDAYS else len(WEEKDAYS)


def _by_day(made: Forecast) -> FloatArray:
    return np.asarray(np.bincount(made.grid.day_index, made.means()), dtype=np.float64)
