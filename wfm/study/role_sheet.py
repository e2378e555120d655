"""Roles and sessions as a planner writes them, and the rules that they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from wfm.domain import Agent, Name, Opening, Role, Session
from wfm.domain.opening import Windows
from wfm.domain.quantity import DAY_MINUTES, parse_minutes
from wfm.schedule import Rule
from wfm.schedule.only import Only
from wfm.schedule.rules import RoleCover, RoleHours, RoleRotation, Sessions
from wfm.study.written import DurationMinutes, Hours, PlanDate, Section

ROTATION_PRICE = 0.01
"""What a minute of an uneven share of a role costs in contacts, in tier 2: it gives way to service."""
_COVER = re.compile(r"at\s+least\s+(\d+)\s+(\S.*)", re.IGNORECASE)
_HOURS = re.compile(r"\d+(\.\d+)?")


def _hours_week(value: object) -> object:
    """Least and most minutes of ``2-6``, ``2h30m-6h`` or ``3``."""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return value
    low, dash, high = str(value).partition("-")
    return tuple(_minutes(text.strip()) for text in (low, high if dash else low))


def _minutes(text: str) -> object:
    return round(60 * float(text)) if _HOURS.fullmatch(text) else parse_minutes(text)


def _cover(value: object) -> object:
    """Number and hours (None: while a channel is open) of ``at least 1 while open`` or ``at least 2 mon-fri 09:00-17:00``."""
    if not isinstance(value, str):
        return value
    match = _COVER.fullmatch(value.strip())
    if not match:
        raise ValueError(
            f"expected a cover such as at least 1 while open or at least 1 mon-fri 09:00-17:00, came {value!r}"
        )
    hours = match[2].strip()
    return int(match[1]), None if hours.lower() == "while open" else Opening.from_text(hours)


Cover = Annotated[
    tuple[Annotated[int, Field(ge=1)], Opening | None], BeforeValidator(_cover, json_schema_input_type=str)
]
"""How many of a role must be on shift, and when; None: while a channel is open."""
HoursWeek = Annotated[
    tuple[Annotated[int, Field(ge=0, le=10_080)], Annotated[int, Field(ge=0, le=10_080)]],
    BeforeValidator(_hours_week, json_schema_input_type=str | float),
]
"""Least and most minutes a week, written ``2-6`` (hours), ``2h30m-6h`` or ``3``."""


class RoleSheet(Section):
    """A part that peers play beside the queue: who must be there, and how much time each holder gives it off the queue."""

    title: str = ""
    cover: Cover | None = Field(
        default=None,
        description="holders on shift",
        examples=["at least 1 while open", "at least 1 mon-fri 09:00-17:00"],
    )
    hours_week: HoursWeek = Field(
        default=(0, 0),
        description="hours that each holder gives it a week off the queue, least and most",
        examples=["2-6"],
    )
    block: DurationMinutes = Field(default=60, gt=0, le=DAY_MINUTES, description="shortest stretch at a time")
    window: Hours = Field(default_factory=Opening.always, examples=["mon-fri 09:00-18:00"])
    rotate: bool = Field(default=False, description="holders share its time evenly")

    def noun(self, name: str) -> Role:
        """The role."""
        least, most = self.hours_week
        return Role(
            name=name,
            title=self.title,
            least_minutes=least,
            most_minutes=most,
            block_minutes=min(self.block, most) or self.block,
            hours=self.window,
            rotate=self.rotate,
        )

    def rules(self, name: str, while_open: Opening) -> Iterator[Rule]:
        """The rules that the row stands for: cover and hours forbidden to break, rotation at a price."""
        if self.cover:
            yield RoleCover(role=name, at_least=self.cover[0], hours=self.cover[1] or while_open)
        if self.hours_week[1]:
            yield RoleHours(role=name)
        if self.rotate:
            yield RoleRotation(role=name, price=ROTATION_PRICE, tier=2)


class SessionSheet(Section):
    """Training, a meeting or coaching: everybody who attends takes part once; the plan finds the time that costs least service."""

    kind: Literal["training", "meeting", "coaching"] = "training"
    length: DurationMinutes = Field(gt=0, le=DAY_MINUTES)
    attendees: tuple[Name, ...] | Only | Literal["all"] = Field(
        description="ids, all, or everybody with a skill, role, contract, team or site; of these, who holds the trainer's role leads",
        examples=[["A05", "A06"], {"skill": "chat"}, "all"],
    )
    group: int | None = Field(default=None, ge=1, description="how many take part at once; left out: all together")
    trainer: Name | None = Field(default=None, description="the role of whom each sitting needs one more, who leads it")
    after: tuple[Name, ...] = Field(default=(), description="sessions that an attendee must have ended before")
    since: PlanDate | None = Field(default=None, description="first day")
    by: PlanDate | None = Field(default=None, description="last day")
    window: Hours = Field(default_factory=Opening.always, examples=["mon-fri 09:00-17:00"])

    def noun(self, name: str, agents: Sequence[Agent]) -> Session:
        """The session with its attendees by name; raises ValueError where nobody fits."""
        attendees = self.attendees if isinstance(self.attendees, tuple) else tuple(self._fitting(agents))
        if not attendees:
            raise ValueError(f"expected somebody who attends the session {name}, came nobody who fits")
        return Session(
            name=name,
            kind=self.kind,
            minutes=self.length,
            attendees=attendees,
            group_size=self.group,
            trainer=self.trainer,
            after=self.after,
            first=self.since,
            by=self.by,
            hours=self.window,
        )

    def _fitting(self, agents: Sequence[Agent]) -> Iterator[str]:
        for agent in agents:
            fits = not isinstance(self.attendees, Only) or self.attendees.fits(agent)
            if fits and self.trainer not in agent.roles:
                yield agent.id


def rules_of(
    roles: dict[str, RoleSheet],
    sessions: Iterable[str],
    openings: Iterable[Opening],
    closed: Iterable[date],
    listed: Sequence[Rule],
) -> Iterator[Rule]:
    """The rules that roles and sessions stand for, but for those that the planner lists, with a price perhaps."""
    known = {(rule.kind, getattr(rule, "role", None)) for rule in listed}
    while_open = either(openings, closed)
    for name, row in roles.items():
        for rule in row.rules(name, while_open):
            if not {(rule.kind, name), (rule.kind, None)} & known:
                yield rule
    if any(True for _ in sessions) and not any(rule.kind == "sessions" for rule in listed):
        yield Sessions()


def either(openings: Iterable[Opening], closed: Iterable[date]) -> Opening:
    """The hours in which one of several is open; on closed dates none is."""
    rows = list(openings)
    shut: dict[date, Windows] = dict.fromkeys(closed, ())
    special = {day: _merged(rows, day) for row in rows for day, _ in row.dates} | shut
    if any(row.is_always for row in rows):
        return Opening.always().varied(dates=tuple(sorted(shut.items())))
    week = tuple(tuple(sorted({w for row in rows for w in row.week[day]}, key=str)) for day in range(7))
    return Opening.model_validate({"week": week, "dates": tuple(sorted(special.items(), key=lambda row: row[0]))})


def _merged(rows: Sequence[Opening], day: date) -> Windows:
    return tuple(sorted({window for row in rows for window in row.windows_on(day)}, key=str))
