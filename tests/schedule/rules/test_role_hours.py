"""Hours of a role: what is due in whole weeks and in parts of them, and every way to get it wrong."""

from datetime import date

import pytest

from tests.contracts.test_placed_rules import desk
from wfm.domain import Assignment, Opening, Role, Roster, TimeOff
from wfm.schedule.problem import RosterProblem, Task
from wfm.schedule.rules import RoleHours

PROBLEM = desk()
EARLY, LATE = PROBLEM.duties[0]
WEEK = [date(2026, 11, day) for day in range(2, 9)]


def roster(tasks: list[Task], agent: str = "ann", problem: RosterProblem = PROBLEM) -> Roster:
    """Work the late shift on Monday with some tasks."""
    return Roster.of(problem.grid, [Assignment(agent=agent, shift=problem.shift(LATE, (), tasks))])


def words(roster: Roster, problem: RosterProblem = PROBLEM) -> list[tuple[float, str]]:
    return [(breach.amount, breach.words) for breach in RoleHours(role="sme").breaches(problem, roster)]


def test_two_days_of_a_week_owe_two_sevenths() -> None:
    assert words(roster([Task(0, 120, "role", "sme")])) == []
    assert words(roster([Task(0, 60, "role", "sme")])) == [
        (60, "ann gives the role sme 1h from 2026-11-02 to 2026-11-03; 2h to 4h asked for")
    ]


def test_what_is_misplaced_short_or_not_theirs_is_told() -> None:
    late = PROBLEM.workforce.roles[0].varied(hours=Opening.from_text("mon-tue 10:30-14:00"), block_minutes=90)
    problem = PROBLEM.varied(workforce=PROBLEM.workforce.varied(roles=(late, PROBLEM.workforce.roles[1])))
    found = words(roster([Task(0, 60, "role", "sme"), Task(90, 60, "role", "sme")], problem=problem), problem)
    assert found == [
        (30, "ann, sme on 2026-11-02: 30 min outside mon-tue 10:30-14:00"),
        (30, "ann, sme on 2026-11-02: a block of 60 min; at least 90 min asked for"),
    ]
    strange = words(roster([Task(0, 60, "role", "sme")], agent="ben"))
    assert (60, "ben, sme on 2026-11-02: does not hold the role") in strange


@pytest.mark.parametrize(
    ("off", "due"),
    [((), (420, 840)), ((2, 3), (252, 840)), ((2, 3, 4, 5), (84, 840)), ((2, 3, 4, 5, 6), (0, 840))],
)
def test_a_day_off_takes_a_fifth_off_the_least(off: tuple[int, ...], due: tuple[int, int]) -> None:
    rows = tuple(TimeOff(agent="ann", first=date(2026, 11, day), last=date(2026, 11, day)) for day in off)
    problem = PROBLEM.varied(workforce=PROBLEM.workforce.varied(time_off=rows))
    ann = problem.workforce.by_id["ann"]
    assert RoleHours().due(problem, problem.workforce.roles[0], ann, WEEK) == due


def test_a_part_of_a_week_that_owes_less_than_half_a_block_owes_nothing() -> None:
    ann = PROBLEM.workforce.by_id["ann"]
    role = Role(name="sme", least_minutes=100, most_minutes=200, block_minutes=60)
    assert RoleHours().due(PROBLEM, role, ann, WEEK[:2]) == (0, 58)
    assert RoleHours().due(PROBLEM, role, ann, WEEK[:3]) == (42, 86)
    assert RoleHours().due(PROBLEM, role.varied(least_minutes=10), ann, WEEK) == (10, 200)


def test_leading_a_session_is_time_of_the_role() -> None:
    coach = Role(name="coach", least_minutes=210, most_minutes=420, block_minutes=60)
    problem = PROBLEM.varied(workforce=PROBLEM.workforce.varied(roles=(PROBLEM.workforce.roles[0], coach)))
    led = roster([Task(0, 60, "coaching", "talk")], agent="ben", problem=problem)
    assert RoleHours(role="coach").breaches(problem, led) == []
    attended = roster([Task(0, 60, "coaching", "talk")], agent="ann", problem=problem)
    assert [breach.agent for breach in RoleHours(role="coach").breaches(problem, attended)] == ["ben"]
