"""How long do two hundred forecasts, the import and an update of a running day take? Run: python run.py [queues]."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from tests.forecast.histories import MADRID, MONDAY, PHONE, grid, history, negative_binomial, usual_mean  # noqa: E402
from wfm.domain import ContactHistory  # noqa: E402
from wfm.forecast import Calendar, forecast_with_days, learn_update, update  # noqa: E402

YEAR, AHEAD, NOON = 365, 56, 24
SPAIN = Calendar(country="ES")
IMPORTS, UPDATES = 7, 200
HORIZON = grid(AHEAD, MONDAY + timedelta(days=YEAR), zone=MADRID)


def main(queues: int) -> None:
    """Print the table."""
    print(
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, processor time\n"
    )
    print("| what | asked | median | slowest |\n|---|---|---|---|")
    bare, whole = imported("pass"), imported("import wfm.forecast")
    print(
        f"| `import wfm.forecast` beyond a bare interpreter, s | 0.4 | {_cells(whole - np.median(bare), 2)} |",
        flush=True,
    )
    seconds = [forecast_seconds(queue(seed)) for seed in range(queues)]
    print(f"| forecast of 8 weeks with bands, a queue, ms | 100 | {_cells(1000 * np.array(seconds), 0)} |")
    print(f"| {queues} of them, s | {queues / 10:.0f} | {sum(seconds):.1f} | |", flush=True)
    learning, updating = update_seconds(queue(0))
    print(f"| learn to update, a queue, s | | {learning:.2f} | |")
    print(f"| update at noon, a queue, ms | 5 | {_cells(1000 * updating, 1)} |")


def _cells(values: np.ndarray[tuple[int], np.dtype[np.float64]], digits: int) -> str:
    return f"{np.median(values):.{digits}f} | {values.max():.{digits}f}"


def imported(code: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Processor seconds of interpreters that run the code."""
    found = []
    for _ in range(IMPORTS):
        begin = _children()
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
        found.append(_children() - begin)
    return np.array(found)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def queue(seed: int) -> ContactHistory:
    """A year of half hours round the clock, of 17 to 1,700 contacts at noon, days and intervals straying by 10 %."""
    steps, rng = grid(YEAR, zone=MADRID), np.random.default_rng(seed)
    day = np.exp(0.1 * rng.normal(size=YEAR))[steps.day_index]
    return history(steps, negative_binomial(10 ** rng.uniform(-0.5, 1.5) * day * usual_mean(steps), 0.01, seed))


def forecast_seconds(known: ContactHistory) -> float:
    """Processor seconds of a forecast with bands of intervals and of days, damage searched for, by the default method."""
    begin = time.process_time()
    forecast_with_days(known, PHONE, HORIZON, SPAIN, "auto")
    return time.process_time() - begin


def update_seconds(known: ContactHistory) -> tuple[float, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Processor seconds to learn how to update, and of updates of the first of 56 days at noon."""
    begin = time.process_time()
    learned = learn_update(known, PHONE, HORIZON, SPAIN)
    learning = time.process_time() - begin
    made, _ = forecast_with_days(known, PHONE, HORIZON, SPAIN, "auto")
    morning = history(HORIZON.part(slice(0, NOON)), 1.1 * made.means()[:NOON])
    seconds = []
    for _ in range(UPDATES):
        begin = time.process_time()
        update(made, morning, learned)
        seconds.append(time.process_time() - begin)
    return learning, np.array(seconds)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
