"""A role shared among its holders, by the days that they are there."""

from datetime import date

from tests.contracts.test_placed_rules import desk
from wfm.domain import Assignment, Roster, TimeOff
from wfm.schedule.problem import Task
from wfm.schedule.rules import RoleRotation

PEOPLE = desk().workforce
SME = PEOPLE.roles[0].name
BOTH = tuple(agent.varied(roles=(SME,)) for agent in PEOPLE.agents)
PROBLEM = desk().varied(workforce=PEOPLE.varied(agents=BOTH, time_off=(), sessions=()))
LATE = PROBLEM.duties[0][1]


def roster(ann: int, ben: int) -> Roster:
    rows = [
        Assignment(agent=agent, shift=PROBLEM.shift(LATE, (), [Task(0, minutes, "role", SME)] if minutes else ()))
        for agent, minutes in (("ann", ann), ("ben", ben))
    ]
    return Roster.of(PROBLEM.grid, rows)


def test_one_block_apart_is_allowed() -> None:
    assert RoleRotation(role=SME).breaches(PROBLEM, roster(120, 60)) == []
    (breach,) = RoleRotation(role=SME).breaches(PROBLEM, roster(150, 30))
    assert (breach.amount, breach.words) == (
        60,
        "ann gives the role sme 2h30m and ben 30m, against shares of 1h30m and 1h30m; 1h apart is allowed",
    )
    assert [row.amount for row in RoleRotation(role=SME, allowed_minutes=0).breaches(PROBLEM, roster(90, 60))] == [30]


def test_who_is_away_owes_less() -> None:
    away = TimeOff(agent="ben", first=date(2026, 11, 3), last=date(2026, 11, 3))
    problem = PROBLEM.varied(workforce=PROBLEM.workforce.varied(time_off=(away,)))
    even = RoleRotation(role=SME, allowed_minutes=0)
    assert even.breaches(problem, roster(120, 60)) == []
    assert [row.amount for row in even.breaches(problem, roster(90, 90))] == [60]


def test_nobody_there_and_no_such_role_is_no_breach() -> None:
    assert RoleRotation(role="quality").breaches(PROBLEM, roster(120, 0)) == []
