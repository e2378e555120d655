"""Customers who call again: the load that a queue is offered when a share of the lost, and of the answered, comes back."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from wfm.domain.errors import Fault, InputError
from wfm.staffing.arrays import Floats, as_arrays

_STEPS = 100
"""At most 14 were needed by 15,000 odd queues."""
_NEAR = 1e-14


def load_with_redials(
    fresh_erlangs: ArrayLike, lost: Callable[[Floats], Floats], redial: float, repeat: float = 0.0
) -> Floats:
    """Offered load in Erlangs, fresh contacts and those who call again, shape of ``fresh_erlangs``.

    ``lost`` gives the share of an offered load that abandons or is blocked, never less for a larger load; a share ``redial`` of those and
    a share ``repeat`` of the answered call again, both 0..1 (below 1), after a delay long enough that they come like any other contact.
    So a = fresh + redial a P(a) + repeat a (1 - P(a)), P = lost; a [(1 - redial) P(a) + (1 - repeat) (1 - P(a))] = fresh has its one
    root between fresh and fresh / (1 - max(redial, repeat)), found by false position (Aguir, Karaesmen, Aksin & Chauvet 2004; Ding,
    Koole & van der Mei 2015). Raises InputError for shares out of range.
    """
    (fresh,) = as_arrays(load_erlangs=fresh_erlangs)
    for name, share in (("redials", redial), ("repeats", repeat)):
        if not 0 <= share < 1:
            raise InputError([Fault(f"a share of {name} from 0 to below 1, such as 0.4", f"{share:g}")])
    most = max(redial, repeat)
    if most == 0:
        return fresh

    def surplus(load: Floats) -> Floats:
        gone = lost(load)
        return load * ((1 - redial) * gone + (1 - repeat) * (1 - gone)) - fresh

    low, high = fresh, fresh / (1 - most)
    below, above = -surplus(low), surplus(high)
    before = np.full(fresh.shape, -1)
    middle = high
    for _ in range(_STEPS):
        middle = low + (high - low) * np.divide(below, below + above, where=above > 0, out=np.ones_like(low))
        there = surplus(middle)
        if np.all((high - low <= _NEAR * high) | (np.abs(there) <= _NEAR * fresh)):
            break
        short = there < 0
        # Where the other end has stayed, its figure counts half (the Illinois rule, Dowell & Jarratt 1971).
        again = short == before
        low, below = np.where(short, middle, low), np.where(short, -there, np.where(again, below / 2, below))
        high, above = np.where(short, high, middle), np.where(short, np.where(again, above / 2, above), there)
        before = short.astype(np.int64)
    return np.asarray(middle)
