"""The audit of a nurse roster costs what the competition's validator says, constraint by constraint, and so does a second evaluator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from tests.importers.instances.ward import history, scenario, week, write, write_solution
from tests.theory.nurses import Work, costs, ward_of
from wfm.domain import Assignment, Instance, Roster, ShiftTemplate
from wfm.importers.instances.inrc2 import Inrc2
from wfm.schedule import Limits, audit, solve
from wfm.study.instance import instance_problem, instance_rules

SOLUTIONS = {
    "n005w4_0_1-2-3-3": "Solution_H_0-WD_1-2-3-3",
    "n005w4_1_5-3-1-0": "Solution_H_1-WD_5-3-1-0",
    "n005w4_2_6-7-8-9": "Solution_H_2-WD_6-7-8-9",
}


def audited(instance: Instance, roster: Roster) -> Counter[str]:
    """Return violations and costs by the ids of the paper."""
    found: Counter[str] = Counter()
    for breach in audit(instance_problem(instance), instance_rules(instance), roster):
        found[breach.rule] += int(breach.amount if breach.forbidden else breach.cost)
    return found


def work_of(instance: Instance, roster: Roster) -> Work:
    """Return a roster as the second evaluator takes it."""
    work: dict[str, list[list[tuple[str, str]]]] = {
        agent.id: [[] for _ in instance.grid.dates] for agent in instance.workforce.agents
    }
    for row in roster.assignments:
        shift, skill = row.shift.template.split(".")
        work[row.agent][(row.shift.day - instance.grid.dates[0]).days].append((shift, skill))
    return work


@dataclass(frozen=True)
class Case:
    """A roster of a tiny ward and what it costs; whoever is not in the roster is off."""

    costs: dict[str, int]
    roster: dict[str, str]
    scenario: dict[str, str] = field(default_factory=dict)
    past: dict[str, str] = field(default_factory=dict)
    needs: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    requests: Sequence[str] = ()


def contract(
    total: str = "(0,99)", work: str = "(1,99)", off: str = "(1,99)", weekends: int = 99, whole: int = 0
) -> dict[str, str]:
    return {"contract": f"{total} {work} {off} {weekends} {whole}"}


ONE = {("Early", "Nurse"): {"Tue": "(1,1)"}}
TWO = {("Early", "Nurse"): {"Tue": "(0,2)"}}
HEAD = {("Early", "HeadNurse"): {"Tue": "(0,1)"}}
BARRED = {"after_late": "1 Early"}
PAST_LATE, PAST_FIVE = {"ann": "0 0 Late 1 1 0"}, {"ann": "0 0 Early 5 5 0"}
CASES = {
    "nothing is asked": Case({}, {"ann": "EELLH-E", "ben": "-------"}),
    "H1 two shifts on one day": Case({"H1": 1}, {"ann": "-2-----"}),
    "H2 nobody where one is asked": Case({"H2": 1, "S1": 30}, {"ann": "E-EEEEE"}, needs=ONE),
    "H2 another skill does not count": Case({"H2": 1, "S1": 30}, {"ann": "-H-----"}, needs=ONE),
    "H2 another shift does not count": Case({"H2": 1, "S1": 30}, {"ann": "-L-----"}, needs=ONE),
    "H2 somebody is enough": Case({}, {"ann": "-E-----"}, needs=ONE),
    "H3 early after late": Case({"H3": 1}, {"ann": "-LE----"}, BARRED),
    "H3 with another skill": Case({"H3": 1}, {"ann": "-LH----"}, BARRED),
    "H3 a day off frees": Case({}, {"ann": "-L-E---"}, BARRED),
    "H3 at the border": Case({"H3": 1}, {"ann": "E------"}, BARRED, PAST_LATE),
    "H3 a day off at the border frees": Case({}, {"ann": "-E-----"}, BARRED, PAST_LATE),
    "H4 a skill that ben has not": Case({"H4": 1}, {"ben": "-H-----"}),
    "S1 one of two": Case({"S1": 30}, {"ann": "-E-----"}, needs=TWO),
    "S1 none of two": Case({"S1": 60}, {}, needs=TWO),
    "S1 more than asked is free": Case({}, {"ann": "-E-----", "ben": "-E-----", "cas": "-E-----"}, needs=TWO),
    "S1 of another skill": Case({"S1": 30}, {"ann": "-E-----"}, needs=HEAD),
    "S2 a run too short": Case({"S2": 60}, {"ann": "-EE--EE"}, contract(work="(4,9)")),
    "S2 a run too long": Case({"S2": 60}, {"ann": "-EELE--"}, contract(work="(1,2)")),
    "S2 the border ends a short run": Case({"S2": 90}, {}, contract(work="(4,9)"), PAST_LATE),
    "S2 the border begins a run": Case({"S2": 30}, {"ann": "EL-----"}, contract(work="(4,9)"), PAST_LATE),
    "S2 a run too long since the border": Case({"S2": 30}, {"ann": "E------"}, contract(work="(1,5)"), PAST_FIVE),
    "S2 only days of the week are charged": Case({"S2": 30}, {"ann": "E------"}, contract(work="(1,2)"), PAST_FIVE),
    "S2 a run that was too long is past": Case({}, {}, contract(work="(1,2)"), PAST_FIVE),
    "S2 a type too short": Case({"S2": 15}, {"ann": "-ELL---"}, {"early": "(2,9)"}),
    "S2 a type too long": Case({"S2": 30}, {"ann": "-EHEE--"}, {"early": "(1,2)"}),
    "S2 the last run of a type may go on": Case({}, {"ann": "-----LE"}, {"early": "(3,9)"}),
    "S2 the border ends a type": Case({"S2": 30}, {"ann": "E------"}, {"late": "(3,9)"}, PAST_LATE),
    "S2 the border begins a type": Case({"S2": 15}, {"ann": "LE-----"}, {"late": "(3,9)"}, PAST_LATE),
    "S2 a type too long since the border": Case({"S2": 15}, {"ann": "E------"}, {"early": "(1,5)"}, PAST_FIVE),
    "S2 another type is no part of the run": Case(
        {"S2": 15}, {"ann": "E------"}, {"early": "(2,9)"}, {"ann": "0 0 Late 1 4 0"}
    ),
    "S3 too short": Case({"S3": 30}, {"ann": "EE-EEEE"}, contract(off="(2,9)")),
    "S3 too long": Case({"S3": 60}, {"ann": "E----EE"}, contract(off="(1,2)")),
    "S3 the last days off may go on": Case({}, {"ann": "EEEEEE-"}, contract(off="(2,9)")),
    "S3 the border ends days off": Case(
        {"S3": 60}, {"ann": "EEEEEEE"}, contract(off="(3,9)"), {"ann": "0 0 None 0 0 1"}
    ),
    "S3 the border begins days off": Case(
        {"S3": 30}, {"ann": "-EEEEEE"}, contract(off="(3,9)"), {"ann": "0 0 None 0 0 1"}
    ),
    "S3 too long since the border": Case(
        {"S3": 60}, {"ann": "--EEEEE"}, contract(off="(1,2)"), {"ann": "0 0 None 0 0 4"}
    ),
    "S4 a day off that is worked": Case({"S4": 10}, {"ann": "-E-----"}, requests=["ann Any Tue", "ben Any Tue"]),
    "S4 a shift that is worked": Case({"S4": 10}, {"ann": "-L-----"}, requests=["ann Late Tue"]),
    "S4 another shift is granted": Case({}, {"ann": "-H-----"}, requests=["ann Late Tue"]),
    "S4 every request by itself": Case({"S4": 20}, {"ann": "-L-----"}, requests=["ann Late Tue", "ann Any Tue"]),
    "S5 half a weekend": Case({"S5": 30}, {"ann": "-----E-"}, contract(whole=1)),
    "S5 the other half": Case({"S5": 30}, {"ann": "------L"}, contract(whole=1)),
    "S5 a whole weekend, and none": Case({}, {"ann": "-----EL"}, contract(whole=1)),
    "S5 of those who want it": Case({}, {"cas": "-----E-"}, contract(whole=1)),
    "S6 too few": Case({"S6": 40}, {"ann": "EE-----"}, contract(total="(4,5)")),
    "S6 too many": Case({"S6": 40}, {"ann": "EEEEEEE"}, contract(total="(4,5)")),
    "S6 with those of the past": Case(
        {"S6": 20}, {"ann": "EE-----"}, contract(total="(4,5)"), {"ann": "4 0 None 0 0 1"}
    ),
    "S7 a weekend too many": Case({"S7": 30}, {"ann": "-----EE"}, contract(weekends=0)),
    "S7 one of its days is enough": Case({"S7": 30}, {"ann": "------E"}, contract(weekends=0)),
    "S7 with those of the past": Case({"S7": 30}, {"ann": "-----EE"}, contract(weekends=1), {"ann": "4 1 None 0 0 1"}),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_each_constraint_alone_costs_what_the_paper_says(tmp_path: Path, case: Case) -> None:
    path = write(tmp_path, scenario(1, **case.scenario), history(0, **case.past), week(case.needs, case.requests))
    instance = Inrc2().read(path)
    nobody = dict.fromkeys(("ann", "ben", "cas"), "-------")
    roster = Inrc2().solution(instance, write_solution(tmp_path, **nobody | case.roster))
    assert audited(instance, roster) == case.costs
    assert costs(ward_of(tmp_path, path.name), work_of(instance, roster)) == case.costs


def told(validator: Path, instance: Instance) -> dict[str, int]:
    """Return the lines of the validator under the ids of the rules that have their names."""
    lines = dict(line.split(": ") for line in validator.read_text().splitlines() if ": " in line)
    laws = {str(law["article"]): str(law["id"]) for row in instance.rules if isinstance(law := row.get("law"), dict)}
    return {laws.get(name, "total"): int(value) for name, value in lines.items()}


def test_the_validator_is_reproduced_line_by_line(shared_data: Path) -> None:
    folder, name = shared_data / "rosters" / "inrc2" / "n005w4", "n005w4_0_1-2-3-3"
    instance = Inrc2().read(folder / name)
    found = audited(instance, Inrc2().solution(instance, folder / SOLUTIONS[name]))
    asked = told(folder / SOLUTIONS[name] / "validator.txt", instance)
    assert asked.keys() == {"H1", "H2", "H3", "H4", *(f"S{number}" for number in range(1, 8)), "total"}
    assert asked["total"] == 1695
    assert {**dict.fromkeys(asked, 0), **found, "total": found.total()} == asked


@pytest.mark.parametrize("name", SOLUTIONS)
def test_published_solutions_cost_what_the_second_evaluator_says(shared_data: Path, name: str) -> None:
    folder = shared_data / "rosters" / "inrc2" / "n005w4"
    instance = Inrc2().read(folder / name)
    roster = Inrc2().solution(instance, folder / SOLUTIONS[name])
    assert audited(instance, roster) == costs(ward_of(folder, name), work_of(instance, roster))


@pytest.mark.parametrize("name", ["n005w4_1_5-3-1-0", "n030w4_1_6-2-9-1"])
def test_any_roster_costs_what_the_second_evaluator_says(shared_data: Path, name: str) -> None:
    folder = shared_data / "rosters" / "inrc2" / name.partition("_")[0]
    instance, ward = Inrc2().read(folder / name), ward_of(folder, name)
    random = Random(5)
    for _ in range(6):
        roster = drawn(instance, random)
        found = audited(instance, roster)
        assert found == costs(ward, work_of(instance, roster))
        assert found.keys() >= {"H2", "H3", "H4", "S1", "S2", "S3", "S4", "S5"}


@pytest.mark.parametrize(
    ("name", "seconds"), [("n005w4_0_1-2-3-3", 4), pytest.param("n030w4_1_6-2-9-1", 20, marks=pytest.mark.slow)]
)
def test_a_solved_roster_costs_what_the_second_evaluator_says(shared_data: Path, name: str, seconds: float) -> None:
    folder = shared_data / "rosters" / "inrc2" / name.partition("_")[0]
    instance = Inrc2().read(folder / name)
    solution = solve(instance_problem(instance), instance_rules(instance), Limits(seconds=seconds, workers=1))
    found = costs(ward_of(folder, name), work_of(instance, solution.roster))
    assert found == audited(instance, solution.roster)
    broken = sum(found.pop(law, 0) for law in ("H1", "H2", "H3", "H4"))
    assert (solution.status in {"optimal", "feasible"}) == (not broken)
    assert found.total() == solution.tiers[0].cost


def drawn(instance: Instance, random: Random) -> Roster:
    """Draw a roster in which each nurse often does the same on the next day."""
    rows = []
    for agent in instance.workforce.agents:
        worked: ShiftTemplate | None = None
        for day in instance.grid.dates:
            if random.random() < 0.5:
                worked = random.choice([None, *instance.templates])
            if worked is not None:
                shift = worked.placed(day, worked.starts[0], (), instance.grid.zone)
                rows.append(Assignment(agent=agent.id, shift=shift))
    return Roster.of(instance.grid, rows)
