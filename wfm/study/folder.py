"""Reads a scenario from its folder: ``scenario.yaml`` and the CSV files beside it, with every fault found at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from wfm.domain import (
    Agent,
    Assignment,
    Balance,
    Burden,
    ContactHistory,
    Fault,
    InputError,
    NotFound,
    Noun,
    Requirement,
    TimeOff,
    Wish,
)
from wfm.domain.time import instant
from wfm.importers import (
    Holiday,
    Waiting,
    line_of,
    read_agents,
    read_assignments,
    read_backlog,
    read_balances,
    read_burdens,
    read_history,
    read_holidays,
    read_requirement,
    read_time_off,
    read_wishes,
)
from wfm.study.assemble import assemble, channel, contract, template
from wfm.study.references import unknown_names
from wfm.study.scenario import Scenario
from wfm.study.sheet import FilesSheet, ScenarioSheet
from wfm.study.told import with_told
from wfm.study.wording import faults, split, validated
from wfm.study.yaml_text import Document, KeyPath, parse_yaml, read_yaml

SCENARIO_FILE = "scenario.yaml"
Read = TypeVar("Read", bound=Noun)
Files = tuple[
    tuple[ContactHistory, ...],
    tuple[Agent, ...],
    tuple[TimeOff, ...],
    tuple[Wish, ...],
    tuple[Balance, ...],
    tuple[Burden, ...],
    tuple[Assignment, ...],
    tuple[Holiday, ...],
    dict[str, tuple[Waiting, ...]],
    tuple[Requirement, ...],
]
LOOK_BACK = timedelta(days=62)
"""An earlier roster counts as far back as rules can look: two months."""


def read_scenario(folder: Path, overrides: Sequence[str] = ()) -> Scenario:
    """The scenario in a folder (or of one ``.yaml`` file), with overrides such as ``demand.phone.scale=1.4``.

    Raises NotFound where there is no scenario, InputError with all faults of all files otherwise.
    """
    file = folder if folder.is_file() else folder / SCENARIO_FILE
    if not file.is_file():
        raise NotFound(f"There is no {SCENARIO_FILE} in {folder}. `wfm init NAME` makes a scenario folder.")
    document = read_yaml(file)
    apply_overrides(document, overrides)
    try:
        sheet = validated(ScenarioSheet, document)
    except InputError as error:
        raise InputError([*error.faults, *_faults_of_files(document, file.parent)]) from None
    found: list[Fault] = []
    files = _files(sheet, file.parent, document, found)
    found.extend(_faults_of_parts(sheet, document))
    if not found:
        names = unknown_names(document, sheet, *files[:6], files[-1])
        found.extend(_with_line(fault, file.parent) for fault in names)
    if found:
        raise InputError(found)
    return _told(_assembled(sheet, files, document), sheet, file.parent, document)


def _with_line(fault: Fault, folder: Path) -> Fault:
    """A fault of a name in one of the tables, with the line on which it stands first."""
    if fault.line is not None or not fault.file.endswith(".csv"):
        return fault
    return replace(fault, line=line_of(folder / fault.file, fault.column, fault.came))


def _told(scenario: Scenario, sheet: ScenarioSheet, folder: Path, document: Document) -> Scenario:
    """The scenario with its pins and its published roster, which are about its people and shifts."""
    files = {
        key: None if name is None else beside(folder, name, document, (key,))
        for key, name in (("pins", sheet.pins), ("published", sheet.published))
    }
    return with_told(scenario, **files)


def _faults_of_files(document: Document, folder: Path) -> list[Fault]:
    """Faults of the files of a sheet that is faulty itself, as far as it tells which files they are."""
    data = document.data if isinstance(document.data, dict) else {}
    try:
        sheet = FilesSheet.model_validate({key: data[key] for key in FilesSheet.model_fields if key in data})
    except ValidationError:
        return []  # the sheet's own faults are told already
    found: list[Fault] = []
    _files(sheet, folder, document, found)
    return found


def _files(sheet: FilesSheet, folder: Path, document: Document, found: list[Fault]) -> Files:
    """What the files hold; a file with faults holds nothing and adds them to those ``found``."""

    def read(key: str, reader: Callable[[Path], tuple[Read, ...]]) -> tuple[Read, ...]:
        name = getattr(sheet, key)
        try:
            return () if name is None else reader(beside(folder, name, document, (key,)))
        except InputError as error:
            found.extend(error.faults)
            return ()

    zone, step, start = sheet.timezone, sheet.horizon.step, sheet.horizon.start
    agents = read("agents", read_agents)
    ids, days = [agent.id for agent in agents], [start - timedelta(days=k) for k in range(LOOK_BACK.days, 0, -1)]
    return (
        read("history", lambda path: read_history(path, zone=zone, step_minutes=step).histories)
        if _has_history(sheet, folder)
        else (),
        agents,
        read("time_off", read_time_off),
        read("wishes", read_wishes),
        read("balances", read_balances),
        read("burdens", read_burdens),
        read("before", lambda path: read_assignments(path, zone=zone, agents=ids, dates=days)) if agents else (),
        read("holidays", read_holidays) if isinstance(sheet.holidays, str) else (),
        dict(_backlogs(sheet, folder, document, found)),
        read("requirement", lambda path: read_requirement(path, sheet.horizon.grid(zone))),
    )


def _backlogs(
    sheet: FilesSheet, folder: Path, document: Document, found: list[Fault]
) -> Iterator[tuple[str, tuple[Waiting, ...]]]:
    """What waits, for each channel or level that names a file for it."""
    if not isinstance(sheet, ScenarioSheet):
        return
    until = instant(sheet.horizon.start, 0, sheet.timezone)
    for section, name, row in sheet.served():
        if isinstance(row.backlog, str):
            try:
                path = beside(folder, row.backlog, document, (section, name, "backlog"))
                yield name, read_backlog(path, zone=sheet.timezone, until=until)
            except InputError as error:
                found.extend(error.faults)


def _has_history(sheet: FilesSheet, folder: Path) -> bool:
    """Whether there is a history to read: who brings a requirement, or a centre of which every queue is new, needs none."""
    told = isinstance(sheet, ScenarioSheet) and all(row.like is not None for row in sheet.channels.values())
    return not (told or sheet.requirement) or (folder / sheet.history).exists()


def beside(folder: Path, name: str, document: Document, key: KeyPath) -> Path:
    """A file of the folder itself: never another folder, never through a link."""
    path = folder / name
    if path.parent.resolve() != folder.resolve() or path.is_symlink() or not path.is_file():
        files = ", ".join(sorted(entry.name for entry in folder.iterdir() if entry.is_file())) or "no file"
        raise InputError([document.fault(key, f"the file {name} beside it", files, "Name a file of the folder.")])
    return path


def _faults_of_parts(sheet: ScenarioSheet, document: Document) -> Iterator[Fault]:
    """Channels, contracts, shifts, events, overrides and verdicts whose own parts do not fit together."""
    parts: tuple[tuple[str, Callable[[Any, Any], Noun]], ...] = (
        ("channels", channel),
        ("levels", lambda name, row: row.noun(name)),
        ("contracts", contract),
        ("roles", lambda name, row: row.noun(name)),
        ("shifts", template),
        ("events", lambda _, row: row.noun()),
        ("overrides", lambda _, row: row.noun()),
        ("findings", lambda _, row: row.noun(sheet.timezone)),
    )
    for section, make in parts:
        rows = getattr(sheet, section)
        for name, row in rows.items() if isinstance(rows, dict) else enumerate(rows):
            try:
                make(name, row)
            except ValidationError as error:
                yield from faults(Noun, error, document, (section, name))
            except ValueError as error:
                yield document.fault((section, name), *split(str(error), "something else"))


def _assembled(sheet: ScenarioSheet, files: Files, document: Document) -> Scenario:
    try:
        return assemble(sheet, *files)
    except ValidationError as error:
        raise InputError(list(faults(Scenario, error, document))) from None
    except ValueError as error:
        raise InputError([document.fault((), *split(str(error), "something else"))]) from None


def apply_overrides(document: Document, overrides: Sequence[str]) -> None:
    """Set values of a document by dotted path; values are read as YAML."""
    for text in overrides:
        words, equals, value = text.partition("=")
        path = _path(document, words.split(".")) if equals else ()
        if not path:
            raise InputError([Fault("an override of a key, such as demand.phone.scale=1.4", text, file="-S")])
        document.at(path[:-1])[path[-1]] = parse_yaml(value, "-S").data
        document.places = {known: where for known, where in document.places.items() if known[: len(path)] != path}
        for length in range(1, len(path) + 1):
            document.places.setdefault(path[:length], ("-S", None))


def _path(document: Document, words: list[str]) -> KeyPath:
    """The path of dotted words, its mappings made where they are missing; empty where nothing can be set."""
    data, path = document.data, list[str | int]()
    for position, word in enumerate(words):
        part = int(word) if isinstance(data, list) and word.isdecimal() else word
        last = position == len(words) - 1
        if isinstance(data, dict):
            data = data.get(word) if last else _filled(data, word)
        elif part in range(len(data) if isinstance(data, list) else 0):
            data = data[part]
        else:
            return ()
        path.append(part)
    return tuple(path)


def _filled(data: dict[str, Any], word: str) -> Any:
    if data.get(word) is None:
        data[word] = {}
    return data[word]
