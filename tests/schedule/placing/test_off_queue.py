"""Work off the queue: what is asked for and given, who meets whom, and what it costs."""

from datetime import date

import pytest

from tests.contracts.test_placed_rules import desk
from wfm.domain import Assignment, Opening, Roster, Session
from wfm.schedule import contacts_lost, off_queue_minutes, preflight, role_times, sittings
from wfm.schedule.problem import RosterProblem, Task
from wfm.schedule.rules import Coverage, RoleHours, Sessions

PROBLEM = desk()
EARLY, LATE = PROBLEM.duties[0]


def worked(problem: RosterProblem = PROBLEM) -> Roster:
    """Ann gives an hour to her role and is coached by Ben; both work the early shift on Monday."""
    rows = [
        Assignment(
            agent="ann",
            shift=problem.shift(EARLY, (60,), [Task(0, 60, "coaching", "talk"), Task(120, 60, "role", "sme")]),
        ),
        Assignment(agent="ben", shift=problem.shift(EARLY, (60,), [Task(0, 60, "coaching", "talk")])),
    ]
    return Roster.of(problem.grid, rows)


def test_a_role_is_asked_for_what_is_due_and_given_what_is_worked() -> None:
    (sme,) = role_times(PROBLEM, worked())
    assert (sme.role.name, sme.holders, sme.asked_minutes, sme.given_minutes) == ("sme", 1, 120, 60)
    assert off_queue_minutes(worked()) == 180


def test_a_sitting_knows_who_attends_and_who_leads() -> None:
    (talk,) = sittings(PROBLEM, worked())
    assert (talk.attendees, talk.leaders, talk.start) == (("ann",), ("ben",), PROBLEM.grid.instant(8))


def test_work_off_the_queue_costs_what_the_market_loses() -> None:
    # Two are on the queue from 8 to 9, where one serves 3 contacts; both are in the talk.
    assert contacts_lost(PROBLEM, worked()) == pytest.approx((3.0, 3.0))
    rules = [Coverage()]
    lost = sum(row.amount for rule in rules for row in rule.breaches(PROBLEM, worked()))
    assert lost == pytest.approx(sum(PROBLEM.market.full) / 1e6)


def test_sessions_and_roles_that_ask_too_much_are_told_before_the_solve() -> None:
    people = PROBLEM.workforce
    long = Session(name="course", minutes=600, attendees=("ann",), hours=Opening.from_text("mon 09:00-12:00"))
    alone = Session(name="circle", minutes=60, attendees=("ben",), trainer="coach", by=date(2026, 11, 2))
    busy = PROBLEM.varied(workforce=people.varied(sessions=(long, alone)))
    words = [line for line in preflight(busy, [RoleHours(), Sessions()]) if "agents give" not in line]
    assert words == [
        "roles and sessions ask 12h of ann, who is paid for 2h51m in the horizon",
        "the session course of 10h has no room in its hours mon 09:00-12:00 from 2026-11-02 to 2026-11-03",
        "nobody who holds the role coach and does not attend it can lead the session circle",
    ]
    trainer = people.roles[1].varied(least_minutes=0, most_minutes=60)
    many = Session(name="drill", minutes=60, attendees=("ann",), group_size=1, trainer="coach")
    tired = PROBLEM.varied(
        workforce=people.varied(roles=(people.roles[0], trainer), sessions=(many, many.varied(name="again")))
    )
    assert "drill, again ask 2h of the role coach; 1 may give 18m" in preflight(tired, [RoleHours(), Sessions()])
    assert not any("role" in line for line in preflight(PROBLEM, [RoleHours()]))
