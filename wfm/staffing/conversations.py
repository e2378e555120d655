"""How fast n agents work through j conversations: each holds up to k of them, and the more an agent holds the slower each goes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement
from math import comb
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from wfm.domain.errors import Fault, InputError
from wfm.staffing.arrays import Floats, Integers

_MOST_STATES = 3_000
"""Up to so many the agents' unequal hands are followed exactly; with more agents they hardly matter, and balanced hands are assumed."""
_IDLE_LOAD = 0.05
"""Erlangs an agent; below, full hands are too rare to matter."""
_KNOTS = 16


@dataclass(frozen=True)
class ChatPace:
    """An agent holds up to ``concurrency`` chats; with m of them each goes at 1 / (1 + slowdown (m - 1)) of the speed of one held alone.

    With a slowdown of 0 conversations do not disturb each other; with 1 two at a time bring nothing.
    """

    concurrency: int
    slowdown: float = 0.0

    def __post_init__(self) -> None:
        if self.concurrency < 1 or not 0 <= self.slowdown <= 1:
            came = f"{self.concurrency} and {self.slowdown:g}"
            raise InputError([Fault("a concurrency of 1 or more and a slowdown from 0 to 1", came)])

    def speed(self, held: ArrayLike) -> Floats:
        """Chats that an agent with ``held`` of them finishes in the handle time of a chat alone: m / (1 + slowdown (m - 1))."""
        many = np.asarray(held, dtype=np.float64)
        return many / (1 + self.slowdown * np.maximum(many - 1, 0))


@dataclass(frozen=True)
class Floor:
    """n agents with j = 0 .. n k conversations between them, all arrays of shape (..., n k + 1)."""

    speed: Floats
    """Chats finished in the handle time of a chat alone, d(j)."""
    busy: Floats
    """Agents with at least one conversation."""


def floor_of(agents: int, pace: ChatPace, load_erlangs: ArrayLike) -> Floor:
    """The mean speed and busy agents with j conversations, where a new one goes to an agent who holds fewest; a row for each load.

    A chat that ends leaves hands unequal until the next one comes, and unequal hands are slower: with up to 3,000 ways of sharing
    conversations (75 agents with two each, 24 with three, 13 with four) the means are exact, from the stationary law of how many
    agents hold how many; beyond, and where there is no slowdown to matter, hands are taken to be equal. For more than 16 different
    loads the law is solved at 16 and interpolated between, which is right to some millionths.
    """
    load = np.asarray(load_erlangs, dtype=np.float64)
    states = comb(agents + pace.concurrency, pace.concurrency)
    if pace.slowdown > 0 and pace.concurrency > 1 and agents > 1 and states <= _MOST_STATES and load.any():
        # A floor that idles nearly always has no use for the law of its full hands, and tiny loads to high powers would be lost as 0.
        return _at_knots(agents, pace, np.maximum(load, _IDLE_LOAD * agents))
    held = np.arange(agents * pace.concurrency + 1)
    low, more = np.divmod(held, max(1, agents))
    equal = more * pace.speed(low + 1) + (agents - more) * pace.speed(low)
    shape = (*load.shape, held.size)
    return Floor(np.broadcast_to(equal, shape), np.broadcast_to(np.minimum(held, agents).astype(float), shape))


def _at_knots(agents: int, pace: ChatPace, load: Floats) -> Floor:
    """The floor of each load, from those of a few by the polynomial through Chebyshev's points of log load."""
    from scipy.interpolate import BarycentricInterpolator

    known, place = np.unique(load, return_inverse=True)
    if known.size <= _KNOTS:
        rows = np.array([_followed(agents, pace, each) for each in known.tolist()])
    else:
        low, high = np.log(known[[0, -1]])
        points = (low + high) / 2 + (high - low) / 2 * np.cos(np.pi * np.arange(_KNOTS) / (_KNOTS - 1))
        knots = np.array([_followed(agents, pace, each) for each in np.exp(points).tolist()])
        rows = np.asarray(BarycentricInterpolator(points, knots)(np.log(known)))
    found = rows[place].reshape(*load.shape, *rows.shape[1:])
    return Floor(found[..., 0, :], found[..., 1, :])


def _followed(agents: int, pace: ChatPace, load_erlangs: float) -> Floats:
    """Speed and busy agents given j, shape (2, n k + 1), under the stationary law of the chain without a queue.

    What happens while all places are taken does not change it.
    """
    from scipy.sparse import csc_matrix
    from scipy.sparse.linalg import spsolve

    ways = _ways(agents, pace.concurrency)
    leaving = ways.counts * pace.speed(np.arange(pace.concurrency + 1))
    rate = np.where(ways.level < 0, load_erlangs, leaving[ways.start, ways.level])
    flow = csc_matrix(
        (np.append(rate, -rate), (np.append(ways.end, ways.start), np.append(ways.start, ways.start))),
        shape=(len(ways.counts),) * 2,
    )
    # One balance is the sum of the others: the first state gets weight 1 instead, and the rest follow from their own balances.
    weight = np.append(1.0, spsolve(flow[1:, 1:], -flow[1:, [0]].toarray().ravel()))
    held = ways.counts @ np.arange(pace.concurrency + 1)
    sums = [np.bincount(held, weight * each) for each in (leaving.sum(axis=1), agents - ways.counts[:, 0])]
    return np.array(sums) / np.bincount(held, weight)


class _Ways(NamedTuple):
    """The ways to share conversations and the moves between them: a chat ends at an agent with ``level`` of them, or comes (-1)."""

    counts: Integers
    start: Integers
    end: Integers
    level: Integers


@lru_cache(maxsize=64)
def _ways(agents: int, concurrency: int) -> _Ways:
    hands = combinations_with_replacement(range(concurrency + 1), agents)
    number = {tuple(held.count(level) for level in range(concurrency + 1)): place for place, held in enumerate(hands)}
    moves = []
    for counts, place in number.items():
        fewest = next(level for level in range(concurrency + 1) if counts[level])
        if fewest < concurrency:
            moves.append((place, number[_moved(counts, fewest, fewest + 1)], -1))
        moves += [
            (place, number[_moved(counts, level, level - 1)], level)
            for level in range(1, concurrency + 1)
            if counts[level]
        ]
    return _Ways(np.array(list(number)), *np.array(moves).T)


def _moved(counts: tuple[int, ...], old: int, new: int) -> tuple[int, ...]:
    return tuple(count - (level == old) + (level == new) for level, count in enumerate(counts))
