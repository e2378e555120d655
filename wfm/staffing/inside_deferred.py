"""What a deferred channel's heads do to its contacts, day after day, chance included."""

from __future__ import annotations

import numpy as np

from wfm.domain.channel import HANDLE_CV, Channel
from wfm.domain.forecast import Forecast
from wfm.domain.requirement import Requirement
from wfm.staffing.arrays import Floats
from wfm.staffing.deferred import DeferredWork
from wfm.staffing.deferred_chance import Chance, expect_deferred


def inside_deferred(forecast: Forecast, channel: Channel, requirement: Requirement, heads: Floats) -> Floats:
    """Expected contacts inside the turnaround with (real) heads that do nothing else, shape (count,), chance as in :func:`expect_deferred`.

    Told in the intervals in which the requirement has them done, not in those in which they came, so that they are a part of its volume.
    """
    grid = forecast.grid
    work = DeferredWork.of(forecast, channel)
    service = expect_deferred(work, heads, Chance(HANDLE_CV, np.array(forecast.dispersion), grid.day_index))
    come = np.cumsum(np.append(work.backlog_contacts, work.contacts))
    kept = np.cumsum(np.append(service.backlog_in_time, service.in_time))
    if come.size == 0 or come[-1] == 0:
        return np.zeros(grid.count)
    done = np.interp(np.cumsum(requirement.volume), np.append(0.0, come), np.append(0.0, kept))
    return np.asarray(np.maximum(0.0, np.diff(done, prepend=0.0)))
