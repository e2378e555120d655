"""The compliance certificate of a plan: each rule with where it was checked and how close the roster came to it."""

from __future__ import annotations

from wfm.domain.quantity import count_text
from wfm.schedule import Clause, certificate
from wfm.study import Plan, roster_problem


def compliance(plan: Plan) -> tuple[Clause, ...]:
    """A clause for each rule of the plan's scenario, audited afresh: the roster counts, however it came about."""
    return certificate(roster_problem(plan.scenario, plan.requirements), plan.scenario.rules, plan.solution.roster)


def verdict_words(clause: Clause) -> str:
    """``kept``, or how often it is broken, and that it has a price where it has."""
    if clause.kept:
        return "kept"
    times = count_text(clause.breaches, "breach", "breaches")
    return times if clause.forbidden else f"{times} at a price"


def closest_words(clause: Clause) -> str:
    """The worst breach, else the closest call; empty where keeping has no degree."""
    if clause.worst:
        return clause.worst.words
    return clause.tightest.words if clause.tightest else ""
