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
from wfm.importers.instances._sections import Row, by_name, sections_of
from wfm.importers.table import text_of
from wfm.importers.words import name_of

FIRST_DAY = date(2024, 1, 1)
"""Day 0, a Monday: the format has days, no dates."""
MOST_DAYS = 1_830
MOST_WEIGHT = 100
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
        self.days = rows["SECTION_HORIZON"][0].whole(0, 1, MOST_DAYS)
        for row in rows["SECTION_HORIZON"][1:]:
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
        cover: list[JsonValue] = [self._cover(row) for row in self.rows["SECTION_COVER"]]
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
        return self.faults.attempt(lambda: ShiftTemplate(name=name, starts=(0,), minutes=minutes), line=row.line)

    def _after(self, row: Row) -> Iterator[str]:
        """The shifts that may not follow one."""
        return (row.known(2, self.shifts, name) for name in _parts(row.cells[2]))

    def _limits(self, row: Row) -> Limits:
        most_minutes, least_minutes, *others = (row.whole(place) for place in range(2, 8))
        return Limits(tuple(self._most_shifts(row)), most_minutes, least_minutes, *others)

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

    def _cover(self, row: Row) -> dict[str, JsonValue]:
        return {
            "date": _date(self._day(row, 0)).isoformat(),
            "shift": row.known(1, self.shifts),
            "heads": row.whole(2),
            "under": row.whole(3),
            "over": row.whole(4),
        }

    def _contract(self, name: str, asked: Limits) -> Contract:
        """Nobody has a weekly contract in the format: the most minutes of the horizon, a week, stand for it."""
        return Contract(name=name, week_minutes=min(WEEK_MINUTES, max(1, 7 * asked.most_minutes // self.days)))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


def _date(day: int) -> date:
    return FIRST_DAY + timedelta(days=day)
