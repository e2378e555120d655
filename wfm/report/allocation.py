"""Rostered heads shared between channels, and the service that they are predicted to give."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Channel, Requirement
from wfm.staffing import inside_when_rostered
from wfm.study import Plan, roster_problem

Floats = NDArray[np.float64]


def heads_by_channel(plan: Plan) -> Floats:
    """Rostered heads on the queue that work on each channel, shape (channels, count).

    Every interval's heads are shared so that they serve most inside target, as the roster was priced (``Market.shares``); heads
    that could add nothing anywhere are left out.
    """
    problem = roster_problem(plan.scenario, plan.requirements)
    roster, size = plan.scenario.present(plan.solution.roster), problem.grid.step_minutes
    serving = np.array([roster.serving(agents) * size for agents, _ in problem.groups])
    minutes = np.rint(serving).astype(np.int64).reshape(len(problem.groups), problem.grid.count)
    return problem.market.shares(minutes) / size


def heads_on_queue(plan: Plan, channel: str | None = None) -> Floats:
    """Rostered heads on the queue that hold a channel's skill (None: that of any channel), shape (count,); breaks count as away."""
    skills = {row.skill for row in plan.scenario.channels if channel in {None, row.name}}
    agents = [agent.id for agent in plan.scenario.workforce.agents if skills & set(agent.skills)]
    return plan.scenario.present(plan.solution.roster).serving(agents)


@lru_cache(maxsize=1)
def predicted_inside(plan: Plan) -> Floats:
    """Expected contacts inside target with the heads that work on each channel, shape (channels, count); read-only.

    For voice the chain of :func:`wfm.staffing.inside_when_rostered`, so that overload carries over; for others the staffing formula.
    Shrinkage keeps a share of the heads away. Kept for the views of one plan, which all ask for it.
    """
    rows = zip(plan.scenario.channels, plan.requirements, heads_by_channel(plan), strict=True)
    inside = np.array([_inside(channel, row, own * (1 - row.shrinkage)) for channel, row, own in rows])
    inside.flags.writeable = False
    return inside


def _inside(channel: Channel, requirement: Requirement, heads: Floats) -> Floats:
    if channel.kind == "voice":
        return inside_when_rostered(requirement, channel, heads)
    return requirement.served_by(heads)
