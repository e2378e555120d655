"""The stretches of a horizon in which contacts come without a break: each is a day of its own for a queue that begins empty."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from wfm.domain.channel import Channel
from wfm.domain.time import TimeGrid
from wfm.staffing.arrays import Floats


def stretches(grid: TimeGrid, volume: Floats, channel: Channel) -> Iterator[slice]:
    """Runs of intervals with contacts, in order.

    Without patience every local day begins anew, for a queue that nobody leaves would drown the days to come.
    """
    busy = volume > 0
    cut = np.flatnonzero(busy[1:] != busy[:-1]) + 1
    if channel.patience_seconds is None:
        cut = np.union1d(cut, np.flatnonzero(np.diff(grid.day_index)) + 1)
    for first, last in pairwise([0, *cut.tolist(), volume.size]):
        if busy[first]:
            yield slice(first, last)
