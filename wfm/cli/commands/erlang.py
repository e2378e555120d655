"""`wfm erlang`: the calculator and the table of cases."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from wfm.cli.talk import out, out_json, save
from wfm.domain import Fault, InputError, ServiceLevel
from wfm.domain.quantity import parse_seconds, parse_share, share_text
from wfm.importers.faults import Faults
from wfm.importers.table import Table
from wfm.report.cells import csv_bytes
from wfm.staffing import Sizing, erlang_table, size
from wfm.study.wording import halves, split


def erlang(
    volume: float, interval: str, aht: str, target: str, patience: str | None, shrinkage: str, *, as_json: bool
) -> None:
    """Agents for one interval with the rows around the answer."""
    try:
        promised = [ServiceLevel.from_text(target)]
        waits = None if patience is None else _seconds(patience)
        answer = size(volume, _seconds(interval), _seconds(aht), promised, waits, _share(shrinkage))
    except ValidationError as error:
        raise InputError([Fault(*halves(row)) for row in error.errors()]) from None
    except ValueError as error:
        raise InputError([Fault(*split(str(error), "something else"))]) from None
    if as_json:
        out_json(answer)
    else:
        out(_text(answer))


def _seconds(text: str) -> float:
    """Seconds of a duration; a bare number is seconds already."""
    try:
        return float(text)
    except ValueError:
        return float(str(parse_seconds(text)))


def _share(text: str) -> float:
    return float(str(parse_share(text)))


def _text(answer: Sizing) -> str:
    need = f"{answer.agents} agents for {answer.service_target}, {answer.paid_agents} paid with shrinkage"
    lines = [
        f"{answer.load_erlangs:.2f} Erlangs, {answer.model}: {need}",
        f"{'agents':>7} {'service':>9} {'P(wait)':>9} {'abandon':>9} {'wait s':>9} {'occupancy':>9}",
    ]
    for row in answer.rows:
        wait = "endless" if row.average_wait_seconds is None else f"{row.average_wait_seconds:.1f}"
        mark = "*" if row.agents == answer.agents else " "
        lines.append(
            f"{row.agents:6d}{mark} {_percent(row.service_level):>9} {_percent(row.p_wait):>9} "
            f"{_percent(row.p_abandon):>9} {wait:>9} {_percent(row.occupancy):>9}"
        )
    return "\n".join(lines)


def _percent(share: float) -> str:
    return share_text(round(share, 4))


def erlang_file(file: Path, target: Path | None) -> None:
    """Compute every row of a CSV table of cases."""
    table, faults = Table.open(file), Faults(file.name)
    cases = [dict(zip(table.header, row, strict=True)) for chunk in table.chunks(faults) for row in chunk.rows]
    if not cases:
        faults.add("rows below the header", "a header only")
    faults.raise_any()
    try:
        rows = erlang_table(cases)
    except InputError as error:
        raise InputError([replace(fault, file=file.name) for fault in error.faults]) from None
    content = csv_bytes(list(rows[0]), (list(row.values()) for row in rows))
    if target is None:
        out(content.decode())
    else:
        save(target, content)
