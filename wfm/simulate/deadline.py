"""Deadlines of deferred contacts, on the wall clock or on the clock of business hours."""

from __future__ import annotations

import numpy as np

from wfm.domain import BusinessClock, Channel, Forecast
from wfm.simulate.floor import Floats


def deadlines(arrival: Floats, forecast: Forecast, channel: Channel, age: Floats | float = 0.0) -> Floats:
    """When each contact must be finished, in seconds since the grid's start, shape of ``arrival``: its turnaround later on the clock.

    ``age`` seconds have run on the contact's clock before it arrives; what is late already was due before the grid starts. As in
    staffing, business hours are those in which the forecast has the channel open, so that they stand still on closed days too.
    """
    turnaround, step_seconds = channel.turnaround, 60.0 * forecast.grid.step_minutes
    clock = BusinessClock.of_turnaround(turnaround, np.array(forecast.open), step_seconds)
    return clock.first_shown(clock.read(arrival) + turnaround.within_seconds - age)
