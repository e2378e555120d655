"""The roster as a table that people can edit: roster.csv, written and read back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from wfm.domain import Activity, Assignment, Roster, Shift
from wfm.domain.time import local
from wfm.importers import ROSTER_COLUMNS, read_assignments, read_pins
from wfm.report.cells import Cell, csv_bytes
from wfm.schedule import RosterProblem
from wfm.study import Scenario


def roster_csv(roster: Roster) -> bytes:
    """The roster in long form, one row a shift: times on the wall clock with their offset, breaks as ``10:00-10:30 unpaid; ...``.

    Other activities stand among the breaks with their kind and what they are for, as ``13:00-14:00 paid role sme``.
    On a night when clocks change the times of breaks carry their offset too, or 02:30 would be told twice.
    """
    return csv_bytes(ROSTER_COLUMNS, roster_rows(roster))


def roster_rows(roster: Roster) -> Iterator[tuple[Cell, ...]]:
    """The cells of each shift in long form."""
    return (_row(row, roster.grid.zone) for row in roster.assignments)


def read_roster_csv(path: Path, scenario: Scenario) -> Roster:
    """The roster in a file as ``roster.csv`` is written, perhaps edited by hand; the inverse of :func:`roster_csv`.

    The roster may break rules: that is for the audit to say. Raises InputError with every fault, each with its line and column.
    """
    return Roster.of(
        scenario.horizon,
        read_assignments(
            path,
            zone=scenario.horizon.zone,
            agents=list(scenario.workforce.by_id),
            shifts=[template.name for template in scenario.templates],
            dates=scenario.horizon.dates,
        ),
    )


def shifts_csv(roster: Roster) -> bytes:
    """The roster in short form, ``agent,date,shift``: all there is to say where every shift has one start and no breaks."""
    rows = (f"{row.agent},{row.shift.day},{row.shift.template}" for row in roster.assignments)
    return "".join(f"{row}\n" for row in ("agent,date,shift", *rows)).encode()


def read_shifts_csv(path: Path, problem: RosterProblem) -> Roster:
    """The roster in a file in short form; the inverse of :func:`shifts_csv`. Raises InputError with every fault."""
    cells = read_pins(
        path,
        zone=problem.grid.zone,
        agents=problem.workforce.by_id,
        templates=problem.templates,
        dates=set(problem.days),
        all_inside=True,
    )
    return Roster.of(problem.grid, [Assignment(agent=cell.agent, shift=cell.shift) for cell in cells if cell.shift])


def activities_text(shift: Shift, zone: str) -> str:
    """The breaks and other activities of a shift as the column ``breaks`` has them."""
    changes = local(shift.start, zone).utcoffset() != local(shift.end, zone).utcoffset()
    return "; ".join(_activity_text(activity, zone, changes) for activity in shift.activities)


def _row(row: Assignment, zone: str) -> tuple[Cell, ...]:
    shift = row.shift
    start, end = local(shift.start, zone), local(shift.end, zone)
    breaks = activities_text(shift, zone)
    return row.agent, str(shift.day), shift.template, _iso(start), _iso(end), shift.paid_minutes, breaks


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="auto" if moment.second or moment.microsecond else "minutes")


def _activity_text(activity: Activity, zone: str, offsets: bool) -> str:
    def edge(moment: datetime) -> str:
        text = _iso(local(moment, zone)).partition("T")[2]
        return text if offsets else text[:-6]

    words = [] if activity.kind == "break" and activity.what is None else [activity.kind, activity.what or ""]
    pay = "paid" if activity.paid else "unpaid"
    return " ".join([f"{edge(activity.start)}-{edge(activity.end)}", pay, *filter(None, words)])
