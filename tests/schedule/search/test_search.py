"""The tour search: legal rosters, never worse with more of it, the same for the same seed."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tests.schedule.centre import RULES, centre
from wfm.schedule.audit import audit
from wfm.schedule.draft import Draft, Tour
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import Fairness
from wfm.schedule.search import Search, exchange
from wfm.schedule.solution import Limits
from wfm.schedule.tours import Sum
from wfm.schedule.watch import Cooling, Watch

PROBLEM = centre(agents=6, days=7, first=date(2026, 11, 2))


def cost(draft: Draft) -> int:
    market = draft.problem.market
    return int((market.full - market.worth(draft.serving())).sum())


def annealed(search: Search, steps: int) -> Draft:
    return search.anneal(Cooling(Watch(Limits(steps=steps)), 0.0))


def searched(problem: RosterProblem, steps: int, seed: int = 1) -> Draft:
    search = Search(problem, RULES, seed)
    search.greedy()
    return annealed(search, steps)


def test_greedy_and_annealed_rosters_are_legal() -> None:
    for draft in (Search(PROBLEM, RULES, 1).greedy(), searched(PROBLEM, 60)):
        assert not [breach for breach in audit(PROBLEM, RULES, draft.roster()) if breach.forbidden]


def test_annealing_does_not_lose_what_greedy_found() -> None:
    greedy = Search(PROBLEM, RULES, 1).greedy()
    assert cost(searched(PROBLEM, 400)) < cost(greedy) < int(PROBLEM.market.full.sum())


def test_a_greedy_roster_that_is_stopped_leaves_all_others_at_home() -> None:
    asked = iter([False, False, True, True, True, True])
    worked = [tour.worked[0].size for tour in Search(PROBLEM, RULES, 1).greedy(lambda: next(asked)).tours.values()]
    assert sum(map(bool, worked)) == 2


def test_swapped_days_keep_a_roster_legal_and_never_make_it_worse() -> None:
    search = Search(PROBLEM, (*RULES, Fairness(price=2.0)), 1)
    before = search.greedy()
    standing = search.standing()
    after = exchange(search, before, Cooling(Watch(Limits(steps=2_000)), 0.0))
    assert search.standing() < standing
    assert after != before
    assert not [breach for breach in audit(PROBLEM, RULES, after.roster()) if breach.forbidden]


def test_long_tours_with_priced_sums_change_in_windows_and_stay_legal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wfm.schedule.search.search.WINDOW_DAYS", 3)
    search = Search(PROBLEM, RULES, 1)
    free = Sum(np.zeros(search.worth.shape, dtype=np.int64), 0, 0)
    search.choices = {agent: replace(choice, loose=(free,)) for agent, choice in search.choices.items()}
    search.greedy()
    changes = 0
    for agent in PROBLEM.workforce.agents * 10:
        before = search.crew.tours[agent.id].choices
        search.respond(agent, 1.0, search.hand)
        changed = [
            day
            for day, pair in enumerate(zip(before, search.crew.tours[agent.id].choices, strict=True))
            if len({*pair}) > 1
        ]
        changes += bool(changed)
        assert not changed or changed[-1] - changed[0] < 3
    assert changes > 10
    assert not [breach for breach in audit(PROBLEM, RULES, search.draft.roster()) if breach.forbidden]


def test_the_same_seed_gives_the_same_roster_and_another_another() -> None:
    assert searched(PROBLEM, 60, 7).roster() == searched(PROBLEM, 60, 7).roster()
    assert searched(PROBLEM, 60, 7).tours != searched(PROBLEM, 60, 8).tours


def test_a_sweep_tells_what_its_roster_costs() -> None:
    search = Search(PROBLEM, RULES, 1)
    search.greedy()
    heard: list[tuple[float, Draft]] = []
    search.anneal(Cooling(Watch(Limits(steps=120)), 0.0), lambda cost, draft: heard.append((cost, draft)))
    assert heard
    for told, draft in heard:
        assert told == pytest.approx(cost(draft) / 1e6, abs=1e-6)


def test_a_search_goes_on_from_a_former_roster() -> None:
    former = searched(PROBLEM, 200)
    assert Search(PROBLEM, RULES, 1, start=former).greedy() == former


def test_an_illegal_former_tour_is_replaced() -> None:
    former = searched(PROBLEM, 60)
    busy = Tour(tuple(duties[-1] for duties in PROBLEM.duties), ((90, 210),) * 7)
    mended = Search(PROBLEM, RULES, 1, start=Draft(PROBLEM, {**former.tours, "a0": busy})).greedy()
    assert mended.tours["a0"] != busy
    assert mended.tours["a1"] == former.tours["a1"]
