"""The recipe of columns beside a search: the bound, a dive, then better rosters near the best one that anybody has found."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wfm.schedule.columns.grain import EPS
from wfm.schedule.columns.near import Places
from wfm.schedule.columns.workbench import GoOn, Workbench
from wfm.schedule.draft import Draft

CLOSE, FAR_SHARE = 0.01, 0.5
"""Within such a gap a tree that proves the roster best, or finds the best one, gets as many rounds as looking nearby; else less."""
Standing = Callable[[], tuple[Draft, float]]
"""The best legal draft that is known, whoever found it, and its cost on the workbench's scale."""


def join(
    bench: Workbench,
    standing: Standing,
    offer: Callable[[Draft], None],
    go_on: GoOn,
    on_bound: Callable[[float], None],
    seed: int,
) -> None:
    """Raise the bound, then offer drafts, until the roster is proved best or nothing says to ``go_on`` (asked once a round).

    An offered draft keeps all rules about one agent; whether it is better than what stands is for the taker to judge.
    """
    bench.learn(standing()[0])

    def further() -> bool:
        on_bound(bench.bound)
        return go_on()

    def open_still() -> bool:
        return bench.bound < standing()[1] - EPS and go_on()

    if not bench.price(further, standing()[1]):
        on_bound(bench.bound)
        return
    on_bound(bench.bound)
    found = bench.dive(open_still, standing()[1])
    if found is not None:
        offer(found)
    places = Places(len(bench.people), len(bench.problem.days), np.random.default_rng(seed))
    while open_still():
        near, branched = bench.efforts
        close = standing()[1] - bench.bound <= CLOSE * standing()[1]
        if branched <= near * (1.0 if close else FAR_SHARE):
            found = bench.branch(standing()[1], go_on)
            on_bound(min(bench.bound, standing()[1]))
        else:
            found, certainly_none = bench.near(standing()[0], places.draw(), go_on)
            places.learn(easy=certainly_none)
        if found is not None:
            offer(found)
