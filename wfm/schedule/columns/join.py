"""The recipe of columns beside a search: the bound and a dive, then better rosters near the best one that anybody has found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wfm.schedule.columns.grain import EPS
from wfm.schedule.columns.near import Places
from wfm.schedule.columns.workbench import GoOn, Workbench
from wfm.schedule.draft import Draft

CLOSE, FAR_SHARE = 0.01, 0.1
"""Within such a gap a tree that proves the roster best, or finds the best one, gets as many rounds as looking nearby; else less."""
AGAIN = 0.25
"""Rounds of dives for each round near rosters, where the gap is wider; and only there days that are dear are looked at first."""
AGREED = 0.9, 1.0
"""Between these lies the share of the mix at which another dive takes days as settled: three such dives on 30 agents cost 1,610, 1,505 and
1,508, which is luck; one that can no longer be better ends early."""


@dataclass(frozen=True)
class Company:
    """What columns share with whoever else looks for rosters.

    ``standing``: the best legal draft that is known and its cost on the workbench's scale; ``offer`` gives a draft that keeps all rules
    about one agent: whether it is better than what stands is for the taker to judge; ``go_on`` is asked once a round. ``late`` tells
    whether so much of the time is over that a dive should make haste.
    """

    standing: Callable[[], tuple[Draft, float]]
    offer: Callable[[Draft], None]
    go_on: GoOn
    on_bound: Callable[[float], None]
    late: Callable[[], bool] = lambda: True

    def open(self, bench: Workbench) -> bool:
        """Whether there is time, and something better is possible."""
        return bench.bound < self.standing()[1] - EPS and self.go_on()


def descend(bench: Workbench, company: Company) -> bool:
    """Raise the bound, then offer the roster at the end of a dive from the best mix; whether that mix was found."""
    bench.learn(company.standing()[0])

    def further() -> bool:
        company.on_bound(bench.bound)
        return company.go_on()

    done = bench.price(further, company.standing()[1])
    company.on_bound(bench.bound)
    found = bench.dive(lambda: company.open(bench), company.standing()[1], company.late) if done else None
    if found is not None:
        company.offer(found)
    return done


def refine(bench: Workbench, company: Company, seed: int, *, branches: bool = True) -> None:
    """After :func:`descend`, look near what stands and in a tree of all rosters until it is proved best or the time is over.

    With several threads one of them may look into the tree.
    """
    random = np.random.default_rng(seed)
    places = Places(len(bench.people), len(bench.problem.days), random)
    while company.open(bench):
        (draft, cost), (near, branched, dived) = company.standing(), bench.efforts
        far = cost - bench.bound > CLOSE * cost
        if far and dived <= AGAIN * near:
            found = bench.dive(lambda: company.open(bench), cost, company.late, random.uniform(*AGREED))
        elif branches and branched <= near * (FAR_SHARE if far else 1.0):
            found = bench.branch(cost, company.go_on)
            company.on_bound(min(bench.bound, company.standing()[1]))
        else:
            dear = bench.dear(draft) if far else np.zeros(len(bench.problem.days))
            found, certainly_none = bench.near(draft, places.draw(dear), company.go_on)
            rounds = bench.efforts[0] - near
            places.learn(rounds, easy=certainly_none, better=found is not None, far=far)
        if found is not None:
            company.offer(found)
