"""pyworkforce's own solver on an instance from standard input; runs wherever pyworkforce is installed, without wfm."""

import json
import sys
from time import perf_counter, process_time

from pyworkforce.rostering.binary_programming import MinHoursRoster


def main(seconds: float) -> None:
    sheet = json.load(sys.stdin)
    wall, cpu = perf_counter(), process_time()
    solver = MinHoursRoster(
        num_days=sheet["days"],
        resources=list(sheet["agents"]),
        shifts=list(sheet["hours"]),
        shifts_hours=list(sheet["hours"].values()),
        min_working_hours=sheet["least_hours"],
        max_resting=sheet["days"] - sheet["least_shifts"],
        non_sequential_shifts=[{"origin": "Night", "destination": "Morning"}],
        banned_shifts=[{"resource": agent, "day": day, "shift": name} for agent, day, name in sheet["banned"]],
        required_resources=sheet["asked"],
        resources_preferences=[{"resource": agent, "shift": name} for agent, name in sheet["preferred"]],
        max_search_time=seconds,
    )
    found = solver.solve()
    rows = found["resource_shifts"] if found["total_shifts"] else []
    answer = {
        "status": found["status"].lower(),
        "bound": solver.solver.BestObjectiveBound(),
        "roster": [(row["resource"], row["day"], row["shift"]) for row in rows],
        "seconds": perf_counter() - wall,
        "cpu_seconds": process_time() - cpu,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main(float(sys.argv[1]))
