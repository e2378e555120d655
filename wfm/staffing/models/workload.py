"""Deferred work (e-mail, tickets): it may be done any time inside its turnaround, so it is spread, and minutes are conserved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from wfm.domain.channel import Channel
from wfm.domain.forecast import Forecast
from wfm.domain.target import Occupancy, Target
from wfm.staffing.arrays import Bools, Floats, Integers
from wfm.staffing.staffing_model import Demand, turnaround_target

_TIE = 1e-9
"""Spreading adds and subtracts: what is left of a whole number's rounding must not ask for one more agent."""


@dataclass(frozen=True)
class Workload:
    """Contacts of an interval are spread evenly over the open intervals of their turnaround; agents work them off."""

    channel: Channel
    kind: ClassVar[str] = "workload"

    @staticmethod
    def unfit(channel: Channel) -> str:
        """Customers of a live channel do not wait for hours."""
        return "" if channel.kind == "deferred" else f"customers of a {channel.kind} channel wait live"

    def demand(self, forecast: Forecast) -> Demand:
        """Contacts and work moved into the open intervals ahead; at the horizon's end into those that remain."""
        turnaround = turnaround_target(self.channel)
        interval = 60.0 * forecast.grid.step_minutes
        width = max(1, int(turnaround.within_seconds // interval))
        is_open = np.array(forecast.open)
        first, last = _windows(is_open, width, business=turnaround.business)
        contacts = np.zeros(is_open.size)
        work_seconds = np.zeros(is_open.size)
        contacts[is_open] = _spread(forecast.means()[is_open], first, last)
        work_seconds[is_open] = _spread((forecast.means() * forecast.handle_times())[is_open], first, last)
        handle = np.divide(work_seconds, contacts, out=np.zeros_like(work_seconds), where=contacts > 0)
        return Demand(contacts, handle, interval)

    def smallest(self, demand: Demand, targets: Sequence[Target]) -> Integers:
        """ceil(load / occupancy cap): the agents that keep up with the spread work."""
        caps = [target.share for target in targets if isinstance(target, Occupancy)]
        needed = demand.load_erlangs / min(caps, default=1.0)
        return np.ceil(needed - _TIE * np.maximum(1.0, needed)).astype(np.int64) + ((needed > 0) & (needed < _TIE))

    def share_in_target(self, demand: Demand, agents: Floats) -> Floats:
        """Contacts that the agents can finish, n interval / AHT, over those to be done; at most 1."""
        load = demand.load_erlangs
        return np.minimum(1.0, np.divide(agents, load, out=np.ones(np.broadcast(agents, load).shape), where=load > 0))

    def notes(self) -> tuple[str, ...]:
        """What the model takes for granted."""
        turnaround = turnaround_target(self.channel)
        return (
            (
                f"Workload: contacts are spread evenly over the open intervals inside {turnaround}, all of them, not only its share; "
                "at the horizon's end over those that remain. There is no backlog at the start."
            ),
            "Volume and handle time of the requirement are those of the work to be done in an interval, not of the arrivals.",
        )

    def working(self, demand: Demand, agents: int) -> tuple[str, ...]:
        """Contacts to be done, contacts that can be done."""
        contacts, aht = demand.volume.item(), demand.handle_seconds.item()
        finished = min(contacts, agents * demand.interval_seconds / aht)
        return (
            "contacts finished = min(contacts to be done, n x interval / AHT)",
            (
                f"{agents} agents x {demand.interval_seconds:g} s / {aht:.4g} s = {agents * demand.interval_seconds / aht:.6g}; "
                f"to be done {contacts:.6g}; finished {finished:.6g}"
            ),
        )


def _windows(is_open: Bools, width: int, *, business: bool) -> tuple[Integers, Integers]:
    """For each open interval the range [first, last) of open intervals, counted among themselves, that its work may fall into."""
    before = np.concatenate([[0], np.cumsum(is_open)])
    places = np.flatnonzero(is_open)
    first = before[places]
    last = first + width if business else before[np.minimum(places + width, is_open.size)]
    return first, np.minimum(last, places.size)


def _spread(amounts: Floats, first: Integers, last: Integers) -> Floats:
    """Each amount spread evenly over [first, last); the total is conserved, and where no window reaches stands an exact 0."""
    change, windows = np.zeros(amounts.size + 1), np.zeros(amounts.size + 1, dtype=np.int64)
    some = amounts > 0
    for places, sign in ((first, 1), (last, -1)):
        np.add.at(change, places, sign * amounts / (last - first))
        np.add.at(windows, places, sign * some)
    return np.where(np.cumsum(windows)[:-1] > 0, np.maximum(0.0, np.cumsum(change)[:-1]), 0.0)
