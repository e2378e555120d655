"""What was seen: each channel's tally of one replication, and estimates over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from wfm.domain import Channel, ChannelPerformance, Estimate, Forecast, ServiceLevel, TimeGrid
from wfm.simulate.arrivals import steps_of
from wfm.simulate.deadline import deadlines
from wfm.simulate.duty import heads
from wfm.simulate.floor import Contacts, Duty, Floats, Floor
from wfm.simulate.router import Routes

CONFIDENCE = 0.95


class Tally(NamedTuple):
    """One channel in one replication; rows have length grid.count and belong to the interval of arrival.

    ``busy_seconds`` are those of all agents who may serve the channel, with contacts of any channel. Service level is ``good`` over
    ``counted``; ``waiting`` contacts are neither answered nor abandoned when the grid ends.
    """

    offered: Floats
    inside: Floats
    abandoned: Floats
    serving: Floats
    good: float
    counted: float
    wait_seconds: float
    busy_seconds: float
    waiting: int


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
    grid = forecast.grid
    own = slice(contacts.first[k], contacts.first[k + 1])
    if len(contacts.follow):
        own = contacts.first[k] + np.flatnonzero(
            np.isfinite(floor.arrival[own])
        )  # some that might have followed never came
    arrival, started, abandoned = floor.arrival[own], floor.started[own], floor.abandoned[own]
    leaves = np.where(abandoned, arrival + contacts.patience[own], duty.end)
    wait = np.minimum(started, leaves) - arrival
    if channel.kind == "deferred":
        due = contacts.due[own]
        if len(contacts.follow):
            later = deadlines(arrival, forecast, channel)
            due = np.where(np.isfinite(due), due, later)
        inside = floor.ends[own] <= due
        good, counted = inside.sum(), len(arrival)
    else:
        target = channel.service_level
        inside = np.isfinite(started) & (wait <= target.within_seconds)
        short = (abandoned & (wait <= target.within_seconds)).sum()
        good, counted = _service(target, inside.sum(), np.isfinite(started).sum(), short, len(arrival))
    skilled = routes.offer[k] >= 0
    step = steps_of(arrival, 60.0 * grid.step_minutes, grid.count)

    def by_step(chosen: NDArray[np.bool_]) -> Floats:
        return np.bincount(step[chosen], minlength=grid.count).astype(np.float64)

    return Tally(
        offered=by_step(np.ones(len(arrival), np.bool_)),
        inside=by_step(inside),
        abandoned=by_step(abandoned),
        serving=heads(duty, skilled, grid),
        good=float(good),
        counted=float(counted),
        wait_seconds=float(wait.sum()),
        busy_seconds=float(floor.busy[:, skilled].sum()),
        waiting=int((~np.isfinite(started) & ~abandoned).sum()),
    )


def _service(target: ServiceLevel, inside: int, answered: int, short: int, offered: int) -> tuple[int, int]:
    """Numerator and denominator of a service level under its definition; ``short`` are the abandons within its seconds."""
    return {
        "offered": (inside, offered),
        "answered": (inside, answered),
        "offered_less_short_abandons": (inside, offered - short),
        "answered_or_abandoned": (inside + short, offered),
    }[target.definition]


def channel_performance(channel: str, grid: TimeGrid, rows: Sequence[Tally]) -> ChannelPerformance:
    """The performance of one channel from its tallies, one a replication."""
    step_seconds = 60.0 * grid.step_minutes
    offered = np.array([row.offered.sum() for row in rows])
    serving = np.array([step_seconds * row.serving.sum() for row in rows])

    def course(name: str) -> tuple[float, ...]:
        return tuple(np.mean([getattr(row, name) for row in rows], axis=0).tolist())

    return ChannelPerformance(
        channel=channel,
        service_level=ratio([row.good for row in rows], [row.counted for row in rows], none=1.0),
        abandonment=ratio([row.abandoned.sum() for row in rows], offered),
        average_wait_seconds=ratio([row.wait_seconds for row in rows], offered),
        occupancy=ratio([row.busy_seconds for row in rows], serving),
        contacts=ratio(offered, np.ones(len(rows))),
        waiting=ratio([row.waiting for row in rows], np.ones(len(rows))),
        offered=course("offered"),
        inside=course("inside"),
        abandoned=course("abandoned"),
        serving=course("serving"),
    )


def ratio(numerators: Sequence[float] | Floats, denominators: Sequence[float] | Floats, none: float = 0.0) -> Estimate:
    """Mean of the numerators over mean of the denominators, one pair a replication; ``none`` where all denominators are 0.

    Half width t(0.975, R - 1) * s / (sqrt(R) * mean denominator) with s the standard deviation of numerator - ratio * denominator
    (Cochran 1977, eq. 6.13; Law 2015, section 9.4). Unlike a mean of ratios it weighs a busy replication as much as its contacts do.
    """
    above, below = np.asarray(numerators, np.float64), np.asarray(denominators, np.float64)
    if below.sum() == 0:
        return Estimate(mean=none, confidence=CONFIDENCE)
    value = above.sum() / below.sum()
    error = np.std(above - value * below, ddof=1) / np.sqrt(len(above)) / below.mean()
    quantile = stdtrit(len(above) - 1, (1 + CONFIDENCE) / 2)
    return Estimate(mean=float(value), half_width=float(quantile * error), confidence=CONFIDENCE)
