"""Why a wish was refused, found by trying it: what granting it would cost or break, and which dates nearby are free."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from wfm.domain import Agent, Breach, Name, Noun, Roster, Wish
from wfm.schedule.agents import Scale
from wfm.schedule.burden import unmet
from wfm.schedule.choice import Choice
from wfm.schedule.draft import Draft, Tour
from wfm.schedule.problem import MICRO, Duty, RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.rules.coverage import Coverage
from wfm.schedule.search.search import FORBIDDEN_PRICE, Search
from wfm.schedule.seated import as_held
from wfm.schedule.tours import Choices, Costs
from wfm.schedule.when import weakest_stretch

PEERS = 30
"""So many others at most are asked to take over: first those who serve the same channels."""
FREE = 0.5
"""A change that costs at most so many contacts in four weeks is free, as far as anybody can tell."""
ALTERNATIVES = 3
REACH_DAYS = 10
"""An alternative lies at most so many days from the date that was wished for."""


class Alternative(Noun):
    """Another date on which the same would cost little or nothing, in contacts."""

    date: date
    cost: float


class Refusal(Noun):
    """A wish that is not granted, why, and what else there is.

    ``cost`` is what the best roster with the wish granted costs more than the one that is, in contacts with all that has a price
    in the first tier, the points of the wish taken off; None where it would break ``rules`` that are forbidden to break. ``peer`` is
    who would work otherwise too. Nobody else's tour was changed in trying, so with more changes it may be had for less.
    """

    wish: Wish
    words: str
    cost: float | None = None
    rules: tuple[str, ...] = ()
    peer: Name | None = None
    alternatives: tuple[Alternative, ...] = ()


def refusals(problem: RosterProblem, rules: Sequence[Rule], roster: Roster) -> tuple[Refusal, ...]:
    """A reason for every wish of the horizon that a roster does not grant, in the order of the wishes.

    Each wish is tried with everybody else's tour as it is, then with one peer's tour made anew as well; tours are exact. Sessions of
    all together stay when they are held.
    """
    open_wishes = [wish for agent in problem.workforce.agents for wish in unmet(problem, roster, agent)]
    if not open_wishes:
        return ()
    trial = Trial(problem, as_held(problem, rules, roster), Draft.of(problem, roster))
    found = {id(wish): trial.refusal(wish) for wish in open_wishes}
    return tuple(found[id(wish)] for wish in problem.workforce.wishes if id(wish) in found)


@dataclass(frozen=True)
class _Granted:
    """The roster with a wish granted: choices of the agent and of the peer, and what it costs more."""

    cost: float
    choices: Choices
    peer: Agent | None = None
    peers_choices: Choices = ()


@dataclass(frozen=True)
class _Asked:
    """What the choices of an agent are worth given all others, and the value of the tour as it was.

    Where that tour breaks a rule itself, the best one that does not stands for it.
    """

    choice: Choice
    serving: Costs
    worth: Costs
    of_counts: Mapping[int, Callable[[Any], float]]
    now: float

    @classmethod
    def of(cls, trial: Trial, agent: Agent) -> _Asked:
        serving, whole, of_counts = trial.worths(agent)
        worth, choice = trial.worth.on_queue(serving) + whole, trial.choices[agent.id]
        value = choice.value(trial.crew.tours[agent.id].choices, worth, of_counts)
        now = value if np.isfinite(value) else choice.best(worth, of_counts)[0]
        return cls(choice, serving, worth, of_counts, now)

    def best(self) -> tuple[float, Choices]:
        return self.choice.best(self.worth, self.of_counts)

    def best_with(self, day: int, wanted: Sequence[int]) -> tuple[float, Choices]:
        """The best tour with one of some choices on a day; -inf where there is none."""
        return self.choice.best(_only(self.worth, day, wanted), self.of_counts)


def _grants(duty: Duty, wish: Wish) -> bool:
    if wish.want == "start":
        return duty.start_minute == wish.start
    return (wish.want in {"work", duty.template.name}) != wish.avoid


def _only(worth: Costs, day: int, wanted: Sequence[int]) -> Costs:
    """The worths with nothing but some choices left on a day."""
    only = worth.copy()
    only[day] = -np.inf
    only[day, list(wanted)] = worth[day, list(wanted)]
    return only


class Trial(Search):
    """A roster in which agents get other tours, with a wish granted; it always returns to where it was.

    Tasks beside the queue are left out on both sides: another tour would place them anew.
    """

    def __init__(self, problem: RosterProblem, rules: Sequence[Rule], draft: Draft) -> None:
        super().__init__(problem, rules, 1)
        for agent in problem.workforce.agents:
            self.put(agent.id, draft.tours[agent.id].without_tasks)
        self.roster = self.draft.roster()
        self.amounts = [_amount(rule.breaches(problem, self.roster)) for rule in rules]
        self.worth_of_steps = problem.market.worth(self.crew.serving)

    def refusal(self, wish: Wish) -> Refusal:
        """The reason for one wish."""
        agent, day = self.problem.workforce.by_id[wish.agent], (wish.date - self.problem.days[0]).days
        market = _Asked.of(self, agent)
        best, choices = market.best_with(day, self._wanted(wish, day))
        alternatives = tuple(self._alternatives(wish, day, market))
        found = self._granted(agent, market, market.now - best, choices) if np.isfinite(best) else None
        if found is None:
            return self._impossible(wish, agent, day, alternatives)
        return self._priced(wish, agent, found, alternatives)

    def _wanted(self, wish: Wish, day: int) -> list[int]:
        """The choices of a day that grant a wish."""
        if wish.want == "off":
            return [0]
        return [
            *([0] if wish.avoid else []),
            *(1 + duty.slot for duty in self.problem.duties[day] if _grants(duty, wish)),
        ]

    def _alternatives(self, wish: Wish, day: int, market: _Asked) -> Iterator[Alternative]:
        """Dates nearby that cost least, those that are free by distance; days that grant the same already are none."""
        tour = self.crew.tours[wish.agent].choices
        rows = []
        for other in range(max(0, day - REACH_DAYS), min(len(tour), day + REACH_DAYS + 1)):
            wanted = self._wanted(wish, other)
            if other == day or tour[other] in wanted:
                continue
            cost = market.now - market.best_with(other, wanted)[0]
            if cost < FORBIDDEN_PRICE / 2:
                rows.append((max(cost, FREE), abs(other - day), other, cost))
        for *_, other, cost in sorted(rows)[:ALTERNATIVES]:
            yield Alternative(date=self.problem.days[other], cost=round(max(cost, 0.0), 2))

    def _granted(self, agent: Agent, market: _Asked, cost: float, choices: Choices) -> _Granted:
        """The cheapest way to grant it: alone, or with one peer's tour made anew; the roster stays as it is."""
        best, tour = _Granted(cost, choices), self.crew.tours[agent.id]
        self.put(agent.id, self.worth.tour(choices, market.serving))
        for peer in self._peers(agent):
            best = min(best, self._shared(peer, cost, choices), key=lambda row: row.cost)
        self.put(agent.id, tour)
        return best

    def _shared(self, peer: Agent, cost: float, choices: Choices) -> _Granted:
        """The same with a peer's best answer to it."""
        market = _Asked.of(self, peer)
        value, answer = market.best()
        return _Granted(cost - (value - market.now), choices, peer, answer)

    def _peers(self, agent: Agent) -> list[Agent]:
        group = self.problem.group_of.get(agent.id)
        others = [other for other in self.problem.workforce.agents if other.id != agent.id]
        return sorted(others, key=lambda other: self.problem.group_of.get(other.id) != group)[:PEERS]

    def _impossible(self, wish: Wish, agent: Agent, day: int, alternatives: tuple[Alternative, ...]) -> Refusal:
        """The rules without which the agent could have it: one of those that the day alone would break."""
        wanted, tour = self._wanted(wish, day), list(self.crew.tours[agent.id].choices)
        tour[day] = wanted[0] if wanted else 0
        serving, _, _ = self.worths(agent)
        edited = self._with({agent.id: self.worth.tour(tuple(tour), serving)})
        broken = [self.rules[place] for place, _ in self._newly_broken(edited)]
        blocking = [rule for rule in broken if self._frees(rule, agent, day, wanted)] or broken
        named = ", ".join(rule.id for rule in blocking) or "the rules together"
        what = f"no tour of {agent.id} with {wish.words} on {wish.date} keeps {named}"
        reasons = "; ".join(rule.words for rule in blocking[:1])
        return Refusal(
            wish=wish,
            words=f"{what}: {reasons}" if reasons else what,
            rules=tuple(rule.id for rule in blocking),
            alternatives=alternatives,
        )

    def _frees(self, rule: Rule, agent: Agent, day: int, wanted: Sequence[int]) -> bool:
        if rule.tour(self.problem, agent) is None:
            return False
        rest = [other.model_copy(update={"price": 0.0, "tier": 1}) if other is rule else other for other in self.rules]
        choice = replace(self.workshop, rules=rest, scale=Scale.of(rest)).choice(agent)
        return bool(np.isfinite(choice.best(_only(np.zeros(self.worth.shape), day, wanted))[0]))

    def _priced(self, wish: Wish, agent: Agent, found: _Granted, alternatives: tuple[Alternative, ...]) -> Refusal:
        serving, _, _ = self.worths(agent)
        tours = {agent.id: self.worth.tour(found.choices, serving)}
        if found.peer is not None:
            tours[found.peer.id] = self.worth.tour(found.peers_choices, serving)
        after = self._with(tours)
        broken = dict(self._newly_broken(after)) if found.cost >= FORBIDDEN_PRICE / 2 else {}
        helped = f", with {found.peer.id} working otherwise too" if found.peer else ""
        if broken:
            place, breach = next(iter(broken.items()))
            words = f"it would break {self.rules[place].id}: {breach}"
        elif found.cost <= 0:
            words = f"nothing stands against it{helped}: a longer search would have found it"
        else:
            words = self._loss(after, Draft(self.problem, {**self.crew.tours, **tours})) + helped
        return Refusal(
            wish=wish,
            words=words,
            cost=None if broken else round(found.cost, 2) + 0.0,
            rules=tuple(self.rules[place].id for place in broken),
            peer=found.peer.id if found.peer else None,
            alternatives=alternatives,
        )

    def _with(self, tours: Mapping[str, Tour]) -> Roster:
        """The roster with some tours in place of those of the same agents."""
        kept = (row for row in self.roster.assignments if row.agent not in tours)
        made = Draft(self.problem, tours).roster().assignments
        return Roster.of(self.problem.grid, (*kept, *made))

    def _newly_broken(self, after: Roster) -> Iterator[tuple[int, str]]:
        """Places of the forbidden rules that a roster breaks more than this one, each with a breach in words."""
        for place, rule in enumerate(self.rules):
            found = rule.breaches(self.problem, after) if rule.price is None else []
            if _amount(found) > self.amounts[place]:
                known = {row.words for row in rule.breaches(self.problem, self.roster)}
                yield place, next((row.words for row in found if row.words not in known), found[0].words)

    def _loss(self, after: Roster, draft: Draft) -> str:
        """What granting it costs most: service in its worst stretch, or another rule's breaches."""
        price = sum(rule.price or 0.0 for rule in self.rules if isinstance(rule, Coverage))
        worths = self.problem.market.worth(draft.serving())
        lost = float((self.worth_of_steps - worths).sum()) / MICRO
        rows = (
            [(price * lost, weakest_stretch(self.problem, self.worth_of_steps, worths, lost))]
            if price * lost > 0
            else []
        )
        for place, rule in enumerate(self.rules):
            if rule.price is not None and not isinstance(rule, Coverage):
                more = _amount(rule.breaches(self.problem, after)) - self.amounts[place]
                if more > 0:
                    charge = self.scale.price(rule, FORBIDDEN_PRICE) * more
                    rows.append((charge, f"it would cost {more:g} {rule.unit} more ({rule.id})"))
        return max(rows, key=lambda row: row[0], default=(0.0, "it would cost a little here and there"))[1]


def _amount(breaches: Sequence[Breach]) -> float:
    return sum(row.amount for row in breaches)
