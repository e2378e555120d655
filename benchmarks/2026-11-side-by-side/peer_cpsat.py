"""What a planner writes with CP-SAT by hand: one literal a cell and one sum a rule; needs ortools alone, not wfm."""

import json
import sys
from time import perf_counter, process_time

from ortools.sat.python import cp_model


def main(seconds: float) -> None:
    sheet = json.load(sys.stdin)
    wall, cpu = perf_counter(), process_time()
    agents, days, hours = sheet["agents"], range(sheet["days"]), sheet["hours"]
    model = cp_model.CpModel()
    works = {(a, d, s): model.new_bool_var(f"{a} {d} {s}") for a in agents for d in days for s in hours}
    for a in agents:
        for d in days:
            model.add(sum(works[a, d, s] for s in hours) <= 1)
            if d > 0:
                model.add(works[a, d - 1, "Night"] + works[a, d, "Morning"] <= 1)
        model.add(sum(works[a, d, s] for d in days for s in hours) >= sheet["least_shifts"])
        model.add(sum(hours[s] * works[a, d, s] for d in days for s in hours) >= sheet["least_hours"])
    for s, row in sheet["asked"].items():
        for d, heads in enumerate(row):
            model.add(sum(works[a, d, s] for a in agents) >= heads)
    for a, d, s in sheet["banned"]:
        model.add(works[a, d, s] == 0)
    liked = {(a, s) for a, s in sheet["preferred"]}
    model.minimize(sum((hours[s] - ((a, s) in liked)) * literal for (a, _, s), literal in works.items()))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    answer = {
        "status": solver.status_name(status).lower(),
        "bound": solver.best_objective_bound,
        "roster": [cell for cell, literal in works.items() if found and solver.value(literal)],
        "seconds": perf_counter() - wall,
        "cpu_seconds": process_time() - cpu,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main(float(sys.argv[1]))
