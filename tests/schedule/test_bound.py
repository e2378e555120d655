"""The first tier's bound: below every roster, and close where prices can be right."""

from datetime import date

import pytest

from tests.schedule.centre import RULES, centre
from tests.schedule.tiny import every_tours, roster_of, weekend
from wfm.schedule.audit import audit
from wfm.schedule.bound import first_tier_bound
from wfm.schedule.judge import Judged
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.rules import Coverage, Fairness, MinRest, ShiftsWeek, Wishes
from wfm.schedule.search import Search
from wfm.schedule.solution import Limits
from wfm.schedule.watch import Watch


def bound_of(problem: RosterProblem, rules: tuple[Rule, ...], steps: int) -> tuple[float, float | None]:
    """Return the first tier's cost of a greedy roster and the bound."""
    search = Search(problem, rules, 1)
    judged = Judged(problem, rules, search.greedy())
    bound = first_tier_bound(problem, rules, search.choices, judged.draft, judged.cost, Watch(Limits(steps=steps)))
    return judged.cost, bound


@pytest.mark.parametrize(
    "rules",
    [
        (MinRest(), Wishes(price=9.0, tier=2), Coverage()),
        (ShiftsWeek(price=0.4), Fairness(price=0.2), Coverage(price=1.5)),
    ],
)
@pytest.mark.parametrize("large", [0, 4_000_000])
def test_no_roster_of_a_tiny_problem_costs_less_than_the_bound(
    rules: tuple[Rule, ...], large: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wfm.schedule.bound.LARGE", large)
    problem = weekend()
    bound = bound_of(problem, rules, 100)[1]
    assert bound is not None
    audits = [audit(problem, rules, roster_of(problem, tours)) for tours in every_tours(problem)]
    best = min(
        sum(row.cost for row in rows if row.tier == 1) for rows in audits if not any(row.forbidden for row in rows)
    )
    assert 0 <= bound <= best
    assert bound or not large


def test_the_bound_of_a_week_is_within_a_tenth_of_the_worth() -> None:
    problem = centre(agents=8, days=7, first=date(2026, 11, 2))
    cost, bound = bound_of(problem, RULES, 300)
    assert bound is not None
    assert 0 <= cost - bound <= 0.1 * problem.market.full.sum() / 1e6


def test_nobody_and_nothing_has_no_bound() -> None:
    assert bound_of(weekend(), (MinRest(),), 100) == (0.0, None)
