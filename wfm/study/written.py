"""How values are written in a scenario: durations with units, shares, clock times, dates, hours, and what an empty key means."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from wfm.domain import Noun, Opening, ServiceLevel, Turnaround
from wfm.domain.opening import parse_weekdays
from wfm.domain.quantity import (
    DAY_MINUTES,
    Minutes,
    Seconds,
    Share,
    parse_clock,
    parse_minutes,
    parse_seconds,
    parse_share,
)
from wfm.domain.time import StepMinutes
from wfm.forecast import Calendar

_STARTS = re.compile(r"\s*(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})\s+every\s+(\S+)\s*")
_VOLUME = re.compile(r"\s*(\d[\d,]*(?:\.\d+)?)\s*(?:contacts\s+)?(?:an?|per|/)\s*(day|week)\s*", re.IGNORECASE)
_AT_MOST = re.compile(r"\s*at\s+most\s+", re.IGNORECASE)
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\- ]{0,119}")


def _plain_name(name: str) -> str:
    if not _FILE.fullmatch(name):
        raise ValueError(f"expected the plain name of a file beside scenario.yaml, came {name!r}")
    return name


def _read(reader: Callable[[str], object], example: str, value: object) -> Any:
    """A text as ``reader`` understands it; a bare number would leave its unit to be guessed."""
    if isinstance(value, dict | Noun):
        return value
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise ValueError(f"expected {example}, came {str(value)[:80]}")
    return reader(value)


def _text(reader: Callable[[str], object], example: str) -> BeforeValidator:
    return BeforeValidator(partial(_read, reader, example), json_schema_input_type=str)


def _no_number(value: object) -> object:
    """A date as text; as a number it would be taken for seconds since 1970."""
    if isinstance(value, int | float):
        raise ValueError(f"expected a date such as 2026-11-30, came {value}")
    return value


def _at_most(text: object) -> object:
    return parse_share(_AT_MOST.sub("", text)) if isinstance(text, str) else text


def _starts(text: str) -> object:
    match = _STARTS.fullmatch(text)
    if not match:
        return (parse_clock(text),)
    first, last, every = parse_clock(match[1]), parse_clock(match[2]), parse_minutes(match[3])
    if not (isinstance(first, int) and isinstance(last, int) and isinstance(every, int) and first <= last and every):
        raise ValueError(f"expected starts such as 06:00-10:00 every 30m, came {text!r}")
    return tuple(range(first, last + 1, every))


def _start_list(value: object) -> object:
    """Clock minutes of one text or of a list of texts."""
    texts = value if isinstance(value, list | tuple) else [value]
    return tuple(minute for text in texts for minute in _read(_starts, "a clock time such as 06:00", text))


def _window(text: str) -> object:
    """Minutes (earliest, latest) of ``3h-5h30m``, or of one moment ``4h``."""
    first, _, last = text.partition("-")
    return parse_minutes(first), parse_minutes(last or first)


def _day_hours(text: str) -> object:
    """Minutes (from, until) of ``10:00-14:00``."""
    first, _, last = text.partition("-")
    return parse_clock(first), parse_clock(last)


def _volume(text: str) -> object:
    """Contacts and what they are of, of ``120 a day`` or ``600 a week``."""
    match = _VOLUME.fullmatch(text)
    if not match:
        raise ValueError(f"expected contacts such as 120 a day or 600 a week, came {text!r}")
    return float(match[1].replace(",", "")), match[2].lower()


LONGEST_TEXT = 1_000
FileName = Annotated[str, AfterValidator(_plain_name)]
"""A file beside the scenario: a plain name, never a path."""
PlanDate = Annotated[date, BeforeValidator(_no_number), Field(ge=date(1970, 1, 1), le=date(2099, 12, 31))]
"""A date that can be planned for."""
Duration = Annotated[Seconds, _text(parse_seconds, "a duration with its unit, such as 20s, 3m or 8h30m")]
"""Seconds, written with a unit."""
DurationMinutes = Annotated[Minutes, _text(parse_minutes, "a duration with its unit, such as 30m or 8h30m")]
"""Whole minutes, written with a unit."""
CappedShare = Annotated[Share, BeforeValidator(_at_most, json_schema_input_type=float | str)]
"""A share, written ``at most 5%`` or ``5%``."""
Starts = Annotated[
    tuple[Annotated[int, Field(ge=0, lt=DAY_MINUTES)], ...],
    Field(min_length=1, max_length=DAY_MINUTES),
    BeforeValidator(_start_list, json_schema_input_type=list[str] | str),
]
"""Clock times, written ``06:00-10:00 every 30m``, ``22:00`` or as a list."""
Step = Annotated[StepMinutes, _text(parse_minutes, "a step such as 30m")]
"""The length of a step of the grid, written with a unit."""
BreakWindow = Annotated[tuple[Minutes, Minutes], _text(_window, "a window such as 3h-5h30m")]
"""Earliest and latest start after the shift's start, written ``3h-5h30m``."""
DayHours = Annotated[tuple[Minutes, Minutes], _text(_day_hours, "hours such as 10:00-14:00")]
"""Hours of a day, written ``10:00-14:00``."""
Change = Annotated[float, _text(parse_share, "a change such as +40% or -15%")]
"""A share by which something grows or shrinks, written ``+40%``."""
Volume = Annotated[
    tuple[Annotated[float, Field(gt=0, le=10_000_000)], Literal["day", "week"]],
    _text(_volume, "contacts such as 120 a day or 600 a week"),
]
"""Contacts of a day or a week, written ``120 a day``."""
Hours = Annotated[Opening, _text(Opening.from_text, "hours such as mon-fri 08:00-20:00")]
"""Opening hours, written ``24x7`` or ``mon-fri 08:00-20:00, sat 09:00-14:00``."""
Answer = Annotated[ServiceLevel, _text(ServiceLevel.from_text, "a service level such as 80% in 20s")]
"""A service level, written ``80% in 20s``."""
Resolve = Annotated[Turnaround, _text(Turnaround.from_text, "a turnaround such as 90% in 4h of business")]
"""A turnaround, written ``90% in 4h of business``."""
Weekdays = Annotated[tuple[int, ...], _text(parse_weekdays, "weekdays such as mon-fri")]
"""Weekdays (Monday = 0), written ``mon`` or ``mon-fri``."""
Country = Annotated[str, AfterValidator(lambda country: str(Calendar(country=country).country))]
"""A country whose public holidays are known, or country-region."""


class Section(Noun):
    """A part of the file; a key with nothing behind it means its default."""

    @model_validator(mode="before")
    @classmethod
    def _nothing_means_default(cls, data: Any) -> Any:
        if isinstance(data, dict):
            return {key: value for key, value in data.items() if value is not None}
        return {} if data is None else data
