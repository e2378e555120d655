"""The texts of a column read as numbers, durations and moments, each fault with its line."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from wfm.domain.quantity import parse_seconds
from wfm.importers.faults import Faults

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - wall clocks have no zone yet
SECOND = timedelta(seconds=1)
YEARS = range(1970, 2101)
NOT_GIVEN = frozenset({"", "-", "--", "?", "na", "n/a", "nan", "null", "none", "nil", "#n/a"})
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+")
_CLOCK = re.compile(r"(?:(\d{1,6}):)?(\d{1,6}):([0-5]\d(?:[.,]\d+)?)")
_DAY_FIRST = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
_MONTH_FIRST = ("%m/%d/%Y", "%m-%d-%Y")
_CLOCKS = (" %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p", "")
_EPOCH_SECONDS = re.compile(r"\d{9,10}(\.\d+)?")

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Moments:
    """Seconds since 1970 of a column: on the wall clock, or in UTC where the text carries an offset."""

    seconds: Integers
    utc: Mask
    valid: Mask


def number(text: str, *, comma_groups: bool = False) -> float:
    """A number >= 0; NaN where not given. A lone comma is decimal, or groups thousands where ``comma_groups`` and three digits follow."""
    word = text.strip()
    if word.lower() in NOT_GIVEN:
        return math.nan
    if "," in word:
        groups = word.rfind(",") < word.rfind(".") or (comma_groups and _GROUPED.fullmatch(word))
        word = word.replace(",", "") if groups else word.replace(".", "").replace(",", ".")
    try:
        value = float(word) if "_" not in word else math.nan
    except ValueError:
        value = math.nan
    if not 0 <= value < 1e12:
        raise ValueError(f"expected a number of 0 or more, came {text.strip()[:60]!r}")
    return value


def seconds(text: str, unit: float = 1.0) -> float:
    """A duration in seconds from a number of ``unit`` seconds, ``m:ss``, ``h:mm:ss`` or ``3m20s``; NaN where not given."""
    word = text.strip()
    clock = _CLOCK.fullmatch(word)
    if clock:
        return int(clock[1] or 0) * 3_600 + int(clock[2]) * 60 + float(clock[3].replace(",", "."))
    try:
        return number(word) * unit
    except ValueError:
        pass  # not a bare number: it may carry its unit
    try:
        return parse_seconds(word.lower())
    except ValueError:
        raise ValueError(f"expected a duration such as 185, 3:05 or 0:03:05, came {word[:60]!r}") from None


def unit_of(header: str) -> float:
    """Seconds in the unit that a header names, 1 where it names none: ``Resolution time (in hrs)`` -> 3600."""
    words = re.split(r"[^a-z]+", header.lower())
    for unit, names in ((3_600, "h hr hrs hour hours hora horas"), (60, "m min mins minute minutes minuto minutos")):
        if set(words[1:]) & set(names.split()):
            return float(unit)
    return 1e-3 if "ms" in words[1:] or "milliseconds" in words else 1.0


def floats(texts: Sequence[str], read: Callable[[str], float], lines: Sequence[int], name: str, into: Faults) -> Floats:
    """A column of numbers, NaN where not given or wrong; each wrong one is a fault."""
    values = np.full(len(texts), np.nan)
    for row, text in enumerate(texts):
        with_fault = _attempt(read, text)
        if isinstance(with_fault, ValueError):
            expected, _, came = str(with_fault).removeprefix("expected ").partition(", came ")
            into.add(expected, came, line=lines[row], column=name)
        else:
            values[row] = with_fault
    return values


def _attempt(read: Callable[[str], float], text: str) -> float | ValueError:
    try:
        return read(text)
    except ValueError as error:
        return error


def moment_reader(sample: Sequence[str]) -> tuple[Callable[[str], datetime] | None, str]:
    """The reader of moments that fits most of a sample, or None, and a sentence where it had to guess day before month."""
    texts = [text.strip() for text in sample if text.strip()]
    best, most = None, 0
    for read in _readers():
        fits = sum(_reads(read, text) for text in texts)
        if fits > most:
            best, most = read, fits
    if best is None or most * 2 < len(texts):
        return None, ""
    ambiguous = (
        isinstance(best, _Written) and "%d" in best.form[:2] and all(_day_could_be_month(text) for text in texts)
    )
    return best, "Dates such as 03/04 read as 3 April: day before month assumed." if ambiguous else ""


def moments(
    texts: Sequence[str], read: Callable[[str], datetime], lines: Sequence[int], name: str, into: Faults
) -> Moments:
    """A column of moments; each that cannot be read is a fault."""
    size = len(texts)
    found = Moments(np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_))
    for row, text in enumerate(texts):
        try:
            moment = read(text.strip())
        except (ValueError, OverflowError):
            fix = "Write 2026-03-09 08:30 or 2026-03-09T08:30+01:00."
            into.add("a date and time", repr(text.strip()[:60]), fix, line=lines[row], column=name)
            continue
        if moment.year not in YEARS:
            into.add(f"a year from {YEARS[0]} to {YEARS[-1]}", f"{moment.year}", line=lines[row], column=name)
            continue
        offset = moment.utcoffset()
        found.seconds[row] = (moment.replace(tzinfo=None) - (offset or timedelta()) - EPOCH) // SECOND
        found.utc[row] = offset is not None
        found.valid[row] = True
    return found


@dataclass(frozen=True)
class _Written:
    """Reads moments of one written form."""

    form: str

    def __call__(self, text: str) -> datetime:
        return datetime.strptime(text, self.form)  # noqa: DTZ007 - the zone comes later


def _epoch(text: str) -> datetime:
    if not _EPOCH_SECONDS.fullmatch(text):
        raise ValueError("expected seconds since 1970")
    return datetime.fromisoformat("1970-01-01T00:00+00:00") + float(text) * SECOND


def _iso(text: str) -> datetime:
    if "-" not in text:  # 20260309 is a number as well, and numbers are counts
        raise ValueError("expected dashes in a date")
    return datetime.fromisoformat(text)


def _readers() -> list[Callable[[str], datetime]]:
    written = [_Written(day + clock) for day in _DAY_FIRST + _MONTH_FIRST + ("%Y/%m/%d",) for clock in _CLOCKS]
    return [_iso, *written, _epoch]


def _reads(read: Callable[[str], datetime], text: str) -> bool:
    try:
        return read(text).year in YEARS
    except (ValueError, OverflowError):
        return False


def _day_could_be_month(text: str) -> bool:
    parts = re.match(r"(\d{1,2})\D(\d{1,2})\D", text)
    return parts is None or (int(parts[1]) <= 12 and int(parts[2]) <= 12)
