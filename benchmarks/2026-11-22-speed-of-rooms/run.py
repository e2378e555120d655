"""Question: what does each room cost for the help desk of 25 agents, four weeks of half hours, on one core?"""

from __future__ import annotations

import csv
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from wfm.schedule import audit
from wfm.schedule.search import Search
from wfm.study import forecast_all, read_scenario, require_all, roster_problem, simulated

HERE = Path(__file__).parent
HELPDESK = HERE.parents[1] / "scenarios" / "helpdesk-24x7"
RUNS = 5


def cpu_seconds(work: Callable[[], object]) -> list[float]:
    """CPU seconds of some runs, after one that fills caches and compiles."""
    work()
    taken = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return taken


def main() -> None:
    """Time every room on the same scenario, the plainest forecast beside the default one."""
    scenario = read_scenario(HELPDESK)
    plain = scenario.varied(method="mean_of_four")
    forecasts = forecast_all(scenario)
    requirements = require_all(scenario, forecasts)
    problem = roster_problem(scenario, requirements)
    roster = Search(problem, scenario.rules, 1, None).greedy().roster()
    rooms: dict[str, Callable[[], object]] = {
        "read the scenario": lambda: read_scenario(HELPDESK),
        "forecast, mean of four (baseline)": lambda: forecast_all(plain),
        "forecast, auto": lambda: forecast_all(scenario),
        "staff": lambda: require_all(scenario, forecasts),
        "greedy roster": lambda: Search(problem, scenario.rules, 1, None).greedy(),
        "audit": lambda: audit(problem, scenario.rules, roster),
        "simulate, 20 replications": lambda: simulated(scenario, forecasts, roster),
    }
    with (HERE / "results.csv").open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["room", "cpu_seconds_median", "cpu_seconds_min", "cpu_seconds_max"])
        for name, work in rooms.items():
            taken = cpu_seconds(work)
            row = [f"{figure:.3f}" for figure in (statistics.median(taken), min(taken), max(taken))]
            rows.writerow([name, *row])
            print(f"{name:36} {row[0]} s ({row[1]} to {row[2]})")


if __name__ == "__main__":
    main()
