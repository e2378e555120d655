"""The recipe of a roster: greedy tours, annealed tours beside columns, CP-SAT tier by tier, and an honest account of the result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from wfm.domain import Roster
from wfm.domain.quantity import count_text
from wfm.schedule.audit import with_form
from wfm.schedule.conflicts.explain import Trouble, explained, told
from wfm.schedule.conflicts.inquiry import Inquiry
from wfm.schedule.contest import MEETS, Contest, surely_legal
from wfm.schedule.draft import Draft
from wfm.schedule.effort import Effort
from wfm.schedule.judge import Judged, Presumed, tiers_of
from wfm.schedule.placing.place import place
from wfm.schedule.problem import RosterProblem
from wfm.schedule.proving import Model, Proof, minimise
from wfm.schedule.rule import Rule
from wfm.schedule.search import Search
from wfm.schedule.solution import Limits, OnProgress, ShouldStop, Solution, Status, TierResult
from wfm.schedule.together import annealed, together
from wfm.schedule.variables import Open
from wfm.schedule.watch import Cooling, Watch

FIRST_SWEEPS = 10
"""Short sweeps that may make a greedy roster legal before it is asked what stands in the way: with noise, for two may have to move."""
POLISH_SECONDS = 1.0
"""Seconds for the tours where it is known already that no roster is legal."""
PRESUMED = 250
"""Agents from which on a first roster that must be legal is not audited."""
AUDITED = 0.15
"""Share of what building a roster takes that each rule takes to judge it, where that has not been measured."""
JUDGEMENTS = 1.5
"""So many times what the first roster took to be placed and judged is left for the last ones."""
DOUBTFUL_SHARE = 0.4
"""Share of the remaining time in which CP-SAT may find the legal roster that the tours did not, before the conflict is told."""


TOO_LARGE = "CP-SAT did not go on from this roster: with so many choices other searches find more in the time"


def solve(
    problem: RosterProblem,
    rules: Sequence[Rule],
    limits: Limits = Limits(),  # noqa: B008 - frozen
    *,
    start: Roster | None = None,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
    effort_of: Callable[[Search, Limits], Effort] = Effort.of,
) -> Solution:
    """The best roster found within the limits, from ``start`` if one is given, with bound, gap and every breach.

    Tiers are settled in order. Costs and breaches are the audit's. Status optimal only where every tier is proved; conflict where
    it is proved that no roster keeps all forbidden rules, unfinished where neither came in time. Stops soon after ``should_stop``.
    A conflict that is found around the breaches of the first tours is told at once, without the long search. ``effort_of`` is there
    for benchmarks, which leave out one ingredient at a time.
    """
    watch, rules = Watch(limits, on_progress, should_stop), with_form(rules)
    search = Search(problem, rules, limits.seed, Draft.of(problem, start) if start else None)
    effort = effort_of(search, limits)
    best, judging = _first(search, watch)
    if not best.legal and not watch.stopped:
        best = best.or_placed(search.anneal(Cooling(watch, watch.left, FIRST_SWEEPS * len(search.choices))))
    inquiry = None if best.legal or watch.stopped or not effort.explains else Inquiry(best, watch)
    if inquiry and inquiry.clashes:
        polish = replace(effort, seconds=min(effort.seconds, POLISH_SECONDS), beside=False)
        clash = told(best.or_placed(annealed(Contest.of(search, watch, best), polish, 0.0)), inquiry)
        return _solution(clash.best, None, [], clash, _notes(search, clash.best, skipped=False))
    drafts, bound = together(search, watch, best, effort, JUDGEMENTS * judging)
    best = best.or_placed(*drafts)
    asked = effort.model and not _proved(best, bound) if best.legal else effort.explains
    settled = watch.stopped or not asked
    proofs = [] if settled else _proofs(best, watch, judging, bound, _open(search))
    best = best.or_placed(*(proof.draft for proof in proofs if proof.draft))
    trouble: Trouble | None = None
    if inquiry and not best.legal and not watch.stopped:
        trouble = explained(best, proofs[-1].verdict, inquiry, watch)
        best = trouble.best
    return _solution(
        best, bound, proofs, trouble, _notes(search, best, skipped=not effort.model and not _proved(best, bound))
    )


def _first(search: Search, watch: Watch) -> tuple[Judged, float]:
    """The greedy roster, and the seconds that it takes to place and judge a roster; 0 where no clock is looked at."""
    draft = search.greedy(lambda: watch.stopped)
    watch.tell("greedy", next(iter(tiers_of(search.rules)), 1), search.standing()[1], None, lambda: draft)
    began = watch.seconds
    best = Judged(search.problem, search.rules, place(search.problem, search.rules, draft))
    if len(search.choices) >= PRESUMED and best.draft == draft and surely_legal(search):
        presumed = Presumed(search.problem, search.rules, draft, search.standing()[1])
        draft.roster()  # built to be timed
        judging = (1 + AUDITED * len(search.rules)) * (watch.seconds - began)
        return presumed, 0.0 if watch.limits.steps else judging
    return best, 0.0 if best.legal and watch.limits.steps else watch.seconds - began


def _proved(best: Judged, bound: float | None) -> bool:
    """Whether no tier can cost less: the first by its bound, others where they cost nothing."""
    costs = [best.cost_of(tier) for tier in tiers_of(best.rules)]
    return not any(costs[1:]) and (not any(costs) or (bound is not None and costs[0] <= bound + MEETS))


def _open(search: Search) -> Open:
    """Which choices of each agent no rule bars by itself."""
    return {agent: np.isfinite(choice.fixed) for agent, choice in search.choices.items()}


def _proofs(best: Judged, watch: Watch, judging: float, bound: float | None, opened: Open) -> list[Proof]:
    """CP-SAT tier by tier, with time left to place and judge the roster of each."""
    model = Model.of(best.problem, best.rules, opened=opened)
    share = 1.0 if best.legal else DOUBTFUL_SHARE
    tiers = tiers_of(best.rules)
    later = judging * len(tiers) / max(watch.left, judging, 1e-9)
    least = {tiers[0]: bound} if tiers and bound is not None else {}
    return minimise(model, best.draft, watch, share * max(0.0, 1.0 - later), least)


def _solution(
    best: Judged, bound: float | None, proofs: Sequence[Proof], trouble: Trouble | None, notes: tuple[str, ...]
) -> Solution:
    bounds = {proof.goal.tier: proof.bound for proof in proofs if proof.bound is not None}
    tiers = []
    for number, tier in enumerate(tiers_of(best.rules)):
        known = [
            least for least in (bounds.get(tier), bound if number == 0 and best.legal else None) if least is not None
        ]
        cost = best.cost_of(tier)
        tiers.append(
            TierResult(tier=tier, cost=cost, bound=max(known, default=0.0 if best.legal and not cost else None))
        )
    status: Status = "optimal" if all(result.gap == 0.0 for result in tiers) else "feasible"
    if not best.legal:
        status = "conflict" if trouble and trouble.proved else "unfinished"
    return Solution(
        roster=best.roster,
        status=status,
        tiers=tuple(tiers),
        breaches=best.breaches,
        conflict=trouble.words if trouble else (),
        conflicts=trouble.conflicts if trouble else (),
        notes=notes,
    )


def _notes(search: Search, best: Judged, *, skipped: bool) -> tuple[str, ...]:
    """What the solve did without, why, and what that comes to."""
    keeper = "the tours did not look at it" if skipped else "CP-SAT alone kept it"
    passed = [
        f"{rule} has too many states for the tour search; {keeper}: {_price(best, rule)}"
        for rule in sorted(search.workshop.left_out)
    ]
    return (*passed, *[TOO_LARGE] * skipped)


def _price(best: Judged, rule: str) -> str:
    """What the breaches of a rule cost, or how many there are."""
    breaches = [breach for breach in best.breaches if breach.rule == rule]
    if not breaches:
        return "no breach"
    if breaches[0].forbidden:
        return count_text(len(breaches), "breach", "breaches")
    return f"it costs {sum(breach.cost for breach in breaches):.2f} in tier {breaches[0].tier}"
