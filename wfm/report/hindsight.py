"""What really came, for the channels whose history reaches into the horizon."""

from __future__ import annotations

import numpy as np

from wfm.domain import TimeGrid
from wfm.forecast import Accuracy, on_grid
from wfm.report.allocation import Floats
from wfm.study import Plan


def accuracy_by_channel(plan: Plan) -> dict[str, Accuracy]:
    """The accuracy of each forecast that could be scored; the plan lists them in the order of its channels."""
    known = [row.channel for row in plan.scenario.histories if _reaches(row.grid, plan.scenario.horizon)]
    return dict(zip(known, plan.accuracy, strict=True))


def outcome(plan: Plan, channel: str) -> Floats | None:
    """Contacts that really came on the horizon's grid, shape (count,), NaN where unknown; None where nothing is known."""
    history = next(row for row in plan.scenario.histories if row.channel == channel)
    if not _reaches(history.grid, plan.scenario.horizon):
        return None
    counts = on_grid(history, plan.scenario.horizon).counts()
    return None if np.isnan(counts).all() else counts


def _reaches(past: TimeGrid, horizon: TimeGrid) -> bool:
    """Whether a step of a history lies in the horizon, counted as the plan counts when it scores its forecasts."""
    return max(0, past.index(horizon.start)) < min(past.index(horizon.end), past.count)
