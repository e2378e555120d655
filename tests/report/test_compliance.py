"""The compliance certificate of a plan stands in the page and in a file of its own."""

from pydantic import TypeAdapter

from tests.report.tiny_plan import tiny_plan
from wfm.report.compliance import closest_words, compliance, verdict_words
from wfm.report.views import ComplianceJson, Html
from wfm.schedule import Clause, Law
from wfm.schedule.rules import MinRest
from wfm.study import Plan


def plan_with(*rules: MinRest) -> Plan:
    plan = tiny_plan()
    return plan.varied(scenario=plan.scenario.varied(rules=rules))


def test_it_has_a_clause_for_each_rule_of_the_scenario() -> None:
    plan = tiny_plan()
    assert [clause.rule for clause in compliance(plan)] == ["shift_form", *(rule.id for rule in plan.scenario.rules)]
    written = ComplianceJson().render(plan)["compliance.json"]
    assert TypeAdapter(tuple[Clause, ...]).validate_json(written) == compliance(plan)


def test_it_says_how_close_a_kept_rule_came_and_how_far_a_broken_one_is() -> None:
    kept, broken, priced = compliance(
        plan_with(MinRest(rest_minutes=1), MinRest(rest_minutes=2_880), MinRest(rest_minutes=2_880, price=1.0))
    )[1:]
    assert (verdict_words(kept), verdict_words(broken)) == ("kept", "2 breaches")
    assert verdict_words(priced) == "2 breaches at a price"
    assert kept.tightest
    assert closest_words(kept) == kept.tightest.words
    assert broken.worst
    assert closest_words(broken) == broken.worst.words


def test_the_page_names_the_law_and_that_a_lawyer_must_look() -> None:
    law = Law(id="REST12", article="Estatuto de los Trabajadores art. 34.3", pack="es-et")
    page = Html().render(plan_with(MinRest(law=law)))["report.html"].decode()
    assert "<td>REST12</td>" in page
    assert law.article in page
    assert "templates for a lawyer to confirm" in page
    assert "templates for a lawyer to confirm" not in Html().render(plan_with(MinRest()))["report.html"].decode()
