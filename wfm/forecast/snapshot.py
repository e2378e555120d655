"""Frozen forecasts: kept as they were made, so that later it can be told how good they were by how far they looked ahead."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Self

import numpy as np
from pydantic import Field, model_validator

from wfm.domain import ContactHistory, Forecast, Name, Noun
from wfm.domain.time import local
from wfm.forecast.days import FloatArray
from wfm.forecast.grain import on_grid
from wfm.forecast.value_added import ValueAdded, value_added

Error = Annotated[float, Field(ge=0)]


class FrozenChange(Noun):
    """What an event, an override or a factor made of one channel's expected contacts: ``before`` and ``after`` it, by step."""

    channel: Name
    what: str
    before: tuple[Error, ...]
    after: tuple[Error, ...]


class Snapshot(Noun):
    """The forecasts of a scenario's channels as they were made, sealed: ``seal`` is the SHA-256 of their own digests.

    ``changes`` are what people changed on the way, so that it can be told later what that was worth. ``scenario_digest`` names exactly
    what they were made from; each forecast says until when it was trained. One whose seal does not fit was changed afterwards and
    is refused.
    """

    scenario: Name
    scenario_digest: str
    forecasts: Annotated[tuple[Forecast, ...], Field(min_length=1)]
    changes: tuple[FrozenChange, ...] = ()
    seal: str

    @classmethod
    def of(
        cls, scenario: str, scenario_digest: str, forecasts: Sequence[Forecast], changes: Sequence[FrozenChange] = ()
    ) -> Self:
        """The sealed snapshot of forecasts."""
        seal = _seal([*forecasts, *changes])
        return cls(
            scenario=scenario,
            scenario_digest=scenario_digest,
            forecasts=tuple(forecasts),
            changes=tuple(changes),
            seal=seal,
        )

    @model_validator(mode="after")
    def _unchanged(self) -> Self:
        if self.seal != _seal([*self.forecasts, *self.changes]):
            raise ValueError("expected forecasts as they were frozen, came some that were changed afterwards")
        return self

    def worth(self, histories: Sequence[ContactHistory]) -> tuple[ValueAdded, ...]:
        """What each change was worth, where a history says what came."""
        actual, made = {row.channel: row for row in histories}, {row.channel: row for row in self.forecasts}
        found = []
        for row in self.changes:
            if row.channel in actual:
                before = made[row.channel].model_copy(update={"mean": row.before})
                after = made[row.channel].model_copy(update={"mean": row.after})
                found.append(value_added(row.what, before, after, actual[row.channel]))
        return tuple(row for row in found if row is not None)


class LeadAccuracy(Noun):
    """How good forecasts of a channel were ``lead_days`` ahead: 1 is the first date after the last that they had learned from.

    Over all ``intervals`` of ``days`` days that were open, recorded and forecast as open; WAPE = sum |forecast - actual| / sum actual over
    intervals and over totals of days, ``bias`` = sum (forecast - actual) / sum actual; None where nothing came.
    """

    channel: Name
    lead_days: int = Field(ge=0)
    days: int = Field(ge=1)
    intervals: int = Field(ge=1)
    offered: Error
    wape_interval: Error | None
    wape_day: Error | None
    bias: float | None


def accuracy_by_lead(forecasts: Iterable[Forecast], histories: Sequence[ContactHistory]) -> tuple[LeadAccuracy, ...]:
    """Accuracy by channel and lead time of forecasts made at several times, against what the histories say came, pooled."""
    actual = {row.channel: row for row in histories}
    pairs: dict[tuple[str, int], list[tuple[FloatArray, FloatArray]]] = {}
    for made in forecasts:
        if made.channel not in actual:
            continue
        came, last = (
            on_grid(actual[made.channel], made.grid).counts(),
            _last_learned(made.trained_until, made.grid.zone),
        )
        scored = np.array(made.open) & ~np.isnan(came)
        for day, steps in made.grid.day_slices():
            if scored[steps].any():
                rows = made.means()[steps][scored[steps]], came[steps][scored[steps]]
                pairs.setdefault((made.channel, (day - last).days), []).append(rows)
    return tuple(_lead_accuracy(channel, lead, days) for (channel, lead), days in sorted(pairs.items()))


def _last_learned(trained_until: datetime, zone: str) -> date:
    return local(trained_until - timedelta(microseconds=1), zone).date()


def _lead_accuracy(channel: str, lead: int, days: Sequence[tuple[FloatArray, FloatArray]]) -> LeadAccuracy:
    expected, came = (np.concatenate(rows) for rows in zip(*days, strict=True))
    total = float(came.sum())
    misses = (
        float(np.abs(expected - came).sum()),
        sum(abs(float(mean.sum() - count.sum())) for mean, count in days),
        float((expected - came).sum()),
    )
    interval, day, bias = (miss / total if total > 0 else None for miss in misses)
    return LeadAccuracy(
        channel=channel,
        lead_days=lead,
        days=len(days),
        intervals=len(came),
        offered=total,
        wape_interval=interval,
        wape_day=day,
        bias=bias,
    )


def _seal(rows: Sequence[Noun]) -> str:
    return hashlib.sha256("".join(row.digest() for row in rows).encode()).hexdigest()
