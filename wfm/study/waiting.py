"""From what a planner tells about waiting contacts to a backlog with its ages on the channel's clock."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

import numpy as np

from wfm.domain import Backlog, BusinessClock, Channel, TimeGrid
from wfm.domain.time import local
from wfm.importers import Waiting

_AGES = 10
"""Ages that stand for contacts of which only the number is known."""


def counted_backlog(contacts: float, channel: Channel, aht_seconds: float) -> Backlog:
    """So many contacts of which no more is known: they came evenly over the turnaround that ends with the horizon's start."""
    within = channel.turnaround.within_seconds
    ages = tuple((within * (_AGES - k - 0.5) / _AGES) for k in range(_AGES))
    return Backlog(contacts=(contacts / _AGES,) * _AGES, age_seconds=ages, aht_seconds=aht_seconds)


def aged_backlog(
    rows: Sequence[Waiting], channel: Channel, aht_seconds: float, horizon: TimeGrid, closed: Collection[date]
) -> Backlog:
    """Contacts whose times are known: their ages on the clock of the turnaround, which stands still while the channel is closed."""
    if not rows:
        return Backlog()
    turnaround = channel.turnaround
    times = [row.due or row.came for row in rows]
    days = [local(time, horizon.zone).date() for time in times if time is not None]
    first = min(*days, horizon.dates[0]) - timedelta(days=1)
    last = max(*days, horizon.dates[0]) + timedelta(days=1)
    grid = TimeGrid.of_days(first, (last - first).days + 1, horizon.step_minutes, horizon.zone)
    shut = np.array([day in closed for day in grid.dates])[grid.day_index]
    step_seconds = 60.0 * grid.step_minutes
    clock = BusinessClock.of_turnaround(turnaround, channel.opening.mask(grid) & ~shut, step_seconds)
    seconds = np.array([(time - grid.start).total_seconds() for time in times if time is not None])
    ago = clock.read(np.array([(horizon.start - grid.start).total_seconds()])) - clock.read(seconds)
    due = np.array([row.due is not None for row in rows])
    ages = np.maximum(0.0, np.where(due, turnaround.within_seconds + ago, ago))
    return Backlog(
        contacts=tuple(row.contacts for row in rows), age_seconds=tuple(ages.tolist()), aht_seconds=aht_seconds
    )
