"""A staffing model's service over a grid of loads, handle times and agents, so that means over uncertain loads are one product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from wfm.staffing.arrays import Floats
from wfm.staffing.staffing_model import Demand, StaffingModel

_STRIDE = 0.3
"""Loads lie 0.3 apart in 2 sqrt(load), where service changes over about 1 whatever the load; cubics between them err by 1e-4.

Only where service breaks off, at full load without patience, the two cells around err by up to 0.06, which a mean hardly sees.
"""
_FEWEST_TIMES, _TIMES_BY_LOG = 3, 8
"""Handle times: service is so smooth in their logarithm that Chebyshev's polynomial through these errs by less than 1e-4."""
_HARDLY_ANY, _ALMOST_ALL = 1e-5, 0.99999
"""Numbers of agents that serve less than the one count as serving nobody, those that serve more than the other as serving all."""
_NEXT_TO_NOTHING = 1e-9
"""Stands for no load, of which no service could be told."""


@dataclass(frozen=True)
class ServiceGrid:
    """Shares in target at ``log_times`` x 2 sqrt(load) = 0, stride, 2 strides ... x 0, 1, 2 ... agents: ``share`` has that shape."""

    log_times: Floats
    share: Floats

    @classmethod
    def of(cls, model: StaffingModel, demand: Demand, most_load: float) -> Self:
        """The grid that covers the handle times of a demand where it has any load, and loads up to ``most_load`` Erlangs."""
        times = _nodes(np.log(np.unique(demand.aht_seconds[demand.load_erlangs > 0])))
        loads = np.maximum((_STRIDE / 2 * np.arange(2 * np.sqrt(most_load) / _STRIDE + 3)) ** 2, _NEXT_TO_NOTHING)
        handle = np.repeat(np.exp(times), loads.size)
        volume = np.tile(loads, times.size) * demand.interval_seconds / handle
        shares = _shares(model, Demand(volume, handle, demand.interval_seconds))
        return cls(times, shares.reshape(times.size, loads.size, -1))

    def means(self, load: Floats, aht_seconds: Floats, weight: Floats) -> Floats:
        """Sums of weight times share over the first axis of ``load`` and ``weight``, (knots, rows); shape (rows, agents).

        Linear in the shares, so the weights of all knots of a row meet in one row of a matrix before anything is multiplied.
        """
        rows, loads = load.shape[1], self.share.shape[1]
        place = 2 * np.sqrt(load) / _STRIDE
        first = np.clip(np.floor(place).astype(np.int64) - 1, 0, loads - 4)
        gathered = np.zeros(rows * loads)
        for k, part in enumerate(_cubic(place - first)):
            index = np.arange(rows) * loads + first + k
            gathered += np.bincount(index.ravel(), (weight * part).ravel(), minlength=gathered.size)
        by_load = gathered.reshape(rows, loads)
        by_time = _lagrange(self.log_times, np.log(aht_seconds))
        return np.asarray(sum((by_time[:, [k]] * by_load) @ table for k, table in enumerate(self.share)))


def _nodes(values: Floats) -> Floats:
    """Chebyshev's points over the range of some values, or the values themselves where they are as few."""
    low, high = values[0], values[-1]
    count = _FEWEST_TIMES + int(_TIMES_BY_LOG * (high - low))
    if values.size <= count:
        return values
    return np.asarray((low + high) / 2 - (high - low) / 2 * np.cos(np.pi * np.arange(count) / (count - 1)))


def _lagrange(nodes: Floats, at: Floats) -> Floats:
    """Weights of the values at the nodes in the polynomial through them, shape (at, nodes)."""
    weights = np.ones((at.size, nodes.size))
    for k, node in enumerate(nodes.tolist()):
        for other in np.delete(nodes, k).tolist():
            weights[:, k] *= (at - other) / (node - other)
    return weights


def _cubic(place: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Lagrange's weights of the values at 0, 1, 2 and 3."""
    a, b, c, d = place, place - 1, place - 2, place - 3
    return -b * c * d / 6, a * c * d / 2, -a * b * d / 2, a * b * c / 6


def _shares(model: StaffingModel, demand: Demand) -> Floats:
    """Share in target with 0, 1, 2 ... agents, shape (rows, agents): 0 below, 1 above where it is hardly different from that."""
    target = model.channel.service_level
    most = max(_ALMOST_ALL, (1 + target.share) / 2)
    low, high = (model.smallest(demand, (target.varied(share=share),)) for share in (_HARDLY_ANY, most))
    low -= 1  # so that nobody at all is among them
    width = high - low + 1
    rows = np.repeat(np.arange(width.size), width)
    agents = np.arange(rows.size) - np.repeat(np.cumsum(width) - width, width) + np.repeat(low, width)
    shares = np.where(np.arange(high.max() + 1) > high[:, None], 1.0, 0.0)
    shares[rows, agents] = model.share_in_target(demand.take(rows), agents.astype(np.float64))
    return shares
