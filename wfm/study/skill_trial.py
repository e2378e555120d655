"""What service a mix of skill groups gives to simulated calls, in the order of the queue that its allowances say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from wfm.simulate import Calls, Skills, Stream, Window, answered_inside, draw_calls
from wfm.staffing import SkillCentre

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_WARM_UP_AHTS = 8
_CALLS, _FEWEST_HOURS = 60_000, 3
"""A replication: enough calls that shares are known to a point or two, and long enough that the queue swings often."""


class Shares(NamedTuple):
    """Share inside target of each type (columns) in each replication (rows), and how much more work came than is expected.

    ``surplus`` is that of each type and, in one more column, of all types, as a share of what is expected.
    """

    inside: Floats
    surplus: Floats

    @classmethod
    def joined(cls, parts: Iterable[Shares]) -> Self:
        """The replications of all parts."""
        return cls(*(np.vstack(rows) for rows in zip(*parts, strict=True)))

    def estimated(self, error: float) -> tuple[Floats, Floats]:
        """Mean share of each type had the expected work come, and its half width so that all hold together but for ``error``.

        A regression on the surplus of the type's own and of all work (control variates, Lavenberg & Welch 1981) takes out what is only
        luck of the draw, up to three quarters of the variance; half widths are Student's, one-sided, shared out by Bonferroni.
        """
        from scipy.special import stdtrit

        rows, types = self.inside.shape
        times = float(stdtrit(rows - 3, 1 - error / types))
        found = [self._regressed(kind) for kind in range(types)]
        mean, deviation = np.array(found).T
        return mean, times * deviation

    def _regressed(self, kind: int) -> tuple[float, float]:
        """Intercept of the regression, and its standard error."""
        causes = np.column_stack([np.ones(len(self.inside)), self.surplus[:, [kind, -1]]])
        inverse = np.linalg.pinv(causes.T @ causes)
        weights = inverse @ causes.T @ self.inside[:, kind]
        rest = self.inside[:, kind] - causes @ weights
        return float(weights[0]), float(np.sqrt(rest @ rest / (len(rest) - 3) * inverse[0, 0]))


@dataclass(frozen=True)
class Trial:
    """Calls that are drawn once and served by many mixes, which then differ by what they do, not by luck; 60,000 a replication.

    An agent who becomes free takes the waiting call that is due first; a call is due ``allowance`` seconds of its type after it came.
    A call that finds several agents free goes to the group with the fewest skills, there to whoever is idle longest.
    """

    centre: SkillCentre
    window: Window
    streams: tuple[Stream, ...]
    workers: int

    @classmethod
    def of(cls, centre: SkillCentre, seed: int, replications: Iterable[int], workers: int = 1) -> Self:
        """A trial of some replications of a seed; each has the same calls whatever the others."""
        types = centre.types
        per_second = [each.per_hour / 3_600 for each in types]
        calls = Calls.of(per_second, [each.aht_seconds for each in types], [each.patience_seconds for each in types])
        window = Window(
            max(_FEWEST_HOURS * 3_600, _CALLS / sum(per_second)),
            _WARM_UP_AHTS * max(each.aht_seconds for each in types),
            max(each.target.within_seconds for each in types),  # who comes later decides no more what is measured
        )
        with ThreadPoolExecutor(workers) as pool:
            drawn = pool.map(lambda number: Stream.of(draw_calls(calls, window, seed, number)), replications)
            return cls(centre, window, tuple(drawn), workers)

    def shares(self, agents: Integers, allowance: Floats) -> Shares:
        """What a mix gives to the calls of each replication."""
        return self.compared([(agents, allowance)])[0]

    def first(self, few: int) -> Self:
        """The first few replications of the trial."""
        return replace(self, streams=self.streams[:few])

    def compared(self, mixes: Sequence[tuple[Integers, Floats]]) -> list[Shares]:
        """What each of some mixes, agents a group and allowance a type, gives to the same calls."""
        skills = Skills.of(self.centre.able)
        within = np.array([each.target.within_seconds for each in self.centre.types], np.float64)

        def inside(pair: tuple[tuple[Integers, Floats], Stream]) -> Integers:
            mix, stream = pair
            return answered_inside(stream, self.window, skills, *mix, within)

        with ThreadPoolExecutor(self.workers) as pool:
            counts = np.array(list(pool.map(inside, product(mixes, self.streams))))
        rows = counts.reshape(len(mixes), len(self.streams), -1) / np.maximum(self._offered, 1)
        return [Shares(row, self._surplus) for row in rows]

    @cached_property
    def _offered(self) -> Integers:
        return np.array([stream.offered(self.window) for stream in self.streams])

    @cached_property
    def _surplus(self) -> Floats:
        """Work that came in the window or the mean handle time before it, over what is expected, less one."""
        aht = np.array([each.aht_seconds for each in self.centre.types])
        seconds = self.window.seconds + aht
        expected = np.array([each.load_erlangs for each in self.centre.types]) * seconds
        rows = []
        for calls in self.streams:
            after = calls.arrival - self.window.warm_up
            counted = (after >= -aht[calls.kind]) & (after < self.window.seconds)
            came = np.bincount(calls.kind[counted], calls.handle[counted], len(aht))
            rows.append([*came / expected - 1, came.sum() / expected.sum() - 1])
        return np.array(rows)
