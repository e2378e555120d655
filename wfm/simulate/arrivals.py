"""Contacts as chance could send them: counts around the forecast, instants, handle times, patience and deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from scipy.special import gammaincinv

from wfm.domain import Channel, Forecast, Turnaround
from wfm.simulate.deadline import DEFAULT_TURNAROUND, deadlines
from wfm.simulate.floor import Contacts, Floats, Ints
from wfm.simulate.streams import Purpose, stream

HandleTimes = Literal["lognormal", "exponential"]
HANDLE_CV = 1.2
"""Coefficient of variation of lognormal handle times, as measured on a bank's calls (Brown et al. 2005, section 4)."""
_NO_DISPERSION = 1e-9


def contacts(
    forecasts: Sequence[Forecast], channels: Sequence[Channel], handle_times: HandleTimes, seed: int, replication: int
) -> Contacts:
    """One replication of the contacts of all channels; ``forecasts[k]`` belongs to ``channels[k]``."""
    parts = [
        _of_channel(forecast, channel, handle_times, seed, replication)
        for forecast, channel in zip(forecasts, channels, strict=True)
    ]
    arrival, handle, patience, due = (np.concatenate(rows) for rows in zip(*parts, strict=True))
    counts = [len(rows[0]) for rows in parts]
    return Contacts(
        channel=np.repeat(np.arange(len(parts)), counts),
        arrival=arrival,
        handle=handle,
        patience=patience,
        due=due,
        first=np.concatenate([[0], np.cumsum(counts)]),
    )


def _of_channel(
    forecast: Forecast, channel: Channel, handle_times: HandleTimes, seed: int, replication: int
) -> tuple[Floats, Floats, Floats, Floats]:
    """Arrival, handle seconds, patience and due of one channel's contacts, by arrival."""
    rng = {purpose: stream(seed, replication, purpose, channel.name) for purpose in Purpose}
    counts = rng[Purpose.ARRIVALS].poisson(forecast.means() * busyness(forecast, rng[Purpose.BUSYNESS]))
    steps = np.repeat(np.arange(forecast.grid.count), counts)
    arrival = 60.0 * forecast.grid.step_minutes * np.sort(steps + rng[Purpose.ARRIVALS].random(len(steps)))
    handle = forecast.handle_times()[steps] * _unit_handle_times(handle_times, rng[Purpose.HANDLE_TIMES], len(steps))
    if channel.kind == "deferred":
        due = deadlines(arrival, channel.opening, channel.target(Turnaround) or DEFAULT_TURNAROUND, forecast.grid)
        return arrival, handle, np.full(len(steps), np.inf), due
    mean_patience = np.inf if channel.patience_seconds is None else channel.patience_seconds
    return arrival, handle, mean_patience * rng[Purpose.PATIENCE].standard_exponential(len(steps)), arrival


def busyness(forecast: Forecast, rng: np.random.Generator) -> Floats:
    """The factor on each interval's mean, shape (count,), gamma with mean 1 and the forecast's dispersion as variance.

    Mixed with Poisson counts it gives the forecast's negative binomial, Var = mean + dispersion * mean**2 (Jongbloed & Koole 2001).
    All intervals of a local day share one quantile: a busy morning foretells a busy afternoon (Whitt 1999; Avramidis, Deslauriers
    & L'Ecuyer 2004), and independent intervals would average out over the day the very risk that the dispersion was learned for.
    """
    quantile = rng.random(len(forecast.grid.dates))[forecast.grid.day_index]
    dispersion = np.array(forecast.dispersion)
    shape = 1 / np.maximum(dispersion, _NO_DISPERSION)
    return np.where(dispersion > _NO_DISPERSION, gammaincinv(shape, quantile) / shape, 1.0)


def _unit_handle_times(kind: HandleTimes, rng: np.random.Generator, count: int) -> Floats:
    """Handle times with mean 1: lognormal with :data:`HANDLE_CV`, or exponential."""
    if kind == "exponential":
        return rng.standard_exponential(count)
    variance = np.log1p(HANDLE_CV**2)
    return rng.lognormal(-variance / 2, np.sqrt(variance), count)


def steps_of(arrival: Floats, step_seconds: float, count: int) -> Ints:
    """The grid step of each arrival."""
    return np.minimum((arrival / step_seconds).astype(np.int64), count - 1)
