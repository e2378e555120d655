"""Is a planted conflict named exactly, with a roster, within ten seconds? 200 of twelve kinds in centres of 20 to 100 agents."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))  # the generator that the tests use
from tests.schedule.planted import KINDS, planted
from wfm.schedule import Limits, solve

NUMBER = 200
SIZES = (20, 40, 60, 80, 100)
LIMITS = Limits(seconds=300.0)


class Result(NamedTuple):
    """How one planted conflict was told."""

    kind: str
    agents: int
    weeks: int
    rostered: bool
    named: bool
    repairs: int
    wall: float
    cpu: float


def result(kind: str, agents: int, seed: int) -> Result:
    """Solve one problem with a limit that it should need little of, however busy the machine."""
    case = planted(kind, agents, seed)
    wall, cpu = time.perf_counter(), time.process_time()
    solution = solve(case.problem, case.rules, LIMITS)
    repairs = sum(len(conflict.repairs) for conflict in solution.conflicts)
    rostered = bool(solution.roster.assignments)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    weeks = len(case.problem.days) // 7
    return Result(kind, agents, weeks, rostered, case.named_by(solution), repairs, wall, cpu)


def line(name: str, rows: Sequence[Result]) -> str:
    """One row of the table."""
    wall, cpu = sorted(row.wall for row in rows), sorted(row.cpu for row in rows)
    named, rostered = sum(row.named for row in rows), sum(row.rostered for row in rows)
    fewest = min(row.repairs for row in rows)
    return (
        f"| {name} | {len(rows)} | {rostered} | {named} | {fewest} | {median(wall):.1f} | {wall[-1]:.1f} "
        f"| {median(cpu):.1f} | {cpu[-1]:.1f} |"
    )


def main(number: int) -> None:
    """Tell each case as it comes, then the table by kind and by size."""
    result("pair", SIZES[0], 0)  # compiles the tour search once
    rows = []
    sizes = cycle(SIZES)
    for place, kind in enumerate(islice(cycle(KINDS), number)):
        row = result(kind, next(sizes), place)
        rows.append(row)
        print(place, *row[:6], f"{row.wall:.1f} s, {row.cpu:.1f} CPU s", file=sys.stderr, flush=True)
    print("| | n | rosters | named exactly | fewest repairs | wall s median | worst | CPU s median | worst |")
    print("|---|---|---|---|---|---|---|---|---|")
    for kind in KINDS:
        print(line(kind, [row for row in rows if row.kind == kind]))
    for size in SIZES:
        print(line(f"{size} agents", [row for row in rows if row.agents == size]))
    print(line("all", rows))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER)
