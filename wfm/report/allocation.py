"""Rostered heads shared between channels, and the service that the staffing formula predicts from them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

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


def predicted_inside(plan: Plan, heads: Floats) -> Floats:
    """Expected contacts inside target by the staffing formula, shape (channels, count); shrinkage keeps a share of the heads away."""
    return np.array(
        [row.served_by(own * (1 - row.shrinkage)) for row, own in zip(plan.requirements, heads, strict=True)]
    )
