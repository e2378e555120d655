"""Do bands cover what they say, where the truth is known and on histories that no constant was chosen by? Run: python run.py."""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from tests.forecast.histories import PHONE, REAL_SETS, grid, history, real_set  # noqa: E402
from wfm.domain import Channel, ContactHistory, Opening, TimeGrid  # noqa: E402
from wfm.domain.history import as_counts  # noqa: E402
from wfm.forecast import Calendar, forecast_with_days, on_grid  # noqa: E402
from wfm.forecast.backtest import origin_dates  # noqa: E402

DATA = ROOT.parent / "shared" / "data" / "history"
AHEAD = 56
HORIZONS = {"week 1": (0, 7), "weeks 2-4": (7, 28), "weeks 5-8": (28, 56)}
BANDS = {"50": (1, 3), "90": (0, 4)}
PAST_WEEKS = (2, 5, 12, 26, 52)
DRAWN = 200
TOGETHER = 0.3  # correlation of the days of a forecast, about the mean of the six measured (0.16 to 0.54)
TOLERANCES = {"50": (0.5, 0.04), "90": (0.9, 0.025)}
CHANCES = 2000
Made = tuple[ContactHistory, Channel, Calendar, TimeGrid]


def main() -> None:
    """Print a table of coverage with standard errors, each forecast taken for one observation."""
    print(
        "| histories | forecasts | horizon | intervals 50 | intervals 90 | days 50 | days 90 | if right: 50 ± 4 | 90 ± 2.5 |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for name in REAL_SETS:
        _tell(name, _rolled(*real_set(DATA.parent, name)))
    for k, weeks in enumerate(PAST_WEEKS):
        _tell(f"drawn, {weeks} weeks of past", [_queue(weeks, seed) for seed in range(k, DRAWN, len(PAST_WEEKS))])
    _tell("daily ambulance calls of eight areas", list(_ambulances()))


def _rolled(known: ContactHistory, channel: Channel, calendar: Calendar) -> list[Made]:
    firsts = origin_dates(known, 8, AHEAD)
    return [(known, channel, calendar, TimeGrid.of_days(day, AHEAD, 30, known.grid.zone)) for day in firsts]


def _queue(weeks: int, seed: int) -> Made:
    """A queue whose counts come from a level that moves by the week, a factor a day, and noise of each interval."""
    rng = np.random.default_rng(seed)
    steps = grid(7 * weeks + AHEAD, step_minutes=60, zone="UTC")
    truths = list(product((0.0, 0.03, 0.08), (0.8, 1.0), (0.0, 0.05, 0.15), (0.005, 0.05, 0.2)))
    moves, persistence, daily, noise = truths[rng.integers(len(truths))]
    level = np.zeros(weeks + AHEAD // 7)
    for week in range(1, len(level)):
        level[week] = persistence * level[week - 1] + moves * rng.normal()
    factor = np.exp(np.repeat(level, 7) + daily * rng.normal(size=7 * len(level)))
    hour, volume = steps.minute_of_day / 60, np.exp(rng.uniform(np.log(2), np.log(600)))
    shape = 0.15 + np.exp(-(((hour - 11) / 4) ** 2)) + 0.6 * np.exp(-(((hour - 16) / 3) ** 2))
    mean = volume * shape * np.array([1.15, 1.05, 1.0, 1.0, 0.95, 0.6, 0.45])[steps.weekday] * factor[steps.day_index]
    came = rng.poisson(mean * rng.gamma(1 / noise, noise, mean.shape)).astype(float)
    return history(steps, came), PHONE, Calendar(), TimeGrid.of_days(steps.dates[7 * weeks], AHEAD, 60, "UTC")


def _ambulances() -> Iterator[Made]:
    """Daily counts, told as one open hour a day, from origins 11 weeks apart."""
    came: dict[str, dict[date, float]] = defaultdict(dict)
    with (DATA / "swast_daily" / "responses_daily_by_area.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            came[row["area"]][date.fromisoformat(row["date"])] = float(row["responses"])
    noon = Opening.from_text("mon-sun 12:00-13:00")
    channel = Channel(name="phone", opening=noon)
    for counts in (counts for area, counts in came.items() if area != "OOA"):  # out of area: hardly any
        steps = grid(len(counts), min(counts), step_minutes=60, zone="Europe/London")
        is_open = noon.mask(steps)
        offered = np.full(steps.count, np.nan)
        offered[is_open] = [counts[day] for day in steps.dates]
        known = ContactHistory(channel="phone", grid=steps, offered=as_counts(offered), open=tuple(is_open.tolist()))
        for days in range(26 * 7, len(counts) - AHEAD, 11 * 7):
            first = steps.dates[days]
            past = known.part(
                steps.within(max(steps.dates[0], first - timedelta(days=760)), first + timedelta(days=AHEAD - 1))
            )
            yield past, channel, Calendar(country="GB"), TimeGrid.of_days(first, AHEAD, 60, "Europe/London")


def _tell(name: str, made: Sequence[Made]) -> None:
    hits = [_hits(*one) for one in made]
    for horizon in HORIZONS:
        cells = [
            _cell([(one[horizon, kind, band]) for one in hits]) for kind, band in product(("interval", "day"), BANDS)
        ]
        days = [one[horizon, "day", "50"][0] for one in hits]
        cells += [f"{100 * _chance(days, *asked):.0f} %" for asked in TOLERANCES.values()]
        print(f"| {name} | {len(hits)} | {horizon} | {' | '.join(cells)} |", flush=True)


def _chance(days: Sequence[int], share: float, tolerance: float) -> float:
    """How often bands that are right would cover ``share`` ± ``tolerance`` of so many days a forecast, correlated by ``TOGETHER``."""
    rng, forecast = np.random.default_rng(1), np.repeat(np.arange(len(days)), days)
    common, own = (rng.normal(size=(CHANCES, size)) for size in (len(days), len(forecast)))
    score = TOGETHER**0.5 * common[:, forecast] + (1 - TOGETHER) ** 0.5 * own
    covered = (np.abs(score) < NormalDist().inv_cdf((1 + share) / 2)).mean(axis=1)
    return float((np.abs(covered - share) <= tolerance).mean())


def _hits(
    known: ContactHistory, channel: Channel, calendar: Calendar, horizon: TimeGrid
) -> dict[tuple[str, str, str], tuple[int, int]]:
    """How many counts there were and how many lay in the band, by horizon, intervals or days, and band."""
    made, days = forecast_with_days(known, channel, horizon, calendar, "auto", aht_seconds=300)
    came, is_open = on_grid(known, horizon).counts(), np.array(made.open)
    total = np.bincount(horizon.day_index, np.where(is_open, came, 0.0))
    worked = np.bincount(horizon.day_index, is_open) > 0
    found = {}
    for kind, actual, scored, day, bands in (
        ("interval", came, is_open, horizon.day_index, np.array(made.bands)),
        ("day", total, worked, np.arange(AHEAD), np.array(days.bands)),
    ):
        for name, (first, end) in HORIZONS.items():
            some = scored & ~np.isnan(actual) & (day >= first) & (day < end)
            for band, (low, high) in BANDS.items():
                inside = (actual >= bands[low]) & (actual <= bands[high]) & some
                found[name, kind, band] = (int(some.sum()), int(inside.sum()))
    return found


def _cell(counts: Sequence[tuple[int, int]]) -> str:
    number, inside = (np.array(row, dtype=np.float64) for row in zip(*counts, strict=True))
    share = inside.sum() / number.sum()
    return f"{100 * share:.1f} ± {100 * _error(inside - share * number, number):.1f}"


def _error(missed: NDArray[np.float64], number: NDArray[np.float64]) -> float:
    """Standard error of a ratio of sums whose terms are independent."""
    return float(np.sqrt((missed**2).sum() * len(number) / max(len(number) - 1, 1)) / number.sum())


if __name__ == "__main__":
    main()
