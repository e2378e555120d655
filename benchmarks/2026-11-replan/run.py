"""Question: one absence at 100 agents: how fast is the roster replanned, with how many changes, and is their number proved minimal?"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
from instance import RULES, centre

from wfm.domain import Assignment, Roster, TimeOff
from wfm.schedule import Limits, RosterProblem, solve
from wfm.schedule.replanning.replan import Replanned, replan
from wfm.schedule.rules import ChangeCost

ABSENCES, CHANGE_COST = 20, 5.0
SECONDS = 120.0


def published(problem: RosterProblem, kept: Path | None) -> Roster:
    """The roster that was published: solved once, and read again where it was kept."""
    if kept is not None and kept.is_file():
        return Roster.model_validate_json(kept.read_bytes())
    roster = solve(problem, RULES, Limits(seconds=SECONDS, workers=2, seed=1)).roster
    if kept is not None:
        kept.write_text(roster.model_dump_json())
    return roster


def without(problem: RosterProblem, row: Assignment) -> RosterProblem:
    """The problem with one agent absent on the day of one shift."""
    absent = TimeOff(agent=row.agent, first=row.shift.day, last=row.shift.day, kind="sick")
    people = problem.workforce.varied(time_off=(*problem.workforce.time_off, absent))
    return problem.model_copy(update={"workforce": people})


def main() -> None:
    problem = centre()
    began = time.monotonic()
    roster = published(problem, Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    problem = problem.model_copy(update={"published": roster})
    print(f"published: {len(roster.assignments)} shifts, {time.monotonic() - began:.0f} s")
    rules, random = (*RULES, ChangeCost(price=CHANGE_COST)), np.random.default_rng(1)
    rows: list[tuple[float, float, Replanned]] = []
    for number in random.choice(len(roster.assignments), ABSENCES, replace=False).tolist():
        row = roster.assignments[number]
        asked = without(problem, row)
        wall, cpu = time.monotonic(), time.process_time()
        made = replan(asked, rules, Limits(seconds=20.0, workers=2, seed=1))
        rows.append((time.monotonic() - wall, time.process_time() - cpu, made))
        proof = "proved" if made.proved else f"at least {made.least_changed}"
        print(
            f"{row.agent} {row.shift.day} {row.shift.template:6s} {rows[-1][0]:5.1f} s {rows[-1][1]:5.1f} s CPU "
            f"{made.changed} changed, {proof}, legal {not made.solution.forbidden_breaches}, cost {made.solution.tiers[0].cost:.1f}",
            flush=True,
        )
    walls, cpus = sorted(wall for wall, _, _ in rows), sorted(cpu for _, cpu, _ in rows)
    proved = sum(made.proved for *_, made in rows)
    print(
        f"wall median {np.median(walls):.1f} s, worst {walls[-1]:.1f} s; CPU median {np.median(cpus):.1f} s, worst {cpus[-1]:.1f} s"
    )
    print(f"proved minimal: {proved} of {len(rows)}; changes {sorted(made.changed for *_, made in rows)}")


if __name__ == "__main__":
    main()
