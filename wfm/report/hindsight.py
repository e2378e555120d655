"""What really came, for the channels whose history reaches into the horizon."""

from __future__ import annotations

import numpy as np

from wfm.forecast import Accuracy, on_grid
from wfm.report.allocation import Floats
from wfm.study import Plan


def accuracy_by_channel(plan: Plan) -> dict[str, Accuracy]:
    """The accuracy of each forecast that could be scored; the plan lists them in the order of its channels."""
    horizon = plan.scenario.horizon
    known = [
        history.channel
        for history in plan.scenario.histories
        if history.grid.start < horizon.end and history.grid.end > horizon.start
    ]
    return dict(zip(known, plan.accuracy, strict=True))


def outcome(plan: Plan, channel: str) -> Floats | None:
    """Contacts that really came on the horizon's grid, shape (count,), NaN where unknown; None where nothing is known."""
    history = next(row for row in plan.scenario.histories if row.channel == channel)
    if history.grid.end <= plan.scenario.horizon.start or history.grid.start >= plan.scenario.horizon.end:
        return None
    counts = on_grid(history, plan.scenario.horizon).counts()
    return None if np.isnan(counts).all() else counts
