"""Columns of some days only, all else as a draft has it: a small linear programme of a long horizon."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.agents import Scale
from wfm.schedule.choice import Choice
from wfm.schedule.columns.dive import Dive
from wfm.schedule.columns.generate import Generation
from wfm.schedule.columns.grain import EPS, grain_of, rounded_up
from wfm.schedule.columns.master import Master
from wfm.schedule.columns.pricing import Prices, Pricing, peers_of
from wfm.schedule.columns.relaxation import Relaxation
from wfm.schedule.draft import Draft
from wfm.schedule.linear import Floats
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.tours import Choices

KEPT = 0.5
"""Share of what prices of an agent's sums were in what is kept of them after other days were looked at."""

MOST_SECONDS = 3.0
"""A mix of some weeks takes GLOP a tenth of a second; where one takes so many of its own seconds, the window is left."""


@dataclass(frozen=True)
class Stretch:
    """Some days of all agents, whose choices are open; ``thrifty``: no more than now may be used there of what sums bound."""

    draft: Draft
    days: range
    thrifty: bool = False


class Stretches:
    """Mixes and dives of some days of all agents, with prices that are remembered from one stretch of days to the next.

    For problems without channels. What is found keeps all rules about one agent; whether it is better in all others, a judge tells.
    """

    def __init__(
        self, problem: RosterProblem, rules: Sequence[Rule], choices: Mapping[str, Choice], scale: Scale
    ) -> None:
        self.problem = problem
        self.relaxation = Relaxation.of(problem, rules, scale)
        self.peers = peers_of(problem, rules, choices, self.relaxation)
        self.people = [one for peer in self.peers for one in peer.alone()]
        self.grain = grain_of(problem, rules)
        self.known = np.zeros(len(self.relaxation.low), dtype=np.bool_)
        self.prices = Prices(
            np.zeros(len(self.relaxation.low)), tuple(np.zeros(len(one.choice.loose)) for one in self.people)
        )

    def better(self, stretch: Stretch, go_on: Callable[[], bool]) -> dict[str, Choices] | None:
        """What each agent does on these days where that costs less than before; None where nothing was found."""
        generation, rows = self._generation(stretch)
        mix = generation.master.solve()
        if mix is None:
            return None
        limit = mix.cost - max(self.grain, EPS) + EPS / 2
        if self.known[rows].any():
            generation.begin(Prices(self.prices.rows[rows], tuple(own.copy() for own in self.prices.sums)))
        done = generation.run(lambda: generation.bound < limit and go_on())
        self._learn(generation, rows)
        if not done or generation.bound >= limit:
            return None
        found = Dive(generation, go_on).down(limit)
        if found is None:
            return None
        return {self.people[one.peers].agents[0]: one.choices for one in found}

    def bound(self, known: float = 0.0) -> float:
        """What no roster costs less than, by the prices that are remembered, or by a bound that is known."""
        priced = Pricing(self.problem, self.relaxation, self.people).at(self.prices).bound
        return rounded_up(max(priced, known), self.grain)

    def _generation(self, stretch: Stretch) -> tuple[Generation, NDArray[np.int64]]:
        """The programme of a stretch with what is worked now as its columns, and its rows among all."""
        days, draft = stretch.days, stretch.draft
        relaxation, rows = self.relaxation.between(days, len(self.problem.days), self._elsewhere(stretch))
        people = [
            replace(
                one,
                choice=one.choice.between(draft.tours[one.agents[0]].choices, days, thrifty=stretch.thrifty),
                side=relaxation.sides[one.agents[0]],
                lax=True,
            )
            for one in self.people
        ]
        pricing = Pricing(self._part(days), relaxation, people)
        generation = Generation(Master(relaxation, people, MOST_SECONDS), pricing)
        now = (draft.tours[one.agents[0]].choices[days.start : days.stop] for one in people)
        generation.master.add(
            pricing.column(place, pricing.duty_worth.plain(choices)) for place, choices in enumerate(now)
        )
        return generation, rows

    def _part(self, days: range) -> RosterProblem:
        """The problem of some days, for the shapes of its duties."""
        grid = self.problem.grid
        inside = grid.within(self.problem.days[days.start], self.problem.days[days.stop - 1])
        return RosterProblem(
            grid=grid.part(inside),
            channels=(),
            requirements=(),
            workforce=self.problem.workforce,
            templates=self.problem.templates,
        )

    def _elsewhere(self, stretch: Stretch) -> Floats:
        """What is worked on all other days adds to the rows."""
        adds, nothing = np.zeros(len(self.relaxation.low)), np.zeros(self.problem.grid.count, dtype=np.int64)
        for one in self.people:
            day, slot = stretch.draft.tours[one.agents[0]].worked
            other = (day < stretch.days.start) | (day >= stretch.days.stop)
            adds += one.side.adds(day[other] * len(self.problem.slots) + slot[other], nothing)
        return adds

    def _learn(self, generation: Generation, rows: NDArray[np.int64]) -> None:
        if (found := generation.at) is not None:
            self.prices.rows[rows] = found.rows
            kept = KEPT if self.known.any() else 0.0
            for own, new in zip(self.prices.sums, found.sums, strict=True):
                own[:] = kept * own + (1 - kept) * new
            self.known[rows] = True
