"""Tables in plain text, columns aligned, no colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

WIDTH = 100
_WIDEST = 40


def table(header: Sequence[str], body: Sequence[Sequence[str]], align: str) -> Iterator[str]:
    """The lines of a table; ``align`` has ``l`` (left) or ``r`` (right) for each column, cells over 40 characters are cut."""
    rows = [[cell if len(cell) <= _WIDEST else f"{cell[: _WIDEST - 1]}…" for cell in row] for row in (header, *body)]
    widths = [max(len(row[k]) for row in rows) for k in range(len(header))]
    for row in rows:
        cells = (
            cell.rjust(width) if side == "r" else cell.ljust(width)
            for cell, side, width in zip(row, align, widths, strict=True)
        )
        yield "  ".join(cells).rstrip()
