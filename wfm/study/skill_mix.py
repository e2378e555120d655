"""Multi-skill staffing: the cheapest mix of skill groups that keeps every type's promise, found and certified by simulation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from scipy.special import stdtrit

from wfm.domain import Estimate, Name, Noun
from wfm.staffing import MixBound, SkillCentre, cheapest_change, pooled_bound, pooled_need
from wfm.study.skill_trial import Floats, Integers, simulated_shares

Tell = Callable[[str], None]
CONFIDENCE = 0.95
_ROUNDS, _SETTLINGS, _CERTIFICATES = 18, 6, 6
_REPLICATIONS, _GAIN_REPLICATIONS, _CERTIFY_REPLICATIONS = 2, 4, 80
_SECONDS_A_SHARE = 150.0
"""By how much a type's calls are due later for a share of 1 to spare: twice as much swings from round to round."""
_EXCHANGES = 2
"""Certificates after which agents are exchanged; later ones only add, or chance would go round in circles."""
_STEP, _REACH = 0.02, 0.1
_GIVEN_BACK = 0.25
"""How much of the service that a type has to spare may be taken for others at once: it is partly luck."""
_LOAD_A_SHARE = 0.4
_SETTLED = 8
"""Rounds after which corrections are half as large, as 1 / (1 + (round / 8)); so chance settles."""


class TypeService(Noun):
    """One call type on fresh calls: its share inside target, whose lower end holds for all types at once, and its place in the queue."""

    name: Name
    asked: float
    share: Estimate
    allowance_seconds: float

    @property
    def kept(self) -> bool:
        """Whether the target is met with confidence."""
        return self.share.low >= self.asked


class SkillMix(Noun):
    """Agents a group, what they cost an hour, a cost that no mix undercuts, and the service of every type on fresh calls."""

    groups: tuple[Name, ...]
    agents: tuple[int, ...]
    cost: float
    bound: float
    services: tuple[TypeService, ...]

    @property
    def gap(self) -> float:
        """Cost above the bound, as a share of the bound."""
        return self.cost / self.bound - 1

    @property
    def certified(self) -> bool:
        """Whether every type's target is met with confidence."""
        return all(service.kept for service in self.services)


def staff_groups(centre: SkillCentre, *, seed: int = 1, workers: int = 1, tell: Tell = lambda _: None) -> SkillMix:
    """The cheapest mix found whose every type meets its target at 95 % confidence on fresh calls; never below the pooled bound.

    Round by round the cheapest mix that meets the pooled needs is simulated on new calls. A type that was short counts as coming more often
    from then on and its calls are due earlier, one with service to spare as coming less often and due later, by ever smaller corrections
    (stochastic approximation, Robbins & Monro 1951). A mix that is then not certified is mended by the cheapest change that the simulated
    effect of one more agent of each group tells of (after Cezik & L'Ecuyer 2008); so is one that shares nothing, each type with its
    cheapest group; the cheaper of both is returned. Same seed, same mix, whatever the workers.
    """
    bound = pooled_bound(centre)
    tell(f"no mix costs less than {bound.cost:.2f}")
    courses = [_Course.begun(centre, bound)]
    for _ in range(_ROUNDS):
        courses.append(courses[-1].corrected(seed, workers))
    shared = courses[-1].averaged(courses[len(courses) // 2 :]).settled(seed, workers)
    apart = replace(courses[0], mix=replace(bound, agents=_specialists(centre)))
    mixes = [_certain(course, bound, seed, workers, tell) for course in (shared, apart)]
    return min(mixes, key=lambda mix: (sum(not service.kept for service in mix.services), mix.cost))


def _certain(course: _Course, bound: MixBound, seed: int, workers: int, tell: Tell) -> SkillMix:
    """The mix of a course, mended until it is certified or has been often enough."""
    for attempt in range(_CERTIFICATES):
        mix = _certified(course, bound, seed + 1 + attempt, workers)
        short = sum(not service.kept for service in mix.services)
        tell(f"cost {mix.cost:.2f}, {short} of {len(mix.services)} types not certified on fresh calls")
        if not short:
            break
        course = course.mended(mix, seed, workers, exchanging=attempt < _EXCHANGES)
    return mix


@dataclass(frozen=True)
class _Course:
    """How far the corrections have come: ``more`` is the factor by which a type counts as coming more often."""

    centre: SkillCentre
    asked: Floats
    more: Floats
    allowance: Floats
    mix: MixBound
    rounds: int = 0

    @classmethod
    def begun(cls, centre: SkillCentre, bound: MixBound) -> Self:
        target = np.array([each.target.share for each in centre.types])
        within = np.array([each.target.within_seconds for each in centre.types])
        return cls(centre, target, np.ones_like(target), within, bound)

    def corrected(self, seed: int, workers: int) -> Self:
        """One round on: simulate the mix, correct what the types count for, and take the cheapest mix for that."""
        spare = self._spare(seed, workers)
        pace = 1 / (1 + self.rounds / _SETTLED)
        more = self.more * (1 - pace * _LOAD_A_SHARE * np.clip(spare, -0.4, 0.1))
        mix = pooled_bound(_busier(self.centre, more), self.mix.members)
        return replace(
            self,
            more=more,
            allowance=due_later(self.allowance, spare, pace),
            mix=mix,
            rounds=self.rounds + 1,
        )

    def _spare(self, seed: int, workers: int) -> Floats:
        """Share inside target of each type beyond what is asked, on the calls of this round."""
        shares = simulated_shares(
            self.centre,
            self.mix.agents,
            self.allowance,
            seed=_fresh(seed, self.rounds),
            replications=_REPLICATIONS,
            workers=workers,
        )
        return np.asarray(shares.mean(axis=0) - self.asked)

    def settled(self, seed: int, workers: int) -> Self:
        """A few rounds on with the mix as it is, in which only the allowances move: the queue is shared out anew."""
        course = self
        for number in range(_SETTLINGS):
            spare = course._spare(seed, workers)
            later = due_later(course.allowance, spare - spare.mean(), 1 / (1 + number / _SETTLED))
            course = replace(course, allowance=later, rounds=course.rounds + 1)
        return course

    def averaged(self, courses: Sequence[_Course]) -> Self:
        """The same with the mean corrections of some rounds: chance pulls each its own way (Polyak & Juditsky 1992)."""
        more = np.mean([course.more for course in courses], axis=0)
        allowance = np.mean([course.allowance for course in courses], axis=0)
        mix = pooled_bound(_busier(self.centre, more), self.mix.members)
        return replace(self, more=more, allowance=allowance, mix=mix)

    def mended(self, mix: SkillMix, seed: int, workers: int, *, exchanging: bool) -> Self:
        """The cheapest change so that the lower ends of what was certified, not the means, meet the targets; else agents are only added."""
        missing = np.array([service.asked - service.share.low for service in mix.services])
        missing = np.where(missing < 0, _GIVEN_BACK * missing, missing)
        gains = self._gains(_fresh(seed, self.rounds), workers)
        reach = np.maximum(2, np.rint(_REACH * self.mix.agents)).astype(np.int64)
        agents = self.mix.agents
        agents = cheapest_change(self.centre, agents, gains, missing, agents - exchanging * reach, agents + reach)
        return replace(self, mix=replace(self.mix, agents=agents), rounds=self.rounds + 1)

    def _gains(self, seed: int, workers: int) -> Floats:
        """Share that one more agent of each group (rows) gives each type (columns), on the same calls with and without."""

        def shares(agents: Integers) -> Floats:
            drawn = simulated_shares(
                self.centre, agents, self.allowance, seed=seed, replications=_GAIN_REPLICATIONS, workers=workers
            )
            return np.asarray(drawn.mean(axis=0))

        agents, now = self.mix.agents, shares(self.mix.agents)
        steps = np.diag(np.maximum(1, np.rint(_STEP * agents)).astype(np.int64))
        return np.array([(shares(agents + step) - now) / step.sum() for step in steps])


def _specialists(centre: SkillCentre) -> Integers:
    """Agents a group if every type had one queue and one group of its own, the cheapest that has the skill."""
    needs = pooled_need(centre, np.eye(len(centre.types), dtype=np.int64))
    dear = np.where(centre.able > 0, centre.costs[:, None], np.inf)
    agents = np.zeros(len(centre.groups), np.int64)
    np.add.at(agents, dear.argmin(axis=0), needs)
    return np.asarray(np.minimum(agents, centre.most), np.int64)


def due_later(allowance: Floats, spare: Floats, pace: float = 1.0) -> Floats:
    """Allowances moved from types that have service to spare to those that are short of it; the least is 0."""
    later = allowance + pace * _SECONDS_A_SHARE * np.clip(spare, -0.2, 0.1)
    return np.asarray(later - later.min())


def _fresh(seed: int, number: int) -> int:
    """A seed of its own for each round."""
    return int(np.random.SeedSequence(seed, spawn_key=(number,)).generate_state(1)[0])


def _busier(centre: SkillCentre, factors: Floats) -> SkillCentre:
    pairs = zip(centre.types, factors, strict=True)
    return centre.varied(types=tuple(each.varied(per_hour=each.per_hour * float(factor)) for each, factor in pairs))


def _certified(course: _Course, bound: MixBound, seed: int, workers: int) -> SkillMix:
    """The mix on fresh calls: half widths are Student's, one-sided, so that all types hold at once (Bonferroni)."""
    centre, agents = course.centre, course.mix.agents
    shares = simulated_shares(
        centre, agents, course.allowance, seed=seed, replications=_CERTIFY_REPLICATIONS, workers=workers
    )
    times = stdtrit(len(shares) - 1, 1 - (1 - CONFIDENCE) / len(centre.types)) / np.sqrt(len(shares))
    rows = zip(centre.types, shares.mean(axis=0), times * shares.std(axis=0, ddof=1), course.allowance, strict=True)
    return SkillMix(
        groups=tuple(group.name for group in centre.groups),
        agents=tuple(map(int, agents)),
        cost=float(centre.costs @ agents),
        bound=bound.cost,
        services=tuple(
            TypeService(
                name=each.name,
                asked=each.target.share,
                share=Estimate(mean=float(mean), half_width=float(width), confidence=CONFIDENCE),
                allowance_seconds=float(allowance),
            )
            for each, mean, width, allowance in rows
        ),
    )
