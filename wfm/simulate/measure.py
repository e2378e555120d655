"""What was seen in one replication: each channel's tally, interval by interval, and how busy each group of agents was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Channel, Forecast
from wfm.domain.target import Definition
from wfm.simulate.arrivals import steps_of
from wfm.simulate.deadline import deadlines
from wfm.simulate.duty import heads
from wfm.simulate.floor import Contacts, Duty, Floats, Floor, Ints
from wfm.simulate.router import Routes

WAIT_SHARES = (0.5, 0.8, 0.9, 0.95)
"""The quantiles of waits that are told."""


class Tally(NamedTuple):
    """One channel in one replication; rows have length grid.count and belong to the interval of arrival.

    ``inside`` were answered (deferred: finished) in time, ``short`` gave up within the target's seconds; ``wait_seconds`` are sums
    over the offered. At the interval's end ``queued`` wait (deferred: are not finished), the oldest for ``oldest_seconds``.
    ``busy_seconds`` are those of all agents who may serve the channel, with contacts of any channel; ``waiting`` contacts are
    neither answered nor abandoned when the grid ends; ``quantiles`` are those of the answered's waits, nan where nobody was.
    """

    offered: Floats
    inside: Floats
    abandoned: Floats
    answered: Floats
    short: Floats
    wait_seconds: Floats
    queued: Floats
    oldest_seconds: Floats
    serving: Floats
    answer_seconds: float
    busy_seconds: float
    waiting: int
    quantiles: Floats

    def service(self, definition: Definition) -> tuple[Floats, Floats]:
        """Numerator and denominator of a service level under its definition, by interval."""
        return {
            "offered": (self.inside, self.offered),
            "answered": (self.inside, self.answered),
            "offered_less_short_abandons": (self.inside, self.offered - self.short),
            "answered_or_abandoned": (self.inside + self.short, self.offered),
        }[definition]


def tallies(
    channels: Sequence[Channel],
    forecasts: Sequence[Forecast],
    contacts: Contacts,
    duty: Duty,
    routes: Routes,
    floor: Floor,
) -> list[Tally]:
    """The tally of every channel (``forecasts[k]`` belongs to ``channels[k]``), after a check that no contact was lost."""
    check_conservation(contacts, floor)
    pairs = zip(channels, forecasts, strict=True)
    return [_tally(k, *pair, contacts, duty, routes, floor) for k, pair in enumerate(pairs)]


def check_conservation(contacts: Contacts, floor: Floor) -> None:
    """Offered = answered + abandoned + still waiting on every channel; RuntimeError where the event loop lost a contact."""
    answered = np.isfinite(floor.started)
    for k, own in enumerate(contacts.of_channel):
        came = np.isfinite(floor.arrival[own])
        waiting = np.count_nonzero(came & ~answered[own] & ~floor.abandoned[own])
        counted, arrived = floor.answered[k] + floor.left[k] + waiting, np.count_nonzero(came)
        wrong = (answered[own] & (floor.abandoned[own] | ~came)).any() or floor.arrived[k] != arrived
        if counted != arrived or wrong:
            raise RuntimeError(
                f"channel {k}: of {arrived} contacts {counted} are accounted for; the event loop is wrong"
            )


def _tally(
    k: int, channel: Channel, forecast: Forecast, contacts: Contacts, duty: Duty, routes: Routes, floor: Floor
) -> Tally:
    grid, within = forecast.grid, channel.service_level.within_seconds
    own = _came(k, contacts, floor)
    arrival, started, abandoned = floor.arrival[own], floor.started[own], floor.abandoned[own]
    answered, leaves = np.isfinite(started), np.where(abandoned, arrival + contacts.patience[own], np.inf)
    wait = np.minimum(np.minimum(started, leaves), duty.end) - arrival
    short, inside = abandoned & (wait <= within), answered & (wait <= within)
    gone = np.minimum(started, leaves)
    if channel.kind == "deferred":
        inside, gone = floor.ends[own] <= _due(own, arrival, channel, forecast, contacts), floor.ends[own]
    step_seconds = 60.0 * grid.step_minutes
    step, skilled = steps_of(arrival, step_seconds, grid.count), routes.offer[k] >= 0
    queued, oldest = _queue(arrival, gone, step_seconds * np.arange(1.0, grid.count + 1))

    def by_step(weights: Floats | NDArray[np.bool_]) -> Floats:
        return np.asarray(np.bincount(step, weights, minlength=grid.count), np.float64)

    return Tally(
        offered=np.bincount(step, minlength=grid.count).astype(np.float64),
        inside=by_step(inside),
        abandoned=by_step(abandoned),
        answered=by_step(answered),
        short=by_step(short),
        wait_seconds=by_step(wait),
        queued=queued,
        oldest_seconds=oldest,
        serving=heads(duty, skilled, grid),
        answer_seconds=float(wait[answered].sum()),
        busy_seconds=float(floor.busy[:, skilled].sum()),
        waiting=int((~answered & ~abandoned).sum()),
        quantiles=np.quantile(wait[answered], WAIT_SHARES) if answered.any() else np.full(len(WAIT_SHARES), np.nan),
    )


def _came(k: int, contacts: Contacts, floor: Floor) -> Ints | slice:
    """The contacts of a channel; some that might have followed from others never came."""
    own = contacts.of_channel[k]
    return own.start + np.flatnonzero(np.isfinite(floor.arrival[own])) if len(contacts.follow) else own


def _due(own: Ints | slice, arrival: Floats, channel: Channel, forecast: Forecast, contacts: Contacts) -> Floats:
    """When deferred contacts must be finished; those that follow from others have a deadline only once they came."""
    due = contacts.due[own]
    return np.where(np.isfinite(due), due, deadlines(arrival, forecast, channel)) if len(contacts.follow) else due


def _queue(arrival: Floats, gone: Floats, at: Floats) -> tuple[Floats, Floats]:
    """How many of the contacts are there at some times, come and not gone, and the age of the oldest of them."""
    order = np.argsort(arrival, kind="stable")
    came, last = arrival[order], np.append(np.maximum.accumulate(gone[order]), np.inf)
    there = np.searchsorted(came, at, "right") - np.searchsorted(np.sort(gone), at, "right")
    oldest = at - np.append(came, np.inf)[np.searchsorted(last, at, "right")]
    return there.astype(np.float64), np.maximum(oldest, 0.0)


def group_seconds(floor: Floor, duty: Duty, group: Ints, groups: int) -> Floats:
    """Seconds busy and seconds on duty of each group of agents, shape (2, groups), work past a shift's end in neither."""
    on_duty = np.where(duty.on, -duty.at, duty.at)
    return np.array(
        [np.bincount(group, floor.busy.sum(axis=0), groups), np.bincount(group[duty.agent], on_duty, groups)]
    )
