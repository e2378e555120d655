"""Queues add up to channels and channels to a site: the history of a whole from the histories of its parts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.domain import ContactHistory, Name
from wfm.domain.history import as_array, as_counts
from wfm.forecast.grain import on_grid


def total(histories: Sequence[ContactHistory], name: Name) -> ContactHistory:
    """The history of all parts together, on the grid of the first; contacts add up exactly.

    The whole is open where a part is; an interval counts as recorded where every open part is recorded, because a part is never
    taken for the whole. Its handle time is the mean of the parts weighted by their contacts, unknown where a part with contacts
    tells none.
    """
    if len(histories) == 1:
        return histories[0].model_copy(update={"channel": name})
    parts = [on_grid(history, histories[0].grid) for history in histories]
    is_open = np.array([part.open_mask() for part in parts])
    counts = np.where(is_open, np.array([part.counts() for part in parts]), 0.0)
    any_open: NDArray[np.bool_] = np.logical_or.reduce(is_open, axis=0)
    offered = np.where(any_open, counts.sum(axis=0), np.nan)
    busy = counts > 0
    handle = np.where(busy, np.array([as_array(part.aht_seconds or (None,) * part.grid.count) for part in parts]), 0.0)
    weight = np.where(busy, counts, 0.0).sum(axis=0)
    mean = np.divide((counts * handle).sum(axis=0), weight, out=np.full(len(weight), np.nan), where=weight > 0)
    return ContactHistory(
        channel=name,
        grid=histories[0].grid,
        offered=as_counts(offered),
        open=tuple(any_open.tolist()),
        aht_seconds=as_counts(mean),
    )
