"""An infeasible verdict holds by two ways that share no code: CP-SAT on the model of record, and an agent's own tours."""

import pytest

from tests.schedule.small_instances import instance
from wfm.schedule.agents import Scale, Workshop
from wfm.schedule.proving import Model, can_be_met
from wfm.schedule.rules import MinConsecutiveDaysOff, PeriodShifts
from wfm.schedule.solution import Limits
from wfm.schedule.solve import solve
from wfm.schedule.some_agents import about_one, narrowed
from wfm.schedule.watch import Watch

WATCH = Watch(Limits(steps=1000))


@pytest.mark.parametrize("seed", range(12))
def test_an_agent_has_a_tour_by_the_machines_where_cp_sat_finds_one(seed: int) -> None:
    problem, rules = instance(seed)
    least = PeriodShifts(at_least=3 + seed % 3)  # beside what the instance forbids that is often too much
    strict = [least, *(rule for rule in rules if rule.price is None and about_one(problem, rule))]
    workshop = Workshop(problem, strict, Scale.of(strict))
    for agent in problem.workforce.agents:
        alone = narrowed(problem, frozenset([agent.id]))
        possible = can_be_met(Model.of(alone, strict), WATCH, 1.0) in {"optimal", "feasible"}
        assert workshop.has_tour(agent) == possible
        assert can_be_met(Model.of(alone, strict), WATCH, 1.0, again=True) == ("optimal" if possible else "infeasible")


def test_a_conflict_of_one_agent_is_told_as_proved() -> None:
    problem, _ = instance(1)
    rules = (PeriodShifts(at_least=len(problem.days)), PeriodShifts(at_most=2), MinConsecutiveDaysOff())
    solution = solve(problem, rules, Limits(steps=20))
    assert solution.status == "conflict"
    assert solution.conflict[0] == "proved: no roster keeps them all"
