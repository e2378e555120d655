"""Where a roster serves less than another: the hours of most loss, in a planner's words."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from wfm.domain.time import local
from wfm.schedule.problem import RosterProblem

STRETCH_MINUTES = 120
"""Two hours are what people mean by Tuesday afternoon."""


def weakest_stretch(problem: RosterProblem, before: NDArray[np.int64], after: NDArray[np.int64], lost: float) -> str:
    """The two hours of most loss, such as ``Tue 2026-12-01 14:00-16:00 would fall from 78% to 61% ...``.

    ``before`` and ``after`` are worths of heads in each step, in millionths of a contact (problem.market); shares are of all contacts
    that could be served inside target, ``lost`` is the loss in all, in contacts.
    """
    size = max(1, STRETCH_MINUTES // problem.grid.step_minutes)
    loss = np.convolve(before - after, np.ones(size, dtype=np.int64), "valid")
    first = int(loss.argmax()) if len(loss) else 0
    part = slice(first, first + size)
    full = int(problem.market.full[part].sum()) or 1
    was, now = (int(worth[part].sum()) / full for worth in (before, after))
    begin = local(problem.grid.instant(first), problem.grid.zone)
    end = local(problem.grid.instant(first) + timedelta(minutes=size * problem.grid.step_minutes), problem.grid.zone)
    return (
        f"{begin:%a %Y-%m-%d %H:%M}-{end:%H:%M} would fall from {was:.0%} to {now:.0%} of contacts served in time, "
        f"{lost:.1f} contacts fewer in all"
    )
