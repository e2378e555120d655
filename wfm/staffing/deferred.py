"""Deferred work as cumulative curves: what a staffing curve finishes in time, oldest deadline first, and what it leaves waiting."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from wfm.domain.business_clock import BusinessClock
from wfm.domain.channel import Channel
from wfm.domain.forecast import Forecast
from wfm.staffing.arrays import Floats

_ROUNDING = 1e-9


@dataclass(frozen=True)
class DeferredWork:
    """The deferred contacts of one channel: by step as they come, and the backlog, oldest first; all due so long after on one clock."""

    contacts: Floats
    aht_seconds: Floats
    backlog_contacts: Floats
    backlog_age_seconds: Floats
    backlog_aht_seconds: float
    clock: BusinessClock
    within_seconds: float

    @classmethod
    def of(cls, forecast: Forecast, channel: Channel) -> DeferredWork:
        """The forecast's means and backlog, due after the channel's turnaround (90 % in 4 business hours without one).

        Business hours are those in which the forecast has the channel open, so that they stand still on closed days too.
        """
        given, turnaround = forecast.backlog, channel.turnaround
        oldest_first = np.argsort(-np.array(given.age_seconds), kind="stable").astype(np.int64)
        return cls(
            forecast.means(),
            forecast.handle_times(),
            np.array(given.contacts, dtype=np.float64)[oldest_first],
            np.array(given.age_seconds, dtype=np.float64)[oldest_first],
            given.aht_seconds,
            BusinessClock.of_turnaround(turnaround, np.array(forecast.open), 60.0 * forecast.grid.step_minutes),
            turnaround.within_seconds,
        )

    @property
    def work_seconds(self) -> Floats:
        """Work that comes in each step, shape (count,)."""
        return self.contacts * self.aht_seconds

    @cached_property
    def come(self) -> Floats:
        """Work come by each edge of the grid, the backlog included, shape (count + 1,)."""
        opening = self.backlog_contacts.sum() * self.backlog_aht_seconds
        return np.asarray(opening + np.append(0.0, np.cumsum(self.work_seconds)))


@dataclass(frozen=True)
class DeferredService:
    """What becomes of deferred work; ``in_time`` (by step of arrival), ``backlog_contacts`` (by edge, one more) and ``backlog_in_time``."""

    work: DeferredWork
    in_time: Floats
    backlog_in_time: Floats
    waiting_seconds: Floats

    @property
    def share_in_time(self) -> float:
        """Contacts finished by their deadlines over all, the backlog included; 1 without any."""
        total = self.work.contacts.sum() + self.work.backlog_contacts.sum()
        return float((self.in_time.sum() + self.backlog_in_time.sum()) / total) if total > 0 else 1.0

    def older_than(self, age_seconds: float) -> Floats:
        """The age profile: work in seconds, waiting at each edge, that came more than ``age_seconds`` ago on the clock; shape (count + 1,).

        max(0, A(moment so long ago) - S), for work is done in the order in which it came.
        """
        work, done = self.work, self.work.come - self.waiting_seconds
        since = work.clock.shown - age_seconds
        came = np.interp(work.clock.first_shown(_not_below_0(since)), work.clock.edges, work.come)
        older = np.where(work.backlog_age_seconds[None, :] > -since[:, None], work.backlog_contacts, 0.0).sum(axis=1)
        return _not_below_0(np.where(since > 0, came, older * work.backlog_aht_seconds) - done)


def serve_deferred(work: DeferredWork, heads: Floats) -> DeferredService:
    """What ``heads`` agents (shape (count,), fractions allowed) finish in time, by cumulative curves; exact where work flows evenly.

    Oldest deadline first is first come, first served, for all have the same turnaround. Work waiting at an edge is Q' = max(0, Q + work
    come - capacity); S = A - Q is the work done. What comes at t is done by its deadline d(t) if S(d(t)) >= A(t). Both sides are
    linear between the edges, the moments where a queue runs empty, and the moments due at either, so shares are exact (Newell 1982).
    Beyond the grid nobody works. Chance is left out: where capacity is about the load, see :func:`expect_deferred`.
    """
    edges, steps = work.clock.edges, heads.size
    waiting = _waiting(work, heads)
    moments, done = _done(work, heads, waiting)
    starts = np.unique(
        np.append(edges, work.clock.first_shown(_not_below_0(work.clock.read(moments) - work.within_seconds)))
    )
    starts = starts[starts <= edges[-1]]
    step = np.minimum(np.searchsorted(edges, starts[:-1], side="right") - 1, steps - 1)
    part = _share_of_pieces(work, starts, moments, done) * np.diff(starts) / np.diff(edges)[step]
    in_time = work.contacts * np.bincount(step, part, steps)
    return DeferredService(work, in_time, _backlog_in_time(work, moments, done), waiting)


def _waiting(work: DeferredWork, heads: Floats) -> Floats:
    """Work waiting at each edge, Q' = max(0, Q + come - capacity), shape (count + 1,)."""
    drift = np.append(0.0, np.cumsum(work.work_seconds - heads * np.diff(work.clock.edges)))
    return np.asarray(drift + np.maximum(work.come[0], np.maximum.accumulate(-drift)))


def _done(work: DeferredWork, heads: Floats, waiting: Floats) -> tuple[Floats, Floats]:
    """The curve of work done, with a knot at each edge and where a queue runs empty between two."""
    edges = work.clock.edges
    spare = heads - work.work_seconds / np.diff(edges)
    empties = (waiting[:-1] > 0) & (waiting[1:] <= _ROUNDING * waiting[:-1]) & (spare > 0)
    empty = edges[:-1][empties] + waiting[:-1][empties] / spare[empties]
    moments = np.append(edges, np.minimum(empty, edges[1:][empties]))
    queue = np.append(waiting, np.zeros(empty.size))
    order = np.argsort(moments, kind="stable")
    return moments[order], np.interp(moments[order], edges, work.come) - queue[order]


def _not_below_0(reading: Floats) -> Floats:
    return np.maximum(0.0, reading)


def _share_of_pieces(work: DeferredWork, starts: Floats, moments: Floats, done: Floats) -> Floats:
    """The share of each piece of arrival time [starts[k], starts[k + 1]) that is done by its deadline; slack is linear on a piece.

    It is looked at inside the piece, where no deadline jumps over a night.
    """
    length = np.diff(starts)
    slack = []
    for part in (0.25, 0.75):
        arrival = starts[:-1] + part * length
        deadline = work.clock.deadlines(arrival, work.within_seconds)
        slack.append(np.interp(deadline, moments, done) - np.interp(arrival, work.clock.edges, work.come))
    tie = _ROUNDING * (1 + work.come[-1])
    first, last = 1.5 * slack[0] - 0.5 * slack[1] + tie, 1.5 * slack[1] - 0.5 * slack[0] + tie
    high, low = np.maximum(first, last), np.minimum(first, last)
    part_above = np.divide(high, high - low, out=np.zeros_like(high), where=(high > 0) & (low < 0))
    return np.where(low >= 0, 1.0, part_above)


def _backlog_in_time(work: DeferredWork, moments: Floats, done: Floats) -> Floats:
    """Contacts of each age of the backlog that are done by their deadline; what is older than the turnaround is late already."""
    size = work.backlog_contacts * work.backlog_aht_seconds
    left = work.within_seconds - work.backlog_age_seconds
    deadline = work.clock.first_shown(_not_below_0(left))
    room = np.interp(deadline, moments, done) - (np.cumsum(size) - size)
    share = np.clip(np.divide(room, size, out=np.ones_like(size), where=size > 0), 0.0, 1.0)
    return np.where(left >= 0, share, 0.0) * work.backlog_contacts
