"""Rostered heads shared between channels, and the service that they are predicted to give."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Channel, Requirement
from wfm.staffing import inside_deferred, inside_when_rostered
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

    For voice the chain of :func:`wfm.staffing.inside_when_rostered`, so that overload carries over; for deferred work the law of the work
    waiting, with the heads that live contacts leave (:func:`heads_left`); for chat the staffing formula. Shrinkage keeps a share of the
    heads away. Kept for the views of one plan, which all ask for it.
    """
    left = heads_left(plan)
    rows = zip(plan.scenario.channels, plan.requirements, plan.forecasts, heads_by_channel(plan), left, strict=True)
    inside = np.array(
        [
            inside_deferred(forecast, channel, row, spare)
            if channel.kind == "deferred"
            else _inside(channel, row, own * (1 - row.shrinkage))
            for channel, row, forecast, own, spare in rows
        ]
    )
    inside.flags.writeable = False
    return inside


def _inside(channel: Channel, requirement: Requirement, heads: Floats) -> Floats:
    if channel.kind == "voice":
        return inside_when_rostered(requirement, channel, heads)
    return requirement.served_by(heads)


def heads_left(plan: Plan) -> Floats:
    """Present heads whose time live contacts leave to each deferred channel, shape (channels, count); 0 for live channels.

    Deferred work is put down when a live contact comes, so it gets all time in which its people hold none: those who share a live channel
    are taken to be busy with it alike. Time that several deferred channels could have is shared by their work.
    """
    problem = roster_problem(plan.scenario, plan.requirements)
    roster = plan.scenario.present(plan.solution.roster)
    groups = [serves for _, serves in problem.groups]
    idle = np.array([roster.serving(agents) for agents, _ in problem.groups]).reshape(len(groups), problem.grid.count)
    idle = idle * (1 - plan.scenario.shrinkage)
    load = np.array([row.load_erlangs() for row in plan.requirements])
    left, deferred = np.zeros_like(load), [row.kind == "deferred" for row in plan.scenario.channels]
    for channel in np.flatnonzero(~np.array(deferred)).tolist():
        own = np.array([channel in serves for serves in groups])
        there = idle[own].sum(axis=0)
        busy = np.divide(load[channel], there, out=np.zeros_like(there), where=there > 0)
        idle[own] *= 1 - np.minimum(1.0, busy)
    for serves, spare in zip(groups, idle, strict=True):
        own_work = {channel: load[channel].sum() for channel in serves if deferred[channel]}
        for channel, work in own_work.items():
            left[channel] += spare * (work / sum(own_work.values()) if work > 0 else 0.0)
    return left
