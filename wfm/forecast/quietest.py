"""The quietest weekday of a history: what a holiday is taken to be like until a centre's own holidays say more."""

from __future__ import annotations

import numpy as np

from wfm.domain.opening import WEEKDAYS
from wfm.forecast.days import Days, FloatArray, middle


def quietest_weekday(counts: FloatArray, past: Days) -> str:
    """The weekday (``mon`` .. ``sun``) with the fewest contacts a recorded day, ordinary days only; of equals the latest.

    It is learned, so that it is Sunday in Madrid and Saturday in Tel Aviv. Weekdays never recorded take no part.
    """
    totals, recorded = np.nansum(counts, axis=1), ~np.isnan(counts).all(axis=1)
    types = np.array(past.types)
    typical = {
        weekday: middle(totals[ordinary])
        for weekday in reversed(WEEKDAYS)
        if (ordinary := recorded & (types == weekday)).any()
    }
    return min(typical, key=typical.__getitem__, default=WEEKDAYS[-1])
