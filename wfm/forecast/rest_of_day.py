"""The rest of a day as a planner asks for it: what came, what is still to come before and after the update, and how sure that is."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import Field

from wfm.domain import ContactHistory, Forecast, Name, Noun
from wfm.domain.quantity import Share
from wfm.domain.time import Instant, local
from wfm.forecast.bands import quantiles
from wfm.forecast.day_totals import DayTotals
from wfm.forecast.days import slots
from wfm.forecast.grain import on_grid
from wfm.forecast.intraday import UpdateStrength, update
from wfm.forecast.intraday_learning import FEWEST

LEVELS = (0.05, 0.95)
Amount = Annotated[float, Field(ge=0)]


class RestOfDay(Noun):
    """One channel on one day, known ``until`` an instant: ``came`` where ``expected`` contacts were to come by then.

    ``before`` and ``after`` are the expected contacts of the rest of the day without and with the update, each with its band (the 5 %
    and the 95 % quantile of the total). ``strength`` is how far the update was followed, 0 for no update, learned from ``days`` days.
    ``forecast`` is the whole day after the update.
    """

    channel: Name
    until: Instant
    came: Amount
    expected: Amount
    before: Amount
    before_band: tuple[Amount, Amount]
    after: Amount
    after_band: tuple[Amount, Amount]
    strength: Share
    days: int = Field(ge=0)
    forecast: Forecast

    def words(self) -> str:
        """The update in two sentences."""
        clock = f"{local(self.until, self.forecast.grid.zone):%H:%M}"
        said = (
            f"{self.channel}, until {clock}: {self.came:,.0f} contacts came where {self.expected:,.0f} were expected."
        )
        rest = f"The rest of the day is expected to bring {self.after:,.0f} ({_span(self.after_band)})"
        if not self.before:
            return f"{said} Nothing more is expected today."
        if self.strength == 0:
            return f"{said} No update: {self._why()}. {rest}, as before."
        return (
            f"{said} {rest}, before the update {self.before:,.0f} ({_span(self.before_band)}); "
            f"followed at {self.strength:.0%} of its strength, as {self.days} days have taught."
        )

    def _why(self) -> str:
        if self.days < FEWEST:
            return f"it takes {FEWEST} days to learn one, and {self.days} could be used"
        return f"at this time of day {self.days} past days told nothing sure about the rest"


def rest_of_day(made: Forecast, totals: DayTotals, seen: ContactHistory, learned: UpdateStrength) -> RestOfDay:
    """Update the day in which the last recorded interval of ``seen`` lies, and add up what is left of it.

    The rest's total is negative binomial, its dispersion that of the day's total, after an update times the share ``doubt`` that is
    left. Raises InputError as :func:`wfm.forecast.intraday.update` does.
    """
    updated = update(made, seen, learned)
    counts = np.where(np.array(made.open), on_grid(seen, made.grid).counts(), np.nan)
    last = int(np.flatnonzero(~np.isnan(counts))[-1])
    day = int(made.grid.day_index[last])
    today = np.flatnonzero(made.grid.day_index == day)
    past, rest = today[~np.isnan(counts[today])], today[today > last]
    cut = int(slots(made.grid)[rest[0]]) if len(rest) else -1
    strength, doubt = (learned.strength[cut], learned.doubt[cut]) if len(rest) else (0.0, 1.0)
    before, after = (float(row.means()[rest].sum()) for row in (made, updated))
    return RestOfDay(
        channel=made.channel,
        until=made.grid.instant(last + 1),
        came=float(counts[past].sum()),
        expected=float(made.means()[past].sum()),
        before=before,
        before_band=_band(before, totals.dispersion[day]),
        after=after,
        after_band=_band(after, totals.dispersion[day] * doubt),
        strength=strength,
        days=learned.days,
        forecast=updated.part(slice(int(today[0]), int(today[-1]) + 1)),
    )


def _band(mean: float, dispersion: float) -> tuple[float, float]:
    low, high = quantiles(np.array([mean]), np.array([dispersion]), LEVELS)[:, 0].tolist()
    return low, high


def _span(band: tuple[float, float]) -> str:
    return f"90 %: {band[0]:,.0f} to {band[1]:,.0f}"
