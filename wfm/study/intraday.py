"""The rest of a day of a scenario, channel by channel, from what has arrived so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import numpy as np

from wfm.domain import ContactHistory, Fault, InputError
from wfm.domain.time import local
from wfm.forecast import RestOfDay, learn_update, on_grid, rest_of_day
from wfm.study.past import lent_past, weigh_of
from wfm.study.scenario import Scenario
from wfm.study.telling import made
from wfm.study.wording import likely


def intraday(
    scenario: Scenario, actuals: Sequence[ContactHistory], at: datetime | None = None
) -> tuple[tuple[RestOfDay, ...], tuple[str, ...]]:
    """Each channel's rest of the day after what arrived before ``at`` (None: all that is there), and words on channels left out.

    Counts of intervals that end later than ``at`` are not looked at. Raises InputError where ``at`` lies outside the horizon, where a
    channel of ``actuals`` is not one of the scenario's, or where no channel has anything recorded on the day.
    """
    grid = scenario.horizon
    days = f"{grid.dates[0]} to {grid.dates[-1]}"
    if at is not None and at not in grid:
        came = f"{local(at, grid.zone):%Y-%m-%d %H:%M}"
        raise InputError(
            [Fault(f"a time in the horizon {days}", came, "Begin the horizon earlier, or take a day of it.")]
        )
    names = [history.channel for history in scenario.histories]
    unknown = [row.channel for row in actuals if row.channel not in names]
    if unknown:
        raise InputError([Fault("counts of the scenario's channels", name, likely(name, names)) for name in unknown])
    seen = {row.channel: _before(on_grid(row, grid), at) for row in actuals}
    last = max((_last(row) for row in seen.values()), default=-1) if at is None else grid.index(at)
    if last < 0 or all(_last(row) < _first_of_day(row, last) for row in seen.values()):
        when = f"on {local(at, grid.zone):%Y-%m-%d} before {local(at, grid.zone):%H:%M}" if at else f"from {days}"
        raise InputError([Fault(f"recorded intervals {when}", "none", "Give the counts of the day so far.")])
    rows = dict(_rows(scenario, seen, last))
    told = tuple(row for row in rows.values() if isinstance(row, RestOfDay))
    return told, tuple(row for row in rows.values() if isinstance(row, str))


def _rows(scenario: Scenario, seen: dict[str, ContactHistory], last: int) -> Iterator[tuple[str, RestOfDay | str]]:
    for history in scenario.histories:
        name, channel = history.channel, scenario.channel(history.channel)
        if name not in seen or _last(seen[name]) < _first_of_day(seen[name], last):
            yield name, f"{name}: nothing of this day is recorded yet, so its forecast stays as it is."
        elif lent_past(scenario, channel):
            yield name, f"{name}: has no past of its own to learn an update from, so its forecast stays as it is."
        else:
            told = made(scenario, history)
            learned = learn_update(
                told.past,
                channel,
                scenario.horizon,
                scenario.calendar,
                scenario.method,
                weigh=weigh_of(scenario),
            )
            yield name, rest_of_day(told.course[-1].forecast, told.days, seen[name], learned)


def _before(history: ContactHistory, at: datetime | None) -> ContactHistory:
    """The history with nothing recorded in intervals that end after ``at``."""
    if at is None:
        return history
    steps = max(0, history.grid.index(at))
    return history.varied(offered=history.offered[:steps] + (None,) * (history.grid.count - steps))


def _last(history: ContactHistory) -> int:
    """The last recorded step, -1 where there is none."""
    known = np.flatnonzero(~np.isnan(history.counts()))
    return int(known[-1]) if len(known) else -1


def _first_of_day(history: ContactHistory, step: int) -> int:
    """The first step of the day in which a step lies."""
    day = history.grid.day_index[min(step, history.grid.count - 1)]
    return int(np.searchsorted(history.grid.day_index, day))
