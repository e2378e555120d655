"""Deferred work (e-mail, tickets): it may be done any time inside its turnaround, so it is levelled, and minutes are conserved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from wfm.domain.channel import Channel
from wfm.domain.forecast import Forecast
from wfm.domain.quantity import count_text
from wfm.domain.target import Occupancy, Target
from wfm.staffing.arrays import Floats, Integers
from wfm.staffing.deferred import DeferredWork
from wfm.staffing.deferred_curve import smoothest_heads
from wfm.staffing.staffing_model import Demand

_TIE = 1e-9
"""Levelling adds and subtracts: what is left of a whole number's rounding must not ask for one more agent."""


@dataclass(frozen=True)
class Workload:
    """Contacts may be done in the open intervals of their turnaround, oldest first, with the lowest peak and the fewest changes."""

    channel: Channel
    kind: ClassVar[str] = "workload"

    @staticmethod
    def unfit(channel: Channel) -> str:
        """Customers of a live channel do not wait for hours."""
        return "" if channel.kind == "deferred" else f"customers of a {channel.kind} channel wait live"

    def demand(self, forecast: Forecast) -> Demand:
        """Contacts and work, the backlog's too, moved into the open intervals ahead; at the horizon's end into those that remain."""
        work, interval = DeferredWork.of(forecast, self.channel), 60.0 * forecast.grid.step_minutes
        seconds = smoothest_heads(work, np.array(forecast.open)) * interval
        volume = _oldest_first(work, seconds)
        handle = np.divide(seconds, volume, out=np.zeros_like(seconds), where=volume > 0)
        return Demand(volume, handle, interval)

    def smallest(self, demand: Demand, targets: Sequence[Target]) -> Integers:
        """ceil(load / occupancy cap): the agents that keep up with the levelled work."""
        caps = [target.share for target in targets if isinstance(target, Occupancy)]
        needed = demand.load_erlangs / min(caps, default=1.0)
        return np.ceil(needed - _TIE * np.maximum(1.0, needed)).astype(np.int64) + ((needed > 0) & (needed < _TIE))

    def share_in_target(self, demand: Demand, agents: Floats) -> Floats:
        """Contacts that the agents can finish, n interval / AHT, over those to be done; at most 1."""
        load = demand.load_erlangs
        whole = np.ones(np.broadcast(agents, load).shape)
        return np.divide(np.minimum(agents, load), load, out=whole, where=load > 0)

    def handled(self, demand: Demand, agents: Integers) -> tuple[Floats, Floats]:  # noqa: ARG002 - nobody gives up
        """All, when they are to be done: that they wait until then is in the demand."""
        return np.ones_like(demand.volume), np.zeros_like(demand.volume)

    def notes(self) -> tuple[str, ...]:
        """What the model takes for granted."""
        turnaround = self.channel.turnaround
        return (
            (
                f"Workload: contacts, with the backlog if there is one, are levelled over the open intervals inside {turnaround}, all of "
                "them, not only its share, with the smallest peak and the fewest changes; at the horizon's end over those that remain."
            ),
            "Volume and handle time of the requirement are those of the work to be done in an interval, not of the arrivals.",
        )

    def working(self, demand: Demand, agents: int) -> tuple[str, ...]:
        """Contacts to be done, contacts that can be done."""
        contacts, aht = demand.volume.item(), demand.handle_seconds.item()
        able = agents * demand.interval_seconds / aht
        return (
            "contacts finished = min(contacts to be done, n x interval / AHT)",
            (
                f"{count_text(agents, 'agent')} x {demand.interval_seconds:g} s / {aht:.4g} s = {able:.6g}; "
                f"to be done {contacts:.6g}; finished {min(contacts, able):.6g}"
            ),
        )


def _oldest_first(work: DeferredWork, done_seconds: Floats) -> Floats:
    """Contacts finished in each interval where so much work is done, first come, first served; 0 where no work is done."""
    contacts = np.append(work.backlog_contacts, work.contacts)
    amount = np.append(work.backlog_contacts * work.backlog_aht_seconds, work.work_seconds)
    some = amount > 0
    come = np.append(0.0, np.cumsum(amount[some]))
    if come[-1] == 0:
        return np.zeros_like(done_seconds)
    by_then = np.append(0.0, np.cumsum(done_seconds)) * (come[-1] / done_seconds.sum())
    return np.diff(np.interp(by_then, come, np.append(0.0, np.cumsum(contacts[some]))))
