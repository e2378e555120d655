"""Where sessions may begin, who may lead them, and what a duty covers."""

from datetime import date

from tests.contracts.test_placed_rules import desk
from wfm.domain import Opening, Session
from wfm.schedule.placing.attendance import covers, leaders_of, starts_of
from wfm.schedule.placing.open_minutes import open_minutes

PROBLEM = desk()
TALK = PROBLEM.workforce.sessions[0]


def test_a_session_begins_on_the_half_hour_wholly_inside_its_hours_and_days() -> None:
    assert starts_of(PROBLEM, TALK) == tuple(range(480, 721, 30))
    both = TALK.varied(hours=Opening.from_text("mon-tue 09:15-10:45"))
    assert starts_of(PROBLEM, both) == (570, 1440 + 570)
    assert starts_of(PROBLEM, both.varied(first=date(2026, 11, 3))) == (1440 + 570,)
    assert starts_of(PROBLEM, both.varied(by=date(2026, 11, 1))) == ()
    assert starts_of(PROBLEM, both.varied(minutes=120)) == ()


def test_who_attends_does_not_lead() -> None:
    assert leaders_of(PROBLEM, TALK) == ["ben"]
    assert leaders_of(PROBLEM, Session(name="x", minutes=30, attendees=("ben",), trainer="coach")) == []
    assert leaders_of(PROBLEM, Session(name="x", minutes=30, attendees=("ben",))) == []


def test_a_duty_covers_what_lies_inside_it() -> None:
    early = PROBLEM.duties[0][0]
    assert covers(early, 480, 660)
    assert not covers(early, 479, 540)
    assert not covers(early, 600, 661)


def test_minutes_are_open_by_the_wall_clock_of_each_date() -> None:
    hours = Opening.from_text("mon 22:00-24:00, tue 00:00-01:00, wed 08:00-09:00")
    inside = open_minutes(hours, PROBLEM.grid)
    assert len(inside) == 4 * 1440
    assert inside.nonzero()[0].tolist() == [*range(22 * 60, 25 * 60), *range(2 * 1440 + 480, 2 * 1440 + 540)]
