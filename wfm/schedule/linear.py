"""A rule that couples agents as rows of a linear programme: how column generation and bounds see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Linear:
    """The least breach of a rule that couples agents, as a linear programme over what their tours add up to.

    With R rows and K amends: the least of ``breach @ z`` over 0 <= z <= ``most`` such that in every row r

        low[r] <= sum over agents of what their tours add to r + (z @ amends)[r] <= high[r].

    It may be below the rule's breach for no roster's tours, and never above: then every bound that is made of it is valid.
    ``on_duty[agent]``, shape (days * slots, R), is what each duty of an agent adds to the rows; ``on_queue[agent]``, shape
    (grid.count, R), what each minute on the queue adds. Alike agents share one matrix. ``whole`` says that amounts of the rule's
    breach are whole numbers.
    """

    low: Floats
    high: Floats
    amends: csr_array
    most: Floats
    breach: Floats
    on_duty: Mapping[str, csr_array] = field(default_factory=dict)
    on_queue: Mapping[str, csr_array] = field(default_factory=dict)
    whole: bool = True

    @classmethod
    def around(cls, aim: Floats, on_duty: Mapping[str, csr_array], under: Floats | float, over: Floats | float) -> Self:
        """Rows that cost ``under`` for each unit below an aim and ``over`` for each above; no more below than the aim itself.

        Where one of the two is 0 the row is a bound on one side only.
        """
        from scipy.sparse import coo_array

        under, over = (np.broadcast_to(np.asarray(price, dtype=np.float64), aim.shape) for price in (under, over))
        most = sum((np.asarray(matrix.sum(axis=0)).ravel() for matrix in on_duty.values()), np.zeros(len(aim)))
        short, spare = np.flatnonzero((under > 0) & (aim > 0)), np.flatnonzero(over > 0)
        rows = np.concatenate([short, spare])
        signs = np.repeat([1.0, -1.0], [len(short), len(spare)])
        return cls(
            low=np.where((under > 0) & (aim > 0), aim, -np.inf),
            high=np.where(over > 0, aim, np.inf),
            amends=coo_array((signs, (np.arange(len(rows)), rows)), shape=(len(rows), len(aim))).tocsr(),
            most=np.concatenate([aim[short], np.maximum(0.0, most - aim)[spare]]),
            breach=np.concatenate([under[short], over[spare]]),
            on_duty=on_duty,
        )
