"""The columns of a whole file as arrays: instants, numbers and coded texts, row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wfm.domain.quantity import count_text
from wfm.importers.faults import Faults
from wfm.importers.importer import Wanted
from wfm.importers.layout import Layout
from wfm.importers.table import Chunk
from wfm.importers.values import Floats, Integers, Mask, floats, moments
from wfm.importers.wall import Clock

MOST_YEARS = 15


@dataclass(frozen=True)
class Columns:
    """Rows of a file, all arrays of one length.

    ``wall`` are seconds since 1970 as written, in UTC where ``utc``; ``numbers`` holds NaN where a value is not given;
    ``codes[role]`` are positions in ``labels[role]``, the distinct texts of a column.
    """

    lines: Integers
    wall: Integers
    utc: Mask
    numbers: Mapping[str, Floats]
    codes: Mapping[str, Integers]
    labels: Mapping[str, Sequence[str]]

    @classmethod
    def of(
        cls,
        layout: Layout,
        numbers: Mapping[str, tuple[int, Callable[[str], float]]],
        texts: Mapping[str, int],
        faults: Faults,
    ) -> Columns:
        """Read a time column, ``numbers`` (name -> position and reader) and ``texts`` (name -> position), gathering faults."""
        labels = {name: dict[str, int]() for name in texts}
        header, time_name = layout.table.header, layout.header("start")

        def read(chunk: Chunk) -> Columns:
            times = moments(layout.start_texts(chunk), layout.read_moment, chunk.lines, time_name, faults)
            return cls(
                lines=np.array(chunk.lines, dtype=np.int64),
                wall=times.seconds,
                utc=times.utc,
                numbers={
                    name: floats(chunk.column(index), reader, chunk.lines, header[index], faults)
                    for name, (index, reader) in numbers.items()
                },
                codes={name: _coded(chunk.column(index), labels[name]) for name, index in texts.items()},
                labels={},
            )

        parts = [read(chunk) for chunk in layout.table.chunks(faults)]
        if not parts:
            faults.stop("rows below the header", "none")
        return cls(
            lines=np.concatenate([part.lines for part in parts]),
            wall=np.concatenate([part.wall for part in parts]),
            utc=np.concatenate([part.utc for part in parts]),
            numbers={name: np.concatenate([part.numbers[name] for part in parts]) for name in numbers},
            codes={name: np.concatenate([part.codes[name] for part in parts]) for name in texts},
            labels={name: list(known) for name, known in labels.items()},
        )


def _coded(texts: list[str], coder: dict[str, int]) -> Integers:
    """Positions of texts in a dictionary of all that were seen, which grows."""
    return np.array([coder.setdefault(text.strip(), len(coder)) for text in texts], dtype=np.int64)


@dataclass(frozen=True)
class Located:
    """Instants of rows (UTC seconds) with the zone whose wall clock the centre reads, and what was assumed about it."""

    seconds: Integers
    skipped: Mask
    zone: str
    assumed: tuple[str, ...]
    findings: tuple[str, ...]


Tiebreak = Callable[[Integers, Mask], Mask]
"""Which rows with a repeated wall time belong to its second pass, from the wall times and where they are repeated."""


def located(columns: Columns, layout: Layout, wanted: Wanted, second_pass: Tiebreak, faults: Faults) -> Located:
    """The instants of all rows: naive times are read in the file's zone, or in the centre's, or in UTC; raises all faults gathered."""
    zone = wanted.zone or wanted.file_zone or "UTC"
    clock = Clock.of(columns.wall, wanted.file_zone or ("UTC" if layout.in_utc else zone))
    late = second_pass(columns.wall, clock.repeated & ~columns.utc)
    seconds = np.where(columns.utc, columns.wall, np.where(late, clock.late, clock.early))
    faults.raise_any()
    years = (seconds.max() - seconds.min()) / (365.25 * 86_400)
    if years > MOST_YEARS:
        expected, last = f"at most {MOST_YEARS} years from first to last row", int(columns.lines[seconds.argmax()])
        faults.stop(
            expected, f"{years:.0f} years", "Look for a mistyped year.", line=last, column=layout.header("start")
        )
    skipped = clock.skipped & ~columns.utc
    count = int(skipped.sum())
    said = f"{count_text(count, 'row')} in an hour that the clock of the file skipped: counted in the hour after."
    assumed = () if wanted.zone or wanted.file_zone else (_no_zone(bool(columns.utc.any()) or layout.in_utc),)
    return Located(seconds, skipped, zone, assumed, (said,) if count else ())


def _no_zone(has_offset: bool) -> str:
    what = "The times are in UTC or carry an offset, but no zone is named" if has_offset else "No zone in the file"
    return f"{what}: assumed UTC; set timezone to the place of the centre, such as Europe/Madrid."
