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
from wfm.forecast.day_totals import DayTotals
from wfm.forecast.days import FloatArray
from wfm.forecast.event_effects import EventEffect, learned_events
from wfm.forecast.events import Event, with_events, without_events
from wfm.forecast.grain import on_grid
from wfm.forecast.methods import METHODS, MeanOfFour, method_of
from wfm.forecast.recipe import CLEANED, NO_HOLIDAYS, forecast_with_days
from wfm.forecast.training import Weigh

DEFAULT = "default"
Made = tuple[Forecast, DayTotals]
HORIZONS = {"week1": (0, 7), "weeks5-8": (28, 56)}  # first and end day ahead
WEEK = 7
LONG, SHORT = 120, 30  # weeks of history above and below which origins are laid differently
QUARTERS = 91  # weeks between the first and the last of eight origins a quarter apart
NO_MATTER = 300.0  # an AHT for histories without any: only contacts are scored


class BacktestRow(Noun):
    """Accuracy of a method at one distance, pooled over its origins (see :class:`wfm.forecast.accuracy.Accuracy`).

    ``method`` is ``default`` for the mean of the last four same weekdays, to which the ratios are taken in the same run (None where it
    made no error); ``worst_ratio`` is the largest at a single origin. ``coverage50_day`` and ``coverage90_day`` are of daily totals,
    over days recorded whole. ``seconds`` is the mean time of a forecast, None without a clock.
    """

    method: str
    horizon: str
    origins: int = Field(ge=1)
    wape_interval: float | None
    wape_day: float | None
    bias: float | None
    ratio_to_default: float | None
    worst_ratio: float | None
    wql: float | None
    wql_ratio_to_default: float | None
    coverage50: float | None
    coverage90: float | None
    coverage50_day: float | None
    coverage90_day: float | None
    seconds: float | None = None


def backtest_rows(
    history: ContactHistory,
    channel: Channel,
    calendar: Calendar = NO_HOLIDAYS,
    methods: Sequence[str] = ("auto",),
    origins: int = 8,
    horizon_days: int = 56,
    clock: Callable[[], float] | None = None,
    *,
    step_minutes: StepMinutes | None = None,
    weigh: Weigh | None = CLEANED,
    events: Sequence[Event] = (),
    effects: Sequence[EventEffect] = (),
) -> tuple[BacktestRow, ...]:
    """Rolling-origin accuracy of the default and of the methods (kinds, or ``all``), for week 1 and, if reached, weeks 5-8.

    Every forecast sees only what came before its origin (Tashman 2000). ``step_minutes`` is the history's where left out; ``clock``
    gives seconds; ``weigh`` says which counts the methods are to believe, all but damage by default, ``mean_of_four`` always all.
    ``events`` are put on the horizon as they were assumed, and taken out of what is learned, by their ``effects`` where those were known
    at the origin: for the default too, so that the ratios tell of methods and not of events.
    Raises InputError where the history is not at least a week longer than ``horizon_days``, NotFound for an unknown method.
    """
    wanted = [method.kind for method in METHODS] if "all" in methods else [method_of(kind).kind for kind in methods]
    days = origin_dates(history, origins, horizon_days)
    step, zone = step_minutes or history.grid.step_minutes, history.grid.zone
    horizons = [TimeGrid.of_days(day, horizon_days, step, zone) for day in days]
    came = [on_grid(history, horizon) for horizon in horizons]
    eves = [day - timedelta(days=1) for day in days]
    known = [without_events(history, learned_events(events, effects, eve)) for eve in eves]
    rows: tuple[BacktestRow, ...] = ()
    default: dict[str, list[Accuracy | None]] = {}
    for kind in dict.fromkeys((MeanOfFour.kind, *wanted)):
        begin = clock() if clock else 0.0
        judge = weigh if kind != MeanOfFour.kind else None
        made = [
            _with_events(
                forecast_with_days(past, channel, horizon, calendar, kind, aht_seconds=NO_MATTER, weigh=judge), events
            )
            for past, horizon in zip(known, horizons, strict=True)
        ]
        seconds = (clock() - begin) / len(made) if clock else None
        scores = {name: _scores(made, came, *span) for name, span in HORIZONS.items() if span[1] <= horizon_days}
        default = default or scores
        rows += tuple(
            _row(
                DEFAULT if kind == MeanOfFour.kind else kind,
                name,
                found,
                _day_hits(made, came, *HORIZONS[name]),
                default[name],
                seconds,
            )
            for name, found in scores.items()
            if any(found)
        )
    return rows


def backtest(
    history: ContactHistory,
    channel: Channel,
    calendar: Calendar = NO_HOLIDAYS,
    method: str = "auto",
    origins: int = 8,
    horizon_days: int = 56,
) -> tuple[BacktestRow, ...]:
    """The rows of the default and of one method (see :func:`backtest_rows`)."""
    return backtest_rows(history, channel, calendar, (method,), origins, horizon_days)


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


def _with_events(made: Made, events: Sequence[Event]) -> Made:
    """The forecast and its days with the events of the horizon."""
    raised = with_events(made[0], events)
    return (raised, made[1].following(raised)) if raised is not made[0] else made


def _scores(made: Sequence[Made], came: Sequence[ContactHistory], first: int, end: int) -> list[Accuracy | None]:
    found = []
    for (predicted, _), actual in zip(made, came, strict=True):
        steps = _steps(predicted, first, end)
        found.append(score(predicted.part(steps), actual.part(steps)))
    return found


def _steps(predicted: Forecast, first: int, end: int) -> slice:
    day = predicted.grid.dates[0]
    return predicted.grid.within(day + timedelta(days=first), day + timedelta(days=end - 1))


def _day_hits(
    made: Sequence[Made], came: Sequence[ContactHistory], first: int, end: int
) -> tuple[float | None, float | None]:
    """The shares of daily totals within the inner 50 % and the outer 90 %; None where no day was recorded whole."""
    inside: list[tuple[bool, bool]] = []
    for (predicted, days), actual in zip(made, came, strict=True):
        bands = np.array(days.bands)
        total = _whole_days(predicted, actual)
        for day in np.flatnonzero(~np.isnan(total[first:end])) + first:
            low, lower, _, upper, high = bands[:, day]
            inside.append((bool(lower <= total[day] <= upper), bool(low <= total[day] <= high)))
    if not inside:
        return None, None
    half, most = np.mean(inside, axis=0).tolist()
    return half, most


def _whole_days(predicted: Forecast, actual: ContactHistory) -> FloatArray:
    """Contacts of each day over its open intervals; NaN where one of them is unknown or the day is closed."""
    is_open, day = np.array(predicted.open), predicted.grid.day_index
    total = np.bincount(day, np.where(is_open, actual.counts(), 0.0), minlength=len(predicted.grid.dates))
    return np.where(np.bincount(day, is_open) > 0, total, np.nan)


def _row(
    method: str,
    horizon: str,
    found: Sequence[Accuracy | None],
    day_hits: tuple[float | None, float | None],
    default: Sequence[Accuracy | None],
    seconds: float | None,
) -> BacktestRow:
    scores, beside = [one for one in found if one], [one for one in default if one]
    pooled = {name: _pooled(scores, name) for name in ("wape_interval", "wape_day", "bias", "wql")}
    ratios = [_ratio(one.wape_interval, other.wape_interval) for one, other in zip(scores, beside, strict=True)]
    return BacktestRow(
        method=method,
        horizon=horizon,
        origins=len(scores),
        ratio_to_default=_ratio(pooled["wape_interval"], _pooled(beside, "wape_interval")),
        worst_ratio=max((one for one in ratios if one is not None), default=None),
        wql_ratio_to_default=_ratio(pooled["wql"], _pooled(beside, "wql")),
        coverage50=_pooled(scores, "coverage50", by="intervals"),
        coverage90=_pooled(scores, "coverage90", by="intervals"),
        coverage50_day=day_hits[0],
        coverage90_day=day_hits[1],
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
