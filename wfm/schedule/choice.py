"""The tours of one agent: what each would cost, and the best at any worth."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from wfm.schedule.tours import Choices, Costs, Machine, Scratch, Sum, best_gauged, best_priced, stretched


@dataclass(frozen=True)
class Choice:
    """The tours of one agent: costs that depend on the day's choice only, and a machine for all that has a memory."""

    fixed: Costs
    machine: Machine
    counts: tuple[tuple[int, tuple[Any, ...]], ...] = ()
    """For each column of the machine's marks the place of the rule that counts, and what each mark stands for."""
    gauges: tuple[Costs, ...] = ()
    """For each column of the machine's counts what each count costs after the last day; inf or beyond: not allowed."""
    loose: tuple[Sum, ...] = ()
    """Sums that are bounded too, but would make the search too slow: prices keep them."""
    scratch: Scratch = field(default_factory=Scratch, compare=False, repr=False)

    @cached_property
    def alike(self) -> Hashable:
        """The same for agents with the same tours at the same cost."""
        loose = tuple((one.amounts.tobytes(), one.low, one.high) for one in self.loose)
        return (
            id(self.machine),
            self.fixed.tobytes(),
            tuple(gauge.tobytes() for gauge in self.gauges),
            loose,
            self.counts,
        )

    def best(
        self, worth: Costs, of_counts: Mapping[int, Callable[[Any], float]] | None = None
    ) -> tuple[float, Choices]:
        """The best tour where choice c of day d is worth worth[d, c], with its value (-inf: there is none).

        ``of_counts`` gives the worth of what the rule at a place counts in the tour as a whole. Exact where no sum is loose.
        """
        return best_priced(worth, self.loose, lambda priced: self.relaxed(priced, of_counts))

    def relaxed(
        self, worth: Costs, of_counts: Mapping[int, Callable[[Any], float]] | None = None
    ) -> tuple[float, Choices]:
        """The best tour where loose sums may be anything: no legal tour is worth more."""
        more = self._charges(of_counts or {})
        if self.gauges:
            return best_gauged(self.machine, self.gauges, worth - self.fixed, more, self.scratch)
        return self.machine.best(worth - self.fixed, more, self.scratch)

    def within(
        self,
        worth: Costs,
        kept: Choices,
        first_day: int,
        last_day: int,
        of_counts: Mapping[int, Callable[[Any], float]] | None = None,
    ) -> tuple[float, Choices]:
        """The best tour that differs from ``kept`` from ``first_day`` to ``last_day`` only, with its value."""
        only = np.full(worth.shape, -np.inf)
        only[np.arange(len(kept)), kept] = 0.0
        only[first_day : last_day + 1] = 0.0
        return self.best(worth + only, of_counts)

    def between(self, kept: Choices, days: range, *, thrifty: bool = False) -> Choice:
        """The choice of some days only, of tours that are as ``kept`` on all others.

        Where ``thrifty``, what they add to any sum is no more than now, and no less where the sum has to reach something.
        """
        machine, outside = stretched(self.machine, kept, days)
        open_days = slice(days.start, days.stop)
        inside = (self.machine.walked(kept)[2] - outside).tolist()
        gauges = [gauge[count:] for gauge, count in zip(self.gauges, outside.tolist(), strict=True)]
        loose = [one.between(kept, open_days) for one in self.loose]
        if thrifty:
            gauges = [
                np.where(np.arange(own + 1) == own, gauge[: own + 1], np.inf)
                for gauge, own in zip(gauges, inside, strict=True)
            ]
            loose = [one.no_more(kept[open_days]) for one in loose]
        return Choice(self.fixed[open_days], machine, self.counts, tuple(gauges), tuple(loose))

    def value(self, choices: Choices, worth: Costs, of_counts: Mapping[int, Callable[[Any], float]]) -> float:
        """The value of one tour, on the scale of :meth:`best`."""
        worths = float(worth[np.arange(len(choices)), choices].sum())
        return worths - self.cost(choices) - self.counted(choices, of_counts)

    def counted(self, choices: Choices, of_counts: Mapping[int, Callable[[Any], float]]) -> float:
        """What a tour costs for what has been counted."""
        counts = self.tallied(choices) if of_counts else {}
        return -sum(worth(counts[place]) for place, worth in of_counts.items() if place in counts)

    def tallied(self, choices: Choices) -> dict[int, Any]:
        """What each rule that counts has counted in a tour, by its place."""
        _, state, _ = self.machine.walked(choices)
        marks = self.machine.marks[state].tolist()
        return {place: counted[mark] for mark, (place, counted) in zip(marks, self.counts, strict=True)}

    def _charges(self, of_counts: Mapping[int, Callable[[Any], float]]) -> Costs:
        """What each last state of the machine costs for what has been counted."""
        charges = np.zeros(len(self.machine.end))
        for column, (place, counted) in enumerate(self.counts):
            if place in of_counts:
                worths = np.array([of_counts[place](count) for count in counted])
                charges -= worths[self.machine.marks[:, column]]
        return charges

    def cost(self, choices: Choices) -> float:
        """What the rules about the agent charge for a tour."""
        return np.inf if any(one.outside(choices) for one in self.loose) else self.charged(choices)

    def charged(self, choices: Choices) -> float:
        """The same where loose sums may be anything."""
        cost, state, counted = self.machine.walked(choices)
        cost += float(self.fixed[np.arange(len(choices)), choices].sum()) + float(self.machine.end[state])
        for charges, count in zip(self.gauges, counted.tolist(), strict=True):
            cost += float(charges[count]) if count < len(charges) else np.inf
        return cost
