"""What the columns of a history file mean: by their headers, by their content, or as the planner says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from functools import partial
from typing import NoReturn

import numpy as np

from wfm.importers.faults import Faults
from wfm.importers.table import Chunk, Table
from wfm.importers.values import EPOCH, SECOND, moment_reader, number, seconds, unit_of
from wfm.importers.words import OUTCOMES, ROLES, lookup, parted, plain, without_units

SHORTEST_GRID_SECONDS = 300
_TOTALS = {"total", "sum", "all", "suma"}


@dataclass(frozen=True)
class Layout:
    """A table with the meaning of its columns.

    ``roles`` maps a role (start, channel, offered, wait, ...) to a position in the header; ``counts`` are the positions of numeric
    columns that no role claims; ``on_grid`` says whether the times of a sample lie on a regular grid of five minutes or more.
    """

    table: Table
    roles: Mapping[str, int]
    counts: tuple[int, ...]
    on_grid: bool
    read_moment: Callable[[str], datetime]
    notes: tuple[str, ...]

    @classmethod
    def of(cls, table: Table, columns: Mapping[str, str] | None = None) -> Layout:
        """The layout of a table; ``columns`` (role -> header) overrules what is guessed. Raises InputError without a time column."""
        faults, sample = Faults(table.name), table.sample()
        if not sample.rows:
            Faults(table.name).stop("rows below the header", "a header only")
        roles = _told(table, columns or {}, faults) if columns else {}
        roles = {**_guessed(table, sample, set(roles.values())), **roles}
        faults.raise_any()
        start = roles.get("start", roles.get("date"))
        if start is None:
            _no_time(table, faults)
        read, note = moment_reader(_start_texts(sample, roles))
        if read is None:
            first = sample.rows[0][start].strip()[:60]
            fix = "Write 2026-03-09 08:30 or say which column holds the time."
            faults.stop("dates and times", repr(first), fix, line=sample.lines[0], column=table.header[start])
        counts = _unclaimed_numbers(table, sample, roles)
        return cls(
            table,
            roles,
            counts,
            _on_grid(_start_texts(sample, roles), read),
            read,
            (*table.notes, note) if note else table.notes,
        )

    def start_texts(self, chunk: Chunk) -> list[str]:
        """The texts of the time column; a date and a clock column are joined."""
        return _start_texts(chunk, self.roles)

    def header(self, role: str) -> str:
        """The header of the column with a role; of the date column where there is no other time."""
        return self.table.header[self.roles.get(role, self.roles.get("date", 0))]

    def duration(self, role: str) -> Callable[[str], float]:
        """The reader of durations for a column, with the unit that its header names."""
        return partial(seconds, unit=unit_of(parted(self.header(role))))

    @property
    def count(self) -> Callable[[str], float]:
        """The reader of counts."""
        return partial(number, comma_groups=self.table.delimiter == ",")

    @property
    def in_utc(self) -> bool:
        """Whether the header of the time column says UTC."""
        return "utc" in plain(self.header("start")).split()


def _told(table: Table, columns: Mapping[str, str], faults: Faults) -> dict[str, int]:
    for role, header in columns.items():
        if role not in ROLES:
            faults.add(f"a role of {', '.join(ROLES)}", repr(role), "Correct the columns mapping.")
        if header not in table.header:
            close = get_close_matches(header, table.header, 1)
            fix = f"Did you mean {close[0]}?" if close else "Correct the columns mapping."
            faults.add(f"a column of {', '.join(table.header)}", repr(header), fix, line=1)
    faults.raise_any()
    return {role: table.header.index(header) for role, header in columns.items()}


def _guessed(table: Table, sample: Chunk, taken: set[int]) -> dict[str, int]:
    phrases, roles = lookup(ROLES), dict[str, int]()
    named = [(index, parted(name)) for index, name in enumerate(table.header) if index not in taken]
    for simplify in (str, without_units):  # the whole header first: queue s is a wait, queue a channel
        for index, phrase in named:
            role = phrases.get(simplify(phrase))
            if role and role not in roles and index not in roles.values():
                roles[role] = index
    if (
        "date" in roles
        and "start" in roles
        and plain(table.header[roles["start"]]) in {"time", "interval", "intervalo"}
    ):
        roles["clock"] = roles.pop("start")
    if "outcome" in roles and not _mostly_outcomes(sample.column(roles["outcome"])):
        del roles["outcome"]  # a status such as open or closed says nothing about waiting
    return roles


def _mostly_outcomes(texts: list[str]) -> bool:
    known = lookup(OUTCOMES)
    return sum(plain(text) in known for text in texts) * 2 >= len(texts)


def _start_texts(chunk: Chunk, roles: Mapping[str, int]) -> list[str]:
    if "start" in roles:
        return chunk.column(roles["start"])
    days = chunk.column(roles["date"])
    if "clock" not in roles:
        return days
    return [f"{day.strip()} {clock.strip()}" for day, clock in zip(days, chunk.column(roles["clock"]), strict=True)]


def _no_time(table: Table, faults: Faults) -> NoReturn:
    came = ", ".join(table.header)[:200]
    fix = "Name one of them start, or say which it is with a columns mapping; a file needs a header line."
    faults.stop("a column with the time of each interval or contact", f"the columns {came}", fix, line=1)


def _unclaimed_numbers(table: Table, sample: Chunk, roles: Mapping[str, int]) -> tuple[int, ...]:
    free = [index for index in range(len(table.header)) if index not in set(roles.values()) and table.header[index]]
    return tuple(
        index for index in free if plain(table.header[index]) not in _TOTALS and _mostly_numbers(sample.column(index))
    )


def _mostly_numbers(texts: list[str]) -> bool:
    given = [text for text in texts if text.strip()]
    return bool(given) and sum(_is_number(text) for text in given) * 10 >= len(given) * 9


def _is_number(text: str) -> bool:
    try:
        return number(text) >= 0
    except ValueError:
        return False


def _on_grid(texts: list[str], read: Callable[[str], datetime]) -> bool:
    """Whether times are multiples of the smallest gap between them, of at least five minutes."""
    wall = set()
    for text in texts:
        try:
            moment = read(text.strip())
            wall.add((moment.replace(tzinfo=None) - EPOCH) // SECOND)
        except (ValueError, OverflowError):
            continue  # a fault when the column is read; here only the sample's shape counts
    step = int(np.gcd.reduce(np.array(sorted(wall), dtype=np.int64))) if wall else 0
    return step >= SHORTEST_GRID_SECONDS
