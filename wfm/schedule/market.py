"""The market of heads: what minutes on the queue are worth when the channels share them freely, exact by a greedy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.compiled import compiled

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
        cls, head_worth: Sequence[Sequence[NDArray[np.int64]]], groups: Sequence[frozenset[int]], step_minutes: int
    ) -> Market:
        """The market of ``head_worth[c][t][n]`` and the channels that each group serves; without channels it has no steps."""
        lots = [
            sorted((-int(slope), c) for c, rows in enumerate(head_worth) for slope in rows[t])
            for t in range(len(head_worth[0]) if head_worth else 0)
        ]
        flat = np.array([lot for row in lots for lot in row], dtype=np.int64).reshape(-1, 2)
        sets = tight_sets(len(head_worth), groups)
        return cls(
            step_minutes=step_minutes,
            first=np.cumsum([0, *map(len, lots)]),
            channel=flat[:, 1].copy(),
            slope=-flat[:, 0],
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
        return self._clear(serving)[1]

    def worth(self, serving: Minutes) -> NDArray[np.int64]:
        """Worth of ``serving[g, t]`` minutes in millionths of a contact, shape (T,)."""
        return self._clear(serving)[0]

    def head(self, serving: Minutes, group: int) -> NDArray[np.int64]:
        """What one more head of a group would add to the worth of every step, in millionths of a contact; shape (T,)."""
        more = serving.copy()
        more[group] += self.step_minutes
        return self.worth(more) - self.worth(serving)

    def _clear(self, serving: Minutes) -> tuple[NDArray[np.int64], Minutes]:
        worth = np.zeros(len(self.first) - 1, dtype=np.int64)
        shares = np.zeros((self.holds.shape[1], len(worth)), dtype=np.int64)
        compiled(_clear)(
            serving, self.step_minutes, self.first, self.channel, self.slope, self.holds, self.feeds, worth, shares
        )
        return worth, shares


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


def _clear(  # noqa: C901 - numba takes arrays, not objects, and no nested functions
    serving: NDArray[np.int64],
    step_minutes: int,
    first: NDArray[np.int64],
    channel: NDArray[np.int64],
    slope: NDArray[np.int64],
    holds: NDArray[np.bool_],
    feeds: NDArray[np.bool_],
    worth: NDArray[np.int64],
    shares: NDArray[np.int64],
) -> None:
    """Sell the lots of every step dearest first, each as far as all sets that hold its channel have minutes left."""
    sets, groups = feeds.shape
    left = np.empty(sets, dtype=np.int64)
    for t in range(len(worth)):
        total = serving[:, t].sum()
        for s in range(sets):
            left[s] = 0
            for g in range(groups):
                if feeds[s, g]:
                    left[s] += serving[g, t]
        for lot in range(first[t], first[t + 1]):
            if total == 0:
                break
            sold = step_minutes
            for s in range(sets):
                if holds[s, channel[lot]]:
                    sold = min(sold, left[s])
            if sold > 0:
                for s in range(sets):
                    if holds[s, channel[lot]]:
                        left[s] -= sold
                total -= sold
                worth[t] += sold * slope[lot]
                shares[channel[lot], t] += sold
