"""Does an update at 9, 12 and 15 h lower the error of the rest-of-day total? Run: python run.py [method] [sets]."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from tests.forecast.histories import REAL_SETS, RealSet, real_set  # noqa: E402
from wfm.domain import ContactHistory, TimeGrid  # noqa: E402
from wfm.forecast import forecast, learn_update, on_grid, update, without_damage  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
DAYS, LEARN_EVERY = 50, 5
WINDOWS, LEAST_BEFORE = 3, 70  # stretches of DAYS days, the last ones, each with so many days before it
HOURS = (9, 12, 15)


def windows(known: ContactHistory) -> list[list[int]]:
    """The positions of the dates of each stretch of recorded days, the last one first."""
    recorded = np.unique(known.grid.day_index[~np.isnan(known.counts())])
    recorded = recorded[recorded >= LEAST_BEFORE]
    count = min(WINDOWS, len(recorded) // DAYS)
    return [recorded[len(recorded) - DAYS * (k + 1) :][:DAYS].tolist() for k in range(count)]


def rehearse(one: RealSet, known: ContactHistory, days: list[int], method: str) -> str:
    """One row: error of the rest-of-day total without and with update at each hour, and what it costs."""
    dates = known.grid.dates
    missed, came, seconds = np.zeros((len(HOURS), 2)), np.zeros(len(HOURS)), np.zeros(2)
    for k, index in enumerate(days):
        day = TimeGrid.of_days(dates[index], 1, 30, known.grid.zone)
        begin = time.perf_counter()
        if k % LEARN_EVERY == 0:
            learned = learn_update(known, one.channel, day, one.calendar, method, weigh=without_damage())
        seconds[0] += time.perf_counter() - begin
        made = forecast(known, one.channel, day, one.calendar, method, aht_seconds=300, weigh=without_damage())
        first = known.grid.index(day.start)
        today = known.part(slice(first, first + day.count))
        for place, hour in enumerate(HOURS):
            cut = int((day.minute_of_day < 60 * hour).sum())
            begin = time.perf_counter()
            updated = update(made, today.part(slice(0, cut)), learned)
            seconds[1] += time.perf_counter() - begin
            rest = ~np.isnan(today.counts()[cut:])
            total = today.counts()[cut:][rest].sum()
            missed[place] += [abs(f.means()[cut:][rest].sum() - total) for f in (made, updated)]
            came[place] += total
    cells = " | ".join(f"{100 * a:.2f} -> {100 * b:.2f}" for a, b in missed / came[:, None])
    return f"{cells} | {seconds[0] * LEARN_EVERY / DAYS:.2f} | {1000 * seconds[1] / DAYS / len(HOURS):.1f}"


def main(method: str, names: list[str]) -> None:
    """Print the table."""
    print(f"| set ({method}) | 9 h | 12 h | 15 h | s to learn | ms to update |\n|---|---|---|---|---|---|")
    for name in names:
        one = real_set(DATA, name)
        dates = one.history.grid.dates
        known = on_grid(one.history, TimeGrid.of_days(dates[0], len(dates), 30, one.history.grid.zone))
        for days in windows(known):
            span = f"{dates[days[0]]} to {dates[days[-1]]}"
            print(f"| {name}, {span} | {rehearse(one, known, days, method)} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "ensemble", sys.argv[2:] or list(REAL_SETS))
