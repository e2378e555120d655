"""How good a method would have been: forecasts from past origins against what came, beside the default in the same run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np
from pydantic import Field

from wfm.domain import Channel, ContactHistory, Fault, Forecast, InputError, Noun, TimeGrid
from wfm.domain.time import StepMinutes
from wfm.forecast.accuracy import Accuracy, score
from wfm.forecast.calendar import Calendar
from wfm.forecast.grain import on_grid
from wfm.forecast.methods import MeanOfFour
from wfm.forecast.recipe import NO_HOLIDAYS, forecast
from wfm.forecast.training import Weigh

DEFAULT = MeanOfFour.kind
HORIZONS = {"week1": (0, 7), "weeks5-8": (28, 56)}  # first and end day ahead
WEEK = 7
LONG, SHORT = 120, 30  # weeks of history above and below which origins are laid differently
QUARTERS = 91  # weeks between the first and the last of eight origins a quarter apart
NO_MATTER = 300.0  # an AHT for histories without any: only contacts are scored


class BacktestRow(Noun):
    """Accuracy of a method at one distance, pooled over its origins (see :class:`wfm.forecast.accuracy.Accuracy`).

    Ratios are to ``mean_of_four`` in the same run, None where that one made no error; ``seconds`` is the mean time of a forecast,
    None without a clock.
    """

    method: str
    horizon: str
    origins: int = Field(ge=1)
    wape_interval: float | None
    wape_day: float | None
    bias: float | None
    ratio_to_default: float | None
    wql: float | None
    wql_ratio_to_default: float | None
    coverage50: float | None
    coverage90: float | None
    seconds: float | None = None


def backtest(
    history: ContactHistory,
    channel: Channel,
    calendar: Calendar = NO_HOLIDAYS,
    method: str = "ewma_day_type",
    origins: int = 8,
    horizon_days: int = 56,
    step_minutes: StepMinutes | None = None,
    *,
    clock: Callable[[], float] | None = None,
    weigh: Weigh | None = None,
) -> tuple[BacktestRow, ...]:
    """Rolling-origin accuracy of ``mean_of_four`` and of the method, for week 1 and, if reached, weeks 5-8.

    Every forecast sees only what came before its origin (Tashman 2000). ``step_minutes`` is the history's where left out; ``clock``
    gives seconds; ``weigh`` says which counts the method is to believe (the default believes all). Raises InputError where the
    history is not at least a week longer than ``horizon_days``.
    """
    days = origin_dates(history, origins, horizon_days)
    step, zone = step_minutes or history.grid.step_minutes, history.grid.zone
    horizons = [TimeGrid.of_days(day, horizon_days, step, zone) for day in days]
    came = [on_grid(history, horizon) for horizon in horizons]
    rows: tuple[BacktestRow, ...] = ()
    for kind in dict.fromkeys((DEFAULT, method)):
        begin = clock() if clock else 0.0
        judge = weigh if kind != DEFAULT else None
        made = [
            forecast(history, channel, horizon, calendar, kind, aht_seconds=NO_MATTER, weigh=judge)
            for horizon in horizons
        ]
        seconds = (clock() - begin) / len(made) if clock else None
        rows += _rows(made, came, horizon_days, seconds, default=rows)
    return rows


def origin_dates(history: ContactHistory, origins: int, horizon_days: int) -> tuple[date, ...]:
    """The first days of the horizons: whole weeks after the history's first day, spread evenly, the last one with its horizon known.

    At most ``origins`` (at most 5 where the history is no longer than 30 weeks); they begin after 10 to 12 weeks where there are as
    many, and stay within the last two years.
    """
    weeks, ahead = round(len(history.grid.dates) / WEEK), -(-horizon_days // WEEK)
    last = weeks - ahead
    if last < 1:
        came = f"{len(history.grid.dates)} days"
        fix = "Add earlier history, or test a shorter horizon."
        raise InputError(
            [Fault(f"at least {WEEK * (ahead + 1)} days of history to test {horizon_days} days ahead", came, fix)]
        )
    first = last - QUARTERS if weeks > LONG else 12 if weeks >= SHORT else 10
    first = first if first <= last else max(1, last // 2)
    begin = np.unique(np.linspace(first, last, origins if weeks > SHORT else min(origins, 5)).astype(int))
    return tuple(history.grid.dates[WEEK * int(week)] for week in begin)


def _rows(
    made: Sequence[Forecast],
    came: Sequence[ContactHistory],
    horizon_days: int,
    seconds: float | None,
    default: Sequence[BacktestRow],
) -> tuple[BacktestRow, ...]:
    beside = {row.horizon: row for row in default}
    reached = {name: span for name, span in HORIZONS.items() if span[1] <= horizon_days}
    scores = {name: _scores(made, came, *span) for name, span in reached.items()}
    return tuple(
        _row(made[0].method, name, found, seconds, beside.get(name)) for name, found in scores.items() if found
    )


def _scores(made: Sequence[Forecast], came: Sequence[ContactHistory], first: int, end: int) -> list[Accuracy]:
    found = []
    for predicted, actual in zip(made, came, strict=True):
        day = predicted.grid.dates[0]
        steps = predicted.grid.within(day + timedelta(days=first), day + timedelta(days=end - 1))
        found.append(score(predicted.part(steps), actual.part(steps)))
    return [one for one in found if one is not None]


def _row(
    method: str, horizon: str, scores: Sequence[Accuracy], seconds: float | None, default: BacktestRow | None
) -> BacktestRow:
    pooled = {name: _pooled(scores, name) for name in ("wape_interval", "wape_day", "bias", "wql")}
    wape, wql = pooled["wape_interval"], pooled["wql"]
    return BacktestRow(
        method=method,
        horizon=horizon,
        origins=len(scores),
        ratio_to_default=_ratio(wape, default.wape_interval) if default else _ratio(wape, wape),
        wql_ratio_to_default=_ratio(wql, default.wql) if default else _ratio(wql, wql),
        coverage50=_pooled(scores, "coverage50", by="intervals"),
        coverage90=_pooled(scores, "coverage90", by="intervals"),
        seconds=seconds,
        **pooled,
    )


def _pooled(scores: Sequence[Accuracy], name: str, by: str = "offered") -> float | None:
    """The mean of a figure over the origins, weighted by what it is a share of; None where all are None."""
    known = [(getattr(one, name), getattr(one, by)) for one in scores if getattr(one, name) is not None]
    weight = sum(share for _, share in known)
    return float(sum(value * share for value, share in known) / weight) if weight else None


def _ratio(value: float | None, default: float | None) -> float | None:
    return value / default if value is not None and default else None
