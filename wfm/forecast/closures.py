"""Holidays on which the centre is closed by custom: those on which nothing was recorded the years before."""

from __future__ import annotations

from datetime import date

import numpy as np

from wfm.forecast.calendar import Calendar
from wfm.forecast.days import Days
from wfm.forecast.training import Training


def closed_by_custom(past: Training, future: Days, calendar: Calendar) -> dict[date, str]:
    """The future holidays, with their names, that the past shows closed: no count on any earlier day of the same name.

    Days on a weekday that was never recorded tell nothing. A holiday whose name the past does not show is taken for open:
    centres that close on Christmas work on lesser holidays. So is one of which the calendar says which weekday it is like.
    """
    said = dict(calendar.alike)
    shut = {name for name, days in _worked(past, calendar).items() if not any(days)}
    return {day: name for day, name in calendar.holidays(future.dates).items() if name in shut and day not in said}


def never_recorded_holidays(past: Training, calendar: Calendar) -> int:
    """How many past holidays went without a count, if all of them did; else 0. Weekdays never recorded tell nothing."""
    known = [there for days in _worked(past, calendar).values() for there in days]
    return 0 if any(known) else len(known)


def _worked(past: Training, calendar: Calendar) -> dict[str, list[bool]]:
    """By the name of each past holiday, for each of its days on a weekday that is ever recorded, whether it was."""
    recorded: list[bool] = np.asarray((~np.isnan(past.counts)).any(axis=1)).tolist()
    working = {weekday for weekday, known in zip(past.days.weekdays, recorded, strict=True) if known}
    names = calendar.holidays(past.days.dates)
    found: dict[str, list[bool]] = {}
    for day, weekday, known in zip(past.days.dates, past.days.weekdays, recorded, strict=True):
        if day in names and weekday in working:
            found.setdefault(names[day], []).append(known)
    return found
