"""Shift scheduling instances of Curtois and Qu: text with sections for shifts, staff, days off, requests and cover."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pydantic import JsonValue

from wfm.domain import Agent, Contract, Instance, ShiftTemplate, TimeGrid, TimeOff, Wish, Workforce
from wfm.domain.quantity import DAY_MINUTES
from wfm.importers.faults import Faults
from wfm.importers.instances._limits import Limits, rules_of
from wfm.importers.instances._sections import UNREADABLE, Row, by_name, sections_of
from wfm.importers.table import text_of
from wfm.importers.words import name_of

FIRST_DAY = date(2024, 1, 1)
"""Day 0, a Monday: the format has days, no dates."""
MOST_DAYS = 1_830
MOST_WEIGHT = 100
MOST_HEADS, MOST_COVER_WEIGHT = 1_000, 100_000
"""What all instances stay far below, and CP-SAT can add up."""
MOST_IN_A_ROW = 28
"""Days that a run may have to have at least."""
WEEK_MINUTES = 7 * DAY_MINUTES
COLUMNS = {
    "SECTION_HORIZON": ("days",),
    "SECTION_SHIFTS": ("ShiftID", "minutes", "shifts which cannot follow"),
    "SECTION_STAFF": (
        "ID",
        "MaxShifts",
        "MaxTotalMinutes",
        "MinTotalMinutes",
        "MaxConsecutiveShifts",
        "MinConsecutiveShifts",
        "MinConsecutiveDaysOff",
        "MaxWeekends",
    ),
    "SECTION_DAYS_OFF": ("EmployeeID", "days..."),
    "SECTION_SHIFT_ON_REQUESTS": ("EmployeeID", "day", "ShiftID", "weight"),
    "SECTION_SHIFT_OFF_REQUESTS": ("EmployeeID", "day", "ShiftID", "weight"),
    "SECTION_COVER": ("day", "ShiftID", "requirement", "weight for under", "weight for over"),
}
"""The columns of each section, as the comments of the files name them."""
NEEDED = ("SECTION_HORIZON", "SECTION_SHIFTS", "SECTION_STAFF", "SECTION_COVER")
"""The sections that no problem does without; one that ends before its cover was cut off."""


@dataclass(frozen=True)
class Curtois:
    """Instances of Curtois and Qu (2014): shifts of one length a day, limits of each employee, requests, and cover with weights.

    Everything about employees is forbidden; requests that are not granted and heads under or over the requirement cost their weights.
    Runs are counted inside the horizon: one that touches its first or last day is never too short.
    """

    kind: str = "curtois"

    def read(self, path: Path) -> Instance:
        """The instance of a text file; raises InputError with all faults."""
        faults = Faults(path.name)
        rows = sections_of(text_of(path, faults)[0], COLUMNS, faults)
        for section in NEEDED:
            if not rows[section] and not len(faults):
                faults.add(f"rows in {section}", "none")
        faults.raise_any()
        return _Reading(path, rows, faults).instance()


class _Reading:
    """Reads section by section; nothing is made of them before all are without fault."""

    def __init__(self, path: Path, rows: dict[str, list[Row]], faults: Faults) -> None:
        self.path, self.rows, self.faults = path, rows, faults
        first, *more = rows["SECTION_HORIZON"]
        days = first.whole(0, 1, MOST_DAYS)
        self.days = (
            MOST_DAYS if len(faults) else days
        )  # whatever day is named, it may lie in a horizon that cannot be read
        for row in more:
            row.fault(0, "one row in SECTION_HORIZON")
        self.shifts = by_name(rows["SECTION_SHIFTS"])
        self.staff = by_name(rows["SECTION_STAFF"])

    def instance(self) -> Instance:
        templates = [self._template(name, row) for name, row in self.shifts.items()]
        pairs = [f"{name} -> {after}" for name, row in self.shifts.items() for after in self._after(row)]
        limits = {agent: self._limits(row) for agent, row in self.staff.items()}
        time_off = tuple(self._days_off())
        wishes = (
            *self._wishes("SECTION_SHIFT_ON_REQUESTS", avoid=False),
            *self._wishes("SECTION_SHIFT_OFF_REQUESTS", avoid=True),
        )
        cover = list(self._cover())
        self.faults.raise_any()
        contracts = {asked: f"c{number}" for number, asked in enumerate(dict.fromkeys(limits.values()), 1)}
        return Instance(
            name=name_of(self.path.stem) or "instance",
            grid=TimeGrid.of_days(FIRST_DAY, self.days, 60, "UTC"),
            workforce=Workforce(
                contracts=tuple(self._contract(name, asked) for asked, name in contracts.items()),
                agents=tuple(Agent(id=agent, contract=contracts[asked]) for agent, asked in limits.items()),
                time_off=time_off,
                wishes=wishes,
            ),
            templates=tuple(template for template in templates if template is not None),
            rules=(*rules_of(contracts, pairs, self.days), {"kind": "shift_cover", "price": 1, "rows": cover}),
        )

    def _template(self, name: str, row: Row) -> ShiftTemplate | None:
        minutes = row.whole(1, 1, DAY_MINUTES)
        if name == UNREADABLE:
            return None
        return self.faults.attempt(lambda: ShiftTemplate(name=name, starts=(0,), minutes=minutes), line=row.line)

    def _after(self, row: Row) -> Iterator[str]:
        """The shifts that may not follow one."""
        return (row.known(2, self.shifts, name) for name in _parts(row.cells[2]))

    def _limits(self, row: Row) -> Limits:
        sound = len(self.faults)
        most_minutes, least_minutes = row.whole(2), row.whole(3)
        runs = row.whole(4, 1), row.whole(5, 0, MOST_IN_A_ROW), row.whole(6, 0, MOST_IN_A_ROW)
        if least_minutes > most_minutes and len(self.faults) == sound:
            row.fault(3, f"at most the MaxTotalMinutes of {row.cells[2]}")
        return Limits(tuple(self._most_shifts(row)), most_minutes, least_minutes, *runs, row.whole(7))

    def _most_shifts(self, row: Row) -> Iterator[tuple[str, int]]:
        for part in _parts(row.cells[1]):
            name, _, number = part.partition("=")
            if number.isdecimal():
                yield row.known(1, self.shifts, name), int(number)
            else:
                row.fault(1, "a shift and the most of it, as D=14", repr(part))

    def _days_off(self) -> Iterator[TimeOff]:
        """Days off, those in a row as one."""
        for row in self.rows["SECTION_DAYS_OFF"]:
            agent = row.known(0, self.staff)
            days = {self._day(row, place) for place in range(1, len(row.cells)) if row.cells[place]}
            firsts, lasts = ([day for day in sorted(days) if day + way not in days] for way in (-1, 1))
            for first, last in zip(firsts, lasts, strict=True):
                yield TimeOff(agent=agent, first=_date(first), last=_date(last))

    def _day(self, row: Row, place: int) -> int:
        return row.whole(place, 0, self.days - 1)

    def _wishes(self, section: str, *, avoid: bool) -> Iterator[Wish]:
        """Requests; one without weight asks for nothing."""
        for row in self.rows[section]:
            agent, shift = row.known(0, self.staff), row.known(2, self.shifts)
            day, points = _date(self._day(row, 1)), row.whole(3, 0, MOST_WEIGHT)
            if points:
                yield Wish(agent=agent, date=day, want=shift, points=points, avoid=avoid)

    def _cover(self) -> Iterator[JsonValue]:
        seen: set[tuple[date, str]] = set()
        for row in self.rows["SECTION_COVER"]:
            day, shift = _date(self._day(row, 0)), row.known(1, self.shifts)
            if (day, shift) in seen:
                row.fault(1, "every day and shift once", f"{row.cells[1]!r} of day {row.cells[0]} again")
            seen.add((day, shift))
            heads = row.whole(2, 0, MOST_HEADS)
            under, over = (row.whole(place, 0, MOST_COVER_WEIGHT) for place in (3, 4))
            yield {"date": day.isoformat(), "shift": shift, "heads": heads, "under": under, "over": over}

    def _contract(self, name: str, asked: Limits) -> Contract:
        """Nobody has a weekly contract in the format: the most minutes of the horizon, a week, stand for it."""
        return Contract(name=name, week_minutes=min(WEEK_MINUTES, max(1, 7 * asked.most_minutes // self.days)))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


def _date(day: int) -> date:
    return FIRST_DAY + timedelta(days=day)
