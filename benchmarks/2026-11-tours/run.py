"""Question: how long does an agent's exact best tour take, and the machine that it goes through, with chained rows and gauges?"""

from __future__ import annotations

import os
import platform
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
from dense import dense

from wfm.domain import Agent, BreakTemplate, Channel, Contract, Requirement, ShiftTemplate, TimeGrid, TimeOff, Workforce
from wfm.schedule import RosterProblem, rules
from wfm.schedule.agents import Scale, Workshop
from wfm.schedule.rule import Rule
from wfm.study import read_instance

CURTOIS = Path(__file__).parents[2] / "../shared/data/rosters/curtois"
INSTANCES = (4, 6, 8, 10, 12, 14, 16, 18, 20, 22)
DENSE = {"centre 120", "curtois 4", "curtois 6", "curtois 8", "curtois 10", "curtois 12", "curtois 16"}
"""Where the joint table is small enough to wait for."""
WORTHS, AGENTS, WINDOW = 20, 10, 42
HEADER = (
    "instance | agents | build s | machines | steps | gauges, loose | best ms | relaxed ms | window ms"
    " | dense states | its build s | its best ms"
)


def centre(agents: int, weeks: int = 4) -> tuple[RosterProblem, tuple[Rule, ...]]:
    """Build a centre of 38 starts a day: rest of 11 h, runs of 6, 5 shifts a week, 2 weekends, no single nights, days of time off."""
    first, random = date(2026, 10, 5), np.random.default_rng(1)
    grid = TimeGrid.of_days(first, 7 * weeks, 15, "Europe/Madrid")
    shift = ShiftTemplate(
        name="full",
        starts=tuple(range(300, 1440, 30)),
        minutes=510,
        breaks=(BreakTemplate(minutes=30, earliest=150, latest=300),),
    )
    requirement = Requirement(
        channel="phone",
        grid=grid,
        model="by hand",
        volume=(1.0,) * grid.count,
        aht_seconds=(300.0,) * grid.count,
        net=(1,) * grid.count,
        gross=(1,) * grid.count,
        shrinkage=0.0,
        served=((0.0, 1.0),) * grid.count,
    )
    names = [f"a{number}" for number in range(agents)]
    drawn = [(name, int(day)) for name in names for day in random.choice(7 * weeks, random.integers(0, 4), False)]
    workforce = Workforce(
        contracts=(Contract(name="full", week_minutes=2400, shifts_week=5),),
        agents=tuple(Agent(id=name, contract="full", skills=("phone",)) for name in names),
        time_off=tuple(TimeOff(agent=name, first=grid.dates[day], last=grid.dates[day]) for name, day in drawn),
    )
    problem = RosterProblem(
        grid=grid,
        channels=(Channel(name="phone"),),
        requirements=(requirement,),
        workforce=workforce,
        templates=(shift,),
    )
    asked = (
        rules.Availability(),
        rules.TimeOff(),
        rules.MinRest(rest_minutes=660),
        rules.MaxConsecutiveDays(days=6),
        rules.ShiftsWeek(),
        rules.MaxWeekends(at_most=2),
        rules.MinConsecutiveNights(),
    )
    return problem, asked


def timed(work: Callable[[], object], times: int = 1) -> tuple[float, object]:
    """CPU seconds of one call, and what the last one returned."""
    began, found = time.process_time(), None
    for _ in range(times):
        found = work()
    return (time.process_time() - began) / times, found


def measured(name: str, problem: RosterProblem, asked: tuple[Rule, ...]) -> str:
    """One row of the table: build, best and window of chained rows, then the same of the dense table of the first agent."""
    people = problem.workforce.agents
    build, workshop = timed(lambda: Workshop(problem, asked, Scale.of(asked)))
    more, choices = timed(lambda: [workshop.choice(agent) for agent in people])
    random = np.random.default_rng(1)
    worths = [random.normal(0, 30, choices[0].fixed.shape) for _ in range(WORTHS)]
    for worth in worths:
        worth[:, 0] = 0.0
    first = choices[0]
    best = [timed(lambda c=c, w=w: c.best(w))[0] for c in choices[:AGENTS] for w in worths]
    relaxed = [timed(lambda c=c, w=w: c.relaxed(w))[0] for c in choices[:AGENTS] for w in worths]
    kept = first.best(worths[0])[1]
    window = [timed(lambda w=w: first.within(w, kept, 0, WINDOW - 1))[0] for w in worths]
    machines = len({id(choice.machine) for choice in choices})
    loose = max(len(choice.loose) for choice in choices)
    gauges = max(len(choice.gauges) for choice in choices)
    row = [
        name,
        str(len(people)),
        f"{build + more:.2f}",
        str(machines),
        str(len(first.machine.kind)),
        f"{gauges}, {loose}",
    ]
    row += [f"{1000 * np.mean(best):.3f}", f"{1000 * np.mean(relaxed):.3f}", f"{1000 * np.mean(window):.3f}"]
    return " | ".join([*row, *baseline(name, problem, asked, choices[0], worths)])


def baseline(
    name: str, problem: RosterProblem, asked: tuple[Rule, ...], choice: object, worths: list[np.ndarray]
) -> list[str]:
    """Build and best of the dense table of the first agent; a difference of values is an error."""
    if name not in DENSE:
        return ["", "", ""]
    build, table = timed(lambda: dense(problem, asked, problem.workforce.agents[0]))
    table.best(worths[0])
    values = [(timed(lambda w=w: table.best(w)), choice.best(w)[0]) for w in worths]
    if not table.left_out and any(abs(value - ours) > 1e-9 for (_, value), ours in values):
        raise SystemExit(f"{name}: the dense table finds other values")
    states = f"{table.table.states}{' *' if table.left_out else ''}"
    return [states, f"{build:.2f}", f"{1000 * np.mean([seconds for (seconds, _), _ in values]):.3f}"]


def main() -> None:
    print(
        f"{platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}\n"
    )
    print(HEADER)
    measured("warm", *centre(1))
    for agents in (120, 2000):
        print(measured(f"centre {agents}", *centre(agents)), flush=True)
    for number in INSTANCES if CURTOIS.is_dir() else ():
        print(measured(f"curtois {number}", *read_instance(CURTOIS / f"Instance{number}.txt", "curtois")), flush=True)
    print(f"\n{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most", file=sys.stderr)


if __name__ == "__main__":
    main()
