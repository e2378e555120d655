"""All that has to be remembered about an agent joined: what becomes part of the machine, which sums gauges keep, and which prices."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

import numpy as np

from wfm.schedule.problem import RosterProblem
from wfm.schedule.tours.chains import both, chained, kinds_of
from wfm.schedule.tours.machine import Costs, Machine, Numbers
from wfm.schedule.tours.sums import Sum
from wfm.schedule.tours.tables import Table

STEPS, STEPS_DAYS = 60_000, 28
"""A day of a machine has at most so many steps, and a third of that beyond three times so many days: a tour of 700,000 takes 5 ms. With
20,000 a weekly rest of 36 h was left out of planted centres of 38 starts, and no roster of 120 agents kept it."""
GAUGES, GAUGED, FREELY_GAUGED = 2, 20_000, 1_000
"""At most so many sums are gauged, with so many pairs of their values, or so many where the second might as well be loose."""


NOTHING: Costs = np.zeros(0)
"""What each count costs where nothing is counted."""

SMALL, WIDE = 4_000, 0.5
"""In a machine of more steps a day a sum is left to prices that may be more than such a share of all that could be counted."""
MORE = 1.1
"""A priced rule may always make a machine larger by so much."""
KEPT = 3_000_000
"""Unfinished machines of so many steps in all are kept, about 70 MB, as agents come in an order in which neighbours are often alike."""


class Part(NamedTuple):
    """What has to be remembered for a rule: its table, and what each count costs where the table counts.

    ``sums()`` are all that a forbidden rule bounds, where that is known: if no tour can bring them beyond a bound, nothing is to be
    remembered. ``dear`` is what a roster is not legal without.
    """

    table: Table
    charges: Costs = NOTHING
    sums: Callable[[], Sequence[Sum]] = tuple
    dear: bool = True

    @property
    def of_the_day(self) -> bool:
        """Whether nothing has to be remembered: what a choice costs depends on the day alone."""
        return (
            not self.charges.size and self.table.states == 1 and not self.table.end.any() and not self.table.marks.size
        )

    @property
    def sum(self) -> Sum:
        """What a part that may be loose bounds."""
        return Sum.of(self.table, self.charges)

    @property
    def may_be_loose(self) -> bool:
        """Whether the sum depends on the choices alone and has bounds, not prices."""
        return bool(self.charges.size) and self.table.states == 1 and not self.charges[np.isfinite(self.charges)].any()


class Joint(NamedTuple):
    """The machine of some parts, and which of them have its marks, in their order, are gauged, in their order, loose and left out."""

    machine: Machine
    marked: tuple[int, ...]
    gauged: tuple[int, ...]
    loose: tuple[int, ...]
    left_out: tuple[int, ...]


@dataclass
class Joiner:
    """Joins parts, the first ones first, to the table of what may be done at all; machines of the same tables are made once."""

    problem: RosterProblem
    priced: int = STEPS
    """A day of a machine has at most so many steps with what is not dear."""
    _machines: dict[Hashable, tuple[Machine, frozenset[int]]] = field(default_factory=dict)
    _joints: dict[Hashable, Joint] = field(default_factory=dict)
    _products: dict[Hashable, Machine | None] = field(default_factory=dict)
    _single: dict[Hashable, Machine] = field(default_factory=dict)

    @property
    def most(self) -> int:
        """Steps of a day at most."""
        return max(STEPS * STEPS_DAYS // max(STEPS_DAYS, len(self.problem.days)), STEPS // 3)

    def joint(self, free: Table, parts: Sequence[Part], limit: int | None = None) -> Joint:
        """The joint of some parts; what would bring a day beyond ``limit`` steps (None: what STEPS allow) is loose or left out.

        With a limit below that nothing more is joined once something dear is left out: a larger machine will be asked for.
        """
        limit = self.most if limit is None else limit
        key = limit, id(free), *((id(part.table), part.charges.tobytes(), part.dear) for part in parts)
        if key not in self._joints:
            self._joints[key] = self._joined(free, parts, limit)
        return self._joints[key]

    def _joined(self, free: Table, parts: Sequence[Part], limit: int) -> Joint:
        plain = [at for at, part in enumerate(parts) if not part.charges.size]
        machine, missing = self._product(free, [parts[at] for at in plain], limit)
        left_out = [at for place, at in enumerate(plain) if place in missing]
        asked = [at for at, part in enumerate(parts) if part.charges.size and not kept_anyway(part, machine)]
        gauged = _gauged(parts, asked, large=_steps(machine) > SMALL)
        if gauged:
            machine, missing = self._product(free, [parts[at] for at in (*plain, *gauged)], limit)
            left_out = [at for place, at in enumerate([*plain, *gauged]) if place in missing]
        rest = [at for at in asked if at not in gauged or at in left_out]
        loose = tuple(at for at in rest if parts[at].may_be_loose)
        left_out = [at for at in chain(left_out, rest) if at not in loose]
        kept = [at for at in plain if at not in left_out]
        marked = tuple(at for at in kept if parts[at].table.marks.shape[1])
        return Joint(
            machine,
            marked,
            tuple(at for at in gauged if at not in left_out and at not in loose),
            loose,
            tuple(left_out),
        )

    def _product(self, free: Table, parts: Sequence[Part], limit: int) -> tuple[Machine, frozenset[int]]:
        """The machine of some parts, and the places of those that would make it too large."""
        key = limit, id(free), *((id(part.table), part.dear) for part in parts)
        if key not in self._machines:
            self._machines[key] = self._multiplied(free, parts, limit)
        return self._machines[key]

    def _multiplied(self, free: Table, parts: Sequence[Part], limit: int) -> tuple[Machine, frozenset[int]]:
        kinds = kinds_of(self.problem, [free, *(part.table for part in parts)])
        machine = chained(free, kinds)
        missing: set[int] = set()
        made: tuple[Hashable, ...] = (kinds.tobytes(),)
        for place, part in enumerate(parts):
            if part.charges.size or not kept_anyway(part, machine):
                room = limit if part.dear else min(limit, max(self.priced, int(MORE * _steps(machine))))
                more = self._times(made, machine, part.table, kinds, room)
                if more is None and part.dear and limit < self.most:
                    missing.update(range(place, len(parts)))
                    break
                if more is None:
                    missing.add(place)
                else:
                    machine, made = more, (*made, id(part.table))
        return machine, frozenset(missing)

    def _times(
        self, made: tuple[Hashable, ...], machine: Machine, table: Table, kinds: Numbers, limit: int
    ) -> Machine | None:
        """The product of a machine made of some tables and one more; kept for the next agents, who often begin with the same parts."""
        key, refused = (*made, id(table)), (*made, id(table), limit)
        if key not in self._products and refused not in self._products:
            product = both(machine, self._alone(table, kinds), limit)
            self._products[refused if product is None else key] = product
            while sum(len(one.kind) for one in self._products.values() if one) > KEPT:
                del self._products[next(iter(self._products))]
        product = self._products.get(key)
        return product if product is not None and _steps(product) <= limit else None

    def _alone(self, table: Table, kinds: Numbers) -> Machine:
        """The machine of one table."""
        key = id(table), kinds.tobytes()
        if key not in self._single:
            self._single[key] = chained(table, kinds)
        return self._single[key]


def _steps(machine: Machine) -> int:
    """The most steps of a day."""
    return int(-np.diff(machine.first).min(initial=0))


def kept_anyway(part: Part, machine: Machine) -> bool:
    """Whether no tour of a machine brings the sums of a part beyond a bound: the largest and the smallest sums tell."""
    sums = part.sums()
    for one in sums:
        most, least = (sign * machine.best(sign * one.amounts.astype(np.float64))[0] for sign in (1, -1))
        if most > one.high or least < one.low:
            return False
    return bool(sums)


def _gauged(parts: Sequence[Part], asked: Sequence[int], *, large: bool) -> list[int]:
    """The sums to gauge: first those that cannot be loose, then those that ask for something, then the tightest.

    In a large machine, where a gauge takes ten times as long as no gauge, wide bounds are left to prices.
    """
    kept: list[int] = []
    pairs = 1
    for at in sorted(asked, key=lambda at: (_ease(parts[at]), _room(parts[at]), at)):
        charges = parts[at].charges
        if large and _ease(parts[at]) == 2 and _room(parts[at]) > WIDE:
            continue
        if len(kept) < GAUGES and pairs * len(charges) <= (FREELY_GAUGED if kept and _ease(parts[at]) == 2 else GAUGED):
            kept.append(at)
            pairs *= len(charges)
    return kept


def _ease(part: Part) -> int:
    """0: a sum that cannot be loose, 1: one that is asked for, so that it binds often, 2: one that is only bounded."""
    return 0 if not part.may_be_loose else 1 if np.isinf(part.charges[0]) else 2


def _room(part: Part) -> float:
    """How much of what a tour without other rules could count is allowed."""
    return len(part.charges) / (1 + part.table.most)
