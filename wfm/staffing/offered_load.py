"""When the work of a changing day is really there: arrivals within intervals, contacts in service with agents for all, and its peaks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from wfm.domain.errors import Fault, InputError
from wfm.staffing.arrays import Floats, as_arrays

Arrivals = Literal["smooth", "even"]
"""How contacts come within an interval: at a rate that changes smoothly through the day, or at one rate in each interval."""
HARDLY_ANY = 1e-9
"""Fewer contacts than this are as good as none; the smooth curve would divide by them."""
_SLICES = 30
"""Slices of an interval within which the arrival rate is taken as constant, for the offered load."""


class OfferedLoad(NamedTuple):
    """Erlangs that would be in service if there were an agent for everybody, in each interval: its mean and its highest value."""

    mean: Floats
    peak: Floats


def cumulative_arrivals(volume: Floats, arrivals: Arrivals = "smooth") -> Callable[[Floats], Floats]:
    """Expected contacts from the first interval on until a time, which is counted in intervals.

    Every interval keeps its volume. ``smooth``: Fritsch and Carlson's (1980) monotone cubic through the sums, so the rate is
    continuous and never negative, within each run of intervals that have contacts at all. ``even``: straight lines.
    """
    from scipy.interpolate import PchipInterpolator

    edges, sums = np.arange(volume.size + 1.0), np.concatenate([[0.0], np.cumsum(volume)])
    ends = np.flatnonzero(np.diff(np.concatenate([[0], volume > HARDLY_ANY, [0]])))
    runs = [(first, last) for first, last in ends.reshape(-1, 2).tolist() if last - first > 1]
    curves = [(first, last, PchipInterpolator(edges[first : last + 1], sums[first : last + 1])) for first, last in runs]

    def until(time: Floats) -> Floats:
        total = np.interp(time, edges, sums)
        for first, last, curve in curves if arrivals == "smooth" else ():
            inside = (time > first) & (time < last)
            total[inside] = curve(time[inside])
        return np.asarray(total)

    return until


def offered_load(
    volume: ArrayLike, aht_seconds: ArrayLike, step_minutes: float, arrivals: Arrivals = "smooth"
) -> OfferedLoad:
    """The modified offered load of each interval, in Erlangs, shape (intervals,), from an empty start.

    m' = lambda(t) - m / aht, solved exactly over 30 slices of constant lambda an interval (Jagerman 1975; Jennings, Mandelbaum, Massey
    & Whitt 1996). A contact stays in service for its handle time, so the load lags behind the arrivals by about that. Exponential
    handle times. Raises InputError for input that is negative or no number.
    """
    contacts, handle = as_arrays(volume=volume, aht_seconds=np.maximum(aht_seconds, 1e-9))
    seconds = seconds_of(step_minutes) / _SLICES
    coming = np.diff(cumulative_arrivals(contacts, arrivals)(np.arange(contacts.size * _SLICES + 1) / _SLICES))
    share = np.repeat(handle, _SLICES) / seconds
    keep, load = np.exp(-1 / share), 0.0
    ends, means = np.empty(coming.size), np.empty(coming.size)
    for k, limit in enumerate((coming * share).tolist()):
        means[k] = limit + (load - limit) * share[k] * (1 - keep[k])
        load = limit + (load - limit) * keep[k]
        ends[k] = load
    shape = (contacts.size, _SLICES)
    peak = np.maximum(ends.reshape(shape).max(axis=1), np.concatenate([[0.0], ends[_SLICES - 1 : -1 : _SLICES]]))
    return OfferedLoad(means.reshape(shape).mean(axis=1), peak)


def lagged_load(
    volume: ArrayLike, aht_seconds: ArrayLike, step_minutes: float, arrivals: Arrivals = "smooth"
) -> OfferedLoad:
    """The simple rule for the same: arrivals of one handle time ago times the handle time (Green, Kolesar & Soares 2001)."""
    contacts, handle = as_arrays(volume=volume, aht_seconds=aht_seconds)
    lag = np.repeat(handle, _SLICES) / seconds_of(step_minutes)
    begin = np.arange(contacts.size * _SLICES) / _SLICES - lag
    until = cumulative_arrivals(contacts, arrivals)
    load = (until(begin + 1 / _SLICES) - until(begin)) * _SLICES * lag
    by_interval = load.reshape(contacts.size, _SLICES)
    return OfferedLoad(by_interval.mean(axis=1), by_interval.max(axis=1))


def seconds_of(step_minutes: float) -> float:
    """The seconds of an interval; InputError unless it has any."""
    if not 0 < step_minutes < np.inf:
        raise InputError([Fault("intervals of more than 0 minutes, such as 30", f"{step_minutes:g}")])
    return 60.0 * step_minutes
