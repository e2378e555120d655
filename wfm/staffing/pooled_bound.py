"""The least that any mix of skill groups can cost: no mix serves a set of call types better than one pool would."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wfm.domain.errors import Fault, InputError
from wfm.domain.target import ServiceLevel
from wfm.staffing.arrays import Bools, Floats, Integers
from wfm.staffing.erlang import erlang_a
from wfm.staffing.skill_groups import SkillCentre
from wfm.staffing.smallest import least_agents, smallest_agents

_CUTS_A_ROUND = 50
_NODES = 5_000
"""A limit in steps, not in time, so that the same centre gives the same bound on any machine."""
_INFEASIBLE = 2
_FIX = "Raise or remove `most` of some groups, or add a group."
_PROBES = 60
"""Points at which the need of the whole centre's mix is computed, to guess that of each set before computing it."""


@dataclass(frozen=True)
class MixBound:
    """A cost that no mix of groups undercuts, and the cheapest mix that no set of types forbids."""

    cost: float
    agents: Integers


def pooled_need(centre: SkillCentre, members: Integers) -> Integers:
    """Least agents for each set of types (rows of 0/1, shape (sets, types)) if it was one queue, first come, first served.

    The pool gets the longest time to answer of its types, the target and handle time of their mean contact and whichever of their patiences
    needs least (Erlang A). Assumes that a mix of groups hurries nobody past a contact that waited longer, and handle times at least as
    irregular as exponential ones.
    """
    volume, load, patience = _of(centre, "per_hour"), _of(centre, "load_erlangs"), _of(centre, "patience_seconds")
    share, within = (
        np.array([getattr(each.target, name) for each in centre.types]) for name in ("share", "within_seconds")
    )
    calls, erlangs = members @ volume, members @ load
    aht = erlangs / calls * 3_600
    missed = 1 - members @ (volume * share) / calls
    longest = (members * within).max(axis=1)

    def need(waits_seconds: float) -> Integers:
        def kept(rows: Integers, agents: Floats) -> Bools:
            queue = erlang_a(erlangs[rows], agents, aht[rows], waits_seconds, longest[rows])
            return np.asarray(queue.missed() <= missed[rows])

        return least_agents(kept, erlangs)

    has = {waits: (members * (patience == waits)).any(axis=1) for waits in np.unique(patience)}
    needs = [np.where(rows, need(waits), np.iinfo(np.int64).max) for waits, rows in has.items()]
    return np.asarray(np.min(needs, axis=0))


def pooled_bound(centre: SkillCentre) -> MixBound:
    """The cheapest whole numbers of agents with which every set of types has its pooled need, and the cost that nothing undercuts.

    The integer programme min cost x, sum of the groups with a skill in S >= need(S) for all sets S of types, whose rows are added where the
    mix at hand breaks them (Cezik & L'Ecuyer 2008 add theirs likewise).
    Raises InputError where the groups' limits leave a set short.
    """
    alone = np.eye(len(centre.types), dtype=np.int64)
    members = np.vstack([alone, np.ones_like(alone[:1])])
    needs = pooled_need(centre, members)
    guess = _guessed_needs(centre)
    while True:
        agents, cost = cheapest_mix(centre, touching(centre, members), needs)
        likely = _most_short(guess - _agents_of_sets(centre, agents))
        sets = likely[:, None] >> np.arange(len(alone)) & 1
        exact = pooled_need(centre, sets)
        short = exact > touching(centre, sets) @ agents
        if not short.any():
            return MixBound(cost, agents)
        members, needs = np.vstack([members, sets[short]]), np.concatenate([needs, exact[short]])


def touching(centre: SkillCentre, members: Integers) -> Integers:
    """Of shape (sets, groups): 1 where the group has any of the set's skills."""
    return (members @ centre.able.T > 0).astype(np.int64)


def cheapest_mix(centre: SkillCentre, rows: Floats | Integers, least: Floats | Integers) -> tuple[Integers, float]:
    """Whole numbers x >= 0 of agents a group at least cost with rows @ x >= least, and a proved lower bound on that cost."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    found = milp(
        centre.costs,
        integrality=np.ones(len(centre.groups)),
        bounds=Bounds(0, centre.most),
        constraints=LinearConstraint(np.asarray(rows, dtype=np.float64), np.asarray(least, dtype=np.float64), np.inf),
        options={"mip_rel_gap": 1e-4, "node_limit": _NODES},
    )
    if found.status == _INFEASIBLE:
        raise InputError([Fault("groups large enough for every set of call types", "too small limits", _FIX)])
    if found.x is None:
        raise RuntimeError(f"the programme of the pooled bound ended without a mix: {found.message}")
    return np.rint(found.x).astype(np.int64), float(found.mip_dual_bound)


def _of(centre: SkillCentre, name: str) -> Floats:
    return np.array([getattr(each, name) for each in centre.types])


def _over_subsets(values: Floats, types: int) -> Floats:
    """For each set of types (as bits) the sum of the values of all its subsets."""
    sums = values.copy()
    for bit in range(types):
        pairs = sums.reshape(-1, 2, 1 << bit)
        pairs[:, 1] += pairs[:, 0]
    return sums


def _agents_of_sets(centre: SkillCentre, agents: Integers) -> Floats:
    """For each set of types the agents with any of its skills: all but those whose skills lie in the rest."""
    types = len(centre.types)
    skills = centre.able @ (1 << np.arange(types))
    within = np.zeros(1 << types)
    np.add.at(within, skills, agents)
    return np.asarray(agents.sum() - _over_subsets(within, types)[::-1])


def _guessed_needs(centre: SkillCentre) -> Floats:
    """For each set of types about what it needs: by its load alone, as if its contacts were the centre's mean contact."""
    types = len(centre.types)
    load, volume = _of(centre, "load_erlangs"), _of(centre, "per_hour")
    single = np.zeros(1 << types)
    single[1 << np.arange(types)] = load
    points = np.linspace(0, load.sum(), _PROBES)
    mean = ServiceLevel(
        share=float(np.average([each.target.share for each in centre.types], weights=volume)),
        within_seconds=max(each.target.within_seconds for each in centre.types),
    )
    aht = load.sum() / volume.sum() * 3_600
    needs = smallest_agents(points, aht, [mean], float(np.average(_of(centre, "patience_seconds"), weights=volume)))
    return np.interp(_over_subsets(single, types), points, needs)


def _most_short(shortage: Floats) -> Integers:
    """The sets with the largest shortage, at most so many as are looked at in a round; never the empty one."""
    shortage = shortage[1:]
    most = min(_CUTS_A_ROUND, shortage.size)
    return 1 + np.argpartition(-shortage, most - 1)[:most]
