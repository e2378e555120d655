"""Average handle time by time of day: robust against absurd values, and drawn to the channel's mean where contacts are few."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.domain import ContactHistory
from wfm.domain.quantity import DAY_MINUTES
from wfm.forecast.days import FloatArray, ratio, slots
from wfm.forecast.grain import handled_weights

HALF_LIFE_DAYS = 28.0  # handle times drift with products and people
ABSURD = 4.0  # robust standard deviations of log AHT above the median: one lognormal call in 30,000
ALWAYS_KEPT = 3.0  # up to this multiple of the median nothing is absurd, however narrow the rest


def handle_time_by_slot(history: ContactHistory) -> FloatArray | None:
    """AHT in seconds of each slot of the day, shape (slots,); None where the history knows none.

    slot = (sum w a + k mean) / (sum w + k) with a the AHT of an interval, w its handled contacts halved every
    ``HALF_LIFE_DAYS``, mean the channel's own, and k = within / between variance (one-way random effects by moments, Searle 1971): slots
    that differ by chance only get the mean. Zero seconds mean unknown; absurd values are left out.
    """
    aht, contacts = history.handle_times(), handled_weights(history)
    known = (contacts > 0) & (aht > 0)
    if not known.any():
        return None
    known[known] = _plausible(aht[known], contacts[known])
    age_days = history.grid.day_index[-1] - history.grid.day_index[known]
    weight = contacts[known] * 0.5 ** (age_days / HALF_LIFE_DAYS)
    count = DAY_MINUTES // history.grid.step_minutes
    return _shrunk_means(aht[known], weight, slots(history.grid)[known], count)


def _plausible(aht: FloatArray, weight: FloatArray) -> NDArray[np.bool_]:
    """Which handle times are no recording faults such as a call of ten days, shape as given."""
    log = np.log(aht)
    centre = _weighted_median(log, weight)
    spread = 1.4826 * _weighted_median(np.abs(log - centre), weight)
    return np.less_equal(log - centre, max(np.log(ALWAYS_KEPT), ABSURD * spread))


def _weighted_median(values: FloatArray, weight: FloatArray) -> float:
    order = np.argsort(values, kind="stable")
    mass = np.cumsum(weight[order])
    return float(values[order][np.searchsorted(mass, mass[-1] / 2)])


def _shrunk_means(aht: FloatArray, weight: FloatArray, slot: NDArray[np.int64], count: int) -> FloatArray:
    mass = np.bincount(slot, weight, minlength=count)
    work = np.bincount(slot, weight * aht, minlength=count)
    overall = work.sum() / mass.sum()
    means = ratio(work, mass, overall)
    seen = int((mass > 0).sum())
    within = float((weight * (aht - means[slot]) ** 2).sum()) / max(len(aht) - seen, 1)
    reach = mass.sum() - (mass**2).sum() / mass.sum()
    between = max(float(mass @ (means - overall) ** 2) - (seen - 1) * within, 0.0) / max(reach, 1e-9)
    if between == 0.0 or len(aht) == seen:
        return np.full(count, overall)
    pull = within / between
    return ratio(work + pull * overall, mass + pull, overall)
