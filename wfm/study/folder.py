"""Reads a scenario from its folder: ``scenario.yaml`` and the CSV files beside it, with every fault found at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from wfm.domain import Fault, InputError, NotFound, Noun
from wfm.importers import read_agents, read_history, read_time_off, read_wishes
from wfm.study import sheet as sheets
from wfm.study.assemble import assemble
from wfm.study.scenario import Scenario
from wfm.study.sheet import ScenarioSheet
from wfm.study.yaml_text import Document, parse_yaml, read_yaml

SCENARIO_FILE = "scenario.yaml"
Read = TypeVar("Read")
Location = tuple[str | int, ...]


def read_scenario(folder: Path, overrides: Sequence[str] = ()) -> Scenario:
    """The scenario in a folder (or of one ``.yaml`` file), with overrides such as ``demand.phone.scale=1.4``.

    Raises NotFound where there is no scenario, InputError with all faults of all files otherwise.
    """
    file = folder if folder.is_file() else folder / SCENARIO_FILE
    if not file.is_file():
        raise NotFound(f"There is no {SCENARIO_FILE} in {folder}. `wfm init NAME` makes a scenario folder.")
    document = read_yaml(file)
    apply_overrides(document, overrides)
    sheet = validated(ScenarioSheet, document)
    return _with_files(sheet, file.parent, document)


def _with_files(sheet: ScenarioSheet, folder: Path, document: Document) -> Scenario:
    faults: list[Fault] = []

    def read(name: str | None, reader: Callable[[Path], Read], nothing: Read) -> Read:
        if name is None:
            return nothing
        try:
            return reader(beside(folder, name))
        except InputError as error:
            faults.extend(error.faults)
            return nothing

    zone, step = sheet.timezone, sheet.horizon.step
    histories = read(sheet.history, lambda path: read_history(path, zone=zone, step_minutes=step).histories, ())
    agents = read(sheet.agents, read_agents, ())
    time_off = read(sheet.time_off, read_time_off, ())
    wishes = read(sheet.wishes, read_wishes, ())
    if faults:
        raise InputError(faults)
    try:
        return assemble(sheet, histories, agents, time_off, wishes)
    except ValidationError as error:
        raise InputError([_fault(document, row["loc"], row) for row in error.errors()]) from None
    except ValueError as error:
        raise InputError([Fault(*_split(str(error)), file=document.name)]) from None


def beside(folder: Path, name: str) -> Path:
    """A file of the folder itself: never another folder, never through a link."""
    path = folder / name
    if path.parent.resolve() != folder.resolve() or path.is_symlink() or not path.is_file():
        files = ", ".join(sorted(entry.name for entry in folder.iterdir() if entry.is_file())) or "no file"
        raise InputError([Fault(f"the file {name} beside {SCENARIO_FILE}", files, "Name a file of the folder.", name)])
    return path


def apply_overrides(document: Document, overrides: Sequence[str]) -> None:
    """Set values of a document by dotted path; values are read as YAML."""
    for text in overrides:
        path, equals, value = text.partition("=")
        target = document.data
        *parents, key = path.split(".")
        for parent in parents:
            target = target.setdefault(parent, {}) if isinstance(target, dict) else None
        if not equals or not isinstance(target, dict):
            raise InputError([Fault("an override such as demand.phone.scale=1.4", text, file="-S")])
        target[key] = parse_yaml(value, "-S").data


Sheet = TypeVar("Sheet", bound=Noun)


def validated(kind: type[Sheet], document: Document) -> Sheet:
    """The document as a sheet; raises InputError with the line of every fault and, for an unknown key, the likely one."""
    try:
        return kind.model_validate(document.data)
    except ValidationError as error:
        raise InputError([_fault(document, row["loc"], row) for row in error.errors()]) from None


def _fault(document: Document, location: Location, row: Mapping[str, Any]) -> Fault:
    path = _path_in(document.data, location)
    place = partial(Fault, file=document.name, line=document.line(path), column=".".join(str(part) for part in path))
    if row["type"] == "extra_forbidden":
        likely = get_close_matches(str(location[-1]), _words(), n=1)
        fix = f"Did you mean {likely[0]}?" if likely else "Remove it, or see `wfm schema`."
        return place("a known key", repr(str(location[-1])), fix)
    if row["type"] == "missing":
        return place(f"the key {location[-1]}", "nothing", "Add it; `wfm schema` tells what it means.")
    expected, came = _split(row["msg"].removeprefix("Value error, "))
    return place(expected, came or repr(row["input"])[:80])


def _split(message: str) -> tuple[str, str]:
    """A message ``expected X, came Y`` in its two halves; anything else is what was expected."""
    expected, _, came = message.removeprefix("expected ").rpartition(", came ")
    return (expected, came) if expected else (message[:1].lower() + message[1:], "")


def _path_in(data: Any, location: Location) -> Location:
    """The part of an error's location that exists in the data: names of union members are left out."""
    path: list[str | int] = []
    for position, part in enumerate(location):
        inside = data.get(part) if isinstance(data, dict) else data[part] if _has(data, part) else None
        if isinstance(data, dict) and part not in data and position < len(location) - 1:
            continue
        path.append(part)
        data = inside
    return tuple(path)


def _has(data: Any, part: str | int) -> bool:
    return isinstance(data, list | tuple) and isinstance(part, int) and part < len(data)


def _words() -> list[str]:
    """All keys that a scenario file may use anywhere."""
    kinds = [value for value in vars(sheets).values() if isinstance(value, type) and issubclass(value, Noun)]
    fields = (field for kind in kinds for field in kind.model_fields.items())
    return sorted({info.alias or name for name, info in fields})
