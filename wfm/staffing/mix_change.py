"""The cheapest small change of a mix of skill groups that mends its service, from what agents and the order of the queue are seen to do."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from wfm.staffing.arrays import Floats, Integers
from wfm.staffing.skill_groups import SkillCentre

_PRICE = 1_000.0
"""Mean agents that log odds of 1 too little are worth; a type of 1,000 Erlangs gains as much by some hundreds of agents."""
_MOVED, _MOVED_SECOND = 0.01, 1e-3
"""Mean agents that it costs to move an agent or a second: without it, effects that are only luck would be followed to and fro."""
_GAP, _NODES = 5e-4, 100
"""A limit in steps, not in time, so that the same seed gives the same mix on any machine."""


class Effects(NamedTuple):
    """What one more agent of each group, shape (groups, types), and one more second of each type's allowance, shape (types, types), do.

    They change the log odds of each type's share inside target; an allowance is how long after its arrival a call of a type is due.
    """

    agents: Floats
    seconds: Floats


class Reach(NamedTuple):
    """How many agents of each group there may be fewer and more, and by how many seconds an allowance may move either way."""

    fewer: Integers
    more: Integers
    seconds: float


def cheapest_change(
    centre: SkillCentre, agents: Integers, effects: Effects, missing: Floats, reach: Reach, dearer: float = 1.0
) -> tuple[Integers, Floats]:
    """Agents a group and seconds to add to each allowance, within reach of where they are.

    They give every type its ``missing`` log odds at least cost, if effects add up; below 0 there is share to spare. An agent fewer takes
    ``dearer`` times what one more gives. What cannot be mended so is paid for, so that there is always an answer.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    groups, types = effects.agents.shape
    # the columns are agents, agents more, agents fewer, seconds later, seconds earlier, log odds that stay missing
    sizes = (groups, groups, groups, types, types, types)
    more, later = effects.agents.T, effects.seconds.T
    mended = np.hstack([np.zeros((types, groups)), more, -dearer * more, later, -later, np.eye(types)])
    moved = np.hstack([np.eye(groups), -np.eye(groups), np.eye(groups), np.zeros((groups, 3 * types))])
    mean = centre.costs.mean()
    prices = np.repeat([0, _MOVED, _MOVED, _MOVED_SECOND, _MOVED_SECOND, _PRICE], sizes) * mean
    prices[:groups] = centre.costs
    least = np.zeros(sum(sizes))
    most = np.repeat([0, np.inf, np.inf, reach.seconds, reach.seconds, np.inf], sizes)
    least[:groups], most[:groups] = np.maximum(0, agents - reach.fewer), np.minimum(centre.most, agents + reach.more)
    found = milp(
        prices,
        integrality=np.repeat([1, 0, 0, 0, 0, 0], sizes),
        bounds=Bounds(least, most),
        constraints=[LinearConstraint(mended, missing, np.inf), LinearConstraint(moved, agents, agents)],
        options={"mip_rel_gap": _GAP, "node_limit": _NODES},
    )
    if found.x is None:
        return agents, np.zeros(types)
    changed, _, _, after, before, _ = np.split(found.x, np.cumsum(sizes)[:-1])
    return np.asarray(np.rint(changed), np.int64), np.asarray(after - before)
