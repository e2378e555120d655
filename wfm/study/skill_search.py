"""The search for a cheap mix of skill groups: corrected round by round, then improved by what one more agent is seen to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from wfm.staffing import MixBound, SkillCentre, cheapest_change, pooled_bound
from wfm.study.skill_trial import Floats, Integers, Trial

_SECONDS_A_SHARE = 150.0
"""By how much a type's calls are due later for a share of 1 to spare: twice as much swings from round to round."""
_LEAST_PACE = 20.0
_LOAD_A_SHARE = 0.4
_SETTLED = 8
"""Rounds after which corrections are half as large, as 1 / (1 + (round / 8)); so chance settles."""
_ROUND_REPLICATIONS, _GAIN_REPLICATIONS = 2, 3
_SETTLINGS = 5
_KEPT, _DEARER = 0.75, 0.4
_STEP, _LEAST_GAIN = 0.03, 2e-4
"""Agents of a group are added by 3 % to see their effect; one more agent's effect below a fiftieth of a point is luck."""


@dataclass(frozen=True)
class Course:
    """How far a search has come.

    ``more`` is the factor by which a type counts as coming more often, ``allowance`` how long after its arrival a call is due, ``pace`` the
    seconds by which allowances move for a share of 1, ``gains`` the mean of the simulated effects of one more agent so far.
    """

    centre: SkillCentre
    mix: MixBound
    more: Floats
    allowance: Floats
    seed: int
    workers: int
    rounds: int = 0
    pace: float = _SECONDS_A_SHARE
    gains: Floats | None = None
    gained: int = 0

    @classmethod
    def begun(cls, centre: SkillCentre, bound: MixBound, seed: int, workers: int) -> Self:
        """Before any simulation: the mix of the bound, first come, first served."""
        within = np.array([each.target.within_seconds for each in centre.types])
        return cls(centre, bound, np.ones_like(within), within, seed, workers)

    @property
    def agents(self) -> Integers:
        """Agents of each group."""
        return self.mix.agents

    @property
    def cost(self) -> float:
        """What the agents cost an hour."""
        return float(self.centre.costs @ self.agents)

    @property
    def asked(self) -> Floats:
        """Share inside target that each type is promised."""
        return np.array([each.target.share for each in self.centre.types])

    def corrected(self) -> Self:
        """One round on: simulate the mix on new calls, correct what the types count for, take the cheapest mix for that."""
        shares = self._trial(_ROUND_REPLICATIONS).shares(self.agents, self.allowance)
        spare = shares.inside.mean(axis=0) - self.asked
        pace = 1 / (1 + self.rounds / _SETTLED)
        more = self.more * (1 - pace * _LOAD_A_SHARE * np.clip(spare, -0.4, 0.1))
        return replace(
            self._counting(more), allowance=due_later(self.allowance, pace * spare, self.pace), rounds=self.rounds + 1
        )

    def averaged(self, courses: Sequence[Course]) -> Self:
        """The same with the mean corrections of some rounds: chance pulls each its own way (Polyak & Juditsky 1992)."""
        allowance = np.mean([course.allowance for course in courses], axis=0)
        return replace(self._counting(np.mean([course.more for course in courses], axis=0)), allowance=allowance)

    def settled(self, wanted: Floats, replications: int) -> tuple[Self, Floats]:
        """The same mix with the allowances that leave the least missing of the ``wanted`` shares, and the shares with them.

        All tries see the same calls; a try that is worse than the best so far halves the pace, which is doubled again next time.
        """
        trial = self._trial(replications)
        allowance, pace = self.allowance, max(_LEAST_PACE, min(_SECONDS_A_SHARE, 2 * self.pace))
        fewest, kept, mean = np.inf, allowance, wanted
        for _ in range(_SETTLINGS):
            tried, _ = trial.shares(self.agents, allowance).estimated(0.5)
            missing = float(np.maximum(0, wanted - tried).sum())
            if missing < fewest:
                fewest, kept, mean = missing, allowance, tried
            else:
                pace /= 2
            if fewest == 0:
                break
            spare = mean - wanted
            allowance = due_later(kept, spare - spare.mean(), pace)
        return replace(self, allowance=kept, pace=pace, rounds=self.rounds + 1), mean

    def watched(self) -> Self:
        """The same, having seen once more on common calls what one more agent of each group gives each type."""
        trial = self._trial(_GAIN_REPLICATIONS)
        steps = np.maximum(1, np.rint(_STEP * self.agents)).astype(np.int64)

        def mean(agents: Integers) -> Floats:
            return np.asarray(trial.shares(agents, self.allowance).inside.mean(axis=0))

        now = mean(self.agents)
        seen = np.array([(mean(self.agents + step) - now) / step.sum() for step in np.diag(steps)])
        seen[seen < _LEAST_GAIN] = 0
        before = np.zeros_like(seen) if self.gains is None else self.gains
        gains = (before * self.gained + seen) / (self.gained + 1)
        return replace(self, gains=gains, gained=self.gained + 1, rounds=self.rounds + 1)

    def changed(self, missing: Floats, reach: float, caution: float, *, exchanging: bool = True) -> Self:
        """With the cheapest change, by at most a share of each group, that mends what is missing if effects add up; else only adding.

        ``caution`` from 0 to 1: what a type has to spare (missing below 0) is partly luck, and an agent fewer takes more than one more
        gives. Without caution the search goes in circles about the promise, with it alone it never finds what is too much.
        """
        if self.gains is None:
            return self.watched().changed(missing, reach, caution, exchanging=exchanging)
        missing = np.where(missing < 0, (1 - _KEPT * caution) * missing, missing)
        far = np.maximum(2, np.rint(reach * self.agents)).astype(np.int64)
        low, high = self.agents - exchanging * far, self.agents + far
        dearer = 1 + _DEARER * caution
        return self.with_agents(cheapest_change(self.centre, self.agents, self.gains, missing, low, high, dearer))

    def with_agents(self, agents: Integers) -> Self:
        """The same with other agents."""
        return replace(self, mix=replace(self.mix, agents=agents))

    def _counting(self, more: Floats) -> Self:
        """The cheapest mix where types count for so much more."""
        pairs = zip(self.centre.types, more, strict=True)
        busier = self.centre.varied(types=tuple(each.varied(per_hour=each.per_hour * float(by)) for each, by in pairs))
        return replace(self, more=more, mix=pooled_bound(busier, self.mix.members))

    def _trial(self, replications: int) -> Trial:
        """New calls for each round."""
        seed = int(np.random.SeedSequence(self.seed, spawn_key=(self.rounds,)).generate_state(1)[0])
        return Trial.of(self.centre, seed, range(replications), self.workers)


def due_later(allowance: Floats, spare: Floats, pace: float = _SECONDS_A_SHARE) -> Floats:
    """Allowances moved from types that have service to spare to those that are short of it; the least is 0."""
    later = allowance + pace * np.clip(spare, -0.2, 0.1)
    return np.asarray(later - later.min())
