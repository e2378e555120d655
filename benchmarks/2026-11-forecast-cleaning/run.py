"""Are planted faults found, are healthy weeks left alone, and does damage still hurt the forecast? Run: python run.py [sets]."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from tests.forecast.histories import REAL_SETS, RealSet, history, real_set, usual_mean  # noqa: E402
from tests.forecast.planted import meets, plant  # noqa: E402
from wfm.domain import ContactHistory, TimeGrid  # noqa: E402
from wfm.domain.history import as_counts  # noqa: E402
from wfm.domain.opening import WEEKDAYS  # noqa: E402
from wfm.domain.time import StepMinutes, local  # noqa: E402
from wfm.forecast import Calendar, Weigh, accuracy, clean, forecast, on_grid, without_damage  # noqa: E402
from wfm.forecast.backtest import origin_dates  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
SEEDS, WEEKS = 40, 8
US, SHIFT_DAY, SHIFTS = Calendar(country="US"), 280, (0.5, 0.7, 1.5, 2.0)
DRAWN: tuple[tuple[StepMinutes, int], ...] = ((5, 1), (15, 10), (60, 1), (60, 10), (60, 1000))
METHODS = ("mean_of_four", "ewma_day_type", "ensemble")


def half_hours(known: ContactHistory) -> ContactHistory:
    """Return the history in half hours."""
    dates = known.grid.dates
    return on_grid(known, TimeGrid.of_days(dates[0], len(dates), 30, known.grid.zone))


def detection(known: ContactHistory, calendar: Calendar) -> str:
    """One row: what is found in the history as it is, recall and new findings over ``SEEDS`` plantings, and milliseconds."""
    begin = time.perf_counter()
    before = clean(known, calendar).findings
    seconds = time.perf_counter() - begin
    found = planted = more = 0
    for seed in range(SEEDS):
        damaged, faults = plant(known, calendar, seed)
        after = clean(damaged, calendar).findings
        found += sum(any(meets(one, fault) for one in after) for fault in faults)
        planted += len(faults)
        more += sum(
            not any(meets(one, f) for f in faults) and one.span not in {b.span for b in before} for one in after
        )
    silent = sum(one.kind == "outage" for one in before)
    weeks = len(known.grid.dates) / 7
    others = len(before) - silent
    return (
        f"{found}/{planted} = {found / planted:.1%} | {more / SEEDS:.2f} | {silent} | {others} = "
        f"{WEEKS * others / weeks:.2f} in 8 weeks | {1000 * seconds:.0f}"
    )


def hurt(known: ContactHistory, calendar: Calendar, first: int) -> ContactHistory:
    """Two days x3, two silent, one silent from its middle, among the ordinary days of the eight weeks before day ``first``."""
    steps, counts = list(known.grid.day_slices()), known.counts()
    types = calendar.day_types([day for day, _ in steps])
    usable = [d for d in range(first - 56, first) if types[d] in WEEKDAYS and np.nansum(counts[steps[d][1]]) > 0]
    days = np.random.default_rng(first).choice(usable, 5, replace=False).tolist()
    for day, factor in zip(days, (3, 3, 0, 0, 0), strict=True):
        part = steps[day][1]
        open_steps = part.start + np.flatnonzero(~np.isnan(counts[part]))
        counts[open_steps[len(open_steps) // 2 :] if day == days[4] else open_steps] *= factor
    return known.varied(offered=as_counts(counts))


def errors(one: RealSet, known: ContactHistory, method: str) -> list[float]:
    """Interval WAPE over eight weeks: healthy and damaged history, each without and with cleaning."""
    missed, came = np.zeros(4), 0.0
    for day in origin_dates(known, 8, 56):
        horizon = TimeGrid.of_days(day, 56, 30, known.grid.zone)
        damaged = hurt(known, one.calendar, known.grid.dates.index(day))
        ways: list[tuple[ContactHistory, Weigh | None]] = [
            (past, weigh) for past in (known, damaged) for weigh in (None, without_damage())
        ]
        for k, (past, weigh) in enumerate(ways):
            made = forecast(past, one.channel, horizon, one.calendar, method, aht_seconds=300, weigh=weigh)
            scored = accuracy(made, known)
            missed[k] += (scored.wape_interval or 0.0) * scored.offered
        came += scored.offered
    return [float(value) for value in missed / came]


def drawn(step: StepMinutes, mean: float, dispersion: float, seed: int, shift: float = 1.0) -> ContactHistory:
    """A year round the clock with quiet holidays and slow growth; days and intervals stray; ``shift`` is the level from March on."""
    steps = TimeGrid.of_days(date(2025, 6, 2), 364, step, "America/New_York")
    rng = np.random.default_rng(seed)
    types = np.array(US.day_types(steps.dates))
    level = (1 + 0.3 * np.sin(np.arange(364) / 58)) * np.where(types == "holiday", 0.5, 1.0)
    level *= rng.gamma(1 / dispersion, dispersion, 364)
    expected = (
        usual_mean(steps) / 30 * mean * level[steps.day_index] * rng.gamma(1 / dispersion, dispersion, steps.count)
    )
    expected *= np.where(steps.day_index >= SHIFT_DAY, shift, 1.0)
    return history(steps, rng.poisson(expected).astype(float), None)


def shift_days(known: ContactHistory) -> list[date]:
    """The dates on which new levels are found to begin."""
    shifts = (one for one in clean(known, US).findings if one.kind == "level_shift")
    return [local(one.span.start, known.grid.zone).date() for one in shifts]


def on_drawn(step: StepMinutes, mean: float) -> str:
    """One row: findings in healthy years, and how many shifts are found within four days, by size."""
    healthy = [clean(drawn(step, mean, d, seed), US).findings for d in (0.001, 0.01, 0.04) for seed in range(2)]
    found = []
    for size in SHIFTS:
        shown = [drawn(step, mean, 0.01, seed, size) for seed in range(5)]
        begin = shown[0].grid.dates[SHIFT_DAY]
        hits = sum(any(abs((day - begin).days) <= 4 for day in shift_days(known)) for known in shown)
        found.append(f"{hits}/{len(shown)}")
    return f"{sum(map(len, healthy))} in {52 * len(healthy)} weeks | {' | '.join(found)}"


def main(names: list[str]) -> None:
    """Print the tables."""
    print(
        f"| drawn: step, contacts a step | findings | {' | '.join(f'x{size}' for size in SHIFTS)} |\n|---|---|---|---|---|---|"
    )
    for step, mean in DRAWN:
        print(f"| {step} min, {mean} | {on_drawn(step, mean)} |", flush=True)
    sets = {name: real_set(DATA, name) for name in names}
    print(
        "\n| set | planted faults found | new false alarms a planting | silent as recorded | other findings as recorded | ms |"
    )
    print("|---|---|---|---|---|---|")
    for name, one in sets.items():
        print(f"| {name} | {detection(half_hours(one.history), one.calendar)} |", flush=True)
    print("\n| set | method | healthy | cleaned | damaged | damaged, cleaned | rise |\n|---|---|---|---|---|---|---|")
    for name, one in sets.items():
        known = half_hours(one.history)
        for method in METHODS:
            wape = errors(one, known, method)
            cells = " | ".join(f"{100 * value:.2f}" for value in wape)
            print(f"| {name} | {method} | {cells} | {wape[3] / wape[1] - 1:+.1%} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or list(REAL_SETS))
