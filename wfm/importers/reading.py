"""From the path of a history file to nouns: find its format, then let that format read it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from pydantic import TypeAdapter

from wfm.domain.time import StepMinutes, Zone
from wfm.importers.faults import Faults
from wfm.importers.formats import FORMATS
from wfm.importers.importer import Imported, Importer, Wanted
from wfm.importers.layout import Layout
from wfm.importers.table import Table

_ZONE: TypeAdapter[str | None] = TypeAdapter(Zone | None)
_STEP: TypeAdapter[StepMinutes | None] = TypeAdapter(StepMinutes | None)


def recognise(path: Path, *, columns: Mapping[str, str] | None = None) -> Importer:
    """The format of a history file; raises InputError where it is none, or has no time column."""
    return _recognised(Layout.of(Table.open(path), columns))


def read_history(
    path: Path,
    *,
    zone: str | None = None,
    file_zone: str | None = None,
    step_minutes: int | None = None,
    columns: Mapping[str, str] | None = None,
    format: str | None = None,
) -> Imported:
    """What a history file tells: channels with learned opening and patience, and their histories on a UTC grid.

    ``zone`` is the centre's; ``file_zone`` that of times without an offset (the centre's where left out, UTC where both are);
    ``step_minutes`` the grid's step (the file's where left out, 30 for single contacts); ``columns`` maps roles such as start,
    channel, offered, wait, outcome, service to headers, and overrules what is guessed; ``format`` names a format instead of
    recognising it. Raises InputError with every fault of the file, and then nothing is imported.
    """
    wanted = _wanted(path, zone, file_zone, step_minutes)
    layout = Layout.of(Table.open(path), columns)
    importer = _recognised(layout) if format is None else _listed(format, layout)
    return importer.read(layout, wanted)


def _wanted(path: Path, zone: str | None, file_zone: str | None, step_minutes: int | None) -> Wanted:
    faults = Faults(path.name)
    for name in (zone, file_zone):
        faults.attempt(partial(_ZONE.validate_python, name), columns={"": "zone"})
    step = faults.attempt(partial(_STEP.validate_python, step_minutes), columns={"": "step"})
    faults.raise_any()
    return Wanted(zone, file_zone, step)


def _recognised(layout: Layout) -> Importer:
    found = next((importer for importer in FORMATS if importer.recognises(layout)), None)
    return found or _unknown(layout, f"the columns {', '.join(layout.table.header)}"[:200])


def _listed(name: str, layout: Layout) -> Importer:
    return next((importer for importer in FORMATS if importer.kind == name), None) or _unknown(layout, repr(name))


def _unknown(layout: Layout, came: str) -> Importer:
    kinds = " or ".join(importer.kind for importer in FORMATS)
    Faults(layout.table.name).stop(
        f"a format of {kinds}", came, "Say what the columns mean with a columns mapping.", line=1
    )
