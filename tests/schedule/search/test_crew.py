"""What everybody does: kept up to date, it stays what counting afresh would say."""

from datetime import date

import numpy as np

from tests.schedule.centre import RULES, centre
from wfm.schedule.draft import Draft, Tour
from wfm.schedule.market import Margins
from wfm.schedule.others import Others
from wfm.schedule.search import Search
from wfm.schedule.search.crew import Crew

PROBLEM = centre(agents=5, days=7, first=date(2026, 11, 2))
DRAFT = Search(PROBLEM, RULES, 1).greedy()
TOURS = {agent: tour.duties for agent, tour in DRAFT.tours.items()}
EVERYBODY = frozenset(TOURS)
SOME = frozenset(sorted(TOURS)[:2])


def counted(others: Others, agents: frozenset[str]) -> list[tuple[int, int]]:
    return sorted(
        (duty.day, duty.slot) for agent in agents & others.tours.keys() for duty in others.tours[agent] if duty
    )


def kept(others: Others, agents: frozenset[str]) -> list[tuple[int, int]]:
    heads = others.heads(agents)
    return [(day, slot) for day, slot in np.argwhere(heads).tolist() for _ in range(heads[day, slot])]


def test_heads_are_of_the_asked_agents_only() -> None:
    others = Others(PROBLEM, TOURS, PROBLEM.serving_before)
    assert others.heads(EVERYBODY).shape == PROBLEM.on_call.shape
    assert kept(others, SOME) == counted(others, SOME) != kept(others, EVERYBODY)


def test_heads_follow_whoever_changes_tours() -> None:
    crew, margins = Crew(PROBLEM), Margins(PROBLEM.market)
    for agent, tour in DRAFT.tours.items():
        assert kept(crew.everybody, SOME) == counted(crew.everybody, SOME)
        crew.put(agent, tour)
    last, first = sorted(TOURS)[-1], sorted(TOURS)[0]
    crew.put(first, DRAFT.tours[last])
    for others in (crew.everybody, crew.without(first, margins), crew.without(last, margins)):
        for agents in (SOME, EVERYBODY):
            assert kept(others, agents) == counted(others, agents)


def test_whoever_is_left_out_is_on_no_queue() -> None:
    crew, margins = Crew(PROBLEM), Margins(PROBLEM.market)
    for agent, tour in DRAFT.tours.items():
        crew.put(agent, tour)
    assert np.array_equal(crew.serving, crew.draft.serving())
    for agent in TOURS:
        rest = crew.without(agent, margins)
        assert agent not in rest.tours
        assert sorted(rest.tours) == sorted(TOURS.keys() - {agent})
        idle = Draft(PROBLEM, {**crew.tours, agent: Tour.idle(PROBLEM)})
        assert np.array_equal(rest.serving, idle.serving())
        for group in range(len(PROBLEM.groups)):
            assert np.array_equal(rest.head(group), PROBLEM.market.head(idle.serving(), group))
