"""What service a roster gives: measured numbers that carry their own uncertainty."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from wfm.domain.noun import Name, Noun
from wfm.domain.quantity import Positive
from wfm.domain.time import TimeGrid


class Estimate(Noun):
    """A mean over independent replications with the half width of its confidence interval (0 where it is exact)."""

    mean: float
    half_width: Positive = 0.0
    confidence: Annotated[float, Field(gt=0, lt=1)] = 0.95

    @property
    def low(self) -> float:
        """Lower end of the confidence interval."""
        return self.mean - self.half_width

    @property
    def high(self) -> float:
        """Upper end of the confidence interval."""
        return self.mean + self.half_width

    def covers(self, value: float) -> bool:
        """Whether the confidence interval contains a value."""
        return self.low <= value <= self.high

    def share_text(self) -> str:
        """The estimate as a percentage with its half width, as ``83.1% +- 0.4``."""
        return f"{100 * self.mean:.1f}% ± {100 * self.half_width:.1f}"


class ChannelPerformance(Noun):
    """Service of one channel over the whole grid, and its course.

    ``service_level`` is answered within the target's seconds over offered; ``occupancy`` is how busy the agents are who may serve
    the channel, with contacts of any channel; ``waiting`` are the contacts that nobody had taken when the horizon ended.
    ``offered``, ``inside`` (answered inside target), ``abandoned`` and ``serving`` (heads) are means per interval, of length
    grid.count.
    """

    channel: Name
    service_level: Estimate
    abandonment: Estimate
    average_wait_seconds: Estimate
    occupancy: Estimate
    contacts: Estimate
    waiting: Estimate = Estimate(mean=0.0)
    offered: tuple[Positive, ...]
    inside: tuple[Positive, ...]
    abandoned: tuple[Positive, ...]
    serving: tuple[Positive, ...] = ()


class Performance(Noun):
    """What all channels get from one roster; ``method`` says who computed it, ``seed`` repeats it."""

    grid: TimeGrid
    method: str
    seed: int
    replications: Annotated[int, Field(ge=1)]
    channels: tuple[ChannelPerformance, ...]

    @model_validator(mode="after")
    def _aligned(self) -> Self:
        for row in self.channels:
            for name in ("offered", "inside", "abandoned"):
                if len(getattr(row, name)) != self.grid.count:
                    raise ValueError(
                        f"expected {self.grid.count} values of {name} of {row.channel}, came {len(getattr(row, name))}"
                    )
        return self

    def of(self, channel: str) -> ChannelPerformance:
        """The performance of one channel."""
        return next(row for row in self.channels if row.channel == channel)
