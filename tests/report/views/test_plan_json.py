"""A saved plan is the plan."""

from tests.report.tiny_plan import tiny_plan
from wfm.report.views import PlanJson
from wfm.study import Plan


def test_a_plan_is_read_back_as_it_was() -> None:
    plan = tiny_plan()
    assert Plan.model_validate_json(PlanJson().render(plan)["plan.json"]) == plan
