"""The watch of one solve: how much time or how many steps are left, whether to stop, and who is told the news."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import monotonic

from wfm.schedule.draft import Draft
from wfm.schedule.solution import Limits, OnProgress, Progress, ShouldStop

DETERMINISTIC_SECONDS_A_STEP = 0.01
"""CP-SAT's own unit of work for each step of the search that a limit of steps allows."""
BUILDING = 20.0
"""After a roster was told, so many times what building it took is the search's own."""
COOLED = 0.95
"""The last twentieth of a search is without noise."""


@dataclass
class Watch:
    """Reads the clock only where the limits are in seconds; progress is timed by it in any case."""

    limits: Limits
    on_progress: OnProgress | None = None
    should_stop: ShouldStop | None = None
    began: float = field(default_factory=monotonic)
    tours: int = 0
    """Tours that were asked for so far."""
    _next_roster: float = 0.0
    _bounds: dict[int, float] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """Elapsed seconds."""
        return monotonic() - self.began

    @property
    def left(self) -> float:
        """Seconds left, never negative; with a limit of steps, what they allow CP-SAT of its deterministic seconds."""
        if self.limits.steps is not None:
            return self.limits.steps * DETERMINISTIC_SECONDS_A_STEP
        return max(0.0, self.limits.seconds - self.seconds)

    @property
    def has_time(self) -> bool:
        """Whether anything is left and nobody asked to stop."""
        return self.left > 0 and not self.stopped

    @property
    def stopped(self) -> bool:
        """Whether somebody asked to stop."""
        return self.should_stop is not None and self.should_stop()

    def shorter(self, share: float) -> Watch:
        """The same watch with a share of the seconds that are left; counted steps stay as they are."""
        limits = self.limits
        if limits.steps is None:
            limits = limits.model_copy(update={"seconds": self.seconds + share * self.left})
        return replace(self, limits=limits)

    def tell(
        self, phase: str, tier: int, best: float, bound: float | None, draft: Callable[[], Draft] | None = None
    ) -> None:
        """Give the news to whoever listens, with the roster at most once a second: building it takes time from the search.

        A tier's bound never falls, whoever proves less than was told before.
        """
        if self.on_progress is None:
            return
        roster = None
        if draft is not None and self.seconds >= self._next_roster:
            began, roster = self.seconds, draft().roster()
            self._next_roster = self.seconds + max(1.0, BUILDING * (self.seconds - began))
        if bound is not None and tier:
            bound = self._bounds[tier] = max(bound, self._bounds.get(tier, bound))
        rate = self.tours / self.seconds if self.tours and self.seconds else None
        self.on_progress(Progress(phase, self.seconds, tier, best, bound, roster, rate))


class Cooling:
    """What is left of the time in which noise falls, until a moment or, with a limit of steps or a ``most``, over a number of tours."""

    def __init__(self, watch: Watch, seconds: float, most: int | None = None) -> None:
        self.watch = watch
        self.begin = watch.seconds
        self.length = seconds
        self.most = most
        self.asked = 0

    def __call__(self) -> float | None:
        """What is left, from 1 to 0; None when the search is over."""
        self.asked += 1
        self.watch.tours += 1
        share = self._share()
        return None if share >= 1 or self.watch.stopped else max(0.0, 1 - share / COOLED)

    def _share(self) -> float:
        told = (self.asked - 1) / self.most if self.most else 0.0
        if self.watch.limits.steps is not None:
            return max(told, (self.asked - 1) / self.watch.limits.steps)
        return max(told, (self.watch.seconds - self.begin) / max(self.length, 1e-9))
