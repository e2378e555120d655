"""The first tier's bound: below every roster, and close where prices can be right."""

from datetime import date

import pytest

from tests.schedule.centre import RULES, centre
from tests.schedule.tiny import every_tours, roster_of, weekend
from wfm.schedule.audit import audit
from wfm.schedule.bound import first_tier_bound
from wfm.schedule.judge import Judged
from wfm.schedule.rule import Rule
from wfm.schedule.rules import Coverage, MinRest, ShiftsWeek
from wfm.schedule.search import Search
from wfm.schedule.solution import Limits
from wfm.schedule.watch import Watch

WATCH = Watch(Limits(steps=100))


@pytest.mark.parametrize("rules", [(MinRest(), ShiftsWeek(), Coverage()), (ShiftsWeek(price=0.4), Coverage(price=1.5))])
def test_no_roster_of_a_tiny_problem_costs_less_than_the_bound(rules: tuple[Rule, ...]) -> None:
    problem = weekend()
    draft = Search(problem, rules, 1).greedy()
    bound = first_tier_bound(problem, rules, draft, Judged(problem, rules, draft).cost, WATCH)
    assert bound is not None
    audits = [audit(problem, rules, roster_of(problem, tours)) for tours in every_tours(problem)]
    best = min(sum(row.cost for row in rows) for rows in audits if not any(row.forbidden for row in rows))
    assert 0 < bound <= best


def test_the_bound_of_a_week_is_within_a_tenth_of_the_worth() -> None:
    problem = centre(agents=8, days=7, first=date(2026, 11, 2))
    judged = Judged(problem, RULES, Search(problem, RULES, 1).greedy())
    bound = first_tier_bound(problem, RULES, judged.draft, judged.cost, Watch(Limits(steps=300)))
    assert bound is not None
    full = problem.market.full.sum() / 1e6
    assert 0 <= judged.cost - bound <= 0.1 * full


def test_nobody_and_nothing_has_no_bound() -> None:
    problem = weekend()
    assert first_tier_bound(problem, (MinRest(),), Search(problem, (MinRest(),), 1).greedy(), 0.0, WATCH) is None
