"""Remarks of a report: levels tell their sources, suppliers their answer, deferred work its age; other channels say nothing."""

import pytest

from tests.report.tiny_plan import tiny_plan
from tests.study.folders import copied
from tests.study.test_levels import CHANGE
from wfm.report.remarks import remarks
from wfm.report.views.html import Html
from wfm.report.views.summary import summary
from wfm.study import Plan, plan, read_scenario


@pytest.fixture(scope="module")
def with_levels(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    folder = copied(tmp_path_factory.mktemp("remarks"), CHANGE)
    return plan(read_scenario(folder, ("solve.steps=3", "simulate.replications=2")))


def test_levels_suppliers_and_waiting_work_are_told(with_levels: Plan) -> None:
    told = remarks(with_levels)
    assert set(told) == {"second", "vendor", "closing"}
    assert told["second"][0].endswith("contacts: 15% of phone, once they are handled")
    assert told["vendor"][0].startswith("external, ")
    assert told["vendor"][0].endswith("once they are handled; answers in 8h of mon-fri 09:00-17:00")
    _, backlog, most = told["closing"]
    assert backlog == "12.0 contacts wait when the horizon starts"
    assert most.startswith("most on ")
    assert "hours of work wait" in most


def test_screen_and_page_show_them(with_levels: Plan) -> None:
    text, page = summary(with_levels), Html().render(with_levels)["report.html"].decode()
    assert "Levels and work that waits" in text
    for line in remarks(with_levels)["vendor"]:
        assert line[:60] in text
        assert f"vendor: {line}." in page


def test_a_centre_without_levels_tells_only_what_waits() -> None:
    made = tiny_plan()
    deferred = {row.name for row in made.scenario.channels if row.kind == "deferred"}
    assert set(remarks(made)) <= deferred
