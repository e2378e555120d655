"""Days swapped between two agents: what no best response of one agent alone can reach."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from wfm.schedule.draft import Draft, Tour
from wfm.schedule.search.search import Heat, Search

LONGEST_SWAP = 7
LEAST_GAIN = 1e-9
"""Days that two agents swap at once, and what a swap must gain: less than the price of anything in the last tier."""


def exchange(search: Search, start: Draft, heat: Heat) -> Draft:
    """From a roster of legal tours: the same days swapped between two agents where that is better, until nothing is or heat is over.

    One agent's best tour cannot pass a night on while it is still needed there; a swap can, and between agents who serve the
    same it costs the channels nothing, so that it is what settles who bears what.
    """
    for agent, tour in start.tours.items():
        search.put(agent, tour.without_tasks)  # a swap would seem to gain by the tasks that it drops
    pairs, quiet = list(combinations(search.choices, 2)), 0
    while pairs and quiet < len(pairs):
        for place in search.random.permutation(len(pairs)).tolist():
            quiet = 0 if _swapped(search, pairs[place], heat) else quiet + 1
            if quiet >= len(pairs) or heat() is None:
                return search.draft
    return search.draft


def _swapped(search: Search, pair: tuple[str, str], heat: Heat) -> bool:
    """Whether two agents swap some days, the first block of at most a week that makes the roster better."""
    one, other = pair
    standing, days, tours = _cost_of(search, one, other), len(search.problem.days), search.crew.tours
    for length in range(1, min(LONGEST_SWAP, days) + 1):
        for first in range(days - length + 1):
            block = slice(first, first + length)
            if tours[one].duties[block] != tours[other].duties[block] and heat() is not None:
                before = tours[one], tours[other]
                swapped = before[0].swapped(before[1], block), before[1].swapped(before[0], block)
                if _legal(search, one, swapped[0]) and _legal(search, other, swapped[1]):
                    _give(search, one, swapped[0], other, swapped[1])
                    if _cost_of(search, one, other) < (standing[0], standing[1] - LEAST_GAIN):
                        return True
                    _give(search, one, before[0], other, before[1])
    return False


def _legal(search: Search, agent: str, tour: Tour) -> bool:
    return bool(np.isfinite(search.choices[agent].cost(tour.choices)))


def _give(search: Search, one: str, its: Tour, other: str, others: Tour) -> None:
    search.put(one, its)
    search.put(other, others)


def _cost_of(search: Search, one: str, other: str) -> tuple[float, float]:
    """What the roster costs as far as two agents' tours can change it."""
    outrage, cost = search.coupled()
    return outrage, cost + sum(search.choices[agent].cost(search.crew.tours[agent].choices) for agent in (one, other))
