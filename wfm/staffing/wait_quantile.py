"""How long contacts wait at most, but for an unlucky few."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from wfm.domain.errors import Fault, InputError
from wfm.staffing.arrays import Floats, as_arrays
from wfm.staffing.erlang import erlang_a, erlang_c

_HALVINGS = 60


def wait_quantile(
    load_erlangs: ArrayLike,
    agents: ArrayLike,
    aht_seconds: ArrayLike,
    share: float,
    patience_seconds: ArrayLike | None = None,
) -> Floats:
    """Seconds that a ``share`` (0..1, below 1) of the offered contacts does not wait longer than, answered or not; broadcast shape.

    Erlang C: aht / (n - a) ln(P(wait) / (1 - share)) where P(wait) > 1 - share, else 0; infinite where n <= a > 0. Erlang A: the wait
    is cut short by an exponential patience, so the quantile lies below patience x ln(1 / (1 - share)) and is found by halving.
    """
    if not 0 <= share < 1:
        raise InputError([Fault("a share from 0 to below 1, such as 0.9", f"{share:g}")])
    if patience_seconds is None:
        load, number, handle = as_arrays(load_erlangs=load_erlangs, agents=agents, aht_seconds=aht_seconds)
        surplus = np.log(np.maximum(erlang_c(load, number, handle, 0.0).p_wait / (1 - share), 1.0))
        spare = number - load
        endless = np.where(load > 0, np.inf, 0.0)
        return np.divide(handle * surplus, spare, out=endless, where=spare > 0)
    load, number, handle, patience = as_arrays(
        load_erlangs=load_erlangs, agents=agents, aht_seconds=aht_seconds, patience_seconds=patience_seconds
    )
    low, high = np.zeros_like(load), -np.log1p(-share) * patience
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        late = erlang_a(load, number, handle, patience, middle).missed("answered_or_abandoned") > 1 - share
        low, high = np.where(late, middle, low), np.where(late, high, middle)
    instant = erlang_a(load, number, handle, patience, 0.0).missed("answered_or_abandoned") <= 1 - share
    return np.where(instant, 0.0, high)
