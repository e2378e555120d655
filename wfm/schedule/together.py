"""Tours and bound: where there are workers for both, side by side, each told when the other has proved the roster best."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from wfm.schedule.bound import first_tier_bound
from wfm.schedule.draft import Draft
from wfm.schedule.effort import Effort
from wfm.schedule.exchange import exchange
from wfm.schedule.judge import Judged, tiers_of
from wfm.schedule.search import Search
from wfm.schedule.watch import Cooling, Watch

MEETS = 1e-6
QUICK_SHARE, QUICK_SWEEPS = 0.1, 30
"""A short search comes first, of so much of the time at most: it gives a good roster soon, and on 100 agents of four shifts the best."""


@dataclass
class Aim:
    """The best bound of the first tier that is known so far."""

    only_tier: bool
    bound: float | None = None

    def met_by(self, cost: float) -> bool:
        """Whether nothing better is possible: of the search's cost only where all priced rules are in one tier."""
        return self.only_tier and self.bound is not None and cost <= self.bound + MEETS


def together(search: Search, watch: Watch, best: Judged, effort: Effort, spare: float) -> tuple[Draft, float | None]:
    """The annealed draft and the bound, within the time that is left but for ``spare`` seconds."""
    aim = Aim(only_tier=len(tiers_of(search.rules)) <= 1)

    def bound() -> None:
        if best.legal:
            aim.bound = first_tier_bound(search.problem, search.rules, search.choices, best.draft, best.cost, watch)

    if not effort.beside:
        draft = annealed(search, watch, effort, aim, spare)
        bound()
        return draft, aim.bound
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(bound)
        draft = annealed(search, watch, effort, aim, spare)
        running.result()
    return draft, aim.bound


def annealed(search: Search, watch: Watch, effort: Effort, aim: Aim, spare: float) -> Draft:
    """Tours made anew while noise falls, then days swapped, until the time is over or the aim is met."""
    tier, standing = next(iter(tiers_of(search.rules)), 1), [search.standing()[1]]

    def tell(cost: float, draft: Draft) -> None:
        standing[0] = cost
        watch.tell("tours", tier, cost, aim.bound, lambda: draft)

    def until(cooling: Cooling) -> Callable[[], float | None]:
        return lambda: None if aim.met_by(standing[0]) else cooling()

    tell(standing[0], search.draft)
    seconds = min(effort.tours * max(0.0, watch.left - spare), effort.seconds)
    quickly, noise = QUICK_SHARE * seconds, search.noise
    search.noise = noise.quick
    search.anneal(until(Cooling(watch, quickly, QUICK_SWEEPS * len(search.choices))), tell, effort.threads)
    search.noise, left = noise, seconds - quickly
    draft = search.anneal(until(Cooling(watch, (1 - effort.swaps) * left)), tell, effort.threads)
    if not effort.swaps:
        return draft
    return exchange(search, draft, until(Cooling(watch, effort.swaps * left)))
