"""How long contacts take and wait: by the laws of the simulation, or drawn from what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from wfm.domain import Channel, Fault, InputError
from wfm.domain.channel import HANDLE_CV
from wfm.simulate.floor import Floats

HandleTimes = Literal["lognormal", "exponential"]


@dataclass(frozen=True)
class Observed:
    """Measured seconds of one channel, drawn anew with replacement: handle times and patience, each None where none was measured.

    Handle times keep their shape and take the forecast's mean. Patience is taken as it is, inf for who never gives up; waits that ended
    in an answer are no patience (:func:`wfm.importers.patience.mean_patience` estimates a mean from both).
    """

    handle_seconds: Floats | None = None
    patience_seconds: Floats | None = None

    @classmethod
    def of(cls, handle_seconds: ArrayLike | None = None, patience_seconds: ArrayLike | None = None) -> Observed:
        """Samples of any length; raises InputError where they are no times."""
        rows = [None if row is None else np.asarray(row, np.float64) for row in (handle_seconds, patience_seconds)]
        handle, patience = rows
        if handle is not None and not (
            handle.ndim == 1 and np.isfinite(handle).all() and handle.min(initial=0) >= 0 < handle.sum()
        ):
            raise InputError(
                [Fault("handle times of 0 seconds or more, some above 0", f"{handle.size} of them", column="observed")]
            )
        if patience is not None and not (patience.ndim == 1 and patience.size and patience.min() >= 0):
            raise InputError([Fault("patience of 0 seconds or more", f"{patience.size} of them", column="observed")])
        return cls(handle, patience)


@dataclass(frozen=True)
class Times:
    """The laws of handle times and patience of all channels, ``observed`` where something was measured."""

    handle_times: HandleTimes = "lognormal"
    patience_cv: float = 1.0
    observed: Mapping[str, Observed] = field(default_factory=dict)

    def handle(self, channel: Channel, rng: np.random.Generator, count: int) -> Floats:
        """Handle times with mean 1: a sample's shape, lognormal with :data:`HANDLE_CV`, or exponential."""
        sample = self.observed.get(channel.name, Observed()).handle_seconds
        if sample is not None:
            return np.asarray(rng.choice(sample / sample.mean(), count))
        if self.handle_times == "exponential":
            return rng.standard_exponential(count)
        variance = np.log1p(HANDLE_CV**2)
        return rng.lognormal(-variance / 2, np.sqrt(variance), count)

    def patience(self, channel: Channel, rng: np.random.Generator, count: int) -> Floats:
        """Patience in seconds; inf where nobody abandons.

        Without a sample exponential for a coefficient of variation of 1; above, a mixture of two exponential laws with balanced means,
        whose hazard falls: who has waited for long is likely to stay (Whitt 1982, eq. 3.7).
        """
        if channel.kind == "deferred":
            return np.full(count, np.inf)
        sample = self.observed.get(channel.name, Observed()).patience_seconds
        if sample is not None:
            return np.asarray(rng.choice(sample, count))
        mean = np.inf if channel.patience_seconds is None else channel.patience_seconds
        patience = mean * rng.standard_exponential(count)
        if self.patience_cv == 1:
            return patience
        short = (1 + np.sqrt((self.patience_cv**2 - 1) / (self.patience_cv**2 + 1))) / 2
        return np.asarray(patience / (2 * np.where(rng.random(count) < short, short, 1 - short)))
