"""Shifts: the templates that a planner allows and the worked [start, end) that comes of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from wfm.domain.noun import Name, Noun
from wfm.domain.quantity import DAY_MINUTES, Clock, Minutes, clock_text
from wfm.domain.time import Instant, Interval, instant

NIGHT = (23 * 60, 30 * 60)
"""Night time 23:00-06:00: the seven hours including 00:00-05:00 that Directive 2003/88/EC art. 2(3) asks for."""
NIGHT_SHIFT_MINUTES = 180
"""A shift is a night shift from three hours of night time on (Directive 2003/88/EC art. 2(4))."""


@lru_cache(maxsize=4_096)
def night_of(day: date, zone: str) -> Interval:
    """The night time that begins on a local day."""
    return Interval(start=instant(day, NIGHT[0], zone), end=instant(day, NIGHT[1], zone))


def night_minutes(day: date, start: datetime, end: datetime, zone: str) -> int:
    """Minutes from ``start`` to ``end``, at most 30 hours later, in the nights that begin on the day before ``day`` and the next two."""
    nights = [night_of(day + timedelta(days=offset), zone) for offset in (-1, 0, 1)]
    shared = (min(end, night.end) - max(start, night.start) for night in nights)
    return sum(max(timedelta(0), row) // timedelta(minutes=1) for row in shared)


class BreakTemplate(Noun):
    """A break of ``minutes`` that starts between ``earliest`` and ``latest`` minutes after the shift's start."""

    minutes: Annotated[Minutes, Field(gt=0, le=480)]
    earliest: Minutes
    latest: Minutes
    paid: bool = False

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.latest < self.earliest:
            raise ValueError(f"expected a latest start of the break after {self.earliest} min, came {self.latest} min")
        return self


class ShiftTemplate(Noun):
    """A kind of shift: allowed wall-clock starts, length with breaks in minutes, breaks in order, allowed weekdays (Monday = 0).

    Whoever is ``on_call`` is within reach and not at work: such a shift has no breaks and neither serves the queue nor counts as paid
    time, presence or night work.
    """

    name: Name
    starts: Annotated[tuple[Annotated[Clock, Field(lt=DAY_MINUTES)], ...], Field(min_length=1)]
    minutes: Annotated[Minutes, Field(gt=0, le=DAY_MINUTES)]
    breaks: tuple[BreakTemplate, ...] = ()
    weekdays: tuple[Annotated[int, Field(ge=0, le=6)], ...] = (0, 1, 2, 3, 4, 5, 6)
    on_call: bool = False

    @model_validator(mode="after")
    def _breaks_fit(self) -> Self:
        if self.name in {"off", "start", "work"}:
            raise ValueError(f"expected a name other than off, start and work (wishes use them), came {self.name}")
        if self.on_call and self.breaks:
            raise ValueError(f"expected no breaks in the shift {self.name}, which is on call; came {len(self.breaks)}")
        free_from = 0
        for pause in self.breaks:
            if pause.earliest < free_from or pause.latest + pause.minutes > self.minutes:
                raise ValueError(
                    f"expected the breaks of shift {self.name} in order, in windows that do not overlap, inside its {self.minutes} min; "
                    f"came one of {pause.minutes} min starting {pause.earliest} to {pause.latest} min after the start"
                )
            free_from = pause.latest + pause.minutes
        return self

    @property
    def paid_minutes(self) -> int:
        """Paid minutes of one shift."""
        return 0 if self.on_call else self.minutes - sum(pause.minutes for pause in self.breaks if not pause.paid)

    def placed(self, day: date, start_minute: int, pauses: tuple[int, ...], zone: str) -> Shift:
        """The shift that starts at a wall-clock minute of a local day, its breaks at ``pauses`` minutes after the start.

        Length is elapsed time: a night shift lasts as long on the nights when clocks change.
        """
        begin = instant(day, start_minute, zone)
        end = begin + timedelta(minutes=self.minutes)
        activities = tuple(
            Activity(
                kind="break",
                start=begin + timedelta(minutes=offset),
                end=begin + timedelta(minutes=offset + pause.minutes),
                paid=pause.paid,
            )
            for offset, pause in zip(pauses, self.breaks, strict=True)
        )
        if self.on_call:
            activities = (Activity(kind="on_call", start=begin, end=end, paid=False),)
        return Shift(template=self.name, day=day, start=begin, end=end, activities=activities)

    def __str__(self) -> str:
        """The template in short, as ``day 06:00-10:00 8h30``."""
        hours, minutes = divmod(self.minutes, 60)
        return f"{self.name} {clock_text(self.starts[0])}-{clock_text(self.starts[-1])} {hours}h{minutes:02d}"


class Activity(Noun):
    """Time inside a shift that is not spent on the queue: a break, a session, a block of the role that ``what`` names, or the call."""

    kind: Literal["break", "meeting", "training", "coaching", "role", "on_call"] = "break"
    what: Name | None = None
    start: Instant
    end: Instant
    paid: bool = True

    @property
    def interval(self) -> Interval:
        """From start to end."""
        return Interval(start=self.start, end=self.end)


class Shift(Noun):
    """One worked stretch [start, end) in UTC; ``day`` is the local date on which it starts, so a night shift is one shift."""

    template: Name
    day: date
    start: Instant
    end: Instant
    activities: tuple[Activity, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.end <= self.start:
            raise ValueError(
                f"expected the shift of {self.day} to end after its start, came {self.start} to {self.end}"
            )
        before = self.start
        for activity in self.activities:
            if activity.start < before or activity.end > self.end or activity.end <= activity.start:
                raise ValueError(
                    f"expected activities in order inside the shift of {self.day}, came one at {activity.start}"
                )
            before = activity.end
        return self

    @property
    def interval(self) -> Interval:
        """From start to end."""
        return Interval(start=self.start, end=self.end)

    @property
    def on_call(self) -> bool:
        """Whether the shift is spent within reach, not at work."""
        return any(activity.kind == "on_call" for activity in self.activities)

    @property
    def paid_minutes(self) -> int:
        """Paid minutes: the shift less its unpaid activities."""
        unpaid = sum(activity.interval.minutes for activity in self.activities if not activity.paid)
        return int(self.interval.minutes - unpaid)

    @property
    def without_tasks(self) -> Self:
        """The shift with its breaks only: blocks of roles and sessions stay with the agent for whom they were placed."""
        return self.varied(activities=tuple(row for row in self.activities if row.kind in {"break", "on_call"}))

    def night_minutes(self, zone: str) -> int:
        """Minutes of the shift (of at most 30 hours) in the nights that begin the local day before its own, on it, and the day after."""
        return night_minutes(self.day, self.start, self.end, zone)

    def is_night(self, zone: str) -> bool:
        """Whether at least three hours are night time; being on call is no work."""
        return not self.on_call and self.night_minutes(zone) >= NIGHT_SHIFT_MINUTES
