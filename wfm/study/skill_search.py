"""The search for a cheap mix of skill groups: change by change, each by what the changes before were seen to do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple, Self

import numpy as np

from wfm.staffing import Effects, Reach, SkillCentre, cheapest_change
from wfm.study.skill_trial import Floats, Integers, Shares, Trial

_STEP, _STEP_SECONDS = 0.05, 8.0
"""Agents of a group are added by 5 %, seconds of an allowance by 8, to see what they do."""
_REMEMBERED = 7
"""Rounds whose effects are averaged; earlier ones fade."""
_DOUBT = 0.05
"""By how much, in log odds, the effect of a step is in doubt."""
_LUCK = 0.17
"""Standard deviation of a type's log odds in a replication, once the surplus of work is taken out."""
_LEAST_SHARE, _MOST_SHARE = 0.03, 0.985
"""Shares beyond are taken for these: their log odds are mostly luck."""


class Sight(NamedTuple):
    """What was seen of a mix: its agents and allowances, the log odds of each type, and the variance that luck gives these."""

    agents: Integers
    allowance: Floats
    odds: Floats
    variance: float


@dataclass(frozen=True)
class Course:
    """How far a search has come: agents of each group, the seconds after its arrival that a call of each type is due, and what they do."""

    centre: SkillCentre
    agents: Integers
    allowance: Floats
    seed: int
    workers: int
    effects: Effects
    rounds: int = 0
    sight: Sight | None = None

    @classmethod
    def begun(cls, centre: SkillCentre, agents: Integers, seed: int, workers: int) -> Self:
        """Before any simulation: nothing is known to help, and calls are due when their promise ends."""
        within = np.array([float(each.target.within_seconds) for each in centre.types])
        groups, types = len(centre.groups), len(centre.types)
        return cls(centre, agents, within, seed, workers, Effects(np.zeros((groups, types)), np.zeros((types, types))))

    @property
    def cost(self) -> float:
        """What the agents cost an hour."""
        return float(self.centre.costs @ self.agents)

    @property
    def asked(self) -> Floats:
        """Share inside target that each type is promised."""
        return np.array([each.target.share for each in self.centre.types])

    def watched(self, replications: int, few: int) -> tuple[Self, Floats]:
        """The same, having seen the mix on new calls, and on a few of these each change of it by a step; and the share of each type."""
        seed = int(np.random.SeedSequence(self.seed, spawn_key=(self.rounds,)).generate_state(1)[0])
        trial = Trial.of(self.centre, seed, range(replications), self.workers)
        shares = trial.shares(self.agents, self.allowance)
        seen = self._effects(trial.first(few))
        weight = 1 / (1 + min(self.rounds, _REMEMBERED - 1))
        effects = Effects(*(old + weight * (new - old) for old, new in zip(self.effects, seen, strict=True)))
        return replace(self, effects=effects, rounds=self.rounds + 1).learned(shares), shares.estimated(0.5)[0]

    def learned(self, shares: Shares) -> Self:
        """The same with the effects that explain best what the last change has done (a Kalman filter; Broyden 1965 without its doubts)."""
        odds, variance = log_odds(shares.estimated(0.5)[0]), _LUCK**2 / len(shares.inside)
        sight = Sight(self.agents, self.allowance, odds, variance)
        if self.sight is None:
            return replace(self, sight=sight)
        change = np.concatenate([self.agents - self.sight.agents, self.allowance - self.sight.allowance])
        effects = np.vstack(self.effects)
        doubt = (_DOUBT / np.concatenate([self._steps, np.full(len(odds), _STEP_SECONDS)])) ** 2 * change
        unexplained = odds - self.sight.odds - change @ effects
        effects = effects + np.outer(doubt, unexplained) / (change @ doubt + variance + self.sight.variance)
        return replace(self, sight=sight, effects=Effects(*np.vsplit(effects, [len(self.agents)])))

    def changed(self, shares: Floats, wanted: Floats, reach: float, seconds: float, caution: float) -> Self:
        """With the cheapest change, by at most a share of each group and so many seconds, from the shares that it has to those wanted.

        An agent fewer is taken to cost 1 + ``caution`` times what one more gives; where that is inf, nobody is taken away.
        """
        far = np.maximum(2, np.rint(reach * np.maximum(self.agents, 10))).astype(np.int64)
        fewer, dearer = (0 * far, 1.0) if np.isinf(caution) else (far, 1 + caution)
        missing = log_odds(wanted) - log_odds(shares)
        agents, later = cheapest_change(
            self.centre, self.agents, self.effects, missing, Reach(fewer, far, seconds), dearer
        )
        allowance = self.allowance + later
        return replace(self, agents=agents, allowance=allowance - allowance.min())

    @property
    def _steps(self) -> Integers:
        return np.asarray(np.maximum(1, np.rint(_STEP * self.agents)), np.int64)

    def _effects(self, trial: Trial) -> Effects:
        """Of each step, by simulation on the same calls."""
        mixes = [(self.agents, self.allowance)]
        mixes += [(self.agents + step, self.allowance) for step in np.diag(self._steps)]
        mixes += [(self.agents, self.allowance + later) for later in _STEP_SECONDS * np.eye(len(self.allowance))]
        now, *then = (shares.inside.mean(axis=0) for shares in trial.compared(mixes))
        held = np.clip(now, _LEAST_SHARE, _MOST_SHARE)
        effects = (np.array(then) - now) / (held * (1 - held))
        more, later = np.vsplit(effects, [len(self.agents)])
        return Effects(np.maximum(0, more) / self._steps[:, None], later / _STEP_SECONDS)


def log_odds(shares: Floats) -> Floats:
    """In which effects add up better than in shares, and change less from mix to mix."""
    from scipy.special import logit

    return np.asarray(logit(np.clip(shares, _LEAST_SHARE, _MOST_SHARE)))
