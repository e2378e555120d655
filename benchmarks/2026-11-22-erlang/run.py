"""Questions: how fast is the least number of agents found, beside pyworkforce, and does any of a million odd inputs break a law?"""

from __future__ import annotations

import csv
import importlib
import importlib.util
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
from tests.staffing.fuzzed import breaches, missizings, queues  # noqa: E402
from tests.staffing.test_fuzzed import COMBINATIONS  # noqa: E402
from wfm.domain import ServiceLevel  # noqa: E402
from wfm.staffing import smallest_agents  # noqa: E402

EIGHTY_TWENTY = [ServiceLevel(share=0.8, within_seconds=20)]
AHT, PATIENCE = 300.0, 180.0
INTERVALS, SLICE, RUNS = 1_000_000, 300, 5
FUZZED, SIZED, CHUNK = 1_000_000, 100_000, 50_000
Row = tuple[str, str, str]


def cpu(work: Callable[[], object], runs: int = RUNS) -> list[float]:
    """CPU seconds of some runs."""
    taken = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return taken


def speed() -> Iterator[Row]:
    """Least n for 80/20: a million intervals of 1 to 1,000 Erlangs, with one handle time and with many, and one huge interval."""
    dice = np.random.default_rng(1)
    load, varied = dice.uniform(1, 1000, INTERVALS), dice.uniform(200, 400, INTERVALS // 10)
    for name, patience in (("Erlang C", None), ("Erlang A", PATIENCE)):
        first, *rest = cpu(lambda p=patience: smallest_agents(50_000.0, AHT, EIGHTY_TWENTY, p), 31)  # type: ignore[misc]
        yield f"{name}, one interval of 50,000 Erlangs, first call", f"{1e3 * first:.2f} ms", ""
        yield f"{name}, one interval of 50,000 Erlangs", f"{1e3 * statistics.median(rest):.2f} ms", ""
        taken = cpu(lambda p=patience: smallest_agents(load, AHT, EIGHTY_TWENTY, p))  # type: ignore[misc]
        yield (
            f"{name}, 1,000,000 intervals",
            f"{statistics.median(taken):.2f} s",
            f"{min(taken):.2f} to {max(taken):.2f}",
        )
        apart = cpu(lambda p=patience: smallest_agents(load[: varied.size], varied, EIGHTY_TWENTY, p), 1)  # type: ignore[misc]
        yield f"{name}, 100,000 intervals with a handle time each", f"{apart[0]:.2f} s", ""
    yield peer(load[:SLICE])


def peer(load: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Row:
    """The peer on a slice of the same intervals, extrapolated; it is no dependency of wfm."""
    name = f"pyworkforce Erlang C, 1,000,000 intervals (from {load.size})"
    if importlib.util.find_spec("pyworkforce") is None:
        return name, "not run", "pyworkforce is not installed"
    peers = importlib.import_module("pyworkforce.queuing")

    def work() -> list[float]:
        return [
            peers.ErlangC(transactions=6 * a, aht=AHT / 60, asa=20 / 60, interval=30, shrinkage=0.0).required_positions(
                0.8
            )["raw_positions"]
            for a in load.tolist()
        ]

    (taken,) = cpu(work, 1)
    ours = smallest_agents(load, AHT, EIGHTY_TWENTY)
    other = int((np.array(work()) != ours).sum())
    return name, f"{taken * INTERVALS / load.size:.0f} s", f"{other} of {load.size} numbers differ"


def fuzz() -> Iterator[Row]:
    """A million inputs to the formulas and a hundred thousand to the search, half of them with endless patience."""
    told: list[str] = []
    for k in range(FUZZED // CHUNK):
        told += breaches(queues(CHUNK, 100 + k, endless=k % 2 == 0), 200 + k)
    yield "inputs that break a law of the formulas", f"{len(told)} of {FUZZED:,}", "; ".join(told[:3])
    told = [row for k, targets in enumerate(COMBINATIONS) for row in missizings(SIZED // 8, 300 + k, targets)]
    yield "inputs whose least number is not the least", f"{len(told)} of {SIZED:,}", "; ".join(told[:3])


def main() -> None:
    """Measure, print and keep."""
    with (HERE / "results.csv").open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["what", "figure", "remark"])
        for part in (speed, fuzz):
            for row in part():
                rows.writerow(row)
                print(*row, sep="  ")


if __name__ == "__main__":
    main()
