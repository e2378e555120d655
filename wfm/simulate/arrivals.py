"""Contacts as chance could send them: counts around the forecast, instants, handle times, patience, deadlines, and what follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from wfm.domain import Channel, Forecast
from wfm.domain.backlog import Backlog
from wfm.domain.level import Level, in_order
from wfm.simulate.deadline import deadlines
from wfm.simulate.floor import Contacts, Floats, Ints
from wfm.simulate.following import LONGEST_CHAIN, Batch, Coming, Redial, escalating, joined, redialling
from wfm.simulate.streams import Purpose, stream
from wfm.simulate.times import HandleTimes, Observed, Times

_NO_DISPERSION = 1e-9
_OF_FORECASTS = (Purpose.BUSYNESS, Purpose.ARRIVALS, Purpose.HANDLE_TIMES, Purpose.PATIENCE, Purpose.FOLLOWING)


def contacts(
    forecasts: Sequence[Forecast],
    channels: Sequence[Channel],
    handle_times: HandleTimes,
    seed: int,
    replication: int,
    *,
    levels: Sequence[Level] = (),
    redial: Redial | None = None,
    backlogs: Mapping[str, Backlog] | None = None,
    patience_cv: float = 1.0,
    days_alike: bool = False,
    observed: Mapping[str, Observed] | None = None,
) -> Contacts:
    """One replication of the contacts of all channels; ``forecasts[k]`` belongs to ``channels[k]``.

    The channel of a level gets what its sources send, and nothing by its forecast; backlogs wait from the grid's start on.
    """
    times = Times(handle_times, patience_cv, observed or {})
    place = {channel.name: k for k, channel in enumerate(channels)}
    above = {level.name: level for level in in_order(levels) if level.name in place}
    batches: list[list[Batch]] = [[] for _ in channels]
    for name in (*(name for name in place if name not in above), *above):
        k, channel = place[name], channels[place[name]]
        if name in above:
            for row in above[name].sources:
                rng = stream(seed, replication, Purpose.FOLLOWING, f"{row.source} {name}")
                coming = escalating(batches[place[row.source]], place[row.source], row.share, above[name], rng)
                batches[k].append(_following(coming, channel, times, rng))
        else:
            waiting = (backlogs or {}).get(name, Backlog())
            batches[k] += _by_forecast(forecasts[k], channel, times, waiting, seed, replication, days_alike=days_alike)
        if redial is not None and channel.kind != "deferred":
            rng = stream(seed, replication, Purpose.FOLLOWING, f"redial {name}")
            for _ in range(LONGEST_CHAIN):
                coming = redialling(batches[k], k, redial, rng)
                if len(coming.of) == 0:
                    break
                batches[k].append(_following(coming, channel, times, rng))
    return joined(batches, [channel.turnaround.within_seconds for channel in channels])


def _by_forecast(
    forecast: Forecast,
    channel: Channel,
    times: Times,
    backlog: Backlog,
    seed: int,
    replication: int,
    *,
    days_alike: bool,
) -> Iterator[Batch]:
    """What waits when the grid starts, and what comes by the forecast, by arrival."""
    rng = {purpose: stream(seed, replication, purpose, channel.name) for purpose in _OF_FORECASTS}
    if backlog.total > 0:
        yield _waiting(backlog, channel, times, forecast, rng[Purpose.FOLLOWING])
    counts = rng[Purpose.ARRIVALS].poisson(
        forecast.means() * busyness(forecast, rng[Purpose.BUSYNESS], days_alike=days_alike)
    )
    steps = np.repeat(np.arange(forecast.grid.count), counts)
    arrival = 60.0 * forecast.grid.step_minutes * np.sort(steps + rng[Purpose.ARRIVALS].random(len(steps)))
    aht = forecast.handle_times()[steps]
    handle = aht * times.handle(channel, rng[Purpose.HANDLE_TIMES], len(steps))
    due = arrival
    if channel.kind == "deferred":
        due = deadlines(arrival, forecast, channel)
    yield Batch(arrival, aht, handle, times.patience(channel, rng[Purpose.PATIENCE], len(steps)), due)


def _waiting(backlog: Backlog, channel: Channel, times: Times, forecast: Forecast, rng: np.random.Generator) -> Batch:
    """The backlog as contacts that come when the grid starts; a fraction of one is there with that probability."""
    counts = np.floor(np.array(backlog.contacts) + rng.random(len(backlog.contacts))).astype(np.int64)
    age = np.repeat(backlog.age_seconds, counts)
    arrival, aht = np.zeros(len(age)), np.full(len(age), backlog.aht_seconds)
    due = deadlines(arrival, forecast, channel, age)
    return Batch(arrival, aht, aht * times.handle(channel, rng, len(age)), arrival + np.inf, due)


def _following(coming: Coming, channel: Channel, times: Times, rng: np.random.Generator) -> Batch:
    """The contacts that may follow from others; when they come, only the simulation will tell."""
    never = np.full(len(coming.of), np.inf)
    handle = coming.aht * times.handle(channel, rng, len(never))
    patience = times.patience(channel, rng, len(never))
    return Batch(never, coming.aht, handle, patience, never, coming.source, coming.of, coming.when, coming.after)


def busyness(forecast: Forecast, rng: np.random.Generator, *, days_alike: bool = False) -> Floats:
    """The factor on each interval's mean, shape (count,), gamma with mean 1 and the forecast's dispersion as variance.

    Mixed with Poisson counts it gives the forecast's negative binomial, Var = mean + dispersion * mean**2 (Jongbloed & Koole 2001).
    All intervals of a local day share one quantile: a busy morning foretells a busy afternoon (Whitt 1999; Avramidis, Deslauriers
    & L'Ecuyer 2004), and independent intervals would average out over the day the very risk that the dispersion was learned for.
    With ``days_alike`` all days share one as well: the forecast is wrong as a whole.
    """
    from scipy.special import gammaincinv

    day = np.zeros_like(forecast.grid.day_index) if days_alike else forecast.grid.day_index
    quantile = rng.random(len(forecast.grid.dates))[day]
    dispersion = np.array(forecast.dispersion)
    shape = 1 / np.maximum(dispersion, _NO_DISPERSION)
    # the inverse of the gamma law is slow, and most intervals of a day share theirs
    pairs, place = np.unique(shape + 1j * quantile, return_inverse=True)
    factor = (gammaincinv(pairs.real, pairs.imag) / pairs.real)[place.reshape(-1)]
    return np.where(dispersion > _NO_DISPERSION, factor, 1.0)


def steps_of(arrival: Floats, step_seconds: float, count: int) -> Ints:
    """The grid step of each arrival."""
    return np.minimum((arrival / step_seconds).astype(np.int64), count - 1)
