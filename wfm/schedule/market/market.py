"""The market of heads: what minutes on the queue are worth when the channels share them freely, exact by a greedy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.compiled import compiled
from wfm.schedule.market.margins import Margins

Minutes = NDArray[np.int64]


@dataclass(frozen=True)
class Market:
    """Concave worths of C channels over T steps, and which of G groups serve which channels.

    Minutes y[c] are possible in a step iff for every set of channels their sum is at most the minutes of the groups that serve
    one of the set: a polymatroid, on which taking the dearest minutes first is exact (Federgruen & Groenevelt 1986). The worths
    of step t are lots of ``step_minutes`` each, dearest first: lots ``first[t]`` to ``first[t + 1]`` with their ``channel`` and
    ``slope`` in millionths of a contact a minute. ``holds[s, c]`` tells the sets, ``feeds[s, g]`` the groups that serve them.
    """

    step_minutes: int
    first: NDArray[np.int64]
    channel: NDArray[np.int64]
    slope: NDArray[np.int64]
    holds: NDArray[np.bool_]
    feeds: NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        head_worth: Sequence[Sequence[NDArray[np.int64]]],
        groups: Sequence[frozenset[int]],
        step_minutes: int,
        steps: int | None = None,
    ) -> Market:
        """The market of ``head_worth[c][t][n]`` and the channels that each group serves; without channels of ``steps`` without worth."""
        steps = len(head_worth[0]) if steps is None else steps
        lots = np.array([[len(row) for row in rows] for rows in head_worth], dtype=np.int64).reshape(
            len(head_worth), steps
        )
        slope = np.concatenate([np.zeros(0, dtype=np.int64), *(row for rows in head_worth for row in rows)])
        step = np.repeat(np.tile(np.arange(steps), len(head_worth)), lots.ravel())
        channel = np.repeat(np.arange(len(head_worth)), lots.sum(axis=1))
        order = np.lexsort((channel, -slope, step))
        sets = tight_sets(len(head_worth), groups)
        return cls(
            step_minutes=step_minutes,
            first=np.concatenate([[0], np.cumsum(lots.sum(axis=0))]),
            channel=channel[order],
            slope=slope[order],
            holds=_members([chosen for chosen, _ in sets], len(head_worth)),
            feeds=_members([fed for _, fed in sets], len(groups)),
        )

    @property
    def full(self) -> NDArray[np.int64]:
        """Worth of every step with all heads that it can use, in millionths of a contact; shape (T,)."""
        sums = np.concatenate([[0], np.cumsum(self.slope * self.step_minutes)])
        return np.diff(sums[self.first])

    def shares(self, serving: Minutes) -> Minutes:
        """Best minutes of every channel, shape (C, T), when group g has ``serving[g, t]`` minutes on the queue."""
        return Margins(self).sold(serving)[1]

    def worth(self, serving: Minutes) -> NDArray[np.int64]:
        """Worth of ``serving[g, t]`` minutes in millionths of a contact, shape (T,)."""
        return Margins(self).sold(serving)[0]

    def head(self, serving: Minutes, group: int) -> NDArray[np.int64]:
        """What one more head of a group would add to the worth of every step, in millionths of a contact; shape (T,)."""
        return Margins(self).of(serving, group)

    def fed(self, serving: Minutes) -> Minutes:
        """Minutes of the groups that serve one of each set of channels, shape (sets, T)."""
        fed = np.zeros((len(self.feeds), serving.shape[1]), dtype=np.int64)
        compiled(_fed)(serving, self.feeds, fed)
        return fed

    @cached_property
    def lots(self) -> tuple[NDArray[np.int64], ...]:
        """The lots with those of one channel and slope that follow each other as one: first of each step, channel, slope, minutes.

        Then the sets that hold each channel, one channel after the other, and where each channel's begin.
        """
        step = np.repeat(np.arange(len(self.first) - 1), np.diff(self.first))
        unlike = np.ones(len(step), dtype=np.bool_)
        unlike[1:] = (np.diff(step) != 0) | (np.diff(self.channel) != 0) | (np.diff(self.slope) != 0)
        at = np.flatnonzero(unlike)
        minutes = np.diff(np.append(at, len(step))) * self.step_minutes
        first = np.searchsorted(step[at], np.arange(len(self.first)))
        holding = np.concatenate([[0], np.cumsum(self.holds.sum(axis=0))])
        sets = np.nonzero(self.holds.T)[1].copy()  # in one piece, as all else: another layout would be compiled again
        return first, self.channel[at], self.slope[at], minutes, sets, holding


def _members(sets: Sequence[frozenset[int]], count: int) -> NDArray[np.bool_]:
    """Whether each set has each of the numbers below ``count``, shape (sets, count)."""
    return np.array([[n in chosen for n in range(count)] for chosen in sets], dtype=np.bool_).reshape(len(sets), count)


def tight_sets(channels: int, groups: Sequence[frozenset[int]]) -> list[tuple[frozenset[int], frozenset[int]]]:
    """The sets of channels whose limits imply all others, each with the groups that serve one of the set.

    Two channels that share no group limit each other only through a third, so it is enough to join sets that overlap in a
    group; and of all sets with the same groups the largest is the tightest.
    """
    serve = [frozenset(g for g, channels_of in enumerate(groups) if c in channels_of) for c in range(channels)]
    found = set(serve)
    fresh = found
    while fresh:
        fresh = {one | other for one in fresh for other in serve if one & other} - found
        found = found | fresh
    rows = [(frozenset(c for c in range(channels) if serve[c] <= fed), fed) for fed in found]
    return sorted(rows, key=lambda row: (len(row[0]), sorted(row[0])))


def _fed(serving: Minutes, feeds: NDArray[np.bool_], fed: Minutes) -> None:
    for s in range(len(fed)):
        for g in range(len(serving)):
            if feeds[s, g]:
                for t in range(serving.shape[1]):
                    fed[s, t] += serving[g, t]
