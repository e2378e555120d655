"""A wish is tried beside the sessions that the roster holds, not beside another time for them that a guide would like better."""

from __future__ import annotations

from tests.schedule.tiny import weekend, worked
from wfm.domain import Activity, Roster, Session, Wish
from wfm.domain.time import instant
from wfm.schedule.problem import RosterProblem
from wfm.schedule.refusal import refusals
from wfm.schedule.rule import Rule
from wfm.schedule.rules import Coverage, Sessions, Wishes

RULES: tuple[Rule, ...] = (Coverage(), Sessions(), Wishes(price=0.01))


def meeting(problem: RosterProblem, wish: Wish) -> RosterProblem:
    talk = Session(name="talk", kind="meeting", minutes=60, attendees=("ann", "ben"))
    return problem.varied(workforce=problem.workforce.varied(sessions=(talk,), wishes=(wish,)))


def held_on_monday(problem: RosterProblem) -> Roster:
    """Meet on Monday, when both work; ben works on Sunday too."""
    bare = worked(problem, ann="--e", ben="-ee")
    rows = []
    for row in bare.assignments:
        shift = row.shift
        if shift.day == problem.days[2]:
            start, end = (instant(shift.day, hour * 60, problem.grid.zone) for hour in (8, 9))
            part = Activity(kind="meeting", what="talk", start=start, end=end, paid=True)
            shift = shift.varied(activities=(part, *shift.activities))
        rows.append(row.varied(shift=shift))
    return Roster.of(problem.grid, rows)


def test_a_colleague_gains_nothing_by_another_time_for_a_session() -> None:
    days = weekend().days
    problem = meeting(weekend(), Wish(agent="ben", date=days[0], want="work"))
    (refusal,) = refusals(problem, RULES, held_on_monday(problem))
    assert refusal.cost is not None
    assert abs(refusal.cost) < 100  # a session that the roster holds already is worth nothing more


def test_a_wish_for_the_time_of_a_session_breaks_it() -> None:
    days = weekend().days
    problem = meeting(weekend(), Wish(agent="ann", date=days[2], want="off"))
    (refusal,) = refusals(problem, RULES, held_on_monday(problem))
    assert refusal.cost is None
    assert refusal.rules == ("sessions",)
    assert refusal.words == (
        "it would break sessions: ann is not on shift on 2026-10-26 08:00 to 09:00, when talk is held"
    )
