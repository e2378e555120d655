"""What is needed: agents per interval, and what each missing agent would cost in contacts."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from wfm.domain.noun import Name, Noun
from wfm.domain.quantity import Positive, Share
from wfm.domain.time import TimeGrid


class Requirement(Noun):
    """Agents that one channel needs, interval by interval.

    ``net`` agents serve at the same time; ``gross`` = net / (1 - shrinkage) must be paid for that. ``served[i][n]`` is the
    expected number of contacts inside target with n = 0, 1, 2 ... agents serving (nondecreasing; beyond the last entry nothing
    is gained): the price of being short travels with the requirement, so the roster never needs the queueing model.
    ``notes`` say in words which model, targets and assumptions stand behind it.
    """

    channel: Name
    grid: TimeGrid
    model: str
    volume: tuple[Positive, ...]
    aht_seconds: tuple[Positive, ...]
    net: tuple[Annotated[int, Field(ge=0)], ...]
    gross: tuple[Positive, ...]
    shrinkage: Annotated[Share, Field(lt=1)]
    served: tuple[tuple[Positive, ...], ...]
    notes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _aligned(self) -> Self:
        for name in ("volume", "aht_seconds", "net", "gross", "served"):
            if len(getattr(self, name)) != self.grid.count:
                raise ValueError(f"expected {self.grid.count} values of {name}, came {len(getattr(self, name))}")
        for step, row in enumerate(self.served):
            if not row or any(after < before for before, after in pairwise(row)):
                raise ValueError(f"expected contacts inside target that never fall as agents are added, at step {step}")
        return self

    def nets(self) -> NDArray[np.int64]:
        """Agents needed at the same time, shape (count,)."""
        return np.array(self.net, dtype=np.int64)

    def load_erlangs(self) -> NDArray[np.float64]:
        """Offered load in Erlangs, shape (count,)."""
        volume, handle = np.array(self.volume), np.array(self.aht_seconds)
        return np.asarray(volume * handle / (60 * self.grid.step_minutes), dtype=np.float64)

    def served_by(self, heads: NDArray[np.float64]) -> NDArray[np.float64]:
        """Expected contacts inside target with a (possibly fractional) number of agents, shape (count,); linear between integers."""
        rows = zip(heads.tolist(), self.served, strict=True)
        return np.array([np.interp(number, np.arange(len(row)), row) for number, row in rows])

    def served_when_rostered(self) -> Iterator[NDArray[np.float64]]:
        """For each step the expected contacts inside target with 0, 1, 2 ... agents rostered, of whom shrinkage keeps a share away."""
        present = 1 - self.shrinkage
        if present == 1:
            yield from map(np.array, self.served)
            return
        for row in self.served:
            rostered = np.arange(math.ceil((len(row) - 1) / present) + 1)
            yield np.interp(rostered * present, np.arange(len(row)), row)

    def part(self, steps: slice) -> Self:
        """The requirement of a slice of its steps."""
        rows = {name: getattr(self, name)[steps] for name in ("volume", "aht_seconds", "net", "gross", "served")}
        return self.model_copy(update={"grid": self.grid.part(steps), **rows})
