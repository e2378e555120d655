"""The recipe of replanning: a roster that was told, mended with the changes that pay, and a proof of how few are possible."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Agent, Noun
from wfm.schedule.draft import Draft, Tour
from wfm.schedule.judge import Judged, tiers_of
from wfm.schedule.problem import RosterProblem
from wfm.schedule.replanning.proof import FewestChanges
from wfm.schedule.rule import Rule
from wfm.schedule.rules.change_cost import ChangeCost
from wfm.schedule.search import Search
from wfm.schedule.solution import Limits, OnProgress, ShouldStop, Solution, TierResult
from wfm.schedule.solve import solve
from wfm.schedule.watch import Watch

SWEEPS = 20
"""Rounds in which everybody is asked again, at most."""


class Replanned(Noun):
    """A roster made from one that was told, with the number of cells that changed.

    ``least_changed`` is proved: no roster that keeps the forbidden rules and costs no more in the first tier, changes as such left
    out, changes fewer cells.
    """

    solution: Solution
    changed: int
    least_changed: int

    @property
    def proved(self) -> bool:
        """Whether it is such a roster, and no other changes fewer cells."""
        return not self.solution.forbidden_breaches and self.least_changed == self.changed


class Mending(Search):
    """Best responses without noise; a duty as it was told keeps its breaks and tasks."""

    def __init__(self, problem: RosterProblem, rules: Sequence[Rule], seed: int, told: Draft) -> None:
        self.told = told
        super().__init__(problem, rules, seed, told)

    def mend(self, watch: Watch) -> Draft:
        """Whoever cannot work as told gets the best tour, then everybody in turn, until nobody gains."""
        self.greedy()
        before = (np.inf, np.inf)
        for _ in range(SWEEPS):
            if self.standing() >= before or not watch.has_time:
                break
            before = self.standing()
            for agent in self.problem.workforce.agents:
                self._try(agent)
        return self.draft

    def _try(self, agent: Agent) -> None:
        before, tour = self.standing(), self.crew.tours[agent.id]
        self.respond(agent, 0.0, self.hand)
        if self.crew.tours[agent.id].choices != tour.choices and self.standing() >= before:
            self.put(agent.id, tour)

    def put(self, agent: str, tour: Tour, minutes: NDArray[np.int64] | None = None) -> None:  # noqa: ARG002 - breaks may differ
        """Give an agent a tour, as it was told where the duties are the same."""
        super().put(agent, tour.like(self.told.tours[agent]))


def replan(
    problem: RosterProblem,
    rules: Sequence[Rule],
    limits: Limits = Limits(),  # noqa: B008 - frozen
    *,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Replanned:
    """The best roster found near the one that the problem has published, where change_cost prices what changes.

    Best responses mend what cannot stay, with whatever changes are worth their price. Then it is proved that fewer changes would
    cost more otherwise, or a roster with fewer is found. Where no legal roster is near, the whole problem is solved from there.
    """
    if problem.published is None:
        raise ValueError("expected a published roster to replan, came none")
    watch = Watch(limits, on_progress, should_stop)
    told = Draft.of(problem, problem.published)
    own = [rule for rule in rules if rule.price is None or rule.tier in tiers_of(rules)[:1]]
    mending = Mending(problem, own, limits.seed, told)
    best = Judged(problem, rules, mending.mend(watch))
    if not best.legal:
        start = best.roster
        solution = solve(problem, rules, limits, start=start, on_progress=on_progress, should_stop=should_stop)
        return Replanned(solution=solution, changed=changed(problem, solution), least_changed=0)
    best, least = FewestChanges(problem, own, mending.choices, told).settle(best, watch)
    tiers = tuple(TierResult(tier=tier, cost=best.cost_of(tier)) for tier in tiers_of(rules))
    solution = Solution(roster=best.roster, status="feasible", tiers=tiers, breaches=best.breaches)
    return Replanned(solution=solution, changed=changed(problem, solution), least_changed=least)


def changed(problem: RosterProblem, solution: Solution) -> int:
    """Cells that differ from the published roster."""
    return len(ChangeCost().breaches(problem, solution.roster))
