"""What a worker has at hand: a way to tell how it goes, not too often, and the word to stop."""

from __future__ import annotations

import math
from time import monotonic

from wfm.domain import Noun, Refused
from wfm.jobs.clock import now
from wfm.schedule import Progress
from wfm.store import Claim, Leases, Standing

TELL_SECONDS = 0.5
"""News within this time of the last is kept back until the next call; only the newest is told."""


class Desk:
    """The desk of one claimed job. A solver calls it from callbacks, so it never raises: who lost the job is told to stop."""

    def __init__(self, leases: Leases, claim: Claim) -> None:
        self._leases = leases
        self._claim = claim
        self._news: tuple[Standing, Noun | None] | None = None
        self._kept: Noun | None = None
        self._told = self._asked = -math.inf
        self._stop = self._lost = False

    def progress(self, progress: Progress) -> None:
        """Take news of a running solve."""
        standing = Standing(
            phase=progress.phase[:200],
            tier=progress.tier,
            best=progress.best,
            bound=progress.bound,
            gap=progress.gap,
        )
        self.take(standing, progress.roster)

    def take(self, standing: Standing, best: Noun | None) -> None:
        """Take how it stands and the best so far, and tell it when it is time."""
        if best is None and self._news is not None:
            best = self._news[1]
        self._news = (standing, best)
        self._tell()

    def stopping(self) -> bool:
        """Whether to come to an end and hand over the best; asks the store, but not too often either."""
        self._tell()
        if not self._stop and monotonic() - self._asked >= TELL_SECONDS:
            self._asked = monotonic()
            self._stop = self._leases.stop_requested(self._claim)
        return self._stop

    def tell_at_last(self, standing: Standing) -> None:
        """Tell how it stands at the end, at once."""
        self._told = -math.inf
        self.take(standing, None)

    def _tell(self) -> None:
        if self._news is None or self._lost or monotonic() - self._told < TELL_SECONDS:
            return
        (standing, best), self._news, self._told = self._news, None, monotonic()
        fresh = None if best is self._kept or best == self._kept else best
        try:
            self._leases.report(self._claim, standing, now(), fresh)
        except Refused:
            self._stop = self._lost = True
        self._kept = best or self._kept
