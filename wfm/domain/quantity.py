"""Durations, shares and clock times as people write them (``8h30m``, ``80%``, ``06:00``) and as the nouns keep them."""

from __future__ import annotations

import re
from typing import Annotated, overload

from pydantic import BeforeValidator, Field

_UNIT_SECONDS = {"d": 86_400, "h": 3_600, "m": 60, "min": 60, "s": 1}
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(min|d|h|m|s)")
_DURATION = re.compile(r"(?:\d+(?:\.\d+)?\s*(?:min|d|h|m|s)\s*)+")
_ISO = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
DAY_MINUTES = 1_440


@overload
def parse_seconds(text: str) -> float: ...
@overload
def parse_seconds(text: object) -> object: ...
def parse_seconds(text: object) -> object:
    """Seconds of a duration written ``20s``, ``3m``, ``8h30m``, ``2d`` or ``PT6M``; numbers pass through as seconds."""
    if not isinstance(text, str):
        return text
    word = text.strip()
    if _DURATION.fullmatch(word):
        return sum(float(number) * _UNIT_SECONDS[unit] for number, unit in _PART.findall(word))
    iso = _ISO.fullmatch(word.upper())
    if iso and any(iso.groups()):
        return sum(float(part or 0) * unit for part, unit in zip(iso.groups(), (86_400, 3_600, 60, 1), strict=True))
    raise ValueError(f"expected a duration such as 20s, 3m, 8h30m or PT6M, came {text!r}")


def parse_minutes(text: object) -> object:
    """Whole minutes of a duration written as in :func:`parse_seconds`; numbers pass through as minutes."""
    if not isinstance(text, str):
        return text
    minutes = parse_seconds(text) / 60
    if not minutes.is_integer():
        raise ValueError(f"expected whole minutes, came {text!r}")
    return int(minutes)


def parse_share(text: object) -> object:
    """A share 0..1 written ``80%`` or ``0.8``."""
    if not isinstance(text, str):
        return text
    word = text.strip()
    try:
        return float(word[:-1].strip()) / 100 if word.endswith("%") else float(word)
    except ValueError:
        raise ValueError(f"expected a share such as 80% or 0.8, came {text!r}") from None


def parse_clock(text: object) -> object:
    """Minute of the local day, 0..1440, of a clock time written ``06:00`` (``24:00`` is the day's end)."""
    if not isinstance(text, str):
        return text
    match = _CLOCK.fullmatch(text.strip())
    minute = int(match[1]) * 60 + int(match[2]) if match and int(match[2]) < 60 else DAY_MINUTES + 1
    if minute > DAY_MINUTES:
        raise ValueError(f"expected a clock time 00:00 to 24:00, came {text!r}")
    return minute


def duration_text(seconds: float) -> str:
    """A duration as people write it: 90 -> ``1m30s``, 30600 -> ``8h30m``; fractions of a second are kept to three digits."""
    whole, parts = int(seconds), []
    for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60)):
        if whole >= size:
            parts.append(f"{whole // size}{unit}")
            whole %= size
    rest = round(whole + seconds - int(seconds), 3)
    return "".join(parts) + (f"{rest:g}s" if rest or not parts else "")


def hours_text(minutes: float) -> str:
    """Minutes as payrolls have them: 2430 -> ``40h30m``, never ``1d16h30m``; under an hour ``45m``."""
    hours, rest = divmod(round(minutes), 60)
    return f"{hours}h" * bool(hours or not rest) + f"{rest}m" * bool(rest)


def share_text(share: float) -> str:
    """A share as people write it: 0.8 -> ``80%``."""
    return f"{100 * share:.10g}%"


def clock_text(minute: int) -> str:
    """A minute of the day as a clock time: 390 -> ``06:30``."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def count_text(number: int, one: str, many: str = "") -> str:
    """So many of a noun: ``1 breach``, ``2 breaches``; ``many`` is the noun with an s where left out."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


Positive = Annotated[float, Field(ge=0)]
"""A number >= 0."""
Seconds = Annotated[float, BeforeValidator(parse_seconds, json_schema_input_type=float | str), Field(ge=0)]
"""Seconds >= 0; text with a unit is accepted."""
Minutes = Annotated[int, BeforeValidator(parse_minutes, json_schema_input_type=int | str), Field(ge=0)]
"""Whole minutes >= 0; text with a unit is accepted."""
Share = Annotated[float, BeforeValidator(parse_share, json_schema_input_type=float | str), Field(ge=0, le=1)]
"""A share 0..1; text with a percent sign is accepted."""
Clock = Annotated[int, BeforeValidator(parse_clock, json_schema_input_type=int | str), Field(ge=0, le=DAY_MINUTES)]
"""Minute of the local day, 0..1440; text such as 06:00 is accepted."""
