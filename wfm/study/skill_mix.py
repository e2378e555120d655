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
_CERTIFICATES = 8
_REPLICATIONS, _GAIN_REPLICATIONS = (16, 16, 16, 16, 32, 32, 32, 64, 64), 4
"""Replications on which the mix of each round is seen, and each small change of it."""
_EXCHANGES = 3
"""Certificates that may fail before mends only add agents, or chance would go round in circles."""
_FRESH, _AT_ONCE = 160, 32
"""Replications of a certificate, and how many are in memory at a time."""
_MARGIN = 0.009
"""What the search asks beyond the promise: about the half width of a certificate."""
_REACH, _SECONDS = 0.15, 20.0
"""By how much of its agents the first change may change a group, and allowances by how many seconds; the n-th by 1 / (1 + n / 2) of it."""
_REACH_LAST, _SECONDS_LAST = 0.02, 4.0
"""The same between certificates."""
_CLEAR = 0.002
"""What a mend asks beyond a certificate, and as much again for each that failed."""
_TRADED = 0.25
"""How much of what a type has to spare the mend of a mix that failed may take from it: the rest is partly luck."""
_CAUTION = 0.3
"""By how much more an agent fewer takes than one more gives, in the end."""
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

    From the mix of the bound, what an agent more of each group and a second more of each type's allowance do is simulated, and the cheapest
    change that mends the service is taken, if these effects add up (after Cezik & L'Ecuyer 2008); round by round by a smaller
    change, and by effects corrected by what the last change did. Then it is mended, or trimmed, likewise from certificate to certificate.
    Specialists alone, each type with its cheapest group, are tried too where they might be cheaper. Same seed, same mix, whatever the
    workers.
    """
    bound = pooled_bound(centre)
    tell(f"no mix costs less than {bound.cost:.2f}")
    shared = _certain(_searched(Course.begun(centre, bound.agents, seed, workers)), bound, tell)
    specialists = _specialists(centre)
    if shared.certified and centre.costs @ specialists >= shared.cost:
        return shared
    apart = _certain(
        Course.begun(centre, specialists, seed, workers).watched(_REPLICATIONS[0], _GAIN_REPLICATIONS)[0], bound, tell
    )
    return min(shared, apart, key=lambda mix: (sum(not service.kept for service in mix.services), mix.cost))


def _searched(course: Course) -> Course:
    """Some changes on, each smaller and with more caution than the one before."""
    for number, replications in enumerate(_REPLICATIONS):
        course, shares = course.watched(replications, _GAIN_REPLICATIONS)
        pace, caution = 1 / (1 + number / 2), _CAUTION * number / len(_REPLICATIONS)
        course = course.changed(shares, course.asked + _MARGIN, _REACH * pace, _SECONDS * pace, caution)
    return course


def _certain(course: Course, bound: MixBound, tell: Tell) -> SkillMix:
    """The cheapest certified mix: a mix is mended until it is certified, then trimmed while that makes it cheaper."""
    best, failed = None, 0
    for attempt in range(_CERTIFICATES):
        shares = _fresh(course, _CERTIFYING + course.seed * _CERTIFICATES + attempt)
        mix = _certified(course, bound, shares)
        short = sum(not service.kept for service in mix.services)
        tell(f"cost {mix.cost:.2f}, {short} of {len(mix.services)} types not certified on fresh calls")
        if mix.certified:
            best, failed = mix, 0
        else:
            failed += 1
        course = _mended(course.learned(shares), mix, failed)
        if best is not None and course.cost >= best.cost:
            break
    return best or mix


def _mended(course: Course, mix: SkillMix, failed: int) -> Course:
    """With what is missing in a mix, or without what is too much; with the more care the more often that has failed."""
    means, lows = np.array([(service.share.mean, service.share.low) for service in mix.services]).T
    short = course.asked - lows + _CLEAR * (1 + failed)
    wanted = means + np.where(short < 0, _TRADED if failed else 1, 1) * short
    return course.changed(means, wanted, _REACH_LAST, _SECONDS_LAST, np.inf if failed > _EXCHANGES else _CAUTION)


def _certified(course: Course, bound: MixBound, fresh: Shares) -> SkillMix:
    """The mix on fresh calls; the error is shared out to the types, and to all certificates that there may be."""
    centre = course.centre
    mean, width = fresh.estimated((1 - CONFIDENCE) / (2 * _CERTIFICATES))
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
    parts = [range(first, first + _AT_ONCE) for first in range(0, _FRESH, _AT_ONCE)]
    trials = (Trial.of(course.centre, seed, part, course.workers) for part in parts)
    return Shares.joined(trial.shares(course.agents, course.allowance) for trial in trials)


def _specialists(centre: SkillCentre) -> Integers:
    """Agents a group if every type had one queue and one group of its own, the cheapest that has the skill."""
    needs = pooled_need(centre, np.eye(len(centre.types), dtype=np.int64))
    dear: Floats = np.where(centre.able > 0, centre.costs[:, None], np.inf)
    agents = np.zeros(len(centre.groups), np.int64)
    np.add.at(agents, dear.argmin(axis=0), needs)
    return np.asarray(np.minimum(agents, centre.most), np.int64)
