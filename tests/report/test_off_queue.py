"""Roles and sessions in the report: hours asked for and given, who meets whom, and what it costs."""

from datetime import timedelta

import pytest

from tests.report.tiny_plan import tiny_plan
from wfm.domain import Activity, Role, Roster, Session
from wfm.report.off_queue import off_queue
from wfm.report.views.html import Html
from wfm.report.views.summary import summary
from wfm.study import Plan


def with_a_role(plan: Plan) -> Plan:
    """The first agent holds a role that takes 2 to 4 h a week, and gives it an hour at the start of the first shift."""
    people = plan.scenario.workforce
    first, *rest = people.agents
    role = Role(name="quality", title="listens in", least_minutes=120, most_minutes=240)
    talk = Session(name="circle", kind="meeting", minutes=30, attendees=(first.id,))
    staff = people.varied(
        roles=(*people.roles, role), agents=(first.varied(roles=(*first.roles, "quality")), *rest), sessions=(talk,)
    )
    rows = list(plan.solution.roster.assignments)
    place = next(number for number, row in enumerate(rows) if row.agent == first.id)
    shift = rows[place].shift
    half = timedelta(minutes=30)
    block = Activity(kind="role", what="quality", start=shift.start, end=shift.start + half)
    meeting = Activity(kind="meeting", what="circle", start=block.end, end=block.end + half)
    free = [row for row in shift.activities if row.start >= meeting.end]
    rows[place] = rows[place].varied(shift=shift.varied(activities=(block, meeting, *free)))
    roster = Roster.of(plan.solution.roster.grid, rows)
    return plan.varied(scenario=plan.scenario.varied(workforce=staff), solution=plan.solution.varied(roster=roster))


@pytest.fixture(scope="module")
def plan() -> Plan:
    return with_a_role(tiny_plan())


def test_a_plan_without_roles_that_take_time_has_no_section() -> None:
    assert off_queue(tiny_plan()) is None


def test_hours_and_sittings_are_told(plan: Plan) -> None:
    found = off_queue(plan)
    assert found is not None
    (row,) = found.roles
    assert (row.role.name, row.holders, row.given_minutes) == ("quality", 1, 30)
    (sitting,) = found.sittings
    assert (sitting.name, sitting.length, sitting.leader) == ("circle", "30m", "")
    assert found.inside >= found.inside - found.lost >= 0


def test_the_summary_tells_it_in_a_line(plan: Plan) -> None:
    assert "Beside the queue" not in summary(tiny_plan())
    (line,) = (row for row in summary(plan).splitlines() if row.startswith("Beside the queue"))
    assert line.startswith("Beside the queue: quality 0.5 h of ")
    assert line.endswith("1 sitting of 1 session")


def test_the_page_has_the_section(plan: Plan) -> None:
    page = Html().render(plan)["report.html"].decode()
    assert '<section id="roles">' in page
    assert '<a href="#roles">' in page
    assert "listens in" in page
