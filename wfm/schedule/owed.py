"""Time that an agent owes something else than the queue, as bounds see it: any minute on shift inside some steps may pay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Owed:
    """``minutes`` that an agent is to spend on ``what`` instead of the queue, on shift, in steps that are ``inside``, shape (grid.count,).

    A minute pays for one thing only. ``breach`` is how much a rule is breached at the least by each minute that is not paid.
    """

    what: str
    minutes: int
    inside: NDArray[np.bool_]
    breach: float = 1.0
