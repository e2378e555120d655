"""Agents for a volume that is not known for sure: enough on average over the forecast's distribution, or on a chosen share of days."""

from __future__ import annotations

from itertools import zip_longest

import numpy as np
from scipy.special import gammaincinv

from wfm.domain.channel import Channel
from wfm.domain.errors import Fault, InputError
from wfm.domain.forecast import Forecast
from wfm.domain.quantity import share_text
from wfm.domain.requirement import Requirement
from wfm.domain.target import ServiceLevel
from wfm.staffing.arrays import Floats, Integers
from wfm.staffing.require import require
from wfm.staffing.shrinkage import gross_agents
from wfm.staffing.staffing_model import service_target, targets_of

_FEWEST_KNOTS, _MOST_KNOTS = 12, 96
_KNOTS_BY_SPREAD = 1.25
"""Knots lie pi sd / sqrt(2 knots) apart; this keeps them within two widths 1 / sqrt(load) of the step that service makes at full load.

Measured against 400 knots: expected service within 0.2 points while load x dispersion is at most 77.
"""
_EQUAL_SHARES = 48
"""Without patience service breaks off at full load, and Gauss's knots lose to slices of equal chance: within 0.5 points to 100 Erlangs."""
_DIGITS = 6


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
    sure = require(forecast, channel, shrinkage=shrinkage, model=model)
    dispersion = np.array(forecast.dispersion)
    if channel.patience_seconds:
        factors, weights = gauss_busyness(dispersion, _knots(forecast))
    else:
        factors, weights = sliced_busyness(dispersion, _EQUAL_SHARES)
    rows = [require(_scaled(forecast, factor), channel, model=model).served for factor in factors]
    served = [_mixed(by_node, weights[:, step]) for step, by_node in enumerate(zip(*rows, strict=True))]
    if confidence is None:
        net = np.maximum(_enough(served, forecast, channel), _net_of_others(forecast, channel, model))
        note = "the service level is met on average over the forecast's distribution"
    else:
        net = require(_scaled(forecast, _quantile(dispersion, confidence)), channel, model=model).nets()
        note = f"all targets are met at the {share_text(confidence)} quantile of the volume's rate"
    return sure.varied(
        net=tuple(net.tolist()),
        gross=tuple(gross_agents(agents, shrinkage) for agents in net.tolist()),
        served=tuple(tuple(np.round(row, _DIGITS).tolist()) for row in served),
        notes=(*sure.notes, f"Uncertain volume: {note}."),
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
    if confidence is None and not any(isinstance(target, ServiceLevel) for target in targets_of(channel)):
        fix = "Give it one, or say which confidence you want."
        raise InputError([Fault(f"a service level as target of channel {channel.name}", "none", fix)])


def _knots(forecast: Forecast) -> int:
    """Enough knots for the interval where the spread of the load is widest beside the step of its service."""
    widest = float((forecast.load_erlangs() * np.array(forecast.dispersion)).max(initial=0))
    return int(np.clip(np.ceil(_KNOTS_BY_SPREAD * widest), _FEWEST_KNOTS, _MOST_KNOTS))


def _scaled(forecast: Forecast, factor: Floats) -> Forecast:
    means = forecast.means() * factor
    return forecast.varied(mean=tuple(means.tolist()), levels=(), bands=())


def _quantile(dispersion: Floats, confidence: float) -> Floats:
    """The quantile of each interval's busyness."""
    shape = 1 / np.maximum(dispersion, 1e-12)
    quantile = gammaincinv(shape, confidence) / shape
    return np.where(dispersion > 0, quantile, 1.0)


def _mixed(by_node: tuple[tuple[float, ...], ...], weights: Floats) -> Floats:
    """Expected contacts inside target with 0, 1, 2 ... agents; a node that is short of rows has gained all it can."""
    rows = np.array(list(zip_longest(*by_node, fillvalue=-1.0)))
    return np.asarray(np.maximum.accumulate(rows, axis=0) @ weights)


def _enough(served: list[Floats], forecast: Forecast, channel: Channel) -> Integers:
    """The least n with the target's share of the mean inside target."""
    share = service_target(channel).share
    return np.array(
        [
            int(np.argmax(row >= share * mean - 10.0**-_DIGITS)) if mean > 0 else 0
            for row, mean in zip(served, forecast.mean, strict=True)
        ]
    )


def _net_of_others(forecast: Forecast, channel: Channel, model: str | None) -> Integers:
    """What the targets beside the service level need at the mean."""
    others = tuple(target for target in channel.targets if not isinstance(target, ServiceLevel))
    if not others:
        return np.zeros(forecast.grid.count, dtype=np.int64)
    return require(forecast, channel.model_copy(update={"targets": others}), model=model).nets()
