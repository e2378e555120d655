"""Deferred work with chance in it: the law of the work waiting, slot by slot, and what it does to deadlines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wfm.staffing.arrays import Floats, Integers
from wfm.staffing.deferred import DeferredService, DeferredWork, serve_deferred

_SLOT_SECONDS = 900.0
"""Within a slot what comes and what is done count together; contacts that wait for hours do not notice."""
_PLACES = 512
"""Of the lattice, from no work to more than can wait; a power of two, for its transforms."""
_HANDLES = (np.arange(16) + 0.5) / 16
_HANDS = (np.arange(8) + 0.5) / 8
_DAYS = (np.arange(12) + 0.5) / 12
"""Middles of slices of equal chance: of a contact's handle time, of the work in other hands, of how busy a day is."""
_ROUNDING = 1e-6
_NO_DISPERSION = 1e-9


@dataclass(frozen=True)
class Chance:
    """How much contacts vary, beyond the Poisson law.

    Handle times are lognormal with the coefficient of variation ``handle_cv``; the count of a step has the variance mean + dispersion
    mean², shape (count,), and all steps with the same ``day`` number, shape (count,), are busy together.
    """

    handle_cv: float
    dispersion: Floats
    day: Integers


def expect_deferred(work: DeferredWork, heads: Floats, chance: Chance) -> DeferredService:
    """What agents finish in time on average, oldest deadline first; as :func:`serve_deferred`, but for random work.

    A contact's finish depends on the work before it only. So the law of the work waiting is carried along on a lattice: what comes in
    a slot is compound Poisson, added by its characteristic function, and what is done is taken away down to 0 (Lindley 1952). A
    contact with handle time x and deadline d is in time where the work it finds is done by d - x up to what the others have in hand,
    a mean of E[X²] / 2 E[X] each; agents who leave finish theirs. Days are busy as a whole: 12 equally likely kinds, drawn at each
    change of ``day``. The backlog's own contacts are held to :func:`serve_deferred`. ``heads`` has shape (count,).
    """
    walk = _Walk.of(work, heads, chance)
    kinds = walk.busyness.shape[0]
    law = np.zeros((kinds, _PLACES))
    law += walk.point(work.come[0])
    in_time, waiting = np.zeros(heads.size), [work.come[0]]
    for step in range(heads.size):
        if step and chance.day[step] != chance.day[step - 1]:
            law[:] = law.mean(axis=0)
        if heads[step] == work.contacts[step] == 0:
            waiting.append(waiting[-1])
            continue
        spread = walk.coming(step)
        for slot in range(walk.slots):
            before, law = law, walk.moved(law, spread, step, last=slot == walk.slots - 1)
            if work.contacts[step] > 0:
                found = ((before + law) / 2 * walk.busyness[:, step, None]).mean(axis=0)
                in_time[step] += work.contacts[step] / walk.slots * walk.share_in_time(found, step, slot)
        waiting.append(float(law.mean(axis=0) @ walk.levels))
    fluid = serve_deferred(work, heads)
    return DeferredService(work, in_time, fluid.backlog_in_time, np.array(waiting))


@dataclass(frozen=True)
class _Walk:
    """The lattice on which the work waiting moves: place p stands for p * unit seconds of work."""

    work: DeferredWork
    heads: Floats
    cv: float
    unit: float
    slots: int
    busyness: Floats
    residual: Floats
    """What is left on average of a contact in hand, E[X²] / 2 E[X], by step."""
    leavers: Floats
    """Agents who leave at the end of each step: they finish what they have in hand."""
    drained: Floats
    """Work that may be done by each edge, by those on duty and those who have left."""

    @classmethod
    def of(cls, work: DeferredWork, heads: Floats, chance: Chance) -> _Walk:
        length = np.diff(work.clock.edges)
        residual = np.where(work.contacts > 0, work.aht_seconds, work.aht_seconds.max()) * (1 + chance.handle_cv**2) / 2
        leavers = np.maximum(0.0, heads - np.append(heads[1:], heads[-1:]))
        busyness = _busyness(chance.dispersion)
        busiest = (work.contacts * work.aht_seconds)[None, :] * busyness
        spread = np.sqrt((work.contacts * work.aht_seconds**2).sum() * (1 + chance.handle_cv**2))
        drift = np.cumsum(busiest.max(axis=0) - heads * length)
        swing = (drift - np.minimum.accumulate(np.append(0.0, drift))[:-1]).max(initial=0.0)
        top = work.come[0] + min(swing, 2 * work.come[-1]) + 4 * spread
        return cls(
            work, heads, chance.handle_cv, max(top, 1.0) / _PLACES, max(1, round(length[0] / _SLOT_SECONDS)), busyness,
            residual, leavers, np.append(0.0, np.cumsum(heads * length + leavers * residual)),
        )  # fmt: skip

    @property
    def levels(self) -> Floats:
        return np.asarray(self.unit * np.arange(_PLACES))

    def point(self, amount: float) -> Floats:
        """A certain amount of work, shared between the two places around it."""
        return np.maximum(0.0, 1 - np.abs(self.levels - amount) / self.unit)

    def coming(self, step: int) -> NDArray[np.complex128] | None:
        """The characteristic function of the work that comes in a slot of a step, a row for each kind of day; None where none comes."""
        rate = self.work.contacts[step] * self.busyness[:, step] / self.slots
        return np.exp(rate[:, None] * (self._handle_law(self.work.aht_seconds[step]) - 1)) if rate.any() else None

    def moved(self, law: Floats, coming: NDArray[np.complex128] | None, step: int, *, last: bool) -> Floats:
        """The law a slot later."""
        if coming is not None:
            law = np.fft.irfft(np.fft.rfft(law, 2 * _PLACES) * coming, 2 * _PLACES)
            law[:, _PLACES - 1] += law[:, _PLACES:].sum(axis=1)
            law = np.maximum(law[:, :_PLACES], 0.0)
        return self._lowered(law, step, leaves=last)

    def _lowered(self, law: Floats, step: int, *, leaves: bool) -> Floats:
        """Work done in a slot: by all agents while there is more than they have in hand, then by as many as there are contacts.

        Contacts in hand are about W / residual: below that W dies away like exp(-t / residual), as with no lack of agents.
        """
        heads, residual, full = self.heads[step], self.residual[step], self.heads[step] * self.residual[step]
        if heads == 0:
            return law
        seconds = (self.work.clock.edges[1] - self.work.clock.edges[0]) / self.slots
        alone = np.clip(seconds - np.maximum(0.0, self.levels - full) / heads, 0.0, seconds)
        left = np.where(
            alone > 0, np.minimum(self.levels, full) * np.exp(-alone / residual), self.levels - heads * seconds
        )
        if leaves:
            left = left - np.minimum(left, full) * self.leavers[step] / heads
        whole, rest = np.divmod(np.maximum(left, 0.0) / self.unit, 1.0)
        place = whole.astype(np.int64)
        # one count for all kinds of day, each with places of its own
        own = _PLACES * np.arange(law.shape[0])[:, None]
        at = np.concatenate([own + place, own + np.minimum(place + 1, _PLACES - 1)])
        moved = np.bincount(at.ravel(), np.concatenate([law * (1 - rest), law * rest]).ravel(), law.size)
        return np.asarray(moved, dtype=np.float64).reshape(law.shape)

    def _handle_law(self, aht_seconds: float) -> NDArray[np.complex128]:
        """The characteristic function of a handle time on the lattice, with its mean kept: mass goes to the two places around it."""
        from scipy.special import ndtr

        sigma = np.sqrt(np.log1p(self.cv**2))
        edges = (np.arange(_PLACES + 1) * self.unit)[1:]
        z = (
            (np.log(edges / aht_seconds) + sigma**2 / 2) / sigma
            if sigma > 0
            else np.where(edges >= aht_seconds, 9.0, -9.0)
        )
        below, partial = ndtr(z), aht_seconds * ndtr(z - sigma)
        mass, first = np.diff(np.append(0.0, below)), np.diff(np.append(0.0, partial)) / self.unit
        up = first - mass * np.arange(_PLACES)
        law = np.append(mass - up, 0.0)
        law[1:] += up
        law[-2] += 1 - below[-1]
        return np.fft.rfft(law[:_PLACES], 2 * _PLACES)

    def share_in_time(self, found: Floats, step: int, slot: int) -> float:
        """P(in time) of a contact that comes in the middle of a slot and finds work of this law."""
        from scipy.special import ndtri

        clock, aht = self.work.clock, self.work.aht_seconds[step]
        arrival = clock.edges[step] + (slot + 0.5) / self.slots * (clock.edges[1] - clock.edges[0])
        sigma = np.sqrt(np.log1p(self.cv**2))
        handle = aht * np.exp(sigma * ndtri(_HANDLES) - sigma**2 / 2)
        start = clock.deadlines(np.array([arrival]), self.work.within_seconds) - handle
        held = np.minimum(np.searchsorted(clock.edges, start, side="right") - 1, self.heads.size - 1)
        others = self._in_other_hands(np.maximum(0.0, self.heads[held] - 1), aht)
        room = np.interp(start, clock.edges, self.drained) - np.interp(arrival, clock.edges, self.drained) + others
        chance = np.interp(room, self.levels, np.cumsum(found))
        return float(np.where((start >= arrival) & (room > 0), chance, 0.0).mean())

    def _in_other_hands(self, others: Floats, aht_seconds: float) -> Floats:
        """Equally likely amounts of work that so many agents have in hand, shape (_HANDS, size of others).

        What is left of a contact in hand has the mean E[X²] / 2 E[X] and the second moment E[X³] / 3 E[X]; the sum is taken as gamma.
        """
        from scipy.special import gammaincinv

        growth = 1 + self.cv**2
        mean, variance = aht_seconds * growth / 2, aht_seconds**2 * (growth**3 / 3 - growth**2 / 4)
        shape = np.maximum(others, _ROUNDING) * mean**2 / variance
        return np.asarray(gammaincinv(shape, _HANDS[:, None]) * variance / mean)


def _busyness(dispersion: Floats) -> Floats:
    """The factor of each kind of day on each step's mean, shape (kinds, count): gamma with mean 1; one kind where nothing disperses."""
    from scipy.special import gammaincinv

    if dispersion.max(initial=0.0) <= _NO_DISPERSION:
        return np.ones((1, dispersion.size))
    shape = 1 / np.maximum(dispersion, _NO_DISPERSION)
    factor = np.where(dispersion > _NO_DISPERSION, gammaincinv(shape, _DAYS[:, None]) / shape, 1.0)
    factor /= factor.mean(axis=0)
    factor = 1 + (factor - 1) * np.sqrt(dispersion / np.maximum(factor.var(axis=0), _NO_DISPERSION))
    return np.asarray(np.maximum(0.0, factor) / np.maximum(0.0, factor).mean(axis=0))
