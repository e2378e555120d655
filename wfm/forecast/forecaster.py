"""What a forecast method promises: from days x slots of the past, the expected contacts of each slot of days to come."""

from __future__ import annotations

from typing import ClassVar, Protocol

from wfm.forecast.days import Days, FloatArray


class ForecastMethod(Protocol):
    """One way to forecast. It is pure, and it sees nothing but the past that it is given.

    ``kind`` is its word in a scenario, ``docs`` says in one sentence what it does.
    """

    kind: ClassVar[str]
    docs: ClassVar[str]

    def expect(self, counts: FloatArray, past: Days, future: Days, weights: FloatArray | None = None) -> FloatArray:
        """Expected contacts, shape (len(future), slots), >= 0; NaN where the past tells nothing.

        ``counts`` has shape (len(past), slots) and is NaN where closed or not recorded; ``past`` are consecutive dates and
        ``future`` are later ones, with a gap perhaps, beginning with the last past date where a forecast begins within a day.
        ``weights`` of the shape of ``counts``, in 0..1, say how far each count is to be believed: one of weight 0 is as good as
        not recorded; None believes all.
        """
        ...
