"""What service a mix of skill groups gives to simulated calls, in the order of the queue that its allowances say."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from wfm.simulate import Calls, Window, draw_calls, group_ranks, serve_pools
from wfm.staffing import SkillCentre

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_WARM_UP_AHTS = 12
_CALLS, _FEWEST_HOURS = 60_000, 3
"""A replication: enough calls that shares are known to a point or two, and long enough that the queue swings often."""


def simulated_shares(
    centre: SkillCentre, agents: Integers, allowance: Floats, *, seed: int, replications: int, workers: int = 1
) -> Floats:
    """Share inside target of each type (columns) in each replication (rows), of 60,000 calls in steady state.

    An agent who becomes free takes the waiting call that is due first; a call is due ``allowance`` seconds of its type after it came.
    A call that finds several agents free goes to the group with the fewest skills, there to whoever is idle longest.
    """
    types = centre.types
    per_second = [each.per_hour / 3_600 for each in types]
    within = [each.target.within_seconds for each in types]
    calls = Calls.of(per_second, [each.aht_seconds for each in types], [each.patience_seconds for each in types])
    ranks = group_ranks(
        [np.flatnonzero(row).tolist() for row in centre.able], len(types), "longest_wait", "specialist_first"
    )
    window = Window(
        max(_FEWEST_HOURS * 3_600, _CALLS / sum(per_second)), _WARM_UP_AHTS * max(each.aht_seconds for each in types)
    )

    def shares(replication: int) -> Floats:
        drawn = draw_calls(calls, window, seed, replication)
        waiting = drawn._replace(due=drawn.arrival + allowance[drawn.channel])
        served = serve_pools([waiting], window, agents, ranks, within)
        return np.asarray(served.inside[0] / np.maximum(served.offered[0], 1))

    with ThreadPoolExecutor(workers) as pool:
        return np.array(list(pool.map(shares, range(replications))))
