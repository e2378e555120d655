"""Multi-skill staffing: the cheapest mix of skill groups that keeps every type's promise, found and certified by simulation."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wfm.domain import Estimate, Name, Noun
from wfm.staffing import MixBound, SkillCentre, pooled_bound, pooled_need
from wfm.study.skill_search import Course
from wfm.study.skill_trial import Floats, Integers, Shares, Trial

Tell = Callable[[str], None]
CONFIDENCE = 0.95
_ROUNDS, _IMPROVEMENTS, _CERTIFICATES = 14, 4, 5
_REPLICATIONS, _AT_ONCE = 160, 32
_SETTLE, _SETTLE_LAST = 24, 64
"""Replications on which the queue is shared out: between improvements, and before a certificate."""
_MARGIN = 0.009
"""What the search asks beyond the promise: about the half width of a certificate and the error of the search itself."""
_REACH = 0.08
"""By how much of its agents an improvement may change a group; a mend by half of it."""
_EXCHANGES = 2
"""Certificates after which agents are exchanged; later ones only add, or chance would go round in circles."""
_CERTIFYING = 2**32
"""Certificates take seeds that no round of the search can draw."""


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
    (stochastic approximation, Robbins & Monro 1951). Then the mix is improved by the cheapest change that the simulated effect of one more
    agent of each group tells of (after Cezik & L'Ecuyer 2008), and mended likewise where it is not certified. Specialists alone, each
    type with its cheapest group, are tried too where they might be cheaper. Same seed, same mix, whatever the workers.
    """
    bound = pooled_bound(centre)
    tell(f"no mix costs less than {bound.cost:.2f}")
    begun = Course.begun(centre, bound, seed, workers)
    shared = _certain(_improved(_approached(begun)), bound, tell)
    specialists = _specialists(centre)
    if shared.certified and centre.costs @ specialists >= shared.cost:
        return shared
    apart = _certain(begun.with_agents(specialists), bound, tell)
    return min(shared, apart, key=lambda mix: (sum(not service.kept for service in mix.services), mix.cost))


def _approached(course: Course) -> Course:
    courses = [course]
    for _ in range(_ROUNDS):
        courses.append(courses[-1].corrected())
    return courses[-1].averaged(courses[len(courses) // 2 :])


def _improved(course: Course) -> Course:
    """Some changes on, each smaller and with more caution than the one before."""
    wanted = course.asked + _MARGIN
    for number in range(_IMPROVEMENTS):
        course, shares = course.settled(wanted, _SETTLE)
        course = course.watched().changed(wanted - shares, _REACH / (1 + number / 3), number / _IMPROVEMENTS)
    return course


def _certain(course: Course, bound: MixBound, tell: Tell) -> SkillMix:
    """The cheapest certified mix: a mix is mended until it is certified, then trimmed while that makes it cheaper."""
    best: SkillMix | None = None
    for attempt in range(_CERTIFICATES):
        course, _ = course.settled(course.asked + _MARGIN, _SETTLE_LAST)
        mix = _certified(course, bound, attempt)
        missing = np.array([service.asked - service.share.low for service in mix.services])
        tell(f"cost {mix.cost:.2f}, {int((missing > 0).sum())} of {len(missing)} types not certified on fresh calls")
        if mix.certified:
            best = mix
        caution = 0.0 if mix.certified else 1.0
        course = course.changed(missing, _REACH / 2, caution, exchanging=mix.certified or attempt < _EXCHANGES)
        if best is not None and course.cost >= best.cost:
            break
    return best or mix


def _certified(course: Course, bound: MixBound, attempt: int) -> SkillMix:
    """The mix on fresh calls; the error is shared out to the types, and to all certificates that there may be."""
    centre = course.centre
    error = (1 - CONFIDENCE) / (2 * _CERTIFICATES)
    mean, width = _fresh(course, _CERTIFYING + course.seed * _CERTIFICATES + attempt).estimated(error)
    rows = zip(centre.types, mean, width, course.allowance, strict=True)
    return SkillMix(
        groups=tuple(group.name for group in centre.groups),
        agents=tuple(map(int, course.agents)),
        cost=course.cost,
        bound=bound.cost,
        services=tuple(
            TypeService(
                name=each.name,
                asked=each.target.share,
                share=Estimate(mean=float(share), half_width=float(half), confidence=CONFIDENCE),
                allowance_seconds=float(allowance),
            )
            for each, share, half, allowance in rows
        ),
    )


def _fresh(course: Course, seed: int) -> Shares:
    """Shares on calls of a seed, drawn some replications at a time: all of them would fill the memory."""
    parts = [range(first, first + _AT_ONCE) for first in range(0, _REPLICATIONS, _AT_ONCE)]
    trials = (Trial.of(course.centre, seed, part, course.workers) for part in parts)
    return Shares.joined(trial.shares(course.agents, course.allowance) for trial in trials)


def _specialists(centre: SkillCentre) -> Integers:
    """Agents a group if every type had one queue and one group of its own, the cheapest that has the skill."""
    needs = pooled_need(centre, np.eye(len(centre.types), dtype=np.int64))
    dear: Floats = np.where(centre.able > 0, centre.costs[:, None], np.inf)
    agents = np.zeros(len(centre.groups), np.int64)
    np.add.at(agents, dear.argmin(axis=0), needs)
    return np.asarray(np.minimum(agents, centre.most), np.int64)
