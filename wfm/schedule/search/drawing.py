"""Rosters drawn from a mix of tours that is best for a bound, put right by tours without noise; then some agents drawn anew at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

from wfm.schedule.bundle import Descents
from wfm.schedule.draft import Draft, Tour
from wfm.schedule.search.search import Heat, Search

SWEEPS = 4
"""Sweeps over all agents after a whole roster was drawn."""
FEW, FEW_SWEEPS = (3, 6), 2
"""Then so many agents are drawn anew beside all others, with so many sweeps: on 25 agents over 4 weeks from 1,213 to 1,202 in 28 rounds
and 15 CPU s; drawn by their shares alone, without a look at the others, to 1,208 in 56 rounds. The bound is 1,187."""
HOPE = 0.03
"""At first a roster goes on from one that is dearer by so much of what is between it and the bound, as likely as not; less and less so."""
GATHERED = 0.5
"""With so much of the search left sessions are settled, and all else makes room for them: placed at the end only, they cost 13 of 1,215."""
STAGES = 0.75, GATHERED, 0.25, 0.0
"""What is left of the search when the best is told, and those who draw go on from the same roster again."""
SLOWER = 0.3
"""Each further thread begins with prices that move so much more slowly than those of the one before: a roster of its own."""

Standing = tuple[float, float]


class Best(NamedTuple):
    """A roster, and what it stands at on a search's scale."""

    standing: Standing
    draft: Draft


def drawn(
    searches: Sequence[Search], way: Descents, start: Draft, bound: float, heat: Heat, go_on: Callable[[], bool]
) -> Iterator[Draft]:
    """Better and better rosters than ``start``, by a thread for each search.

    ``heat`` is asked before each is made, and ``go_on`` while one is drawn.
    """
    drawings = [_Drawing(search, way, bound, go_on, SLOWER**number) for number, search in enumerate(searches)]
    with ThreadPoolExecutor(len(drawings)) as pool:
        best = min(pool.map(lambda one: one.whole(start), drawings), key=_standing)
        for stage in STAGES:
            yield best.draft
            if stage < GATHERED and not searches[0].sittings:
                best = drawings[0].gathered(best.draft)
                for search in searches:
                    search.sittings = searches[0].sittings
            best = min(pool.map(partial(_Drawing.better, best=best, heat=heat, stage=stage), drawings), key=_standing)
    yield best.draft


class _Drawing:
    def __init__(self, search: Search, way: Descents, bound: float, go_on: Callable[[], bool], pace: float) -> None:
        self.search, self.way, self.bound, self.go_on, self.pace = search, way, bound, go_on, pace
        self.search.noise = search.noise.silent

    def whole(self, start: Draft) -> Best:
        """The better of a draft and one that is drawn anew for all agents."""
        best = self.of({agent: tour.without_tasks for agent, tour in start.tours.items()}, 0)
        return min(best, self.near(best.draft, self.way.agents, SWEEPS), key=_standing)

    def better(self, best: Best, heat: Heat, stage: float) -> Best:
        """Some agents drawn anew again and again, until no more than ``stage`` of the search is left."""
        now, random = best, self.search.random
        while (warmth := heat()) is not None and warmth >= stage:
            agents = random.permutation(self.way.agents)[: random.integers(*FEW, endpoint=True)]
            found = self.near(now.draft, agents.tolist(), FEW_SWEEPS)
            outrage, cost = now.standing
            worse = HOPE * warmth * max(0.0, cost - self.bound) * random.exponential()
            if found.standing[0] <= outrage and found.standing[1] < cost + worse:
                now = found
            best = min(best, now, key=_standing)
        return best

    def near(self, draft: Draft, agents: Collection[str], sweeps: int) -> Best:
        """The same with some agents drawn anew, and put right."""
        return self.of({**draft.tours, **self.way.down(agents, draft.tours, self.go_on, self.pace)}, sweeps)

    def gathered(self, draft: Draft) -> Best:
        """The same with its sessions, which stay where they are now."""
        self.of(draft.tours, 0)
        self.search.gather(draft)
        return Best(self.search.standing(), self.search.draft)

    def of(self, tours: Mapping[str, Tour], sweeps: int) -> Best:
        """Some tours, put right by sweeps over all agents."""
        for agent, tour in tours.items():
            self.search.take(agent, tour)
        left = iter(range(sweeps * len(tours)))
        self.search.anneal(lambda: next((0.0 for _ in left), None))
        return Best(self.search.standing(), self.search.draft)


def _standing(best: Best) -> Standing:
    return best.standing
