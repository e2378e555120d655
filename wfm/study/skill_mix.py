"""Multi-skill staffing: the cheapest mix of skill groups that keeps every type's promise, found and certified by simulation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from scipy.special import stdtrit

from wfm.domain import Estimate, Name, Noun
from wfm.staffing import MixBound, SkillCentre, pooled_bound
from wfm.study.skill_trial import Floats, simulated_shares

Tell = Callable[[str], None]
CONFIDENCE = 0.95
_ROUNDS, _MORE_ROUNDS, _CERTIFICATES = 24, 8, 4
_REPLICATIONS, _CERTIFY_REPLICATIONS = 2, 24
_SECONDS_A_SHARE = 150.0
"""By how much a type's calls are due later for a share of 1 to spare: twice as much swings from round to round."""
_LOAD_A_SHARE = 0.4
_SETTLED = 6
"""Rounds after which corrections become smaller, as 1 / (1 + (round / 6))."""


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
    (stochastic approximation, Robbins & Monro 1951). A mix that is then not certified is corrected further.
    Same seed, same mix, whatever the workers.
    """
    bound = pooled_bound(centre)
    tell(f"no mix costs less than {bound.cost:.2f}")
    course = _Course.begun(centre, bound)
    mixes: list[SkillMix] = []
    for attempt in range(_CERTIFICATES):
        for _ in range(_MORE_ROUNDS if attempt else _ROUNDS):
            course = course.corrected(seed, workers)
        mixes.append(_certified(course, bound, seed + 1 + attempt, workers))
        short = [service.name for service in mixes[-1].services if not service.kept]
        tell(f"cost {mixes[-1].cost:.2f}, {len(short)} of {len(centre.types)} types not certified on fresh calls")
        if not short:
            break
        course = course.asking_for(mixes[-1])
    return min(mixes, key=lambda mix: sum(not service.kept for service in mix.services))


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
        fresh = np.random.SeedSequence(seed, spawn_key=(self.rounds,)).generate_state(1)[0]
        shares = simulated_shares(
            self.centre,
            self.mix.agents,
            self.allowance,
            seed=int(fresh),
            replications=_REPLICATIONS,
            workers=workers,
        )
        spare = shares.mean(axis=0) - self.asked
        pace = 1 / (1 + self.rounds / _SETTLED)
        later = self.allowance + pace * _SECONDS_A_SHARE * np.clip(spare, -0.2, 0.1)
        more = self.more * (1 - pace * _LOAD_A_SHARE * np.clip(spare, -0.4, 0.1))
        mix = pooled_bound(_busier(self.centre, more), self.mix.members)
        return replace(self, more=more, allowance=later - later.min(), mix=mix, rounds=self.rounds + 1)

    def asking_for(self, mix: SkillMix) -> Self:
        """The same with so much more asked that the lower ends, not the means, meet the targets; yet more of what falls short again."""
        widths = np.array([service.share.half_width for service in mix.services])
        target = np.array([service.asked for service in mix.services])
        again = np.array([max(0.0, service.asked - service.share.low) for service in mix.services])
        first = np.array_equal(self.asked, target)
        return replace(self, asked=target + widths if first else self.asked + again / 2)


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
