"""Estimates over all replications: means, confidence intervals, days and chances, of which only sums are kept on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

import numpy as np

from wfm.domain import Channel, ChannelPerformance, Estimate, ServiceLevel, TimeGrid, Turnaround
from wfm.domain.performance import DayService, DefinedLevel, GroupPerformance, WaitQuantile
from wfm.domain.target import Definition
from wfm.simulate.floor import Floats
from wfm.simulate.measure import WAIT_SHARES, Tally

CONFIDENCE = 0.95
BAD_DAY = 0.05
"""The worst credible day: one in twenty is worse."""
DEFINITIONS: tuple[Definition, ...] = get_args(Definition)
_SUMMED = ("offered", "inside", "abandoned", "answered", "wait_seconds", "queued", "oldest_seconds", "serving")


class Account:
    """One channel over the replications so far; intervals are kept as sums, so that thousands of replications fit."""

    def __init__(self, channel: Channel, grid: TimeGrid) -> None:
        self.channel, self.grid = channel, grid
        self.promise = channel.target(Turnaround) or channel.target(ServiceLevel)
        live = channel.kind != "deferred"
        self.definition: Definition = channel.service_level.definition if live else "offered"
        self.course = dict.fromkeys(_SUMMED, np.zeros(grid.count))
        self.squares = np.zeros((3, grid.count))
        self.totals: list[dict[str, float]] = []
        self.quantiles: list[Floats] = []
        self.days: list[Floats] = []

    def add(self, row: Tally) -> None:
        """Take one more replication into account."""
        self.course = {name: total + getattr(row, name) for name, total in self.course.items()}
        self.squares = self.squares + np.array([row.inside**2, row.inside * row.offered, row.offered**2])
        sums = {name: float(getattr(row, name).sum()) for name in ("offered", "answered", "abandoned", "wait_seconds")}
        for definition in DEFINITIONS:
            good, counted = row.service(definition)
            sums |= {f"good {definition}": float(good.sum()), f"counted {definition}": float(counted.sum())}
        served = 60.0 * self.grid.step_minutes * float(row.serving.sum())
        told = {"answer": row.answer_seconds, "busy": row.busy_seconds, "serving": served, "waiting": row.waiting}
        self.totals.append(sums | told)
        self.quantiles.append(row.quantiles)
        self.days.append(np.array([self._by_day(part) for part in row.service(self.definition)]))

    def service_level(self, definition: Definition | None = None) -> Estimate:
        """The service level under a definition, or under that of the channel."""
        word = definition or self.definition
        return ratio(self._of(f"good {word}"), self._of(f"counted {word}"), none=1.0)

    def performance(self) -> ChannelPerformance:
        """What all replications tell."""
        once, offered = np.ones(len(self.totals)), self._of("offered")
        mean = {name: total / len(self.totals) for name, total in self.course.items()}
        waits = np.divide(
            mean["wait_seconds"], mean["offered"], out=np.zeros(self.grid.count), where=mean["offered"] > 0
        )
        live = self.channel.kind != "deferred"
        return ChannelPerformance(
            channel=self.channel.name,
            service_level=self.service_level(),
            abandonment=ratio(self._of("abandoned"), offered),
            average_wait_seconds=ratio(self._of("wait_seconds"), offered),
            occupancy=ratio(self._of("busy"), self._of("serving")),
            contacts=ratio(offered, once),
            waiting=ratio(self._of("waiting"), once),
            answer_seconds=ratio(self._of("answer"), self._of("answered")),
            service_levels=tuple(
                DefinedLevel(definition=word, level=self.service_level(word)) for word in DEFINITIONS if live
            ),
            wait_quantiles=tuple(self._waits()),
            chance=self._chance(),
            days=tuple(self._days()),
            inside_half=tuple(self._half_widths().tolist()),
            **{name: tuple(row.tolist()) for name, row in (mean | {"wait_seconds": waits}).items()},
        )

    def _of(self, name: str) -> Floats:
        return np.array([row[name] for row in self.totals])

    def _by_day(self, values: Floats) -> Floats:
        return np.asarray(np.bincount(self.grid.day_index, values, len(self.grid.dates)), np.float64)

    def _chance(self) -> float | None:
        """Share of the replications that meet the service target over the horizon; None without one."""
        if self.promise is None:
            return None
        good, counted = self._of(f"good {self.definition}"), self._of(f"counted {self.definition}")
        return float((good >= self.promise.share * counted).mean())

    def _waits(self) -> Iterator[WaitQuantile]:
        rows = np.array(self.quantiles)
        known = rows[~np.isnan(rows[:, 0])]
        for share, column in zip(WAIT_SHARES, known.T, strict=True):
            if len(column) > 1:
                yield WaitQuantile(share=share, seconds=ratio(column, np.ones(len(column))))

    def _days(self) -> Iterator[DayService]:
        """Each day to which anything was offered."""
        for day, (good, counted) in zip(
            self.grid.dates, np.moveaxis(np.array(self.days), 2, 0).swapaxes(1, 2), strict=True
        ):
            seen = counted > 0
            if not seen.any():
                continue
            shares = good[seen] / counted[seen]
            chance = None if self.promise is None else float((shares >= self.promise.share).mean())
            yield DayService(
                day=day,
                level=float(good.sum() / counted.sum()),
                bad=float(np.quantile(shares, BAD_DAY, method="inverted_cdf")),
                chance=chance,
            )

    def _half_widths(self) -> Floats:
        """Half width of the share inside of the offered, by interval: that of :func:`ratio`, from sums of squares."""
        count = len(self.totals)
        offered = self.course["offered"]
        share = np.divide(self.course["inside"], offered, out=np.zeros(self.grid.count), where=offered > 0)
        inside, both, squares = self.squares
        rest = np.maximum(inside - 2 * share * both + share**2 * squares, 0.0)
        error = np.sqrt(rest / (count - 1) / count)
        return np.divide(_quantile(count) * error * count, offered, out=np.zeros(self.grid.count), where=offered > 0)


def group_performances(
    channels: Sequence[tuple[str, ...]], agents: Sequence[int], seen: Sequence[Floats]
) -> Iterator[GroupPerformance]:
    """How busy each group is, from its seconds busy and on duty in each replication, shape (2, groups)."""
    for g, (names, count) in enumerate(zip(channels, agents, strict=True)):
        busy, on_duty = np.array(seen)[:, :, g].T
        yield GroupPerformance(
            channels=names,
            agents=count,
            duty_hours=ratio(on_duty / 3_600, np.ones(len(seen))),
            utilisation=ratio(busy, on_duty),
        )


def ratio(numerators: Sequence[float] | Floats, denominators: Sequence[float] | Floats, none: float = 0.0) -> Estimate:
    """Mean of the numerators over mean of the denominators, one pair a replication; ``none`` where all denominators are 0.

    Half width t(0.975, R - 1) * s / (sqrt(R) * mean denominator) with s the standard deviation of numerator - ratio * denominator
    (Cochran 1977, eq. 6.13; Law 2015, section 9.4). Unlike a mean of ratios it weighs a busy replication as much as its contacts do.
    """
    above, below = np.asarray(numerators, np.float64), np.asarray(denominators, np.float64)
    if below.sum() == 0:
        return Estimate(mean=none, confidence=CONFIDENCE)
    value = above.sum() / below.sum()
    error = np.std(above - value * below, ddof=1) / np.sqrt(len(above)) / below.mean()
    return Estimate(mean=float(value), half_width=float(_quantile(len(above)) * error), confidence=CONFIDENCE)


def _quantile(count: int) -> float:
    """Of Student's t, for a two-sided interval from so many replications."""
    from scipy.special import stdtrit

    return float(stdtrit(count - 1, (1 + CONFIDENCE) / 2))
