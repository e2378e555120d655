"""The texts of the Second International Nurse Rostering Competition: scenario, history, week and solution."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wfm.domain import Instance
from wfm.importers.faults import Faults
from wfm.importers.instances._sections import Row, by_name, row_of
from wfm.importers.instances._ward import Bounds, Need, Nurse, Past, Terms, Ward, Week, duty_of

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NO_SHIFT, ANY_SHIFT = "None", "Any"
"""What stands for no shift in a history, and for every shift in a request."""
MOST = 366
"""More of anything, days or heads, is a slip."""
SCENARIO: Mapping[str, Sequence[str]] = {
    "SCENARIO": ("nothing",),
    "WEEKS": ("nothing",),
    "SKILLS": ("skill",),
    "SHIFT_TYPES": ("shift type", "fewest in a row", "most in a row"),
    "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS": ("shift type", "number and successors..."),
    "CONTRACTS": (
        "contract",
        "fewest assignments",
        "most assignments",
        "fewest days of work in a row",
        "most days of work in a row",
        "fewest days off in a row",
        "most days off in a row",
        "most weekends",
        "complete weekends",
    ),
    "NURSES": ("nurse", "contract", "number and skills..."),
}
HISTORY: Mapping[str, Sequence[str]] = {
    "HISTORY": ("week", "scenario"),
    "NURSE_HISTORY": (
        "nurse",
        "assignments",
        "weekends",
        "last shift type",
        "shifts of this type in a row",
        "days of work in a row",
        "days off in a row",
    ),
}
WEEK: Mapping[str, Sequence[str]] = {
    "WEEK_DATA": ("scenario",),
    "REQUIREMENTS": (
        "shift type",
        "skill",
        *(f"{kind} of {day}" for day in WEEKDAYS for kind in ("minimum", "optimum")),
    ),
    "SHIFT_OFF_REQUESTS": ("nurse", "shift type", "day"),
}
SOLUTION: Mapping[str, Sequence[str]] = {
    "SOLUTION": ("week", "scenario"),
    "ASSIGNMENTS": ("nurse", "day", "shift type", "skill"),
}
"""The sections of each text, with the columns of their rows; round brackets and commas are blanks."""


@dataclass
class Section:
    """A section: what follows the equals sign of its heading, and its rows."""

    value: str = ""
    line: int | None = None
    rows: list[Row] = field(default_factory=list)


def sections_of(text: str, columns: Mapping[str, Sequence[str]], faults: Faults) -> dict[str, Section]:
    """The sections of a text by their headings; lines such as ``Cost: 575``, which solvers add, are no rows."""
    found = {heading: Section() for heading in columns}
    current = ""
    for number, line in enumerate(text.splitlines(), start=1):
        heading, _, value = (part.strip() for part in line.partition("="))
        cells = line.replace("(", " ").replace(")", " ").replace(",", " ").split()
        if heading in columns:
            current = heading
            found[current].value, found[current].line = value, number
        elif cells and current and not cells[0].endswith(":"):
            found[current].rows += row_of(cells, number, columns[current], faults)
    for heading, section in found.items():
        if section.line is None:
            faults.add(f"a section {heading}", "none")
        elif section.value.isdecimal() and heading != "WEEKS" and int(section.value) != len(section.rows):
            faults.add(f"{section.value} rows in {heading}", str(len(section.rows)), line=section.line)
    faults.raise_any()
    return found


def ward_of(text: str, faults: Faults) -> Ward:
    """The scenario of a text; raises InputError with all faults."""
    found = sections_of(text, SCENARIO, faults)
    skills = tuple(by_name(found["SKILLS"].rows))
    shifts = {name: _bounds(row, 1, 1) for name, row in by_name(found["SHIFT_TYPES"].rows).items()}
    contracts = {name: _terms(row) for name, row in by_name(found["CONTRACTS"].rows).items()}
    nurses = {name: _nurse(row, contracts, skills) for name, row in by_name(found["NURSES"].rows).items()}
    successions = tuple(
        (row.known(0, shifts), row.known(place, shifts))
        for row in found["FORBIDDEN_SHIFT_TYPES_SUCCESSIONS"].rows
        for place in _listed(row, 1)
    )
    weeks = found["WEEKS"]
    if not (weeks.value.isdecimal() and int(weeks.value)):
        faults.add("a number of weeks", repr(weeks.value), line=weeks.line, column="WEEKS")
    faults.raise_any()
    return Ward(found["SCENARIO"].value, int(weeks.value), skills, shifts, successions, contracts, nurses)


def _bounds(row: Row, place: int, least: int = 0) -> Bounds:
    low = row.whole(place, least, MOST)
    return Bounds(low, row.whole(place + 1, low, MOST))


def _listed(row: Row, place: int, least: int = 0) -> range:
    """The places of the names that a number announces."""
    if row.whole(place, least) != len(row.cells) - place - 1:
        row.fault(place, f"{row.cells[place]} names after it", str(len(row.cells) - place - 1))
    return range(place + 1, len(row.cells))


def _terms(row: Row) -> Terms:
    assignments, work, off = (_bounds(row, place, least) for place, least in ((1, 0), (3, 1), (5, 1)))
    return Terms(assignments, work, off, row.whole(7), row.whole(8, 0, 1) == 1)


def _nurse(row: Row, contracts: Mapping[str, Terms], skills: Sequence[str]) -> Nurse:
    return Nurse(row.known(1, contracts), tuple(row.known(place, skills) for place in _listed(row, 2, 1)))


def _same_ward(row: Row, place: int, name: str) -> None:
    if row.cells[place] != name:
        row.fault(place, f"the scenario {name}")


def past_of(text: str, faults: Faults, ward: Ward) -> tuple[int, dict[str, Past]]:
    """The week at which a history stands, and the past of every nurse; raises InputError with all faults."""
    found = sections_of(text, HISTORY, faults)
    week = 0
    for row in found["HISTORY"].rows:
        _same_ward(row, 1, ward.name)
        week = row.whole(0, 0, ward.weeks - 1)
    rows = by_name(found["NURSE_HISTORY"].rows)
    past = {row.known(0, ward.nurses): _past(row, ward) for row in rows.values()}
    for nurse in (name for name in ward.nurses if name not in past):
        faults.add(f"a row of {nurse} in NURSE_HISTORY", "none")
    faults.raise_any()
    return week, past


def _past(row: Row, ward: Ward) -> Past:
    same, worked, off = (row.whole(place, 0, MOST) for place in (4, 5, 6))
    shift = None if row.cells[3] == NO_SHIFT else row.known(3, ward.shifts)
    if (shift is None) != (worked == 0) or (worked and off) or not min(worked, 1) <= same <= worked:
        row.fault(4, "a run of the last shift within a run of days of work, or days off", " ".join(row.cells[3:]))
    if 0 < same < worked and len(ward.shifts) == 1:
        row.fault(4, "as many shifts of the only type as days of work")
    terms = ward.contracts[ward.nurses[row.cells[0]].contract] if row.cells[0] in ward.nurses else None
    most = (terms.assignments.high, terms.weekends) if terms else (None, None)
    assignments, weekends = (row.whole(place, 0, most[place - 1]) for place in (1, 2))
    return Past(assignments, weekends, shift, same, worked, off)


def week_of(text: str, faults: Faults, ward: Ward) -> Week:
    """The week of a text; raises InputError with all faults."""
    found = sections_of(text, WEEK, faults)
    for row in found["WEEK_DATA"].rows:
        _same_ward(row, 0, ward.name)
    needs = [need for row in found["REQUIREMENTS"].rows for need in _needs(row, ward)]
    cells = Counter((row.cells[0], row.cells[1]) for row in found["REQUIREMENTS"].rows)
    for row in (row for row in found["REQUIREMENTS"].rows if cells[row.cells[0], row.cells[1]] > 1):
        row.fault(1, "every shift type and skill once")
    requests = [
        (row.known(0, ward.nurses), _weekday(row, 2), None if row.cells[1] == ANY_SHIFT else row.known(1, ward.shifts))
        for row in found["SHIFT_OFF_REQUESTS"].rows
    ]
    faults.raise_any()
    return Week(tuple(needs), tuple(requests))


def _needs(row: Row, ward: Ward) -> Iterator[Need]:
    shift, skill = row.known(0, ward.shifts), row.known(1, ward.skills)
    for weekday in range(len(WEEKDAYS)):
        bounds = _bounds(row, 2 + 2 * weekday)
        yield Need(shift, skill, weekday, bounds.low, bounds.high)


def _weekday(row: Row, place: int) -> int:
    return WEEKDAYS.index(row.cells[place]) if row.known(place, WEEKDAYS) in WEEKDAYS else 0


def assignments_of(text: str, faults: Faults, instance: Instance) -> tuple[int, list[tuple[str, int, str]]]:
    """The week of a solution and its assignments (nurse, weekday, shift with skill); raises InputError with all faults."""
    found = sections_of(text, SOLUTION, faults)
    nurses, duties = instance.workforce.by_id, [template.name for template in instance.templates]
    week = 0
    for row in found["SOLUTION"].rows:
        _same_ward(row, 1, instance.name.partition("_")[0])
        week = row.whole(0)
    rows = [
        (row.known(0, nurses), _weekday(row, 1), row.known(2, duties, duty_of(row.cells[2], row.cells[3])))
        for row in found["ASSIGNMENTS"].rows
    ]
    faults.raise_any()
    return week, rows
