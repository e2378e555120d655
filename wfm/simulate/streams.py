"""Where chance comes from: one stream of random numbers for each replication, purpose and thing, whatever else changes."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from zlib import crc32

import numpy as np
from numpy.typing import NDArray


class Purpose(IntEnum):
    """What a stream is for; each has its own, so that a changed roster leaves arrivals and handle times as they were."""

    BUSYNESS = 0
    ARRIVALS = 1
    HANDLE_TIMES = 2
    PATIENCE = 3
    ABSENCE = 4
    LATENESS = 5
    FOLLOWING = 6


def stream(seed: int, replication: int, purpose: Purpose, name: str) -> np.random.Generator:
    """The stream of one channel (Philox, Salmon et al. 2011), independent of all others."""
    return np.random.Generator(np.random.Philox(_seeds(seed, replication, purpose, crc32(name.encode()))))


def draws(
    seed: int, replication: int, purpose: Purpose, names: Sequence[str], days: NDArray[np.int64]
) -> NDArray[np.float64]:
    """One uniform number in [0, 1) for each pair of an agent and a day (its ordinal), which depends on that pair only.

    A counter through the finaliser of SplitMix64 (Steele, Lea and Flood 2014), twice.
    """
    key = _seeds(seed, replication, purpose).generate_state(2, np.uint64)
    agent = np.array([crc32(name.encode()) for name in names], np.uint64)
    mixed = _mixed(_mixed((agent << np.uint64(32)) ^ days.astype(np.uint64) ^ key[0]) + key[1])
    return (mixed >> np.uint64(11)).astype(np.float64) / 2.0**53


def _mixed(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


def _seeds(seed: int, replication: int, *key: int) -> np.random.SeedSequence:
    return np.random.SeedSequence(seed, spawn_key=(replication, *key))
