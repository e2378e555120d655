"""Sessions: each reason for which somebody's part does not count."""

from datetime import date

import pytest

from tests.contracts.test_placed_rules import desk
from wfm.domain import Agent, Assignment, Opening, Roster, Session
from wfm.schedule.problem import RosterProblem, Task
from wfm.schedule.rules import Sessions

PEOPLE = desk().workforce
CAS = Agent(id="cas", contract="any", skills=("phone",))
COURSE = Session(
    name="course",
    minutes=60,
    attendees=("ann", "cas"),
    group_size=2,
    trainer="coach",
    by=date(2026, 11, 2),
    hours=Opening.from_text("mon-tue 10:00-12:30"),
)
FORUM = Session(name="forum", kind="meeting", minutes=30, attendees=("ann", "cas"), after=("course",))


def problem(*sessions: Session) -> RosterProblem:
    return desk().varied(workforce=PEOPLE.varied(agents=(*PEOPLE.agents, CAS), sessions=sessions, time_off=()))


def roster(day: int = 0, **tasks: list[Task]) -> Roster:
    """Work the late shift of a day, from 10:00 to 13:00, with some tasks for each agent."""
    one = problem(COURSE)
    rows = [
        Assignment(agent=agent, shift=one.shift(one.duties[day][1], (), sorted(some))) for agent, some in tasks.items()
    ]
    return Roster.of(one.grid, rows)


def course(offset: int, minutes: int = 60) -> Task:
    return Task(offset, minutes, "training", "course")


def words(roster: Roster, *sessions: Session) -> list[str]:
    return [breach.words for breach in Sessions().breaches(problem(*sessions), roster)]


def test_a_full_sitting_with_its_leader_is_as_planned() -> None:
    assert words(roster(ann=[course(0)], cas=[course(0)], ben=[course(0)]), COURSE) == []
    two = roster(ann=[course(0)], cas=[course(60)], ben=[course(0), course(60)])
    assert words(two, COURSE.varied(group_size=1)) == []


@pytest.mark.parametrize(
    ("day", "ann", "ben", "changes", "reason"),
    [
        (0, [], [course(0)], {}, "does not take part"),
        (0, [course(0), course(60)], [course(0), course(60)], {}, "takes part 2 times"),
        (0, [course(0, 30)], [course(0, 30)], {}, "a training of 30 min; a training of 60 min is planned"),
        (1, [course(0)], [course(0)], {}, "takes part on 2026-11-03; 2026-11-02 to 2026-11-02 is asked for"),
        (0, [course(120)], [course(120)], {}, "30 min outside mon-tue 10:00-12:30"),
        (0, [course(0)], [], {}, "0 with the role coach lead it; one is asked for"),
        (0, [course(0)], [course(15)], {}, "0 with the role coach lead it; one is asked for"),
        (0, [course(0)], [course(0)], {"group_size": 1}, "sits with 1 others in a group of 1"),
    ],
)
def test_each_reason_is_told(
    day: int, ann: list[Task], ben: list[Task], changes: dict[str, object], reason: str
) -> None:
    found = words(roster(day, ann=ann, cas=[course(0)], ben=ben), COURSE.varied(**changes))
    assert f"ann, course: {reason}" in found


def test_all_together_means_one_sitting() -> None:
    together = COURSE.varied(group_size=None, trainer=None)
    assert words(roster(ann=[course(0)], cas=[course(60)]), together) == ["cas, course: sits apart from the 1 others"]
    assert words(roster(ann=[course(60)], cas=[course(60)]), together) == []


def test_what_a_session_builds_on_comes_before() -> None:
    def day(forum: int) -> Roster:
        talk = Task(forum, 30, "meeting", "forum")
        return roster(ann=[course(60), talk], cas=[course(60), talk], ben=[course(60)])

    assert words(day(120), COURSE, FORUM) == []
    assert words(day(30), COURSE, FORUM) == [f"{agent}, forum: has not ended course before" for agent in ("ann", "cas")]


def test_a_stranger_in_a_session_is_told() -> None:
    only = COURSE.varied(attendees=("ann",))
    found = words(roster(ann=[course(0)], ben=[course(0)], cas=[course(0)]), only)
    assert found == ["cas, course: sits in it and neither attends nor leads it"]
