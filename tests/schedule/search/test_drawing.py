"""Rosters drawn from a mix of tours: legal, no worse than where they began, and the same for the same seed."""

from datetime import date
from functools import cache
from itertools import count

import numpy as np
import pytest

from tests.schedule.centre import RULES, centre
from wfm.domain import Opening, Session
from wfm.schedule.bundle import Bundle, Oracle
from wfm.schedule.draft import Draft
from wfm.schedule.rule import Rule
from wfm.schedule.rules import Sessions
from wfm.schedule.search import Search, drawn

ROUNDS, DRAWS = 20, 6
DRILL = Session(name="drill", minutes=60, attendees=("a1", "a2"), hours=Opening.from_text("mon-fri 09:00-12:00"))


def drawn_once(rules: tuple[Rule, ...] = RULES) -> tuple[Search, Draft, Bundle, list[Draft]]:
    """Draw some rosters of a week; ``Sessions`` among the rules are asked for."""
    problem = centre(agents=6, days=7, first=date(2026, 11, 2))
    problem = problem.varied(workforce=problem.workforce.varied(sessions=(DRILL,)))
    search = Search(problem, rules, 1)
    start = search.greedy()
    bundle = Bundle(Oracle(problem, rules, search.choices, search.scale), start)
    rounds, heats = count(), iter(np.linspace(1, 0, DRAWS).tolist())
    bundle.run(lambda: next(rounds) < ROUNDS)
    found = drawn([search.twin(1)], bundle.descents, start, bundle.bound, lambda: next(heats, None), lambda: True)
    return search, start, bundle, list(found)


known = cache(drawn_once)


def test_drawn_rosters_are_legal_and_better_than_where_they_began() -> None:
    search, start, bundle, found = known()
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
    _, start, bundle, _ = known()
    assert bundle.mix.keys() == start.tours.keys()
    for tours in bundle.mix.values():
        assert sum(share for share, _ in tours) == pytest.approx(1.0)


def test_drawing_twice_gives_the_same_rosters() -> None:
    assert known()[3] == drawn_once()[3]


def test_sessions_are_held_in_the_last_rosters_and_service_is_less_for_it() -> None:
    drafts = drawn_once((*RULES, Sessions()))[3]
    held = [{agent for agent, tour in draft.tours.items() if any(tour.tasks)} for draft in drafts]
    assert held[0] == set()
    assert held[-1] == {"a1", "a2"}
    (first,), (second,) = ([task for day in drafts[-1].tours[who].tasks for task in day] for who in ("a1", "a2"))
    assert first.what == second.what == "drill"
