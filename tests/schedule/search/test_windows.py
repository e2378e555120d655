"""Windows of a long horizon: they meet everywhere, never at once where they would touch, and make rosters better."""

from __future__ import annotations

from tests.schedule.small_instances import instance
from wfm.schedule import solve
from wfm.schedule.audit import audit
from wfm.schedule.search import Search
from wfm.schedule.search.windows import APART, Windows
from wfm.schedule.solution import Limits
from wfm.schedule.watch import Cooling, Watch


def made(steps: int) -> tuple[Search, list[float]]:
    """Return a search after windows, and what each better roster costs."""
    problem, rules = instance(3, days=42)
    search = Search(problem, rules, 1)
    search.greedy()
    told = [search.standing()[1]]
    Windows(search, 1).run(Cooling(Watch(Limits(steps=steps)), 0.0), lambda cost, _: told.append(cost))
    return search, told


def test_windows_make_a_roster_better_and_keep_it_legal_and_the_same_for_the_same_seed() -> None:
    search, told = made(120)
    assert told == sorted(told, reverse=True)
    assert told[-1] == search.standing()[1] < told[0]
    owned = [row for row in audit(search.problem, search.rules, search.draft.roster()) if row.forbidden and row.agent]
    assert not owned
    assert made(120)[0].draft.roster() == search.draft.roster()


def test_open_windows_lie_apart_and_a_pass_comes_to_every_day() -> None:
    problem, rules = instance(3, days=120)
    windows, seen = Windows(Search(problem, rules, 1), 1), set()
    for _ in range(30):
        one, other = windows.next_window(), windows.next_window()
        assert one.stop + APART <= other.start or other.stop + APART <= one.start
        seen |= {*one, *other}
        for days in (one, other):
            windows.close(days, 1.0)
    assert seen == set(range(120))


def test_a_long_horizon_ends_with_a_legal_roster_and_a_bound_of_its_first_tier() -> None:
    problem, rules = instance(3, days=150)
    found = solve(problem, rules, Limits(steps=40))
    assert found.status == "feasible"
    assert 0 < (found.tiers[0].bound or 0.0) <= found.tiers[0].cost
