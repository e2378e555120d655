"""What a queue does to its contacts: where they end up, how long they wait, how busy the agents are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wfm.domain.target import Definition
from wfm.staffing.arrays import Floats


@dataclass(frozen=True)
class QueueMetrics:
    """Steady-state figures of a queue; every field has the same shape and no figure is nan.

    Every offered contact ends in exactly one of four ways, whose shares add up to 1: answered within T or later, abandoned
    within T or later. All service levels are ratios of these four, so that a level near 1 and the share it misses near 0
    both keep their digits. Waits are infinite where the queue grows without end.
    """

    load_erlangs: Floats
    agents: Floats
    aht_seconds: Floats
    p_wait: Floats
    answered_in_time: Floats
    answered_late: Floats
    abandoned_in_time: Floats
    abandoned_late: Floats
    average_wait_seconds: Floats
    average_wait_served_seconds: Floats

    @property
    def p_abandon(self) -> Floats:
        """Abandoned / offered, 0..1."""
        return np.minimum(1.0, self.abandoned_in_time + self.abandoned_late)

    @property
    def handled(self) -> tuple[Floats, Floats]:
        """Handled / offered, 0..1, and their mean wait in seconds; no wait where nothing comes."""
        return 1 - self.p_abandon, np.where(self.load_erlangs > 0, self.average_wait_served_seconds, 0.0)

    @property
    def occupancy(self) -> Floats:
        """Share of the agents' time spent on contacts, a (1 - P(abandon)) / n; 1 where nobody faces a load or the queue only grows."""
        work = self.load_erlangs * (self.answered_in_time + self.answered_late)
        nobody = np.where(self.load_erlangs > 0, 1.0, 0.0)
        return np.minimum(1.0, np.divide(work, self.agents, out=nobody, where=self.agents > 0))

    @property
    def queue_length(self) -> Floats:
        """Mean number of contacts waiting, by Little's law: arrivals a second times the mean wait."""
        return self.load_erlangs / self.aht_seconds * self.average_wait_seconds

    def service_level(self, definition: Definition = "offered") -> Floats:
        """Share of contacts inside T under one of the four definitions of :data:`wfm.domain.target.Definition`, 0..1."""
        good, bad = self._parts(definition)
        return np.divide(good, good + bad, out=np.zeros_like(good), where=good > 0)

    def missed(self, definition: Definition = "offered") -> Floats:
        """1 - service level, without loss of digits where the service level is close to 1."""
        good, bad = self._parts(definition)
        return np.divide(bad, good + bad, out=np.ones_like(good), where=good + bad > 0)

    def _parts(self, definition: Definition) -> tuple[Floats, Floats]:
        """The shares of offered contacts that a definition counts as good and as bad."""
        if definition == "answered":
            return self.answered_in_time, self.answered_late
        if definition == "offered_less_short_abandons":
            return self.answered_in_time, self.answered_late + self.abandoned_late
        if definition == "answered_or_abandoned":
            return self.answered_in_time + self.abandoned_in_time, self.answered_late + self.abandoned_late
        return self.answered_in_time, self.answered_late + self.p_abandon
