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
from wfm.domain import TimeGrid  # noqa: E402
from wfm.forecast import forecast, learn_update, on_grid, update, without_damage  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
DAYS, LEARN_EVERY = 50, 5
HOURS = (9, 12, 15)


def rehearse(one: RealSet, method: str) -> str:
    """One row: error of the rest-of-day total without and with update at each hour, and what it costs."""
    dates = one.history.grid.dates
    known = on_grid(one.history, TimeGrid.of_days(dates[0], len(dates), 30, one.history.grid.zone))
    recorded = np.unique(known.grid.day_index[~np.isnan(known.counts())])[-DAYS:]
    missed, came, seconds = np.zeros((len(HOURS), 2)), np.zeros(len(HOURS)), np.zeros(2)
    for k, index in enumerate(recorded.tolist()):
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
        print(f"| {name} | {rehearse(real_set(DATA, name), method)} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "ensemble", sys.argv[2:] or list(REAL_SETS))
