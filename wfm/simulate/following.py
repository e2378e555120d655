"""Contacts that follow from others: those who call again after they gave up, and what goes on to another level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from wfm.domain import Fault, InputError
from wfm.domain.level import Level
from wfm.simulate.floor import BEGUN, ENDED, FOLLOW, LEFT, NO_FOLLOW, NOTHING, Contacts, Floats, Ints, Records

LONGEST_CHAIN = 50
"""Nobody calls more often than this about one thing."""


@dataclass(frozen=True)
class Redial:
    """A ``share`` (0..1) of the live contacts that give up come again, ``after_seconds`` later in the mean (exponential)."""

    share: float
    after_seconds: float

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1 or not 0 <= self.after_seconds < np.inf:
            came = f"{self.share:g} after {self.after_seconds:g} s"
            raise InputError([Fault("a share 0..1 of redials after 0 seconds or more", came, column="redial")])


class Batch(NamedTuple):
    """Contacts of one channel that were drawn together.

    Where they follow from others, these have the numbers ``of`` within the channel ``source``; see :data:`~wfm.simulate.floor.FOLLOW`.
    """

    arrival: Floats
    aht: Floats
    handle: Floats
    patience: Floats
    due: Floats
    source: int = NOTHING
    of: Ints = np.empty(0, np.int64)
    when: int = ENDED
    after: Floats = np.empty(0)


class Coming(NamedTuple):
    """Which contacts of a channel have a follower: numbers within it, the mean handle seconds of each follower, and how it comes."""

    source: int
    of: Ints
    aht: Floats
    when: int
    after: Floats


def redialling(batches: Sequence[Batch], channel: int, redial: Redial, rng: np.random.Generator) -> Coming:
    """Who of the last batch of a channel will come again after giving up, each by itself."""
    before, last = sum(len(batch.arrival) for batch in batches[:-1]), batches[-1]
    of = np.flatnonzero((rng.random(len(last.arrival)) < redial.share) & np.isfinite(last.patience))
    return Coming(channel, before + of, last.aht[of], LEFT, redial.after_seconds * rng.standard_exponential(len(of)))


def escalating(batches: Sequence[Batch], source: int, share: float, level: Level, rng: np.random.Generator) -> Coming:
    """Who of a channel goes on to a level: once finished, or as a consult, at any moment of being served alike."""
    handle = np.concatenate([batch.handle for batch in batches])
    of = np.flatnonzero(rng.random(len(handle)) < share)
    after = rng.random(len(of)) * handle[of] if level.consult else np.zeros(len(of))
    return Coming(source, of, np.full(len(of), level.aht_seconds), BEGUN if level.consult else ENDED, after)


def joined(drawn: Sequence[Sequence[Batch]], within: Sequence[float]) -> Contacts:
    """All contacts from the batches of each channel; a deferred one that follows is in turn by ``within`` seconds after it came."""
    counts = [sum(len(batch.arrival) for batch in batches) for batches in drawn]
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    every = [batch for batches in drawn for batch in batches]
    return Contacts(
        channel=np.repeat(np.arange(len(counts)), counts),
        arrival=np.concatenate([batch.arrival for batch in every]),
        handle=np.concatenate([batch.handle for batch in every]),
        patience=np.concatenate([batch.patience for batch in every]),
        due=np.concatenate([batch.due for batch in every]),
        first=first,
        follow=_linked(drawn, first, within),
    )


def _linked(drawn: Sequence[Sequence[Batch]], first: Ints, within: Sequence[float]) -> Records:
    """A row for every contact, or none at all where nothing follows."""
    if all(batch.source == NOTHING for batches in drawn for batch in batches):
        return NO_FOLLOW
    follow = np.zeros(first[-1], FOLLOW)
    follow["then"] = follow["too"] = follow["of"] = NOTHING
    for channel, batches in enumerate(drawn):
        begin = first[channel]
        for batch in batches:
            numbers = np.arange(begin, begin + len(batch.arrival))
            begin += len(batch.arrival)
            if batch.source != NOTHING:
                of = first[batch.source] + batch.of
                follow["too"][numbers], follow["then"][of] = follow["then"][of], numbers
                follow["of"][numbers], follow["when"][numbers], follow["after"][numbers] = of, batch.when, batch.after
                follow["within"][numbers] = within[channel]
    return follow
