"""Timefold's Python package on an instance from standard input: a shift for each day of each agent; needs a Java runtime, not wfm."""

import json
import resource
import sys
from dataclasses import dataclass, field
from time import perf_counter
from typing import Annotated

from timefold.solver import SolverFactory
from timefold.solver.config import Duration, ScoreDirectorFactoryConfig, SolverConfig, TerminationConfig
from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ProblemFactCollectionProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import ConstraintCollectors, ConstraintFactory, HardSoftScore, Joiners, constraint_provider

OFF = "off"


@dataclass(frozen=True)
class Choice:
    """A shift, or a day off."""

    name: str
    hours: int
    asked: tuple[int, ...]


@planning_entity
@dataclass
class Cell:
    """One day of one agent."""

    id: Annotated[str, PlanningId]
    agent: str
    day: int
    least_shifts: int
    least_hours: int
    days: int
    banned: list[str]
    liked: list[str]
    choice: Annotated[Choice | None, PlanningVariable] = field(default=None)


@planning_solution
@dataclass
class Plan:
    choices: Annotated[list[Choice], ProblemFactCollectionProperty, ValueRangeProvider]
    cells: Annotated[list[Cell], PlanningEntityCollectionProperty]
    score: Annotated[HardSoftScore | None, PlanningScore] = field(default=None)


@constraint_provider
def rules(factory: ConstraintFactory):
    working = factory.for_each(Cell).filter(lambda cell: cell.choice.name != OFF)
    return [
        working.group_by(lambda cell: cell.choice, lambda cell: cell.day, ConstraintCollectors.count())
        .reward(HardSoftScore.ONE_HARD, lambda choice, day, count: min(count, choice.asked[day]))
        .as_constraint("people asked for"),
        factory.for_each(Cell)
        .filter(lambda cell: cell.choice.name == OFF)
        .group_by(lambda cell: cell.agent, lambda cell: cell.days - cell.least_shifts, ConstraintCollectors.count())
        .filter(lambda _agent, most, count: count > most)
        .penalize(HardSoftScore.ONE_HARD, lambda _agent, most, count: count - most)
        .as_constraint("shifts of an agent"),
        working.group_by(
            lambda cell: cell.agent,
            lambda cell: cell.least_hours,
            ConstraintCollectors.sum(lambda cell: cell.choice.hours),
        )
        .reward(HardSoftScore.ONE_HARD, lambda _agent, least, hours: min(hours, least))
        .as_constraint("hours of an agent"),
        factory.for_each(Cell)
        .filter(lambda cell: cell.choice.name == "Night")
        .join(
            Cell,
            Joiners.equal(lambda cell: cell.agent),
            Joiners.equal(lambda cell: cell.day + 1, lambda cell: cell.day),
        )
        .filter(lambda _night, after: after.choice.name == "Morning")
        .penalize(HardSoftScore.ONE_HARD)
        .as_constraint("no morning after a night"),
        working.filter(lambda cell: cell.choice.name in cell.banned)
        .penalize(HardSoftScore.ONE_HARD)
        .as_constraint("bans"),
        working.penalize(HardSoftScore.ONE_SOFT, lambda cell: cell.choice.hours).as_constraint("hours"),
        working.filter(lambda cell: cell.choice.name in cell.liked)
        .reward(HardSoftScore.ONE_SOFT)
        .as_constraint("preferences"),
    ]


def plan_of(sheet: dict) -> Plan:
    days = sheet["days"]
    choices = [Choice(name, hours, tuple(sheet["asked"][name])) for name, hours in sheet["hours"].items()]
    cells = [
        Cell(
            id=f"{agent} {day}",
            agent=agent,
            day=day,
            least_shifts=sheet["least_shifts"],
            least_hours=sheet["least_hours"],
            days=days,
            banned=[name for who, on, name in sheet["banned"] if (who, on) == (agent, day)],
            liked=[name for who, name in sheet["preferred"] if who == agent],
        )
        for agent in sheet["agents"]
        for day in range(days)
    ]
    return Plan([*choices, Choice(OFF, 0, (0,) * days)], cells)


def main(seconds: float) -> None:
    sheet = json.load(sys.stdin)
    wall, cpu = perf_counter(), _cpu()
    config = SolverConfig(
        solution_class=Plan,
        entity_class_list=[Cell],
        score_director_factory_config=ScoreDirectorFactoryConfig(constraint_provider_function=rules),
        termination_config=TerminationConfig(spent_limit=Duration(milliseconds=round(1000 * seconds))),
    )
    found = SolverFactory.create(config).build_solver().solve(plan_of(sheet))
    answer = {
        "status": "feasible",
        "bound": None,
        "roster": [
            (cell.agent, cell.day, cell.choice.name) for cell in found.cells if cell.choice and cell.choice.name != OFF
        ],
        "seconds": perf_counter() - wall,
        "cpu_seconds": _cpu() - cpu,
    }
    print(json.dumps(answer))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(float(sys.argv[1]))
