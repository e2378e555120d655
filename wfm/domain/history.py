"""What happened: contacts offered on a grid, where absent, closed and zero are three different things."""

from __future__ import annotations

from typing import Annotated, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from wfm.domain.noun import Name, Noun
from wfm.domain.time import TimeGrid

Count = Annotated[float, Field(ge=0)]


class ContactHistory(Noun):
    """Contacts of one channel, interval by interval.

    offered[i] is a count, or None where nothing was recorded; where ``open[i]`` is False the channel took no contacts and
    offered[i] is None. ``aht_seconds`` is the mean handle time of the contacts that arrived in the interval (None where there were
    none or it is unknown); ``handled`` and ``abandoned`` are empty where the source does not tell. All tuples have length grid.count.
    """

    channel: Name
    grid: TimeGrid
    offered: tuple[Count | None, ...]
    open: tuple[bool, ...]
    aht_seconds: tuple[Count | None, ...] = ()
    handled: tuple[Count | None, ...] = ()
    abandoned: tuple[Count | None, ...] = ()

    @model_validator(mode="after")
    def _aligned(self) -> Self:
        for name in ("offered", "open", "aht_seconds", "handled", "abandoned"):
            length, optional = len(getattr(self, name)), name not in {"offered", "open"}
            if length != self.grid.count and not (optional and length == 0):
                raise ValueError(f"expected {self.grid.count} values of {name} on the grid, came {length}")
        if any(count is not None and not is_open for count, is_open in zip(self.offered, self.open, strict=True)):
            raise ValueError("expected no count where the channel is closed; open the interval or leave it out")
        return self

    def counts(self) -> NDArray[np.float64]:
        """Offered contacts, shape (count,); NaN where closed or not recorded."""
        return as_array(self.offered)

    def handle_times(self) -> NDArray[np.float64]:
        """Mean handle time in seconds, shape (count,); NaN where unknown."""
        return as_array(self.aht_seconds) if self.aht_seconds else np.full(self.grid.count, np.nan)

    def open_mask(self) -> NDArray[np.bool_]:
        """Whether contacts could arrive, shape (count,)."""
        return np.array(self.open, dtype=np.bool_)

    def part(self, steps: slice) -> Self:
        """The history of a slice of its steps."""
        rows = {name: getattr(self, name)[steps] for name in ("offered", "open", "aht_seconds", "handled", "abandoned")}
        return self.model_copy(update={"grid": self.grid.part(steps), **rows})


def as_array(values: tuple[float | None, ...]) -> NDArray[np.float64]:
    """Numbers with None as NaN, shape (len(values),)."""
    return np.array(values, dtype=np.float64)


def as_counts(values: NDArray[np.float64]) -> tuple[float | None, ...]:
    """The inverse of :func:`as_array`."""
    return tuple(None if value != value else value for value in values.tolist())  # NaN is the value unequal to itself
