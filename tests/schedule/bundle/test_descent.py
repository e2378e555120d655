"""A way down ends with one legal tour of each free agent, and answers to what the others keep."""

from datetime import date
from itertools import count

import numpy as np

from tests.schedule.centre import RULES, centre
from wfm.schedule.bundle import Bundle, Descents, Oracle
from wfm.schedule.draft import Draft
from wfm.schedule.search import Search

ROUNDS = 30


def descents() -> tuple[Search, Draft, Descents]:
    problem = centre(agents=6, days=7, first=date(2026, 11, 2))
    search = Search(problem, RULES, 1)
    start, rounds = search.greedy(), count()
    bundle = Bundle(Oracle(problem, RULES, search.choices, search.scale), start)
    bundle.run(lambda: next(rounds) < ROUNDS)
    return search, start, bundle.descents


def test_every_free_agent_comes_to_one_legal_tour_and_nobody_else_moves() -> None:
    search, start, way = descents()
    some = way.agents[:3]
    for free in (way.agents, some):
        found = way.down(free, start.tours, lambda: True)
        assert found.keys() == set(free)
        for agent, tour in found.items():
            assert np.isfinite(search.choices[agent].cost(tour.choices))


def test_a_way_down_is_better_than_the_likeliest_tour_of_each() -> None:
    search, start, way = descents()
    costs = []
    for go_on in (True, False):
        for agent, tour in way.down(way.agents, start.tours, lambda: go_on).items():  # noqa: B023 - asked at once
            search.put(agent, tour)
        costs.append(search.standing()[1])
    assert costs[0] < costs[1]


def test_down_twice_is_the_same() -> None:
    _, start, way = descents()
    assert way.down(way.agents, start.tours, lambda: True) == way.down(way.agents, start.tours, lambda: True)
