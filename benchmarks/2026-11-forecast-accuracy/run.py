"""How much better than the planners' own average does each method forecast real contact histories? Run: python run.py [methods]."""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from tests.forecast.histories import MADRID, MONDAY, PHONE, REAL_SETS, grid, noisy, real_set  # noqa: E402
from wfm.domain import TimeGrid  # noqa: E402
from wfm.domain.time import StepMinutes  # noqa: E402
from wfm.forecast import METHODS, BacktestRow, Calendar, Days, backtest_rows, forecast, on_grid  # noqa: E402
from wfm.forecast.backtest import origin_dates  # noqa: E402
from wfm.forecast.calendar import EVE, HOLIDAY  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
STEP_MINUTES: StepMinutes = 30
WEEKS = 8
QUEUES = 20  # of which a year is forecast to tell the time of 200
HORIZONS = ("week1", "weeks5-8")


@dataclass(frozen=True)
class Special:
    """Error on holidays and eves: as forecast, and with the true total of each day spread by the forecast's own shape."""

    wape: float
    with_true_totals: float


def main(kinds: Sequence[str]) -> None:
    """Score the methods on every set, write results.csv, and print what the README tells."""
    found = [(name, row) for name in REAL_SETS for row in _rows(name, kinds)]
    with (HERE / "results.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(("set", *BacktestRow.model_fields))
        for name, row in found:
            table.writerow((name, *(round(v, 4) if isinstance(v, float) else v for v in row.model_dump().values())))
    for line in (*_table(found), *_means(found), *_special_days(kinds[-1]), _speed(kinds[-1])):
        print(line)


def _rows(name: str, kinds: Sequence[str]) -> tuple[BacktestRow, ...]:
    known, channel, calendar = real_set(DATA, name)
    return backtest_rows(
        known, channel, calendar, kinds, horizon_days=7 * WEEKS, clock=time.process_time, step_minutes=STEP_MINUTES
    )


def _table(found: Sequence[tuple[str, BacktestRow]]) -> Iterator[str]:
    yield "| set | method | horizon | WAPE interval | day | bias | ratio | worst origin | wQL ratio | 50 / 90 interval | 50 / 90 day |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for name, row in found:
        cells = (
            f"{_percent(row.wape_interval)} | {_percent(row.wape_day)} | {_percent(row.bias)} | {row.ratio_to_default or 0:.3f}",
            f"{row.worst_ratio or 0:.2f} | {row.wql_ratio_to_default or 0:.3f} | {_percent(row.coverage50)} / {_percent(row.coverage90)}",
            f"{_percent(row.coverage50_day)} / {_percent(row.coverage90_day)}",
        )
        yield f"| {name} | {row.method} | {row.horizon} | {' | '.join(cells)} |"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}"


def _means(found: Sequence[tuple[str, BacktestRow]]) -> Iterator[str]:
    for kind in dict.fromkeys(row.method for _, row in found):
        for horizon in HORIZONS:
            rows = [row for _, row in found if (row.method, row.horizon) == (kind, horizon)]
            ratio, wql = (
                _geometric_mean([getattr(row, name) for row in rows])
                for name in ("ratio_to_default", "wql_ratio_to_default")
            )
            yield f"geometric mean {kind} {horizon}: interval {ratio:.3f}, wQL {wql:.3f}"


def _geometric_mean(values: Sequence[float]) -> float:
    return float(np.exp(np.mean(np.log(values))))


def _special_days(kind: str) -> Iterator[str]:
    for name in REAL_SETS:
        special = _special(name, kind)
        if special:
            yield f"special days {name} {kind}: {special.wape:.1%}, with true totals {special.with_true_totals:.1%}"


def _special(name: str, kind: str) -> Special | None:
    known, channel, calendar = real_set(DATA, name)
    missed, torn, came = 0.0, 0.0, 0.0
    for first in origin_dates(known, 8, 7 * WEEKS):
        horizon = TimeGrid.of_days(first, 7 * WEEKS, STEP_MINUTES, known.grid.zone)
        mean = forecast(known, channel, horizon, calendar, kind, aht_seconds=1).means()
        actual = on_grid(known, horizon).counts()
        days = Days.of(horizon.dates, calendar)
        weekdays = np.array(days.weekdays)
        for day, steps in enumerate(horizon.day_slices()):
            quiet = weekdays[day] in _quietest(known.grid, known.counts())
            if days.types[day] not in {HOLIDAY, EVE} or quiet or not (np.nansum(actual[steps[1]]) > 0):
                continue
            truth, said = np.nan_to_num(actual[steps[1]]), mean[steps[1]]
            missed, came = missed + np.abs(truth - said).sum(), came + truth.sum()
            torn += np.abs(truth - said * truth.sum() / max(said.sum(), 1e-9)).sum()
    return Special(missed / came, torn / came) if came else None


def _quietest(steps: TimeGrid, counts: NDArray[np.float64]) -> set[str]:
    """The quietest weekday of a whole history: a holiday on it is no special day."""
    totals = [np.nansum(counts[steps.weekday == k]) or np.inf for k in range(7)]
    return {("mon", "tue", "wed", "thu", "fri", "sat", "sun")[int(np.argmin(totals))]}


def _speed(kind: str) -> str:
    horizon = grid(7 * WEEKS, MONDAY + timedelta(days=365), zone=MADRID)
    histories = [noisy(365, seed=k) for k in range(QUEUES)]
    begin = time.process_time()
    for history in histories:
        forecast(history, PHONE, horizon, Calendar(country="ES"), kind)
    return f"200 queues, a year of half hours, 8 weeks ahead, {kind}: {(time.process_time() - begin) * 200 / QUEUES:.1f} s of one core"


if __name__ == "__main__":
    main(sys.argv[1:] or [method.kind for method in METHODS])
