"""Question: at 25 agents x 4 weeks, how far do tours, tours with CP-SAT, and CP-SAT alone come in 60 seconds, and against which bound?"""

from __future__ import annotations

import time

from instance import RULES, centre

from wfm.schedule import Limits, RosterProblem, solve
from wfm.schedule.bound import first_tier_bound
from wfm.schedule.draft import Draft, Tour
from wfm.schedule.judge import Judged
from wfm.schedule.proving import Model, solver_of
from wfm.schedule.search import Search
from wfm.schedule.watch import Cooling, Watch

SECONDS = 60.0


def direct(problem: RosterProblem) -> tuple[Draft, float]:
    """Solve the first tier by CP-SAT alone, as a careful planner would write it: no hint, two workers."""
    model = Model.of(problem, RULES)
    model.cp.minimize(model.ledger.cost(1))
    solver = solver_of(Watch(Limits(seconds=SECONDS)), SECONDS)
    if solver.status_name(solver.solve(model.cp)) not in {"OPTIMAL", "FEASIBLE"}:
        return Draft(problem, {agent.id: Tour.idle(problem) for agent in problem.workforce.agents}), 0.0
    return model.draft(solver.value), solver.best_objective_bound / 1e6


def main() -> None:
    problem = centre()
    full = problem.market.full.sum() / 1e6
    print(
        f"{len(problem.workforce.agents)} agents, {len(problem.days)} days, {len(problem.slots)} slots, {full:.0f} contacts"
    )

    def line(name: str, cost: float, legal: bool, began: float) -> None:
        share = 100 * (1 - cost / full)
        print(
            f"{name:32s} {share:7.2f} % served, {cost:8.1f} lost, legal {legal!s:5s} {time.monotonic() - began:5.1f} s",
            flush=True,
        )

    began = time.monotonic()
    search = Search(problem, RULES, seed=1)
    greedy = Judged(problem, RULES, search.greedy())
    line("greedy tours", greedy.cost, greedy.legal, began)
    annealed = Judged(problem, RULES, search.anneal(Cooling(Watch(Limits(seconds=SECONDS)), 20.0)))
    line("annealed tours, 20 s", annealed.cost, annealed.legal, began)
    annealed = Judged(problem, RULES, search.anneal(Cooling(Watch(Limits(seconds=SECONDS)), 30.0)))
    line("annealed tours, 50 s", annealed.cost, annealed.legal, began)
    bound = first_tier_bound(
        problem, RULES, search.choices, annealed.draft, annealed.cost, Watch(Limits(seconds=10 * SECONDS))
    )
    line("bound by prices", bound or 0.0, True, began)
    began = time.monotonic()
    solution = solve(problem, RULES, Limits(seconds=SECONDS))
    line("solve: tours, then CP-SAT", solution.tiers[0].cost, not solution.forbidden_breaches, began)
    print("   ", solution.status, *solution.tiers)
    began = time.monotonic()
    draft, proved = direct(problem)
    alone = Judged(problem, RULES, draft)
    line("CP-SAT alone", alone.cost, alone.legal, began)
    line("bound by CP-SAT alone", proved, True, began)


if __name__ == "__main__":
    main()
