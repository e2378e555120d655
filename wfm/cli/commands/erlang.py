"""`wfm erlang`: the calculator and the table of cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from wfm.cli.talk import out, out_json, save
from wfm.domain import Abandonment, AverageWait, Fault, InputError, Occupancy, ServiceLevel, Target
from wfm.domain.quantity import count_text, parse_seconds, parse_share, share_text
from wfm.importers.faults import Faults
from wfm.importers.table import Table
from wfm.report.cells import csv_bytes
from wfm.staffing import Sizing, SizingRow, erlang_table, size
from wfm.study.wording import halves, split

Read = TypeVar("Read")


@dataclass(frozen=True)
class Question:
    """What the calculator is asked, as people write it."""

    volume: float
    interval: str
    aht: str
    target: str
    of: str = "offered"
    wait: str | None = None
    abandon: str | None = None
    occupancy: str | None = None
    patience: str | None = None
    shrinkage: str = "0"
    wrap_up: str = "0"
    minimum: int = 0
    redial: str = "0"
    repeat: str = "0"

    def answer(self) -> Sizing:
        """The sizing; InputError with the option whose text is none of its kind."""
        return size(
            self.volume,
            _read("--interval", self.interval, _seconds),
            _read("--aht", self.aht, _seconds),
            list(self._targets()),
            None if self.patience is None else _read("--patience", self.patience, _seconds),
            _read("--shrinkage", self.shrinkage, _share),
            wrap_up_seconds=_read("--wrap-up", self.wrap_up, _seconds),
            minimum=self.minimum,
            redial=_read("--redial", self.redial, _share),
            repeat=_read("--repeat", self.repeat, _share),
        )

    def _targets(self) -> Iterator[Target]:
        level = _read("--target", self.target, ServiceLevel.from_text).model_dump()
        yield _read("--of", self.of, lambda word: ServiceLevel.model_validate({**level, "definition": word}))
        if self.wait is not None:
            yield _read("--wait", self.wait, lambda text: AverageWait(seconds=_seconds(text)))
        if self.abandon is not None:
            yield _read("--abandon", self.abandon, lambda text: Abandonment(share=_share(text)))
        if self.occupancy is not None:
            yield _read("--occupancy", self.occupancy, lambda text: Occupancy(share=_share(text)))


def erlang(asked: Question, *, as_json: bool) -> None:
    """Agents for one interval with the rows around the answer."""
    answer = asked.answer()
    if as_json:
        out_json(answer)
    else:
        out(_text(answer))


def _read(option: str, text: str, make: Callable[[str], Read]) -> Read:
    """What the text of an option stands for."""
    try:
        return make(text)
    except ValidationError as error:
        raise InputError([Fault(*halves(row), file=option) for row in error.errors()]) from None
    except ValueError as error:
        raise InputError([Fault(*split(str(error), "something else"), file=option)]) from None


def _seconds(text: str) -> float:
    """Seconds of a duration; a bare number is seconds already."""
    try:
        return float(text)
    except ValueError:
        return float(str(parse_seconds(text)))


def _share(text: str) -> float:
    return float(str(parse_share(text)))


def _text(answer: Sizing) -> str:
    need = f"{count_text(answer.agents, 'agent')} ({answer.fractional_agents:.2f}) for {', '.join(map(_target, answer.targets))}"
    paid = f", {answer.paid_agents} paid with shrinkage" if answer.gross > answer.agents else ""
    heads = ("agents", "service", "P(wait)", "abandon", "wait s", "served s", "90% in s", "occupancy")
    return "\n".join(
        [
            f"{answer.load_erlangs:.2f} Erlangs, {answer.model}: {need}{paid}",
            *_remarks(answer),
            f"{heads[0]:>7} " + " ".join(f"{head:>9}" for head in heads[1:]),
            *(_line(row, "*" if row.agents == answer.agents else " ") for row in answer.rows),
            "wait: mean of all contacts; served: of those answered; 90%: nine in ten do not wait longer",
        ]
    )


def _target(target: Target) -> str:
    if isinstance(target, ServiceLevel):
        return f"{target} of {target.definition.replace('_', ' ')}"
    limit = f"{target.seconds:g} s" if isinstance(target, AverageWait) else share_text(target.share)
    return f"{target.kind.replace('_', ' ')} at most {limit}"


def _remarks(answer: Sizing) -> Iterator[str]:
    if answer.model == "erlang_c" and any(isinstance(target, Abandonment) for target in answer.targets):
        yield "Without --patience nobody abandons, so every number of agents meets the abandonment."
    offered = answer.answer.load_erlangs
    if offered > answer.load_erlangs:
        yield f"With those who call again {offered:.2f} Erlangs are offered to {count_text(answer.agents, 'agent')}."


def _line(row: SizingRow, mark: str) -> str:
    waits = (row.average_wait_seconds, row.average_wait_served_seconds, row.wait_p90_seconds)
    cells = (
        *(_percent(share) for share in (row.service_level, row.p_wait, row.p_abandon)),
        *("endless" if wait is None else f"{wait:.1f}" for wait in waits),
        _percent(row.occupancy),
    )
    return f"{row.agents:6d}{mark} " + " ".join(f"{cell:>9}" for cell in cells)


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
