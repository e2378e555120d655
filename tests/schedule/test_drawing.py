"""Rosters drawn from a mix of tours: legal, no worse than where they began, and the same for the same seed."""

from datetime import date
from itertools import count

import numpy as np
import pytest

from tests.schedule.centre import RULES, centre
from wfm.schedule.bundle import Bundle, Oracle
from wfm.schedule.draft import Draft
from wfm.schedule.drawing import drawn
from wfm.schedule.search import Search

ROUNDS = 20


def drawn_once() -> tuple[Search, Draft, Bundle, list[Draft]]:
    problem = centre(agents=8, days=7, first=date(2026, 11, 2))
    search = Search(problem, RULES, 1)
    start = search.greedy()
    bundle = Bundle(Oracle(problem, RULES, search.choices, search.scale), start)
    rounds, draws = count(), count()
    bundle.run(lambda: next(rounds) < ROUNDS)
    return search, start, bundle, list(drawn(search.twin(1), bundle.mix, start, lambda: next(draws) < ROUNDS))


def test_drawn_rosters_are_legal_and_better_than_where_they_began() -> None:
    search, start, bundle, found = drawn_once()
    assert found
    costs = []
    for draft in (start, *found):
        for agent, tour in draft.tours.items():
            assert np.isfinite(search.choices[agent].cost(tour.choices))
            search.put(agent, tour)
        costs.append(search.standing()[1])
    assert costs == sorted(costs, reverse=True)
    assert bundle.bound <= costs[-1] < costs[0]


def test_the_shares_of_each_agent_in_a_mix_are_one() -> None:
    _, start, bundle, _ = drawn_once()
    assert bundle.mix.keys() == start.tours.keys()
    for tours in bundle.mix.values():
        assert sum(share for share, _ in tours) == pytest.approx(1.0)


def test_drawing_twice_gives_the_same_rosters() -> None:
    assert drawn_once()[3] == drawn_once()[3]
