"""Opening hours: when a channel takes contacts, or when a role must be present, on the wall clock."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Annotated, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, Field, model_validator

from wfm.domain.noun import Noun
from wfm.domain.quantity import DAY_MINUTES, Clock, clock_text, parse_clock
from wfm.domain.time import TimeGrid

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOSED = "closed"
_HOURS = re.compile(r"(\d{1,2}:\d{2})-(\d{1,2}:\d{2})")


class Window(Noun):
    """A stretch of the wall clock [start, end) of one day, in minutes after local midnight; it never crosses midnight."""

    start: Clock
    end: Clock

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.end <= self.start:
            raise ValueError(
                f"expected an end after {clock_text(self.start)}, came {clock_text(self.end)}; "
                "write hours across midnight as two windows"
            )
        return self

    def __str__(self) -> str:
        """The window as ``08:00-20:00``."""
        return f"{clock_text(self.start)}-{clock_text(self.end)}"


Windows = tuple[Window, ...]


class Opening(Noun):
    """Windows of each weekday (Monday first) on the wall clock, with dates that differ from their weekday."""

    week: tuple[Windows, Windows, Windows, Windows, Windows, Windows, Windows]
    dates: tuple[tuple[date, Windows], ...] = ()

    @classmethod
    def always(cls) -> Self:
        """Open round the clock, every day."""
        return cls(week=((Window(start=0, end=DAY_MINUTES),),) * 7)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read ``24x7``, ``closed`` or ``mon-fri 08:00-20:00, sat 09:00-14:00`` (days left out are closed)."""
        if text.strip().lower() in {"24x7", "24/7", "always"}:
            return cls.always()
        if text.strip().lower() == CLOSED:
            return cls(week=((),) * 7)
        week: list[list[Window]] = [[] for _ in WEEKDAYS]
        for part in text.lower().split(","):
            days, _, hours = part.strip().partition(" ")
            match = _HOURS.fullmatch(hours.replace(" ", ""))
            if not match:
                raise ValueError(f"expected hours such as mon-fri 08:00-20:00, came {part.strip()!r}")
            begin, end = parse_clock(match[1]), parse_clock(match[2])
            for weekday in parse_weekdays(days):
                week[weekday].append(Window.model_validate({"start": begin, "end": end}))
        return cls.model_validate({"week": tuple(tuple(windows) for windows in week)})

    @property
    def is_always(self) -> bool:
        """Whether it is open round the clock every day."""
        return self == Opening.always()

    def windows_on(self, day: date) -> Windows:
        """The windows of one local date."""
        return dict(self.dates).get(day, self.week[day.weekday()])

    def mask(self, grid: TimeGrid) -> NDArray[np.bool_]:
        """For every step of the grid, shape (count,): whether the wall clock at its start lies in a window."""
        mask = np.zeros(grid.count, dtype=np.bool_)
        for day, steps in grid.day_slices():
            minute = grid.minute_of_day[steps]
            for window in self.windows_on(day):
                mask[steps] |= (minute >= window.start) & (minute < window.end)
        return mask

    def __str__(self) -> str:
        """The hours as :meth:`from_text` reads them (dates that differ are not shown)."""
        if self.is_always:
            return "24x7"
        runs = [(windows, list(days)) for windows, days in groupby(range(7), key=lambda k: self.week[k])]
        said = ", ".join(
            f"{WEEKDAYS[days[0]]}{f'-{WEEKDAYS[days[-1]]}' if len(days) > 1 else ''} {window}"
            for windows, days in runs
            for window in windows
        )
        return said or CLOSED


def parse_weekdays(text: str) -> range:
    """Weekdays (Monday = 0) of a text such as ``mon`` or ``mon-fri``."""
    first, _, last = text.partition("-")
    try:
        low, high = WEEKDAYS.index(first[:3]), WEEKDAYS.index((last or first)[:3])
    except ValueError:
        raise ValueError(f"expected weekdays such as mon or mon-fri, came {text!r}") from None
    if high < low:
        raise ValueError(f"expected weekdays from Monday to Sunday in order, came {text!r}; write two parts")
    return range(low, high + 1)


def weekdays_of(text: object) -> object:
    """Weekdays of a text such as ``mon-fri`` or ``mon, sat-sun``, in order, each once; anything but text passes through."""
    if not isinstance(text, str):
        return text
    parts = (parse_weekdays(part) for part in re.split(r"[\s,;]+", text.strip().lower()))
    return tuple(sorted({day for part in parts for day in part}))


def weekdays_text(days: Iterable[int]) -> str:
    """Weekdays as :func:`weekdays_of` reads them: 0, 1, 2, 5 -> ``mon-wed, sat``."""
    runs = [[day for _, day in run] for _, run in groupby(enumerate(sorted(days)), key=lambda row: row[1] - row[0])]
    return ", ".join(f"{WEEKDAYS[run[0]]}{f'-{WEEKDAYS[run[-1]]}' if len(run) > 1 else ''}" for run in runs)


Weekday = Annotated[int, Field(ge=0, le=6)]
Weekdays = Annotated[
    tuple[Weekday, ...], BeforeValidator(weekdays_of, json_schema_input_type=tuple[Weekday, ...] | str)
]
"""Weekdays (Monday = 0); text such as ``mon-fri`` or ``mon, sat-sun`` is accepted."""
