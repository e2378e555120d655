"""Handle times without the values that are no handling: zero, torn off at once, or forgotten for hours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wfm.importers.values import Floats, Mask

SHORT_SHARE_OF_MEDIAN = 0.1
FENCE = 3.0
"""Handle times are about lognormal (Brown et al. 2005), so fences of quartiles stand on the logarithm; 3 is Tukey's far-out fence."""


@dataclass(frozen=True)
class Trimmed:
    """Which handle times count, and how many do not because they are zero, too short or too long; limits in seconds."""

    keep: Mask
    zero: int
    short: int
    long: int
    shortest: float
    longest: float

    def __str__(self) -> str:
        """What was left out, in words."""
        parts = [
            f"{self.zero:,} of zero" if self.zero else "",
            f"{self.short:,} under {self.shortest:.0f} s (a tenth of the median)" if self.short else "",
            f"{self.long:,} over {self.longest:,.0f} s (far outside the quartiles)" if self.long else "",
        ]
        return ", ".join(part for part in parts if part)


def trimmed(handle: Floats) -> Trimmed:
    """Handle times (seconds, NaN: none) from a tenth of their median up to three log-quartile ranges above the upper quartile."""
    given = handle[handle > 0]
    if not len(given):
        return Trimmed(np.zeros(len(handle), dtype=np.bool_), int((handle == 0).sum()), 0, 0, 0.0, 0.0)
    low, median, high = np.quantile(np.log(given), (0.25, 0.5, 0.75))
    shortest, longest = SHORT_SHARE_OF_MEDIAN * np.exp(median), np.exp(high + FENCE * max(high - low, np.log(2)))
    short, long = (handle > 0) & (handle < shortest), handle > longest
    keep = (handle > 0) & ~short & ~long
    return Trimmed(keep, int((handle == 0).sum()), int(short.sum()), int(long.sum()), float(shortest), float(longest))
