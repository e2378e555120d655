"""The last gaps closed: an agent is drawn to one, others answer, and all is taken back where that is no better."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Agent
from wfm.schedule.draft import Draft
from wfm.schedule.search.search import Heat, Search

ANSWERS = 8
"""So many agents answer to one that was drawn to a gap."""
DRAWN = 50.0
"""A gap is worth so many times what it is to whoever is drawn to it."""
FEW = 20
"""Steps with a gap up to which chains are worth their time: of 180 gaps in a roster without slack 700 chains closed none."""
LEAST_GAIN = 1e-9


def closed(search: Search, heat: Heat, on_better: Callable[[float, Draft], None] = lambda *_: None) -> Draft:
    """From a roster of best responses: chains in which one agent fills a gap whatever that costs, and some others then answer to it.

    No best response of one agent alone makes such a roster better, and noise that moves everybody opens as many gaps as it closes
    once few are left. A chain is kept where the roster costs less after it. Ends where no gap is left.
    """
    agents, cost = search.problem.workforce.agents, search.standing()[1]
    while gaps(search).any() and heat() is not None:
        drawn, *others = (agents[place] for place in search.random.permutation(len(agents))[: 1 + ANSWERS].tolist())
        gain = _chain(search, drawn, others, heat)
        if gain > 0:
            cost -= gain
            on_better(cost, search.draft)
    return search.draft


def gaps(search: Search) -> NDArray[np.bool_]:
    """The steps in which one more agent of some group would be worth something, shape (grid.count,)."""
    found = np.zeros(search.problem.grid.count, dtype=np.bool_)
    for group in range(len(search.problem.groups)):
        found |= _missing(search, group)
    return found


def _missing(search: Search, group: int) -> NDArray[np.bool_]:
    """The same for one group."""
    return search.hand.margins.of(search.crew.serving, group) > 0


def _chain(search: Search, drawn: Agent, others: Iterable[Agent], heat: Heat) -> float:
    """What is gained by an agent drawn to a gap and the answers of others; 0 where nothing is, and then nobody has moved."""
    group, tours = search.problem.group_of.get(drawn.id), search.crew.tours
    if group is None or not (steps := np.flatnonzero(_missing(search, group))).size:
        return 0.0
    before, coupled, worths = {drawn.id: tours[drawn.id]}, search.coupled(), search.worths(drawn)
    worths.serving[search.random.choice(steps)] *= DRAWN
    search.answer(drawn, worths, 0.0, search.hand)
    for other in others if tours[drawn.id] != before[drawn.id] else ():
        if heat() is not None:
            before[other.id] = tours[other.id]
            search.respond(other, 0.0, search.hand)
    reached, moved = search.coupled(), {agent: tours[agent] for agent in before}
    gain = coupled[1] - reached[1] + search.own(before) - search.own(moved)
    if reached[0] <= coupled[0] and gain > LEAST_GAIN:
        return gain
    for agent, tour in before.items():
        search.put(agent, tour)
    return 0.0
