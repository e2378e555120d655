"""Some days of all agents become better than before, keep every rule about one agent, and prices make valid bounds."""

from __future__ import annotations

from tests.schedule.columns.test_workbench import first_tier
from tests.schedule.small_instances import TIER, optimum
from wfm.schedule.columns import Stretch, Stretches
from wfm.schedule.draft import Draft
from wfm.schedule.judge import Judged
from wfm.schedule.search import Search


def test_days_become_better_and_prices_of_all_days_bound_the_optimum() -> None:
    better = bounded = 0
    for seed in range(8):
        problem, rules = first_tier(seed)
        least = optimum(problem, rules)
        if least is None:
            continue
        search = Search(problem, rules, 1)
        stretches = Stretches(problem, rules, search.choices, search.scale)
        draft = search.greedy()
        before = Judged(problem, rules, draft)
        for days in (range(1, 4), range(len(problem.days))):
            found = stretches.better(Stretch(draft, days), lambda: True) or {}
            tours = dict(draft.tours)
            for agent, choices in found.items():
                kept = tours[agent].choices
                tours[agent] = search.worth.plain((*kept[: days.start], *choices, *kept[days.stop :]))
            draft = Draft(problem, tours)
        after = Judged(problem, rules, draft)
        assert not [row for row in after.forbidden if row.agent], seed
        assert stretches.bound() <= least / TIER + 1e-6, seed
        if before.legal and after.legal:
            assert least / TIER <= after.cost <= before.cost, seed
            better += after.cost < before.cost
            bounded += after.cost == least / TIER
    assert better > 0
    assert bounded > 2
