"""The recipe of a roster: greedy tours, annealed tours, CP-SAT tier by tier, and an honest account of the result."""

from __future__ import annotations

from collections.abc import Sequence

from wfm.domain import Breach, Roster
from wfm.schedule.audit import audit
from wfm.schedule.draft import Draft
from wfm.schedule.model import Model
from wfm.schedule.problem import MICRO, RosterProblem
from wfm.schedule.prove import Proof, minimise
from wfm.schedule.rule import Rule
from wfm.schedule.search import Found, Search
from wfm.schedule.solution import Limits, OnProgress, ShouldStop, Solution, Status, TierResult
from wfm.schedule.watch import Cooling, Watch

SEARCH_SHARE = 0.4
"""Share of the time that the tours get before CP-SAT; and at most so many seconds for each day of each agent."""
SEARCH_SECONDS_A_DAY = 0.05


def solve(
    problem: RosterProblem,
    rules: Sequence[Rule],
    limits: Limits = Limits(),  # noqa: B008 - frozen
    *,
    start: Roster | None = None,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Solution:
    """The best roster found within the limits, from ``start`` if one is given, with bound, gap and every breach.

    Tiers are settled in order. Costs and breaches are the audit's. Status optimal only where every tier is proved; conflict where
    no roster without forbidden breaches was found (its notes say whether that is proved). Stops soon after ``should_stop`` says so.
    """
    watch = Watch(limits, on_progress, should_stop)
    found = _searched(problem, rules, start, watch)
    proofs = _proved(problem, rules, found.draft, watch)
    return _told(problem, rules, [found.draft, *(proof.draft for proof in proofs if proof.draft)], proofs, found)


def _searched(problem: RosterProblem, rules: Sequence[Rule], start: Roster | None, watch: Watch) -> Found:
    search = Search(problem, rules, watch.limits.seed, Draft.of(problem, start) if start else None)
    search.greedy()
    days = len(problem.days) * len(problem.workforce.agents)
    return search.anneal(Cooling(watch, min(SEARCH_SHARE * watch.left, SEARCH_SECONDS_A_DAY * days)))


def _proved(problem: RosterProblem, rules: Sequence[Rule], draft: Draft, watch: Watch) -> list[Proof]:
    if watch.stopped:
        return []
    model = Model.of(problem, rules)
    return minimise(model, model.goals(), draft, watch)


def _told(
    problem: RosterProblem, rules: Sequence[Rule], drafts: Sequence[Draft], proofs: Sequence[Proof], found: Found
) -> Solution:
    rosters = [draft.roster() for draft in drafts]
    breaches = [audit(problem, rules, roster) for roster in rosters]
    roster, faults = min(zip(rosters, breaches, strict=True), key=lambda row: _badness(rules, row[1]))
    results = _results(rules, faults, proofs)
    legal = not any(breach.forbidden for breach in faults)
    proved = all(result.gap == 0.0 for result in results) and all(proof.settled for proof in proofs)
    status: Status = "conflict" if not legal else "optimal" if proved else "feasible"
    left_out = tuple(
        f"{rule}: its state was too large for the tour search, CP-SAT alone kept it" for rule in found.left_out
    )
    return Solution(roster=roster, status=status, tiers=results, breaches=faults, notes=left_out)


def _badness(rules: Sequence[Rule], breaches: Sequence[Breach]) -> tuple[float, ...]:
    """What makes one roster worse than another: lines and amounts of forbidden breaches, then the cost of each tier."""
    forbidden = [breach.amount for breach in breaches if breach.forbidden]
    return (len(forbidden), sum(forbidden), *(_cost(breaches, tier) for tier in _tiers(rules)))


def _tiers(rules: Sequence[Rule]) -> list[int]:
    return sorted({rule.tier for rule in rules if rule.price is not None})


def _cost(breaches: Sequence[Breach], tier: int) -> float:
    return round(sum(breach.cost for breach in breaches if breach.tier == tier), 6)


def _results(rules: Sequence[Rule], breaches: Sequence[Breach], proofs: Sequence[Proof]) -> tuple[TierResult, ...]:
    bounds = [None if proof.bound is None else proof.bound / MICRO for proof in proofs]
    return tuple(
        TierResult(tier=tier, cost=_cost(breaches, tier), bound=bounds[place] if place < len(bounds) else None)
        for place, tier in enumerate(_tiers(rules))
    )
