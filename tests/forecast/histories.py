"""Histories that tests are made of, each told by what it is good for."""

import csv
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Channel, ContactHistory, Opening, TimeGrid
from wfm.domain.history import as_counts
from wfm.domain.time import StepMinutes
from wfm.forecast import Calendar

MADRID = "Europe/Madrid"
MONDAY = date(2026, 1, 5)
PHONE = Channel(name="phone")
Values = NDArray[np.float64]


def grid(days: int, first: date = MONDAY, step_minutes: StepMinutes = 30, zone: str = MADRID) -> TimeGrid:
    return TimeGrid.of_days(first, days, step_minutes, zone)


def history(steps: TimeGrid, counts: Values, aht_seconds: float | Values | None = 300.0) -> ContactHistory:
    """Return a history open all day in which NaN counts are not recorded."""
    aht = () if aht_seconds is None else as_counts(np.broadcast_to(np.asarray(aht_seconds, float), (steps.count,)))
    return ContactHistory(
        channel="phone", grid=steps, offered=as_counts(counts), open=(True,) * steps.count, aht_seconds=aht
    )


def constant(days: int, count: float = 10.0, first: date = MONDAY) -> ContactHistory:
    """Return a history that is the same in every interval: its forecast is known exactly."""
    steps = grid(days, first)
    return history(steps, np.full(steps.count, count))


def usual_mean(steps: TimeGrid) -> Values:
    """Return expected counts with a busy noon and a quiet weekend."""
    day = 30 + 25 * np.sin((steps.minute_of_day / 1440 - 0.25) * 2 * np.pi)
    return np.where(steps.weekday < 5, day, 0.4 * day)


def negative_binomial(mean: Values, dispersion: float, seed: int) -> Values:
    """Draw counts with Var = mean + dispersion mean**2."""
    rng = np.random.default_rng(seed)
    return rng.poisson(mean * rng.gamma(1 / dispersion, dispersion, mean.shape)).astype(float)


def noisy(days: int, seed: int = 1, dispersion: float = 0.03, first: date = MONDAY) -> ContactHistory:
    """Return negative binomial counts around ``usual_mean``: the truth behind them is known."""
    steps = grid(days, first)
    return history(steps, negative_binomial(usual_mean(steps), dispersion, seed))


class RealSet(NamedTuple):
    """A public history with the calendar and the hours that go with it."""

    history: ContactHistory
    channel: Channel
    calendar: Calendar


@lru_cache
def real_set(data: Path, name: str) -> RealSet:
    """Return one of the public sets as NUMBERS.md scores it: absent days are not recorded, nights are closed."""
    return REAL_SETS[name](data / "history")


def _bank_calls(data: Path) -> RealSet:
    counts = _counts(data / "bank_calls" / "calls_5min.csv", "calls", 5)
    return _real(counts, 5, "America/New_York", "mon-fri 07:00-21:00", "US")


def _anonymous_bank(data: Path) -> RealSet:
    counts = _counts(data / "anonymous_bank_1999" / "calls_6min.csv", "calls", 30)
    return _real(counts, 30, "Asia/Jerusalem", "mon-sun 07:00-24:00", "IL")


def _boston(data: Path) -> RealSet:
    counts = _counts(data / "boston_311_2011h2" / "contacts_15min_by_channel.csv", "Constituent Call", 15)
    first = min(counts)
    empty = {
        first + timedelta(minutes=15 * k): 0.0 for k in range(184 * 96)
    }  # its file has only intervals with contacts
    return _real(empty | counts, 15, "America/New_York", "mon-sun 07:00-21:00", "US")


REAL_SETS: dict[str, Callable[[Path], RealSet]] = {
    "bank_calls": _bank_calls,
    "anonymous_bank": _anonymous_bank,
    "boston": _boston,
}


def _counts(path: Path, column: str, step_minutes: int) -> dict[datetime, float]:
    counts: dict[datetime, float] = {}
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            wall = datetime.fromisoformat(row["start_local"])
            begin = wall.replace(minute=wall.minute // step_minutes * step_minutes)
            counts[begin] = counts.get(begin, 0.0) + float(row[column])
    return counts


def _real(counts: dict[datetime, float], step_minutes: StepMinutes, zone: str, hours: str, country: str) -> RealSet:
    first, last = min(counts).date(), max(counts).date()
    steps, opening = grid((last - first).days + 1, first, step_minutes, zone), Opening.from_text(hours)
    midnights = [datetime.combine(day, datetime.min.time()) for day in steps.dates]
    wall = [midnights[d] + timedelta(minutes=int(m)) for d, m in zip(steps.day_index, steps.minute_of_day, strict=True)]
    is_open = opening.mask(steps)
    offered = [counts.get(moment) if open_now else None for moment, open_now in zip(wall, is_open, strict=True)]
    known = ContactHistory(channel="phone", grid=steps, offered=tuple(offered), open=tuple(is_open.tolist()))
    return RealSet(known, Channel(name="phone", opening=opening), Calendar(country=country))
