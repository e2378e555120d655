"""Question: how near do rosters and bounds come to the best known ones of Curtois and Qu in 60 seconds, and what is each ingredient worth?

`run.py` solves the eleven instances and writes the page, `run.py slow` #20 and #22 in 600 s, `run.py curves` leaves ingredients out,
`run.py page` only writes the page. What results.csv has is not solved again, unless with `--again`.
"""

from __future__ import annotations

import csv
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from time import perf_counter, process_time

from page import write_page
from variants import VARIANTS, WHOLE

from wfm.schedule import Limits, Progress, solve
from wfm.study import read_instance

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[2] / "shared" / "data" / "rosters" / "curtois"
FAST, SLOW, CURVED = (1, 2, 3, 4, 6, 8, 10, 12, 14, 16, 18), (20, 22), (8, 12, 18)
SECONDS, SLOW_SECONDS = 60, 600
WORKERS = 2


@dataclass(frozen=True)
class Run:
    """What is solved how."""

    instance: int
    seconds: int
    seed: int = 1
    left_out: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(str(value) for value in asdict(self).values())


@dataclass(frozen=True)
class Result:
    """One row of results.csv, but for the run itself; ``load`` is the machine's when the run began."""

    objective: float
    bound: float | None
    gap: float | None
    status: str
    forbidden: int
    wall_seconds: float
    cpu_seconds: float
    load: float


def solved(run: Run) -> tuple[Result, list[tuple[float, float]]]:
    """Solve an instance; the objective is the audit's. With it the seconds and cost of each better roster."""
    load, wall, cpu = os.getloadavg()[0], perf_counter(), process_time()
    problem, rules = read_instance(DATA / f"Instance{run.instance}.txt", "curtois")
    trace: list[tuple[float, float]] = []

    def heard(news: Progress) -> None:
        if not trace or news.best < trace[-1][1]:
            trace.append((perf_counter() - wall, news.best))

    limits = Limits(seconds=run.seconds, workers=WORKERS, seed=run.seed)
    found = solve(problem, rules, limits, on_progress=heard, effort_of=VARIANTS[run.left_out or WHOLE])
    tier = found.tiers[0]
    took = perf_counter() - wall
    trace.append((took, tier.cost))
    forbidden = len(found.forbidden_breaches)
    return Result(tier.cost, tier.bound, tier.gap, found.status, forbidden, took, process_time() - cpu, load), trace


def keep(path: Path, header: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Add rows to a table."""
    fresh = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        if fresh:
            writer.writerow(header)
        writer.writerows([_text(value) for value in row] for row in rows)


def _text(value: object) -> str:
    return "" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)


def solve_all(runs: Sequence[Run]) -> None:
    """Solve what is not in results.csv yet."""
    results, traces = HERE / "results.csv", HERE / "traces.csv"
    asked = [field.name for field in fields(Run)]
    known = set()
    if results.exists():
        with results.open(encoding="utf-8", newline="") as file:
            known = {tuple(row[name] for name in asked) for row in csv.DictReader(file)}
    for run in runs:
        if run.key not in known:
            result, trace = solved(run)
            print(*run.key, *asdict(result).values(), flush=True)
            keep(traces, [*asked, "at_seconds", "cost"], [(*run.key, *point) for point in trace])
            keep(results, [*asked, *asdict(result)], [(*run.key, *asdict(result).values())])


def main(arguments: Sequence[str]) -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", choices=("table", "slow", "curves", "page"), default="table")
    parser.add_argument("--instances", type=int, nargs="+")
    parser.add_argument("--seconds", type=int)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--again", action="store_true")
    asked = parser.parse_args(arguments)
    if not DATA.is_dir():
        raise SystemExit(f"skipped: the published instances are not in {DATA.relative_to(HERE.parents[2])}")
    if asked.again:
        for name in ("results.csv", "traces.csv"):
            (HERE / name).unlink(missing_ok=True)
    instances = asked.instances or {"slow": SLOW, "curves": CURVED}.get(asked.what, FAST)
    seconds = asked.seconds or (SLOW_SECONDS if asked.what == "slow" else SECONDS)
    left_out = tuple("" if name == WHOLE else name for name in VARIANTS) if asked.what == "curves" else ("",)
    if asked.what != "page":
        solve_all([Run(k, seconds, seed, name) for seed in asked.seeds for k in instances for name in left_out])
    write_page(HERE, DATA / "best_known.csv")


if __name__ == "__main__":
    main(sys.argv[1:])
