"""`wfm erlang`: the calculator and the table of cases."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from wfm.cli.talk import out, out_json, save
from wfm.domain import Fault, InputError, NotFound, ServiceLevel
from wfm.domain.quantity import parse_seconds, parse_share, share_text
from wfm.staffing import Sizing, erlang_table, size


def erlang(
    volume: float | None,
    interval: str,
    aht: str | None,
    target: str,
    patience: str | None,
    shrinkage: str,
    *,
    as_json: bool,
) -> None:
    """Agents for one interval with the rows around the answer."""
    if volume is None or aht is None:
        raise InputError([Fault("--volume and --aht, or --table FILE", "neither", "`wfm erlang --help` shows them.")])
    try:
        answer = size(
            volume,
            _seconds(interval),
            _seconds(aht),
            [ServiceLevel.from_text(target)],
            None if patience is None else _seconds(patience),
            _share(shrinkage),
        )
    except ValueError as error:
        raise InputError([Fault(str(error).partition("\n")[0].removeprefix("expected "), "something else")]) from None
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


def erlang_file(table: Path, target: Path | None) -> None:
    """Compute every row of a CSV table of cases."""
    if not table.is_file():
        raise NotFound(f"There is no file {table}.")
    with table.open(newline="", encoding="utf-8-sig") as file:
        rows = erlang_table(list(csv.DictReader(file)))
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    if target is None:
        out(text.getvalue())
    else:
        save(target, text.getvalue().encode())
