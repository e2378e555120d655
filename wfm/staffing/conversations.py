"""How fast n agents work through j conversations: each holds up to k of them, and the more an agent holds the slower each goes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement
from math import comb
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csc_matrix
from scipy.sparse.linalg import spsolve

from wfm.domain.errors import Fault, InputError
from wfm.staffing.arrays import Floats, Integers

_MOST_STATES = 6_000
"""Up to so many the agents' unequal hands are followed exactly; with more agents they hardly matter, and balanced hands are assumed."""


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
    """n agents with j = 0 .. n k conversations between them, all arrays of shape (n k + 1,)."""

    speed: Floats
    """Chats finished in the handle time of a chat alone, d(j)."""
    busy: Floats
    """Agents with at least one conversation."""


def floor_of(agents: int, pace: ChatPace, load_erlangs: float) -> Floor:
    """The mean speed and busy agents with j conversations, where a new one goes to an agent who holds fewest.

    A chat that ends leaves hands unequal until the next one comes, and unequal hands are slower: with up to 6,000 ways of sharing
    conversations (108 agents with two each, 31 with three, 17 with four) the means are exact, from the stationary law of how many
    agents hold how many; beyond, and where there is no slowdown to matter, hands are taken to be equal.
    """
    states = comb(agents + pace.concurrency, pace.concurrency)
    if pace.slowdown > 0 and pace.concurrency > 1 and load_erlangs > 0 and 1 < states <= _MOST_STATES:
        return _followed(agents, pace, load_erlangs)
    held = np.arange(agents * pace.concurrency + 1)
    low, more = np.divmod(held, max(1, agents))
    return Floor(more * pace.speed(low + 1) + (agents - more) * pace.speed(low), np.minimum(held, agents).astype(float))


def _followed(agents: int, pace: ChatPace, load_erlangs: float) -> Floor:
    """Means given j under the stationary law of the chain without a queue: what happens while all places are taken does not change it."""
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
    total = np.bincount(held, weight)
    speed, busy = (np.bincount(held, weight * each) for each in (leaving.sum(axis=1), agents - ways.counts[:, 0]))
    return Floor(speed / total, busy / total)


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
