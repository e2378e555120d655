"""The price of fairness: what service and money a fairer roster gives up, by solving with and without the rules that ask for it."""

from __future__ import annotations

from collections.abc import Iterable

from wfm.domain import Burden, Noun, Roster, Workforce
from wfm.schedule import Limits, RosterProblem, Rule, Solution, solve
from wfm.schedule.burden import burdens_of, carried, share_of
from wfm.schedule.rules.fairness import HERE
from wfm.study.outcome import cost

FAIR = ("fairness", "spread")
"""Kinds of rules that ask for a fair share."""


class Side(Noun):
    """One of the two rosters: contacts not served inside target, paid hours, cost, and the largest level of any agent.

    ``largest`` is nights, weekends and holidays with those of earlier periods, for a full-time period.
    """

    contacts_lost: float
    paid_hours: float
    cost_cents: int
    largest: float
    forbidden_breaches: int


class PriceOfFairness(Noun):
    """The roster with the rules on fairness beside the one without, each searched for as long.

    Neither is proved best, so a small difference, of either sign, is the search's own.
    """

    fair: Side
    unfair: Side
    seconds: float

    @property
    def contacts(self) -> float:
        """Contacts served inside target that fairness gives up."""
        return self.fair.contacts_lost - self.unfair.contacts_lost

    @property
    def hours(self) -> float:
        """Paid hours that fairness takes."""
        return self.fair.paid_hours - self.unfair.paid_hours

    @property
    def cents(self) -> int:
        """Cost that fairness takes."""
        return self.fair.cost_cents - self.unfair.cost_cents


def price_of_fairness(problem: RosterProblem, rules: Iterable[Rule], limits: Limits) -> PriceOfFairness:
    """Solve with all rules, and again without those on fairness, within the same limits."""
    every = tuple(rules)
    rest = [rule for rule in every if rule.kind not in FAIR]
    fair, unfair = (_side(problem, solve(problem, some, limits)) for some in (every, rest))
    return PriceOfFairness(fair=fair, unfair=unfair, seconds=limits.seconds)


def _side(problem: RosterProblem, solution: Solution) -> Side:
    lines = cost(problem.workforce, solution.roster)
    return Side(
        contacts_lost=round(sum(row.amount for row in solution.breaches if row.kind == "coverage"), 6),
        paid_hours=sum(line.paid_minutes for line in lines) / 60,
        cost_cents=sum(line.cost_cents for line in lines),
        largest=_largest(problem, solution.roster),
        forbidden_breaches=len(solution.forbidden_breaches),
    )


def _largest(problem: RosterProblem, roster: Roster) -> float:
    rows = zip(problem.workforce.agents, burdens_of(problem, roster), strict=True)
    levels = [_heavy(problem.workforce, row) / share for agent, row in rows if (share := share_of(problem, agent)) > 0]
    return round(max(levels, default=0.0), 3)


def _heavy(workforce: Workforce, row: Burden) -> float:
    return sum(float(getattr(row, kind)) + carried(workforce, row.agent, kind) for kind in HERE)
