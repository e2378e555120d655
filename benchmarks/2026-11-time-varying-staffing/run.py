"""Question: how well is the service of a changing day predicted, and what does it cost to leave no interval short?"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wfm.domain import ServiceLevel
from wfm.staffing import (
    erlang_a,
    lagged_load,
    offered_load,
    predict_service,
    smallest_agents,
    time_varying_agents,
)

sys.path.insert(0, str(Path(__file__).parent))
from simulated_day import Counts, simulate_days

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CASES = ((20, 300.0), (100, 300.0), (20, 900.0), (100, 900.0), (100, 1800.0))
"""Erlangs at the peak, handle time in seconds."""
PATIENCE, STEP = 180.0, 1800.0
TARGET = ServiceLevel(share=0.8, within_seconds=20)
DAYS, SEED = 8_000, 20261121


def edge_rates(peak: float, aht: float) -> Floats:
    """Return arrivals a second at the 33 edges of 32 half hours: two peaks, a broad floor; linear in between."""
    x = np.linspace(0, 1, 33)
    shape = 0.25 + 0.75 * (np.exp(-(((x - 0.3) / 0.11) ** 2)) + 0.85 * np.exp(-(((x - 0.68) / 0.13) ** 2)))
    return shape / shape.max() * peak / aht


def level(counts: Counts) -> Floats:
    return counts.answered_in_time / counts.offered


def errors(predicted: Floats, counts: Counts, first: int = 0) -> str:
    """Mean and largest error in points."""
    off = 100 * np.abs(predicted - level(counts))[first:]
    return f"{off.mean():5.2f} {off.max():6.2f}"


def fastest(work: Callable[[], object], tries: int = 5) -> float:
    """Return the least milliseconds of CPU of some tries."""
    spent = []
    for _ in range(tries):
        begun = time.process_time()
        work()
        spent.append(1000 * (time.process_time() - begun))
    return min(spent)


def main() -> None:
    predict_service([1.0], 300.0, PATIENCE, [1], 30, TARGET)  # compiles
    plans: dict[tuple[int, float], dict[str, Ints]] = {}
    print(f"{DAYS} simulated days a plan; errors in points of service level, mean and largest of 32 intervals\n")
    print("| case | predict_service | + abandonment | SIPP | SIPP but 1st | MOL but 1st | ms CPU |")
    for peak, aht in CASES:
        rates = edge_rates(peak, aht)
        volume = STEP * (rates[1:] + rates[:-1]) / 2
        handle = np.full(32, aht)
        load, lagged = offered_load(volume, handle, 30), lagged_load(volume, handle, 30)

        def least(erlangs: Floats, aht: float = aht) -> Ints:
            return smallest_agents(erlangs, aht, [TARGET], PATIENCE)

        plans[peak, aht] = {
            "SIPP": least(volume * aht / STEP),
            "lagged max": least(lagged.peak),
            "MOL mean": least(load.mean),
            "MOL max": least(load.peak),
            "time_varying_agents": time_varying_agents(volume, aht, PATIENCE, 30, [TARGET]),
        }
        staff = plans[peak, aht]["SIPP"]
        counts = simulate_days(rates, staff, aht, PATIENCE, TARGET.within_seconds, STEP, DAYS, SEED)
        service = predict_service(volume, aht, PATIENCE, staff, 30, TARGET)
        gone = (counts.abandoned_in_time + counts.abandoned_late) / counts.offered
        off = 100 * np.abs(service.p_abandon - gone)
        sipp, mol = (
            erlang_a(erlangs, staff, aht, PATIENCE, 20.0).service_level()
            for erlangs in (volume * aht / STEP, load.mean)
        )
        spent = fastest(partial(predict_service, volume, aht, PATIENCE, staff, 30, TARGET))
        print(
            f"| {peak} E x {aht:.0f} s | {errors(service.service_level(), counts)} | {off.mean():.2f} {off.max():.2f} "
            f"| {errors(sipp, counts)} | {errors(sipp, counts, 1)} | {errors(mol, counts, 1)} | {spent:.0f} |",
            flush=True,
        )
    print("\n| case | plan | hours | to SIPP | least service level | short by > 1 point | prediction |")
    for (peak, aht), by_name in plans.items():
        rates = edge_rates(peak, aht)
        volume = STEP * (rates[1:] + rates[:-1]) / 2
        for name, staff in by_name.items():
            counts = simulate_days(rates, staff, aht, PATIENCE, TARGET.within_seconds, STEP, DAYS, SEED + 1)
            service = predict_service(volume, aht, PATIENCE, staff, 30, TARGET)
            extra = 100 * (staff.sum() / by_name["SIPP"].sum() - 1)
            print(
                f"| {peak} E x {aht:.0f} s | {name} | {staff.sum() / 2:.1f} | {extra:+.1f} % | {100 * level(counts).min():.1f} "
                f"| {100 * (level(counts) < 0.79).mean():.0f} % | {errors(service.service_level(), counts)} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
