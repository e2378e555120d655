"""Where chance comes from: one stream of random numbers for each replication, purpose and thing, whatever else changes."""

from __future__ import annotations

from enum import IntEnum
from zlib import crc32

import numpy as np


class Purpose(IntEnum):
    """What a stream is for; each has its own, so that a changed roster leaves arrivals and handle times as they were."""

    BUSYNESS = 0
    ARRIVALS = 1
    HANDLE_TIMES = 2
    PATIENCE = 3
    ABSENCE = 4


def stream(seed: int, replication: int, purpose: Purpose, name: str) -> np.random.Generator:
    """The stream of one channel (Philox, Salmon et al. 2011), independent of all others."""
    return np.random.Generator(np.random.Philox(_seeds(seed, replication, purpose, crc32(name.encode()))))


def draw(seed: int, replication: int, purpose: Purpose, name: str, day: int) -> float:
    """One uniform number in [0, 1) that belongs to an agent and a day (its ordinal)."""
    seeds = _seeds(seed, replication, purpose, crc32(name.encode()), day)
    return float(seeds.generate_state(1)[0]) / 2**32


def _seeds(seed: int, replication: int, *key: int) -> np.random.SeedSequence:
    return np.random.SeedSequence(seed, spawn_key=(replication, *key))
