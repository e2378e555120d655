"""What really came, for the channels whose history reaches into the horizon."""

from __future__ import annotations

import numpy as np

from wfm.forecast import Accuracy, on_grid
from wfm.report.allocation import Floats
from wfm.study import Plan


def accuracy_by_channel(plan: Plan) -> dict[str, Accuracy]:
    """The accuracy of each forecast that could be scored."""
    return {row.channel: row for row in plan.accuracy}


def outcome(plan: Plan, channel: str) -> Floats | None:
    """Contacts that really came on the horizon's grid, shape (count,), NaN where unknown; None where nothing is known."""
    history = next((row for row in plan.scenario.histories if row.channel == channel), None)
    horizon = plan.scenario.horizon
    if history is None or history.grid.end <= horizon.start or horizon.end <= history.grid.start:
        return None
    counts = on_grid(history, horizon).counts()
    return None if np.isnan(counts).all() else counts
