"""What an event or an override was worth: the forecast's error with and without it, and the effect that was really there."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import Field

from wfm.domain import ContactHistory, Fault, Forecast, InputError, Name, Noun
from wfm.forecast.grain import on_grid

Error = Annotated[float, Field(ge=0)]


class ValueAdded(Noun):
    """A change of a forecast against what came, over the recorded ``intervals`` that it touched.

    WAPE = sum |forecast - actual| / sum actual ``without`` and ``with`` the change, None where nothing came; ``assumed`` and ``measured``
    are the factors on contacts: with / without, and actual / without (None where nothing had been expected).
    """

    what: str
    channel: Name
    intervals: int = Field(ge=1)
    offered: Error
    wape_without: Error | None
    wape_with: Error | None
    assumed: Error | None
    measured: Error | None

    @property
    def gain(self) -> float | None:
        """By how much the change lowered the WAPE, as a share of contacts; negative where it made it worse."""
        if self.wape_without is None or self.wape_with is None:
            return None
        return self.wape_without - self.wape_with

    def words(self) -> str:
        """The value added in a sentence."""
        effect = f"assumed x {_told(self.assumed)}, measured x {_told(self.measured)}"
        error = f"WAPE {_told(self.wape_without, '.1%')} without, {_told(self.wape_with, '.1%')} with it"
        return f"{self.channel}, {self.what}: {effect}; {error}, over {self.intervals} intervals."


def value_added(what: str, before: Forecast, after: Forecast, actual: ContactHistory) -> ValueAdded | None:
    """What changing a forecast from ``before`` to ``after`` was worth; None where no interval that it touched was recorded.

    Raises InputError where the three are not of one channel and the forecasts not on one grid.
    """
    if not (before.channel == after.channel == actual.channel and before.grid == after.grid):
        came = f"forecasts of {before.channel} and {after.channel}, a history of {actual.channel}"
        raise InputError([Fault("two forecasts on one grid, and the history of their channel", came)])
    count = on_grid(actual, before.grid).counts()
    touched = (before.means() != after.means()) & ~np.isnan(count)
    if not touched.any():
        return None
    without, changed, came_in = before.means()[touched], after.means()[touched], count[touched]
    total, expected = float(came_in.sum()), float(without.sum())
    return ValueAdded(
        what=what,
        channel=before.channel,
        intervals=len(came_in),
        offered=total,
        wape_without=_per(float(np.abs(without - came_in).sum()), total),
        wape_with=_per(float(np.abs(changed - came_in).sum()), total),
        assumed=_per(float(changed.sum()), expected),
        measured=_per(total, expected),
    )


def _per(amount: float, whole: float) -> float | None:
    return amount / whole if whole > 0 else None


def _told(figure: float | None, form: str = ".2f") -> str:
    return "unknown" if figure is None else format(figure, form)
