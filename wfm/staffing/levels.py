"""Levels: from the forecasts of the channels below to the forecast of a level, with the delay that handling takes there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

import numpy as np

from wfm.domain.backlog import Backlog
from wfm.domain.business_clock import BusinessClock
from wfm.domain.channel import Channel
from wfm.domain.forecast import Forecast
from wfm.domain.level import External, Level, in_order
from wfm.domain.quantity import duration_text, share_text
from wfm.domain.time import TimeGrid
from wfm.staffing.arrays import Bools, Floats
from wfm.staffing.require import fitting_model
from wfm.staffing.way import EXPECTED, Staffing

LEAD = timedelta(days=14)
"""What came so long before the horizon is looked at too; a supplier's answers reach back further than most handle times."""
_HOUR = 3600
_LEAST = 1e-12
_TAIL = 1e-3
"""Less than this share of the busiest step is a tail of exponential handling, for which nobody is put on duty of its own."""


@dataclass(frozen=True)
class LevelFlow:
    """The forecast of a level; ``parts[k]`` (sources, count) are the contacts from its k-th source, come so long after they came there."""

    level: Level
    forecast: Forecast
    parts: Floats
    delay_seconds: tuple[float, ...]

    def origin(self, step: int) -> tuple[str, ...]:
        """Where the contacts of one step come from, a line for each source."""
        when = "while they are handled" if self.level.consult else "once they are handled"
        rows = zip(self.level.sources, self.parts[:, step].tolist(), self.delay_seconds, strict=True)
        return tuple(
            f"{contacts:.4g} of {self.forecast.mean[step]:.4g} contacts come from {row.source}: {share_text(row.share)} {when}, "
            f"{duration_text(60 * round(delay / 60) if delay > _HOUR else round(delay))} after they came there on average"
            for row, contacts, delay in rows
        )


def level_flows(
    levels: Sequence[Level],
    channels: Sequence[Channel],
    forecasts: Sequence[Forecast],
    backlogs: Mapping[str, Backlog] | None = None,
    way: Staffing = EXPECTED,
) -> tuple[LevelFlow, ...]:
    """What comes to each level, in the order of ``levels``, when ``forecasts`` come to the channels below and are staffed in a ``way``.

    A source's contacts are handled as its requirement has them: live ones wait and abandon as in its staffing model, deferred ones are
    done as they are levelled, a supplier answers on its own clock. Each stays for an exponential time of wait and handling, joined by a
    consult half-way, and then goes on with the level's share p, independently: p x handled, nothing lost. What comes while the
    level is closed waits until it opens. Before the horizon the sources are taken to have had its first week (its first day, where it
    is shorter), two weeks long. Counts stay negative binomial: thinning leaves the dispersion as it is, intervals of a day are busy
    together, sources independently; bands are those of a gamma law of the same mean and variance.
    """
    staffed = {channel.name: channel for channel in channels}
    known = {row.channel: _Stream.of(row) for row in forecasts}
    suppliers = {level.name: level.external for level in levels if level.external is not None}
    flows: dict[str, LevelFlow] = {}

    def out_of(source: str, *, consult: bool) -> _Out:
        if source in suppliers:
            return _answered(known[source], suppliers[source])
        return _handled(known[source], staffed[source], way, consult=consult)

    for level in in_order(levels):
        outs = [out_of(row.source, consult=level.consult) for row in level.sources]
        waiting = (backlogs or {}).get(level.name, Backlog())
        below = known[level.sources[0].source].horizon
        known[level.name], flows[level.name] = _arriving(level, staffed.get(level.name), outs, waiting, below)
    return tuple(flows[level.name] for level in levels)


@dataclass(frozen=True)
class _Stream:
    """A forecast with the two weeks before it."""

    before: Forecast
    horizon: Forecast

    @classmethod
    def of(cls, forecast: Forecast) -> _Stream:
        """The first week once more, twice; the first day, fourteen times, where there is no week."""
        steps = LEAD // timedelta(minutes=forecast.grid.step_minutes)
        period = steps // 2 if forecast.grid.count >= steps // 2 else steps // 14
        place = np.arange(steps) % min(period, forecast.grid.count)

        def repeated(row: Sequence[float]) -> tuple[float, ...]:
            return tuple(np.array(row)[place].tolist())

        rows = {name: repeated(getattr(forecast, name)) for name in ("mean", "open", "aht_seconds", "dispersion")}
        lead = _whole(forecast.grid).part(slice(0, steps))
        return cls(forecast.varied(grid=lead, levels=(), bands=(), backlog=Backlog(), **rows), forecast)


def _whole(grid: TimeGrid) -> TimeGrid:
    """A grid and the two weeks before it."""
    steps = LEAD // timedelta(minutes=grid.step_minutes)
    return grid.model_copy(update={"start": grid.instant(-steps), "count": grid.count + steps})


class _Out(NamedTuple):
    """Contacts that a source has finished with, mean and deviation (2, count) from two weeks before the grid on, and their mean delay."""

    flow: Floats
    delay_seconds: float


def _handled(stream: _Stream, channel: Channel, way: Staffing, *, consult: bool) -> _Out:
    """What leaves a channel of ours."""
    step_seconds = 60.0 * stream.horizon.grid.step_minutes
    parts = [_as_required(forecast, channel, way, consult=consult) for forecast in (stream.before, stream.horizon)]
    waiting, done, deviation, stay = np.concatenate(parts, axis=1)
    delay = (waiting.sum() * step_seconds + (done * stay).sum()) / max(float(done.sum()), _LEAST)
    return _Out(leaving(np.array([done, deviation]), stay, step_seconds), float(delay))


def _as_required(forecast: Forecast, channel: Channel, way: Staffing, *, consult: bool) -> Floats:
    """By step, shape (4, count): contacts that wait to be done, those done and their deviation, and seconds of wait and handling."""
    model = fitting_model(channel)
    demand = model.demand(forecast)
    share, wait = model.handled(demand, way.least(forecast, channel))
    come, deviation = forecast.means(), forecast.means() * np.sqrt(forecast.dispersion)
    come[0] += forecast.backlog.total
    waiting = np.maximum(0.0, np.cumsum(come) - np.cumsum(demand.volume))
    # first come, first served: the deviation goes along with the contacts whose it is
    by_then = np.interp(np.cumsum(demand.volume), np.cumsum(come), np.cumsum(deviation))
    stay = wait + demand.aht_seconds / (2 if consult else 1)
    return np.array([waiting, share * demand.volume, share * np.diff(by_then, prepend=0.0), stay])


def leaving(coming: Floats, stay_seconds: Floats, step_seconds: float) -> Floats:
    """What leaves in each step, shape of ``coming`` (..., count), when all stay for an exponential time whose mean is told by step.

    Arrivals are even within a step; x' = coming - x / stay is solved exactly, so what comes leaves or is there still.
    """
    stays = np.maximum(stay_seconds, _LEAST) / step_seconds
    keep = np.exp(-1 / stays)
    fresh = stays * (1 - keep)  # share of a step's arrivals that is there at its end
    left, inside = np.zeros_like(coming), np.zeros(coming.shape[:-1])
    for step in range(coming.shape[-1]):
        after = inside * keep[step] + coming[..., step] * fresh[step]
        left[..., step] = inside + coming[..., step] - after
        inside = after
    return left


def _answered(stream: _Stream, supplier: External) -> _Out:
    """What leaves a supplier: all that came until its clock showed so much less; closed hours pass without a tick."""
    mean = np.append(stream.before.means(), stream.horizon.means())
    spread = np.sqrt(np.append(stream.before.dispersion, stream.horizon.dispersion))
    grid = _whole(stream.horizon.grid)
    clock = BusinessClock.of(supplier.opening.mask(grid), 60.0 * grid.step_minutes)
    sums = np.array([np.append(0.0, np.cumsum(row)) for row in (mean, mean * spread)])
    since = clock.shown - supplier.responds_seconds
    until = np.where(since >= 0, clock.last_shown(np.maximum(0.0, since)), 0.0)
    flow = np.diff([np.interp(until, clock.edges, row) for row in sums])
    middle = (clock.edges[:-1] + clock.edges[1:]) / 2
    delays = np.maximum(0.0, clock.deadlines(middle, supplier.responds_seconds) - middle)
    return _Out(flow, float((delays * mean).sum() / max(float(mean.sum()), _LEAST)))


def held_until_open(coming: Floats, is_open: Bools) -> Floats:
    """What comes while closed, moved to the next open step, shape (..., count); what comes after the last one lies beyond the grid."""
    opens = np.flatnonzero(is_open)
    sums = np.cumsum(coming, axis=-1)
    held = np.zeros_like(coming)
    held[..., opens] = np.diff(sums[..., opens], prepend=0.0)
    return held


def _arriving(
    level: Level, channel: Channel | None, outs: Sequence[_Out], backlog: Backlog, below: Forecast
) -> tuple[_Stream, LevelFlow]:
    """The level's stream and flow; ``below`` is a source's forecast, whose grid and bands it shares."""
    grid = _whole(below.grid)
    is_open = np.ones(grid.count, dtype=np.bool_) if channel is None else channel.opening.mask(grid)
    coming = np.array([row.share * out.flow for row, out in zip(level.sources, outs, strict=True)])
    arrivals = held_until_open(coming, is_open)[:, 0].sum(axis=0)
    held = held_until_open(coming, is_open & (arrivals > _TAIL * arrivals.max()))
    parts, deviations = held[:, 0], held[:, 1]
    mean = parts.sum(axis=0)
    dispersion = (deviations**2).sum(axis=0) / np.maximum(mean, _LEAST) ** 2
    lead = grid.count - below.grid.count

    def forecast(steps: slice, backlog: Backlog, levels: tuple[float, ...]) -> Forecast:
        return Forecast(
            channel=level.name,
            grid=grid.part(steps),
            method="levels",
            trained_until=below.trained_until,
            mean=tuple(mean[steps].tolist()),
            open=tuple(is_open[steps].tolist()),
            aht_seconds=(level.aht_seconds,) * len(mean[steps]),
            dispersion=tuple(dispersion[steps].tolist()),
            levels=levels,
            bands=tuple(tuple(row.tolist()) for row in _bands(mean[steps], dispersion[steps], levels)),
            backlog=backlog,
            notes=(f"Contacts are {level.words}.",),
        )

    stream = _Stream(forecast(slice(0, lead), Backlog(), ()), forecast(slice(lead, None), backlog, below.levels))
    return stream, LevelFlow(level, stream.horizon, parts[:, lead:], tuple(out.delay_seconds for out in outs))


def _bands(mean: Floats, dispersion: Floats, levels: Sequence[float]) -> Floats:
    """Quantiles of gamma variables with mean m and variance m + dispersion m^2, shape (levels, count); 0 where the mean is 0."""
    from scipy.special import gammaincinv

    some = np.maximum(mean, _LEAST)
    scale = 1 + dispersion * some
    rows = [np.where(mean > 0, gammaincinv(some / scale, level) * scale, 0.0) for level in levels]
    return np.maximum.accumulate(np.array(rows).reshape(len(rows), mean.size), axis=0)
