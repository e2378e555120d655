"""Availability counts the minutes outside the agent's hours and dates."""

from datetime import date

from tests.schedule.tiny import worked
from wfm.domain import Workforce
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import Availability


def test_a_night_that_runs_into_unavailable_hours_is_charged_for_those_only(week: RosterProblem) -> None:
    (breach,) = Availability().breaches(week, worked(week, ann="-----n-"))
    assert breach.amount == 4.5 * 60  # Saturday 22:30 to Sunday 08:30, available until 04:00
    assert (breach.agent, breach.first) == ("ann", date(2026, 11, 7))
    assert breach.words == "ann works 4h30m of the shift of 2026-11-07 while not available"


def test_hours_that_overlap_count_once(week: RosterProblem) -> None:
    assert not Availability().breaches(week, worked(week, ann="----n--"))


def test_a_day_before_employment_is_outside_as_a_whole(week: RosterProblem) -> None:
    (breach,) = Availability().breaches(week, worked(week, ann="d------"))
    assert breach.amount == 495
    assert breach.words.endswith("while not employed")


def test_the_last_night_may_run_past_the_last_day_of_employment(weekend: RosterProblem) -> None:
    agents = tuple(agent.varied(employed_until=date(2026, 10, 24)) for agent in weekend.workforce.agents)
    workforce: Workforce = weekend.workforce.varied(agents=agents)
    leaving: RosterProblem = weekend.varied(workforce=workforce)
    assert not Availability().breaches(leaving, worked(leaving, ann="n--"))
    assert [row.amount for row in Availability().breaches(leaving, worked(leaving, ann="-e-"))] == [540]
