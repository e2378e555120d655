"""Time as wfm sees it: one UTC grid of equal steps, read through the wall clock of one zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, AwareDatetime, Field, model_validator

from wfm.domain.noun import Noun
from wfm.domain.quantity import DAY_MINUTES

_HALF_DAY = timedelta(hours=12)


def _known_zone(key: str) -> str:
    if key not in _zones():
        raise ValueError(f"expected an IANA time zone such as Europe/Madrid, came {key!r}")
    return key


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


Zone = Annotated[str, AfterValidator(_known_zone)]
"""The IANA name of a time zone, such as Europe/Madrid."""
Instant = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]
"""A moment with an offset, kept in UTC."""
StepMinutes = Literal[5, 10, 15, 30, 60]
"""Length of a grid step in minutes."""


def instant(day: date, minute: int, zone: str, *, later: bool = False) -> datetime:
    """The UTC instant at which the wall clock of ``zone`` shows ``minute`` (0..2880) of the local ``day``.

    A wall time that occurs twice (autumn) means its first occurrence, or the second where ``later``; one that is
    skipped (spring) means the moment the same distance after the jump, as PEP 495 reads it.
    """
    wall = datetime.combine(day, datetime.min.time(), ZoneInfo(zone)) + timedelta(minutes=minute)
    return wall.replace(fold=int(later)).astimezone(UTC)


def local(moment: datetime, zone: str) -> datetime:
    """The wall-clock time of an instant in a zone (aware)."""
    return moment.astimezone(ZoneInfo(zone))


class Interval(Noun):
    """A stretch of time [start, end) in UTC."""

    start: Instant
    end: Instant

    @model_validator(mode="after")
    def _forward(self) -> Interval:
        if self.end <= self.start:
            raise ValueError(f"expected an end after the start {self.start}, came {self.end}")
        return self

    @property
    def minutes(self) -> float:
        """Elapsed minutes."""
        return (self.end - self.start).total_seconds() / 60

    def overlap_minutes(self, other: Interval) -> float:
        """Minutes that both intervals share, 0 where they do not meet."""
        return max(0.0, (min(self.end, other.end) - max(self.start, other.start)).total_seconds() / 60)


class Day(Noun):
    """One local calendar day of a zone; it lasts 23, 24 or 25 hours."""

    date: date
    zone: Zone

    @property
    def interval(self) -> Interval:
        """The day from local midnight to local midnight."""
        return Interval(
            start=instant(self.date, 0, self.zone), end=instant(self.date + timedelta(days=1), 0, self.zone)
        )

    @property
    def minutes(self) -> int:
        """Elapsed minutes: 1380, 1440 or 1500 where clocks change by an hour."""
        return int(self.interval.minutes)


class TimeGrid(Noun):
    """``count`` equal steps from a UTC instant, read through the wall clock of one zone.

    An interval belongs to the local date on which it starts. All arrays have shape (count,) and are read-only.
    """

    start: Instant
    step_minutes: StepMinutes
    count: int = Field(ge=1, le=2_000_000)
    zone: Zone

    @classmethod
    def of_days(cls, first: date, days: int, step_minutes: StepMinutes, zone: str) -> TimeGrid:
        """The grid that covers ``days`` whole local days from ``first``: clock changes make it shorter or longer, never shifted.

        Where clocks change by half a step (Lord Howe, 60 minutes), the last step reaches into the next day.
        """
        begin, end = instant(first, 0, zone), instant(first + timedelta(days=days), 0, zone)
        count = -(int((begin - end).total_seconds()) // (60 * step_minutes))
        return cls(start=begin, step_minutes=step_minutes, count=count, zone=zone)

    @property
    def end(self) -> datetime:
        """The instant at which the last step ends."""
        return self.start + timedelta(minutes=self.step_minutes * self.count)

    @property
    def interval(self) -> Interval:
        """The whole grid as one interval."""
        return Interval(start=self.start, end=self.end)

    def instant(self, index: int) -> datetime:
        """The UTC instant at which step ``index`` starts (``count`` gives the end; negative indices do not wrap)."""
        return self.start + timedelta(minutes=self.step_minutes * index)

    def index(self, moment: datetime) -> int:
        """The step that contains an instant; below 0 or >= ``count`` where the instant lies outside."""
        return int((moment - self.start).total_seconds() // (60 * self.step_minutes))

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end

    @cached_property
    def offset_minutes(self) -> NDArray[np.int64]:
        """UTC offset of the zone at the start of every step, in minutes."""
        return _offsets(self.start, self.step_minutes, self.count, self.zone)

    @cached_property
    def _wall(self) -> NDArray[np.int64]:
        """Minutes since 1970-01-01 00:00 on the wall clock."""
        first = int(self.start.timestamp()) // 60
        return first + self.step_minutes * np.arange(self.count, dtype=np.int64) + self.offset_minutes

    @cached_property
    def minute_of_day(self) -> NDArray[np.int64]:
        """Wall-clock minute of the local day at which every step starts, 0..1439."""
        return _frozen(self._wall % DAY_MINUTES)

    @cached_property
    def day_index(self) -> NDArray[np.int64]:
        """For every step the position of its local date in ``dates``."""
        ordinal = self._wall // DAY_MINUTES
        return _frozen(ordinal - ordinal[0])

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """The local dates that the grid touches, in order, without gaps."""
        first = local(self.start, self.zone).date()
        return tuple(first + timedelta(days=int(k)) for k in range(int(self.day_index[-1]) + 1))

    @cached_property
    def weekday(self) -> NDArray[np.int64]:
        """Local weekday of every step, Monday = 0 .. Sunday = 6."""
        return _frozen((self.day_index + self.dates[0].weekday()) % 7)

    def day_slices(self) -> Iterator[tuple[date, slice]]:
        """Each local date with the slice of its steps."""
        edges = np.searchsorted(self.day_index, np.arange(len(self.dates) + 1))
        for k, day in enumerate(self.dates):
            yield day, slice(int(edges[k]), int(edges[k + 1]))

    def within(self, first: date, last: date) -> slice:
        """The slice of steps whose local date lies in [first, last]; empty where none does."""
        low, high = (first - self.dates[0]).days, (last - self.dates[0]).days
        begin, end = np.searchsorted(self.day_index, [low, high + 1])
        return slice(int(begin), int(end))

    def part(self, steps: slice) -> TimeGrid:
        """The grid of a slice of its steps (step 1, not empty)."""
        begin, end, _ = steps.indices(self.count)
        return TimeGrid(start=self.instant(begin), step_minutes=self.step_minutes, count=end - begin, zone=self.zone)


def _frozen(values: NDArray[np.int64]) -> NDArray[np.int64]:
    values.setflags(write=False)
    return values


@lru_cache(maxsize=256)
def _offsets(start: datetime, step_minutes: int, count: int, zone: str) -> NDArray[np.int64]:
    """Offsets by looking twice a day and then, only where two looks differ, at every step between."""

    def offset(index: int) -> int:
        shift = local(start + timedelta(minutes=step_minutes * index), zone).utcoffset()
        assert shift is not None  # ZoneInfo always knows its offset
        return int(shift.total_seconds()) // 60

    stride = max(1, int(_HALF_DAY.total_seconds()) // (60 * step_minutes))
    values = np.empty(count, dtype=np.int64)
    for low in range(0, count, stride):
        high = min(low + stride, count)
        first, last = offset(low), offset(high - 1)
        values[low:high] = first if first == last else [offset(index) for index in range(low, high)]
    return _frozen(values)
