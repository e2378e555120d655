"""The summary fits on a screen and names what matters."""

import pytest

from tests.report.tiny_plan import breaches, tiny_plan
from wfm.report.views import Summary
from wfm.study import Plan


def text_of(plan: Plan) -> str:
    return Summary().render(plan)["summary.txt"].decode()


def swollen() -> Plan:
    """The tiny plan with very many words in every list."""
    plan = tiny_plan()
    words = tuple(f"\x1b[31mline {k} " + "word " * 60 for k in range(50))
    found = tuple(
        breach.varied(rule=f"{breach.rule}-{k}", words=breach.words * 9) for k in range(20) for breach in breaches()
    )
    solution = plan.solution.varied(conflict=words, notes=words, breaches=found)
    return plan.varied(solution=solution, preflight=words)


@pytest.mark.parametrize(
    "plan", [tiny_plan(), tiny_plan(simulated=False), swollen()], ids=["tiny", "formula", "swollen"]
)
def test_the_summary_fits_on_a_screen_and_moves_no_cursor(plan: Plan) -> None:
    lines = text_of(plan).splitlines()
    assert len(lines) <= 60
    assert max(map(len, lines)) <= 100
    assert all(line.isprintable() for line in lines)


def test_it_tells_service_breaches_cost_and_fairness() -> None:
    text = text_of(tiny_plan())
    for words in (
        "61.0% ± 2.0",
        "MISSED",
        "too close to call",
        "1 breach\n",
        "min_rest:12h",
        "740.00",
        "nights differ by 1",
        "of all contacts",
    ):
        assert words in text


def test_it_tells_how_far_the_forecast_was_off_where_that_is_known() -> None:
    phone, mail = (
        next(line for line in text_of(tiny_plan()).splitlines() if line.startswith(name)) for name in ("phone", "mail")
    )
    assert "by day, bias" in phone
    assert "bias" not in mail


def test_a_legal_roster_has_no_forbidden_list() -> None:
    plan = tiny_plan()
    legal = plan.solution.varied(breaches=breaches()[:2], status="feasible", conflict=())
    text = text_of(plan.varied(solution=legal))
    assert "Forbidden   0 breaches" in text
    assert "Forbidden breaches" not in text
