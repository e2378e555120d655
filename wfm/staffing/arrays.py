"""The kinds of numpy array that the room passes around, and how a caller's numbers become them."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wfm.domain.errors import Fault, InputError

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]

_LARGEST = 1e15
"""Beyond it whole numbers of agents are no longer told apart by a double."""
_NOTHING = {"agents": 1e-9, "load_erlangs": 1e-200}
"""Below it there are no agents, or no load: quotients of such numbers would overflow."""
_POSITIVE = {"aht_seconds", "patience_seconds"}
_SHORTEST = 1e-9
"""Mean times below a nanosecond are none: their quotients with large loads lose the digits by which figures are compared."""


def as_arrays(**given: ArrayLike) -> tuple[Floats, ...]:
    """The arguments, by name, as arrays of one broadcast shape; InputError where one is negative, not a number, or beyond 1e15.

    Mean times of service and patience must be a nanosecond or more.
    """
    values = {name: np.asarray(value, dtype=np.float64) for name, value in given.items()}
    faults = []
    for name, value in values.items():
        least = _SHORTEST if name in _POSITIVE else 0.0
        wrong = ~((value >= least) & (value <= _LARGEST))
        if wrong.any():
            faults.append(Fault(f"{name} from {least:g} to {_LARGEST:g}", f"{value[wrong].flat[0]:g}"))
    if faults:
        raise InputError(faults)
    return tuple(
        np.broadcast_arrays(*(np.where(value < _NOTHING.get(name, 0.0), 0.0, value) for name, value in values.items()))
    )
