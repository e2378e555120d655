"""The planner's own file of holidays: dates with their names and, where known, what they are like."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import StringConstraints

from wfm.domain import Noun
from wfm.importers.faults import Faults
from wfm.importers.records import Record, day_of, read_records

HOLIDAY_COLUMNS = ("date", "name", "like")
Likeness = Literal["", "closed", "eve", "mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Holiday(Noun):
    """A day with its name; ``like`` says that it is closed, an eve, or like a weekday, and nothing where that is to be learned."""

    day: date
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    like: Likeness = ""


def read_holidays(path: Path) -> tuple[Holiday, ...]:
    """Holidays from ``date,name,like`` (like may be left out), in order of their dates. Raises InputError with all faults."""
    faults = Faults(path.name)
    records = read_records(path, faults, HOLIDAY_COLUMNS[:2], HOLIDAY_COLUMNS[2:])
    found: dict[date, Holiday] = {}
    lines: dict[date, int] = {}
    for record in records:
        holiday = _holiday(record, faults)
        if holiday is not None and holiday.day in found:
            came = f"{holiday.day}, on line {lines[holiday.day]} already"
            faults.add("every date once", came, "Remove one of them.", line=record.line, column="date")
        elif holiday is not None:
            found[holiday.day], lines[holiday.day] = holiday, record.line
    faults.raise_any()
    return tuple(found[day] for day in sorted(found))


def _holiday(record: Record, faults: Faults) -> Holiday | None:
    before = len(faults)
    day = faults.attempt(lambda: day_of(record["date"]), line=record.line, columns={"": "date"})
    like = faults.attempt(lambda: _likeness(record["like"]), line=record.line, columns={"": "like"})
    if not record["name"]:
        faults.add("the name of the holiday", "nothing", line=record.line, column="name")
    if len(faults) > before:
        return None
    fields = {"day": day, "name": record["name"], "like": like}
    return faults.attempt(lambda: Holiday.model_validate(fields), line=record.line)


def _likeness(text: str) -> str:
    """The word of the noun: weekdays may be written in full."""
    word = text.strip().lower()
    known = get_args(Likeness)
    if word in known:
        return word
    if word.endswith("day") and word[:3] in known:
        return word[:3]
    raise ValueError(f"expected closed, eve or a weekday such as sun, came {text[:60]!r}")
