"""The cheapest small change of a mix of skill groups that mends its service, from what one more agent of each group is seen to do."""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from wfm.staffing.arrays import Floats, Integers
from wfm.staffing.skill_groups import SkillCentre

_PRICE = 10_000.0
"""Mean agents that a share of 1 too little is worth: even a hundredth of a point, the least that is told, is worth one."""
_NODES = 2_000
"""A limit in steps, not in time, so that the same seed gives the same mix on any machine."""


def cheapest_change(
    centre: SkillCentre,
    agents: Integers,
    gains: Floats,
    missing: Floats,
    fewest: Integers,
    most: Integers,
    dearer: float = 1.0,
) -> Integers:
    """The mix from ``fewest`` to ``most`` agents a group that gives every type its missing share at least cost, if effects add up.

    ``gains`` of shape (groups, types) is the share inside target that one more agent of a group gives a type; ``missing`` is below 0 where
    there is share to spare. What cannot be mended so is paid for, so that there is always an answer.
    """
    groups, types = gains.shape
    more = np.maximum(0, np.minimum(centre.most, most) - agents)
    fewer = agents - np.maximum(0, fewest)
    found = milp(
        np.concatenate([centre.costs, -centre.costs, np.full(types, _PRICE * centre.costs.mean())]),
        integrality=np.concatenate([np.ones(2 * groups), np.zeros(types)]),
        bounds=Bounds(0, np.concatenate([more, fewer, np.full(types, np.inf)])),
        constraints=LinearConstraint(np.hstack([gains.T, -dearer * gains.T, np.eye(types)]), missing, np.inf),
        options={"mip_rel_gap": 1e-4, "node_limit": _NODES},
    )
    if found.x is None:
        return agents
    up, down = np.rint(found.x[: 2 * groups]).astype(np.int64).reshape(2, groups)
    return np.asarray(agents + up - down, np.int64)
