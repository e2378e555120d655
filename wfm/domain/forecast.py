"""What is expected: mean contacts and handle time on a grid, with bands that say how sure we are."""

from __future__ import annotations

from typing import Annotated, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from wfm.domain.backlog import Backlog
from wfm.domain.noun import Name, Noun
from wfm.domain.quantity import Positive
from wfm.domain.time import Instant, TimeGrid


class Forecast(Noun):
    """Expected contacts of one channel, interval by interval.

    ``mean`` is 0 where the channel is closed. Counts are negative binomial: Var = mean + dispersion * mean**2. ``bands[k]`` holds
    the quantiles at ``levels[k]`` (increasing, in 0..1). ``backlog`` waits when the grid starts, beside what comes. ``notes`` say in
    words what was done and assumed.
    All rows have length grid.count.
    """

    channel: Name
    grid: TimeGrid
    method: str
    trained_until: Instant
    mean: tuple[Positive, ...]
    open: tuple[bool, ...]
    aht_seconds: tuple[Positive, ...]
    dispersion: tuple[Positive, ...]
    levels: tuple[Annotated[float, Field(gt=0, lt=1)], ...] = ()
    bands: tuple[tuple[Positive, ...], ...] = ()
    backlog: Backlog = Backlog()
    notes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _aligned(self) -> Self:
        rows = {"mean": self.mean, "open": self.open, "aht_seconds": self.aht_seconds, "dispersion": self.dispersion}
        rows |= {f"the band at {level:g}": band for level, band in zip(self.levels, self.bands, strict=False)}
        for name, row in rows.items():
            if len(row) != self.grid.count:
                raise ValueError(f"expected {self.grid.count} values of {name} on the grid, came {len(row)}")
        if len(self.levels) != len(self.bands) or list(self.levels) != sorted(set(self.levels)):
            raise ValueError(
                f"expected one band for each of the increasing levels {self.levels}, came {len(self.bands)}"
            )
        if self.bands and (np.diff(np.array(self.bands), axis=0) < 0).any():
            raise ValueError("expected the bands of higher levels nowhere below those of lower levels")
        if any(mean > 0 and not is_open for mean, is_open in zip(self.mean, self.open, strict=True)):
            raise ValueError("expected no contacts where the channel is closed")
        return self

    def means(self) -> NDArray[np.float64]:
        """Expected contacts, shape (count,)."""
        return np.array(self.mean)

    def handle_times(self) -> NDArray[np.float64]:
        """Expected handle time in seconds, shape (count,)."""
        return np.array(self.aht_seconds)

    def load_erlangs(self) -> NDArray[np.float64]:
        """Offered load in Erlangs, shape (count,): contacts per second times handle seconds."""
        return self.means() * self.handle_times() / (60 * self.grid.step_minutes)

    def scaled(self, contacts: float, handle: float = 1.0) -> Self:
        """The forecast with contacts and handle times multiplied by factors >= 0; factors of 1 give an equal forecast."""
        if contacts == handle == 1:
            return self
        changes: dict[str, object] = {
            "mean": tuple(contacts * mean for mean in self.mean),
            "bands": tuple(tuple(contacts * count for count in band) for band in self.bands),
            "aht_seconds": tuple(handle * seconds for seconds in self.aht_seconds),
            "backlog": self.backlog.varied(aht_seconds=handle * self.backlog.aht_seconds),
            "notes": (*self.notes, f"contacts x {contacts:g}, handle time x {handle:g} by the scenario"),
        }
        return self.varied(**changes)

    def part(self, steps: slice) -> Self:
        """The forecast of a slice of its steps; the backlog waits at the very first one only."""
        rows = {name: getattr(self, name)[steps] for name in ("mean", "open", "aht_seconds", "dispersion")}
        rows["bands"] = tuple(band[steps] for band in self.bands)
        rows["backlog"] = Backlog() if steps.indices(self.grid.count)[0] else self.backlog
        return self.model_copy(update={"grid": self.grid.part(steps), **rows})
