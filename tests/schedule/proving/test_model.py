"""The model of record: a search's roster is a complete hint, and its cost there is what the audit says."""

import pytest

from tests.schedule.centre import RULES, centre
from wfm.schedule.audit import audit
from wfm.schedule.ledger import COST_UNIT
from wfm.schedule.proving import Model, complete, solver_of
from wfm.schedule.rule import Rule
from wfm.schedule.rules import MinRest, Spread
from wfm.schedule.search import Search
from wfm.schedule.solution import Limits
from wfm.schedule.watch import Watch

WATCH = Watch(Limits(steps=1000))
ALL = (*RULES, Spread(of="nights", allowed=0, price=3.0))


def test_a_searched_roster_is_a_complete_and_feasible_hint() -> None:
    problem = centre()
    draft = Search(problem, ALL, seed=1).greedy()
    model = Model.of(problem, ALL)
    model.cp.minimize(model.goals()[0].cost)
    assert complete(model, draft, WATCH) is not None
    solver = solver_of(WATCH, 1.0)
    lines: list[str] = []
    solver.parameters.log_search_progress = True
    solver.parameters.log_to_stdout = False
    solver.log_callback = lines.append
    solver.parameters.stop_after_first_solution = True
    solver.solve(model.cp)
    assert "The solution hint is complete and is feasible" in "\n".join(lines)


@pytest.mark.parametrize("seed", range(3))
def test_a_fixed_roster_costs_in_the_model_what_the_audit_finds(seed: int) -> None:
    problem = centre(seed=seed)
    draft = Search(problem, ALL, seed=seed).greedy()
    model = Model.of(problem, ALL)
    model.cp.minimize(model.ledger.cost(1))
    model.hint(draft)
    solver = solver_of(WATCH, 5.0)
    solver.parameters.fix_variables_to_their_hinted_value = True
    assert solver.status_name(solver.solve(model.cp)) == "OPTIMAL"
    cost = sum(breach.cost for breach in audit(problem, ALL, draft.roster()))
    assert solver.objective_value == pytest.approx(COST_UNIT * cost, abs=50)
    assert model.draft(solver.value).serving().tolist() == draft.serving().tolist()


def test_an_elastic_model_counts_lines_before_amounts() -> None:
    phases = [goal.phase for goal in Model.of(centre(agents=2, days=2), ALL, elastic=True).goals()]
    assert phases == ["lines", "amounts", "tier"]


def test_a_rule_that_another_implies_is_posted_only_where_each_may_be_breached() -> None:
    problem, rest = centre(), MinRest(rest_minutes=720)
    both = (rest, rest.varied(rest_minutes=660))

    def posted(*rules: Rule, elastic: bool = False) -> int:
        return len(Model.of(problem, rules, elastic=elastic).cp.proto.constraints)

    assert posted(*both) == posted(rest)
    assert posted(*both, elastic=True) > posted(rest, elastic=True)
