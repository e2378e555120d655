"""Agents for a volume that is not known for sure: enough on average over the forecast's distribution, or on a chosen share of days."""

from __future__ import annotations

import numpy as np

from wfm.domain.channel import Channel
from wfm.domain.errors import Fault, InputError
from wfm.domain.forecast import Forecast
from wfm.domain.quantity import share_text
from wfm.domain.requirement import Requirement
from wfm.domain.target import ServiceLevel
from wfm.staffing.arrays import Floats, Integers
from wfm.staffing.require import ALMOST_ALL, BEYOND_NET, DIGITS, demand_of, fitting_model, notes, require, required
from wfm.staffing.service_grid import ServiceGrid
from wfm.staffing.staffing_model import Demand, StaffingModel

_NEGLIGIBLE = 1e-9
"""Gauss's outermost knots lie far off with hardly any weight; a grid need not reach so far for them."""
_FEWEST_KNOTS, _MOST_KNOTS = 12, 96
_KNOTS_BY_SPREAD = 1.25
"""Knots lie pi sd / sqrt(2 knots) apart; this keeps them within two widths 1 / sqrt(load) of the step that service makes at full load.

Measured against 400 knots: expected service within 0.2 points while load x dispersion is at most 77.
"""
_EQUAL_SHARES = 240
"""Without patience service breaks off at full load, and Gauss's knots lose to slices of equal chance: within 0.2 points to 100 Erlangs."""


def require_uncertain(
    forecast: Forecast,
    channel: Channel,
    *,
    confidence: float | None = None,
    shrinkage: float = 0.0,
    model: str | None = None,
) -> Requirement:
    """As :func:`wfm.staffing.require`, for counts that are negative binomial as the forecast's dispersion says, not just its mean.

    An interval's rate is its mean times a busyness B, gamma with mean 1 and variance ``dispersion`` (Jongbloed & Koole 2001).
    Left to itself: the least n whose expected contacts inside target, E[B mean SL(B mean, n)], are the target's share of the mean;
    other targets are met at the mean. With ``confidence`` (above 0, below 1): the least n that meets all targets at that quantile of B,
    hence on that share of days. ``served`` is the expectation either way. Raises InputError for deferred channels, for a confidence
    out of range, for targets without a service level where no confidence is given, and as ``require``.
    """
    _check(channel, confidence)
    if not (forecast.load_erlangs() * np.array(forecast.dispersion)).any():
        sure = require(forecast, channel, shrinkage=shrinkage, model=model)
        return sure.varied(notes=(*sure.notes, _note(confidence)))
    chosen = fitting_model(channel, model)
    demand, dispersion = demand_of(forecast, chosen), np.array(forecast.dispersion)
    inside = _expected_inside(chosen, demand, dispersion)
    if confidence is None:
        others = tuple(target for target in channel.targets if not isinstance(target, ServiceLevel))
        net = np.maximum(_enough(inside, demand.volume, channel), chosen.smallest(demand, others) if others else 0)
    else:
        net = chosen.smallest(demand.times(_quantile(dispersion, confidence)), channel.held_to)
    told = (*notes(chosen, named=model is not None), _note(confidence))
    return required(chosen, forecast, net, _rows(inside, net), shrinkage, told)


def _note(confidence: float | None) -> str:
    if confidence is None:
        return "Uncertain volume: the service level is met on average over the forecast's distribution."
    return f"Uncertain volume: all targets are met at the {share_text(confidence)} quantile of the volume's rate."


def _expected_inside(model: StaffingModel, demand: Demand, dispersion: Floats) -> Floats:
    """Expected contacts inside target with 0, 1, 2 ... agents, shape (intervals, agents), nondecreasing."""
    if model.channel.patience_seconds:
        busyness, weights = gauss_busyness(dispersion, _knots(demand.load_erlangs, dispersion))
    else:
        busyness, weights = sliced_busyness(dispersion, _EQUAL_SHARES)
    load = np.where(weights > _NEGLIGIBLE, busyness, 1.0) * demand.load_erlangs
    grid = ServiceGrid.of(model, demand, float(load.max()))
    shares = grid.means(load, demand.handle_seconds, busyness * weights)
    return np.asarray(np.maximum.accumulate(np.clip(shares, 0, 1) * demand.volume[:, None], axis=1))


def _rows(inside: Floats, net: Integers) -> tuple[tuple[float, ...], ...]:
    """As the requirement holds them: until hardly anything is gained any more, and beyond the requirement."""
    last = np.maximum(net + BEYOND_NET, (inside < ALMOST_ALL * inside[:, -1:]).sum(axis=1))
    last = np.where(inside[:, -1] > 0, np.minimum(last, inside.shape[1] - 1), 0)
    return tuple(
        tuple(row[: end + 1].tolist()) for row, end in zip(np.round(inside, DIGITS), last.tolist(), strict=True)
    )


def gauss_busyness(dispersion: Floats, nodes: int) -> tuple[Floats, Floats]:
    """Knots and weights, both (nodes, intervals), of gamma variables with mean 1 and variance ``dispersion`` (intervals,), from 0 on.

    Gauss quadrature, exact for polynomials up to degree 2 nodes - 1: eigenvalues of the Jacobi matrix of the generalised Laguerre
    polynomials (Golub & Welsch 1969), divided by the shape 1 / dispersion.
    """
    known, place = np.unique(dispersion, return_inverse=True)
    spread = known[:, None]
    k = np.arange(nodes)
    matrices = np.zeros((known.size, nodes, nodes))
    matrices[:, k, k] = 1 + 2 * k * spread
    beside = np.sqrt(k[1:] * spread * (1 + (k[1:] - 1) * spread))
    matrices[:, k[1:], k[:-1]] = matrices[:, k[:-1], k[1:]] = beside
    knots, vectors = np.linalg.eigh(matrices)
    return np.maximum(knots, 0.0)[place].T, (vectors[:, 0, :] ** 2)[place].T


def sliced_busyness(dispersion: Floats, slices: int) -> tuple[Floats, Floats]:
    """The same with knots at the middle of slices of equal probability, scaled so that their mean is 1."""
    known, place = np.unique(dispersion, return_inverse=True)
    middles = (np.arange(slices) + 0.5) / slices
    knots = np.array([_quantile(known, middle) for middle in middles.tolist()])
    return (knots / knots.mean(axis=0))[:, place], np.full((slices, dispersion.size), 1 / slices)


def _check(channel: Channel, confidence: float | None) -> None:
    if channel.kind == "deferred":
        raise InputError([Fault("a live channel", f"the deferred channel {channel.name}", "Use require.")])
    if confidence is not None and not 0 < confidence < 1:
        raise InputError([Fault("a confidence above 0 and below 1, such as 0.9", f"{confidence:g}")])
    if confidence is None and not any(isinstance(target, ServiceLevel) for target in channel.held_to):
        fix = "Give it one, or say which confidence you want."
        raise InputError([Fault(f"a service level as target of channel {channel.name}", "none", fix)])


def _knots(load: Floats, dispersion: Floats) -> int:
    """Enough knots for the interval where the spread of the load is widest beside the step of its service."""
    widest = float((load * dispersion).max())
    return int(np.clip(np.ceil(_KNOTS_BY_SPREAD * widest), _FEWEST_KNOTS, _MOST_KNOTS))


def _quantile(dispersion: Floats, confidence: float) -> Floats:
    """The quantile of each interval's busyness."""
    from scipy.special import gammaincinv

    shape = 1 / np.maximum(dispersion, 1e-12)
    quantile = gammaincinv(shape, confidence) / shape
    return np.where(dispersion > 0, quantile, 1.0)


def _enough(inside: Floats, volume: Floats, channel: Channel) -> Integers:
    """The least n with the target's share of the mean inside target."""
    enough = inside >= (channel.service_level.share * volume - 10.0**-DIGITS)[:, None]
    return np.where(volume > 0, enough.argmax(axis=1), 0)
