"""Handle times without the values that are no handling: zero, or forgotten for hours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wfm.importers.values import Floats, Mask

SHORT_SHARE_OF_MEDIAN = 0.1
FENCE = 3.0
"""Handle times are about lognormal (Brown et al. 2005), so fences of quartiles stand on the logarithm; 3 is Tukey's far-out fence."""


@dataclass(frozen=True)
class Trimmed:
    """Which handle times count, and how many do not because they are zero or too long; limits in seconds.

    ``short`` ones do count, and are told: those who hang up at once are contacts too, and contacts x mean handle time must remain
    the time that they all took.
    """

    keep: Mask
    zero: int
    short: int
    long: int
    shortest: float
    longest: float

    def __str__(self) -> str:
        """What was odd, in words."""
        left_out = [
            f"{self.zero:,} of zero" if self.zero else "",
            f"{self.long:,} over {self.longest:,.0f} s (far outside the quartiles)" if self.long else "",
        ]
        parts = [
            f"with {self.short:,} under {self.shortest:.0f} s (a tenth of the median)" if self.short else "",
            f"without {' and '.join(filter(None, left_out))}" if any(left_out) else "",
        ]
        return ", ".join(filter(None, parts))


def trimmed(handle: Floats) -> Trimmed:
    """Handle times (seconds, NaN: none) above zero and up to three log-quartile ranges above the upper quartile."""
    given = handle[handle > 0]
    if not len(given):
        return Trimmed(np.zeros(len(handle), dtype=np.bool_), int((handle == 0).sum()), 0, 0, 0.0, 0.0)
    low, median, high = np.quantile(np.log(given), (0.25, 0.5, 0.75))
    shortest, longest = SHORT_SHARE_OF_MEDIAN * np.exp(median), np.exp(high + FENCE * max(high - low, np.log(2)))
    long = handle > longest
    keep = (handle > 0) & ~long
    short = int((given < shortest).sum())
    return Trimmed(keep, int((handle == 0).sum()), short, int(long.sum()), float(shortest), float(longest))
