"""What everybody but one agent does: heads of some agents stay what counting afresh would say."""

from datetime import date

import numpy as np

from tests.schedule.centre import RULES, centre
from wfm.schedule.others import Others
from wfm.schedule.search import Search

PROBLEM = centre(agents=5, days=7, first=date(2026, 11, 2))
TOURS = {agent: tour.duties for agent, tour in Search(PROBLEM, RULES, 1).greedy().tours.items()}
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


def test_heads_follow_whoever_goes_and_comes() -> None:
    others, last, first = Others(PROBLEM, TOURS, PROBLEM.serving_before), *sorted(TOURS)[::4][::-1]
    assert kept(others, SOME) == counted(others, SOME)
    for agent, after in ((first, last), (last, first)):
        others.take(agent)
        assert agent not in others.tours
        assert kept(others, SOME) == counted(others, SOME)
        others.put(agent, TOURS[after])
        assert kept(others, SOME) == counted(others, SOME)
        assert kept(others, EVERYBODY) == counted(others, EVERYBODY)
