"""Whole-agent columns of one problem: the bound that they prove, the roster at the end of a dive, and better ones nearby."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.agents import Scale
from wfm.schedule.choice import Choice
from wfm.schedule.columns.dive import AGREED, Dive
from wfm.schedule.columns.generate import Generation
from wfm.schedule.columns.grain import EPS, grain_of, rounded_up
from wfm.schedule.columns.master import Master
from wfm.schedule.columns.near import Free
from wfm.schedule.columns.pricing import Column, Peers, Prices, Pricing, peers_of
from wfm.schedule.columns.relaxation import Relaxation
from wfm.schedule.columns.tree import Tree
from wfm.schedule.draft import Draft
from wfm.schedule.linear import Floats
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule

GoOn = Callable[[], bool]
"""Whether there is time for another round."""
ROUNDS = 60
"""Rounds in which a mix near a roster is made."""
LIGHT = 5_000
"""With 1,400 rows and 8,600 amends (30 agents, two channels, half hours of four weeks) one mix takes GLOP 0.9 s: after 63 s of CPU
the bound was 0.6 % below that of the bundle after 3 s, and no dive had begun."""
LIGHT_QUEUE, WEEKS = 2_000, 21
"""Where minutes on the queue of so many days or more are asked for: with one row for each of 1,400 half hours (the same people, whole
heads) the bound was 57 after 20 s of CPU; the bundle takes 1 s to 121."""
ALIKE = 150
"""Known tours of an agent that come into a mix near a roster at first, the latest."""


class Workbench:
    """Mixes whole tours (columns) of all agents under the rules that couple them, as far as these are linear.

    What it finds keeps all forbidden rules about one agent; whether it is better in all others, an audit tells.
    """

    def __init__(
        self, problem: RosterProblem, rules: Sequence[Rule], choices: Mapping[str, Choice], scale: Scale
    ) -> None:
        self.problem = problem
        self.relaxation = Relaxation.of(problem, rules, scale)
        self.peers = peers_of(problem, rules, choices, self.relaxation)
        self.people = [one for peer in self.peers for one in peer.alone()]
        self.place = {one.agents[0]: place for place, one in enumerate(self.people)}
        self.kind = {agent: place for place, peer in enumerate(self.peers) for agent in peer.agents}
        one_tier = len({rule.tier for rule in rules if rule.price is not None}) <= 1
        self.grain = grain_of(problem, rules) if one_tier else 0.0
        self._alone = -np.inf
        self._tree: Tree | None = None
        self._rounds_near = self._rounds_dived = 0
        self._tours: list[dict[bytes, Column]] = [{} for _ in self.people]

    @cached_property
    def root(self) -> Generation:
        """The mix of all known tours, alike agents together."""
        return self._generation(self.relaxation, self.peers)

    @property
    def bound(self) -> float:
        """What no roster's cost is below, on the scale of the workbench; -inf before any prices were asked."""
        branched = -np.inf if self._tree is None else self._tree.bound
        return max(rounded_up(max(self.root.bound, self._alone), self.grain), branched)

    @property
    def light(self) -> bool:
        """Whether mixes are made quickly: what one takes grows faster than its rows and amends."""
        long = bool(self.problem.channels) and len(self.problem.days) >= WEEKS
        return len(self.relaxation.low) + len(self.relaxation.most) <= (LIGHT_QUEUE if long else LIGHT)

    @property
    def efforts(self) -> tuple[int, int, int]:
        """Rounds that were made near rosters, in the tree, and in dives."""
        return self._rounds_near, 0 if self._tree is None else self._tree.looked, self._rounds_dived

    def learn(self, draft: Draft) -> None:
        """Take in the tours of a draft, without tasks."""
        tours = [(agent, tour.without_tasks) for agent, tour in draft.tours.items()]
        self.root.master.add(self.root.pricing.column(self.kind[agent], tour) for agent, tour in tours)

    def alone(self) -> float:
        """A bound at once: what the best tours of all cost where nobody looks at the others."""
        self._alone = self.root.pricing.at(self._nothing).bound
        return self.bound

    def price(self, go_on: GoOn, enough: float = np.inf) -> bool:
        """Raise the bound until the mix is best (True), it is ``enough``, or there is no time left. Learn a draft first."""
        return self.root.run(lambda: self.bound < enough - EPS and go_on())

    def dive(
        self, go_on: GoOn, limit: float = np.inf, late: GoOn = lambda: True, agreed: float = AGREED
    ) -> Draft | None:
        """A roster that costs less than ``limit``, from the best mix downwards; None where none was found in time.

        It makes haste where it is ``late``. Another share at which days are ``agreed`` gives another roster.
        """
        generation = self._generation(self.relaxation, self.people)
        generation.master.add(self._dealt(self.root.master.columns))
        found = Dive(generation, go_on, late, agreed).down(limit - self.grain + EPS)
        self._rounds_dived += generation.rounds
        self._keep(generation.master.columns, range(len(self.people)))
        return self._draft({self.people[one.peers].agents[0]: one for one in found}) if found else None

    def branch(self, limit: float, go_on: GoOn) -> Draft | None:
        """Look at one mix more of a tree that splits all rosters; its draft where it makes one that may cost less than ``limit``.

        After :meth:`price`. The bound rises to ``limit`` when every roster is known to cost that.
        """
        if self._tree is None:
            generation = self._generation(self.relaxation, self.people)
            generation.master.add(self._dealt(self.root.master.columns))
            self._tree = Tree(generation, self._prices(range(len(self.people))), self.grain, self.root.bound)
        found = self._tree.step(limit, go_on)
        return self._draft({self.people[one.peers].agents[0]: one for one in found}) if found else None

    def dear(self, draft: Draft) -> Floats:
        """Roughly what each day of a draft costs for what its agents do together."""
        adds = sum((self._column(place, draft).adds for place in range(len(self.people))), np.zeros(len(self._on_days)))
        return np.asarray(self.relaxation.missed(adds) @ self._on_days)

    @cached_property
    def _on_days(self) -> Floats:
        return self.relaxation.on_days(len(self.problem.days))

    def near(self, draft: Draft, free: Free, go_on: GoOn) -> tuple[Draft | None, bool]:
        """A better roster that differs from a draft on open days only, else None; and whether there is certainly none.

        ``free[person, day]`` says what is open.
        """
        places = np.flatnonzero(free.any(axis=1)).tolist()
        now = [self._column(place, draft) for place in range(len(self.people))]
        shut = np.flatnonzero(~free.any(axis=1)).tolist()
        taken = sum((now[place].adds for place in shut), np.zeros(len(self.relaxation.low)))
        generation = self._generation(self.relaxation.less(taken), [self.people[place] for place in places])
        generation.pricing.open = self._open(now, free)[places]
        generation.master.add(replace(now[place], peers=k) for k, place in enumerate(places))
        mix = generation.master.solve()
        if mix is None:
            return None, False
        if self.root.at is not None:
            generation.begin(self._prices(places))
        limit = mix.cost - max(self.grain, EPS) + EPS / 2
        generation.master.add(self._fitting(now, free, places))
        done = generation.run(lambda: generation.bound < limit and generation.rounds < ROUNDS and go_on())
        self._rounds_near += 1 + generation.rounds
        if generation.bound >= limit or not done:
            return None, generation.bound >= limit
        found = Dive(generation, go_on).down(limit)
        self._keep(generation.master.columns, places)
        if not found:
            return None, False
        return self._draft({self.people[places[one.peers]].agents[0]: one for one in found}, draft), False

    @property
    def _nothing(self) -> Prices:
        """Prices at which nothing is worth anything."""
        sums = tuple(np.zeros(len(peer.choice.loose)) for peer in self.peers)
        return Prices(np.zeros(len(self.relaxation.low)), sums)

    def _generation(self, relaxation: Relaxation, peers: Sequence[Peers]) -> Generation:
        return Generation(Master(relaxation, peers), Pricing(self.problem, relaxation, peers))

    def _prices(self, places: Iterable[int]) -> Prices:
        """The best prices of the mix of all, for some people."""
        best = self.root.at or self._nothing
        return Prices(best.rows, tuple(best.sums[self.kind[self.people[place].agents[0]]] for place in places))

    def _dealt(self, columns: Iterable[Column]) -> Iterable[Column]:
        """Columns of peers as columns of each of them."""
        for column in columns:
            for agent in self.peers[column.peers].agents:
                yield replace(column, peers=self.place[agent])

    def _column(self, place: int, draft: Draft) -> Column:
        """The tour of somebody in a draft, made once."""
        tour = draft.tours[self.people[place].agents[0]].without_tasks
        key = repr((tour.choices, tour.pauses)).encode()
        if key not in self._tours[place]:
            self._tours[place][key] = Column.of(self.problem, self.people, place, tour)
        return self._tours[place][key]

    def _keep(self, columns: Iterable[Column], places: Sequence[int]) -> None:
        """Remember tours for mixes to come."""
        for column in columns:
            place = places[column.peers]
            key = repr((column.choices, column.tour.pauses)).encode()
            self._tours[place].setdefault(key, replace(column, peers=place))

    def _fitting(self, now: Sequence[Column], free: Free, places: Sequence[int]) -> Iterable[Column]:
        """Known tours that differ from what is worked now on open days only."""
        for k, place in enumerate(places):
            known = list(self._tours[place].values())
            choices = np.array([column.choices for column in known])
            fits = ((choices == now[place].choices) | free[place]).all(axis=1)
            yield from (replace(known[at], peers=k) for at in np.flatnonzero(fits)[-ALIKE:].tolist())

    def _open(self, now: Sequence[Column], free: Free) -> NDArray[np.bool_]:
        """What each person may do on each day: anything on open days, what is worked now on others."""
        width = 1 + len(self.problem.slots)
        worked = np.array([column.choices for column in now])[:, :, None] == np.arange(width)
        return np.asarray(free[:, :, None] | worked)

    def _draft(self, columns: Mapping[str, Column], rest: Draft | None = None) -> Draft:
        tours = dict(rest.tours) if rest else {}
        return Draft(self.problem, tours | {agent: column.tour for agent, column in columns.items()})
