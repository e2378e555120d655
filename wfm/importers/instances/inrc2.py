"""Instances of the Second International Nurse Rostering Competition: a scenario, a history and a file for each week."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from wfm.domain import (
    Agent,
    Assignment,
    Contract,
    Fault,
    InputError,
    Instance,
    Roster,
    ShiftTemplate,
    TimeGrid,
    Wish,
    Workforce,
)
from wfm.domain.quantity import DAY_MINUTES, count_text
from wfm.importers.faults import Faults
from wfm.importers.instances._ward import Nurse, Past, Ward, Week, duty_of
from wfm.importers.instances._ward_rules import covers_of, rules_of
from wfm.importers.instances._ward_texts import assignments_of, past_of, ward_of, week_of
from wfm.importers.table import text_of

Read = TypeVar("Read")
FIRST_DAY = date(2024, 1, 1)
"""A Monday: the format has weeks, no dates."""
DAYS = 7
ZONE = "UTC"
NAME = re.compile(r"(?P<ward>[^_]+)_(?P<history>\d+)_(?P<weeks>\d+(?:-\d+)*)(?:\.txt)?")
"""The name of an instance in the literature: scenario, history and weeks, as n030w4_1_6-2-9-1."""


@dataclass(frozen=True)
class Inrc2:
    """Instances of the competition (Ceschia, Dang, De Causmaecker, Haspeslagh and Schaerf 2015, arXiv 1501.04177), all weeks at once.

    The path is the instance's name in the folder of its files: ``n030w4/n030w4_1_6-2-9-1`` reads ``Sc-n030w4.txt``,
    ``H0-n030w4-1.txt`` and ``WD-n030w4-6.txt`` to ``WD-n030w4-1.txt``. Who works with which skill is part of a shift's name, as
    ``Late.HeadNurse``. Days before the first are made so that the history is true of them.
    """

    kind: str = "inrc2"

    def read(self, path: Path) -> Instance:
        """The instance that a path names; raises InputError with all faults."""
        named = NAME.fullmatch(path.name)
        if named is None:
            raise InputError([Fault("a name of scenario, history and weeks, as n030w4_1_6-2-9-1", path.name)])
        folder, ward_name = path.parent, named["ward"]
        ward = _read(folder / f"Sc-{ward_name}.txt", ward_of)
        weeks = [f"WD-{ward.name}-{number}.txt" for number in named["weeks"].split("-")]
        first, past = _read(folder / f"H0-{ward.name}-{named['history']}.txt", partial(past_of, ward=ward))
        return _instance(
            path.name.removesuffix(".txt"), ward, past, _weeks(ward, first, [folder / name for name in weeks])
        )

    def solution(self, instance: Instance, folder: Path) -> Roster:
        """The roster of the files ``Sol-*.txt`` of a folder, one for each week; raises InputError with all faults."""
        files = sorted(folder.glob("Sol-*.txt"))
        weeks = _each(files, partial(assignments_of, instance=instance))
        came, asked = sorted(week for week, _ in weeks), range(len(instance.grid.dates) // DAYS)
        if came != list(asked):
            expected = f"one file for each of the weeks 0 to {asked[-1]}"
            raise InputError([Fault(expected, ", ".join(map(str, came)) or "none", file=folder.name)])
        templates = {template.name: template for template in instance.templates}
        return Roster.of(
            instance.grid,
            [
                _assignment(nurse, templates, duty, _date(week, weekday))
                for week, rows in weeks
                for nurse, weekday, duty in rows
            ],
        )


def _weeks(ward: Ward, first: int, files: Sequence[Path]) -> list[Week]:
    """The weeks, which reach from the one after the history to the last: only there totals are known."""
    if first + len(files) != ward.weeks:
        expected = (
            f"{count_text(ward.weeks - first, 'week')}, up to the last of {ward.name}, where totals are held to bounds"
        )
        raise InputError([Fault(expected, str(len(files)))])
    return _each(files, partial(week_of, ward=ward))


def _read(file: Path, parse: Callable[[str, Faults], Read]) -> Read:
    faults = Faults(file.name)
    return parse(text_of(file, faults)[0], faults)


def _each(files: Sequence[Path], parse: Callable[[str, Faults], Read]) -> list[Read]:
    """What is read of each file, or the faults of all."""
    found: list[Read] = []
    faults: list[Fault] = []
    for file in files:
        try:
            found.append(_read(file, parse))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(list(dict.fromkeys(faults)))
    return found


def _instance(name: str, ward: Ward, past: Mapping[str, Past], weeks: Sequence[Week]) -> Instance:
    days = DAYS * len(weeks)
    templates = {template.name: template for template in _templates(ward)}
    needs = [(_date(week, need.weekday).isoformat(), need) for week, row in enumerate(weeks) for need in row.needs]
    return Instance(
        name=name,
        grid=TimeGrid.of_days(FIRST_DAY, days, 60, ZONE),
        workforce=Workforce(
            contracts=tuple(Contract(name=name, week_minutes=DAYS * DAY_MINUTES) for name in ward.contracts),
            agents=tuple(
                Agent(id=name, contract=nurse.contract, skills=nurse.skills) for name, nurse in ward.nurses.items()
            ),
            wishes=tuple(wish for week, row in enumerate(weeks) for wish in _wishes(ward, week, row)),
        ),
        templates=tuple(templates.values()),
        rules=(*rules_of(ward, past, days), *covers_of(needs)),
        before=tuple(
            _assignment(name, templates, duty, day)
            for name, nurse in ward.nurses.items()
            for duty, day in _duties_before(ward, nurse, past[name])
        ),
    )


def _wishes(ward: Ward, number: int, week: Week) -> Iterator[Wish]:
    """A day off, or for one shift type not to work it with any of the nurse's skills: at most one of these can be refused."""
    for nurse, weekday, shift in week.requests:
        wish = Wish(agent=nurse, date=_date(number, weekday), want="off")
        if shift is None:
            yield wish
        else:
            yield from (wish.varied(want=duty_of(shift, skill), avoid=True) for skill in ward.skills)


def _duties_before(ward: Ward, nurse: Nurse, past: Past) -> Iterator[tuple[str, date]]:
    """Shifts and days before the first day that make a history true: the last ones of the type that it names, those before of another.

    Before a run of days off lies a day of work, which ends it; what was worked then, no rule looks at.
    """
    other = next((shift for shift in ward.shifts if shift != past.shift), past.shift)
    run = [past.shift] * past.same + [other] * (past.worked - past.same)
    rest = [None] * past.off + [other] * (past.off > 0)
    for ago, shift in enumerate(run or rest, start=1):
        if shift is not None:
            yield duty_of(shift, nurse.skills[0]), FIRST_DAY - timedelta(days=ago)


def _templates(ward: Ward) -> Iterator[ShiftTemplate]:
    """Every shift type with every skill; the format knows no clock times, so the types share the day evenly, in their order."""
    minutes = DAY_MINUTES // len(ward.shifts)
    for place, shift in enumerate(ward.shifts):
        for skill in ward.skills:
            yield ShiftTemplate(name=duty_of(shift, skill), starts=(place * minutes,), minutes=minutes)


def _assignment(nurse: str, templates: Mapping[str, ShiftTemplate], duty: str, day: date) -> Assignment:
    template = templates[duty]
    return Assignment(agent=nurse, shift=template.placed(day, template.starts[0], (), ZONE))


def _date(week: int, weekday: int) -> date:
    return FIRST_DAY + timedelta(days=DAYS * week + weekday)
