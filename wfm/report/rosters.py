"""A roster from any file that holds one: roster.csv, roster.xlsx, plan.json, a published version, or a run's folder."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from wfm.domain import Fault, InputError, NotFound, Noun, Roster, TimeGrid
from wfm.importers import read_roster_sheet
from wfm.report.roster_file import read_roster_csv
from wfm.schedule import Solution
from wfm.study import Plan, Scenario
from wfm.study.published import Published, read_published

KINDS: tuple[tuple[str, type[Noun]], ...] = (
    ("seal", Published),
    ("solution", Plan),
    ("status", Solution),
    ("assignments", Roster),
)
"""A key that only one kind of document has."""


def read_roster(path: Path, scenario: Scenario | None = None) -> Roster:
    """The roster in a file or a run's folder; a table or workbook needs the scenario that it is for.

    Raises InputError with every fault, NotFound where there is no such file.
    """
    file = _file(path)
    if file.suffix.lower() == ".json":
        roster = _roster(read_document(file))
        return roster if scenario is None else _fitting(roster, scenario, file)
    if scenario is None:
        fault = Fault(
            "a scenario, to know the people and shifts of the file", "none", "Add --scenario FOLDER.", file.name
        )
        raise InputError([fault])
    if file.suffix.lower() in {".xlsx", ".xlsm"}:
        horizon, agents = scenario.horizon, list(scenario.workforce.by_id)
        rows = read_roster_sheet(
            file, zone=horizon.zone, agents=agents, templates=scenario.templates, dates=horizon.dates
        )
        return Roster.of(horizon, rows)
    return read_roster_csv(file, scenario)


def scenario_of(path: Path) -> Scenario | None:
    """The scenario that a file brings with its roster; only a plan does."""
    file = _file(path)
    document = read_document(file) if file.suffix.lower() == ".json" else None
    return document.scenario if isinstance(document, Plan) else None


def read_document(file: Path) -> Noun:
    """The document in a JSON file of one of the kinds that hold a roster."""
    try:
        keys = json.loads(file.read_bytes())
        kind = next((kind for key, kind in KINDS if isinstance(keys, dict) and key in keys), None)
        if kind is Published:
            return read_published(file)
        if kind is not None:
            return kind.model_validate_json(file.read_bytes())
        came = "another document"
    except ValidationError as error:
        row = error.errors()[0]
        came = f"{row['msg'].removeprefix('Value error, ')} at {'.'.join(map(str, row['loc'])) or 'its start'}"
    except ValueError as error:
        came = f"no JSON: {error}"
    raise InputError([Fault("a plan, a published version or a roster", came, file=file.name)])


def _roster(document: Noun) -> Roster:
    match document:
        case Roster():
            return document
        case Plan():
            return document.solution.roster
        case Solution() | Published():
            return document.roster
    raise AssertionError("KINDS are all told apart")


def _fitting(roster: Roster, scenario: Scenario, file: Path) -> Roster:
    """The roster, which must be one for the days and the people of the scenario, as every row of a table must be."""
    horizon, known = scenario.horizon, scenario.workforce.by_id
    strangers = [agent for agent in roster.shifts_by_agent if agent not in known]
    if (roster.grid.dates, roster.grid.zone) != (horizon.dates, horizon.zone):
        raise InputError([Fault(f"a roster for {_days(horizon)}", f"one for {_days(roster.grid)}", file=file.name)])
    if strangers:
        raise InputError([Fault(f"agents of {scenario.name}", ", ".join(strangers), file=file.name)])
    return Roster.of(horizon, roster.assignments, roster.built_on)


def _days(grid: TimeGrid) -> str:
    return f"{grid.dates[0]} to {grid.dates[-1]} ({grid.zone})"


def _file(path: Path) -> Path:
    file = path / "plan.json" if path.is_dir() else path
    if not file.is_file():
        raise NotFound(f"There is no roster {file}. `wfm plan` makes one.")
    return file
