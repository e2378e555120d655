"""The legal fortnight with a role and a course in its shifts, and edits that break the rules about them, each known beforehand."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from random import Random

from tests.schedule import fortnight
from tests.schedule.edits import Edit, Operator, days_with, worked
from tests.schedule.fortnight import on
from tests.schedule.tiny import MADRID
from wfm.domain import Activity, Agent, Assignment, Opening, Role, Roster, Session
from wfm.domain.time import instant
from wfm.schedule import RosterProblem, Rule, rules

COACH = Role(
    name="coach", least_minutes=60, most_minutes=120, hours=Opening.from_text("mon-fri 09:00-21:00"), rotate=True
)
COURSE = Session(name="course", minutes=60, attendees=("gus", "ida"))
BLOCKS = {("ann", 0): 12, ("ann", 7): 12, ("cas", 0): 19.5, ("cas", 7): 19.5}
"""At which hour the coaches give an hour of their Mondays."""
AT = 15
"""The hour at which the course begins on the first Monday."""
RULES: tuple[Rule, ...] = (rules.RoleHours(), rules.RoleRotation(role="coach"), rules.Sessions())


@cache
def problem() -> RosterProblem:
    """Build the fortnight with two coaches and a course for two."""
    plain = fortnight.problem()
    workforce = plain.workforce.varied(
        agents=tuple(map(_coaching, plain.workforce.agents)),
        roles=(*plain.workforce.roles, COACH),
        sessions=(COURSE,),
    )
    return plain.varied(workforce=workforce)


def _coaching(agent: Agent) -> Agent:
    return agent.varied(roles=(*agent.roles, "coach")) if agent.id in {"ann", "cas"} else agent


def roster(chance: Random) -> Roster:
    """Work the patterns with all tasks."""
    whole = fortnight.roster(chance)
    for (agent, day), hour in BLOCKS.items():
        whole = with_task(whole, agent, day, task("role", day, hour))
    for agent in COURSE.attendees:
        whole = with_task(whole, agent, 0, task("training", 0, AT))
    return whole


def task(kind: str, day: int, hour: float, minutes: int = 60) -> Activity:
    begin = instant(on(day), round(60 * hour), MADRID)
    what = "coach" if kind == "role" else "course"
    return Activity.model_validate(
        {"kind": kind, "what": what, "start": begin, "end": begin + timedelta(minutes=minutes)}
    )


def with_task(whole: Roster, agent: str, day: int, *tasks: Activity) -> Roster:
    """Return the roster with these tasks in a shift, and no others."""
    shift = worked(whole, agent, day)
    breaks = [row for row in shift.activities if row.kind == "break"]
    changed = shift.varied(activities=tuple(sorted([*breaks, *tasks], key=lambda row: row.start)))
    rest = [row for row in whole.assignments if (row.agent, row.shift.day) != (agent, on(day))]
    return Roster.of(whole.grid, [*rest, Assignment(agent=agent, shift=changed)])


def skip_the_role(whole: Roster, chance: Random) -> Edit:
    agent, day = chance.choice(list(BLOCKS))
    return Edit(with_task(whole, agent, day), {"role_hours"}, agent)


def give_the_role_too_long(whole: Roster, chance: Random) -> Edit:
    day = chance.choice([0, 7])
    return Edit(with_task(whole, "ann", day, task("role", day, 12, 150)), {"role_hours"}, "ann")


def cut_a_block_short(whole: Roster, chance: Random) -> Edit:
    agent, day = chance.choice(list(BLOCKS))
    return Edit(with_task(whole, agent, day, task("role", day, BLOCKS[agent, day], 30)), {"role_hours"}, agent)


def give_the_role_too_late(whole: Roster, chance: Random) -> Edit:
    day = chance.choice([0, 7])
    return Edit(with_task(whole, "cas", day, task("role", day, 21)), {"role_hours"}, "cas")


def take_a_role_that_one_has_not(whole: Roster, chance: Random) -> Edit:
    day = chance.choice([day for agent, day in days_with("E") if agent == "dov" and on(day).weekday() < 5])
    return Edit(with_task(whole, "dov", day, task("role", day, 12)), {"role_hours"}, "dov")


def leave_the_role_to_one(whole: Roster, chance: Random) -> Edit:
    minutes = chance.choice([105, 120])
    for day in (0, 7):
        whole = with_task(whole, "ann", day, task("role", day, 12, minutes))
    return Edit(whole, {"role_rotation"}, None)


def miss_the_course(whole: Roster, chance: Random) -> Edit:
    agent = chance.choice(COURSE.attendees)
    return Edit(with_task(whole, agent, 0), {"sessions"}, agent)


def come_late_to_the_course(whole: Roster, chance: Random) -> Edit:
    agent = chance.choice(COURSE.attendees)
    return Edit(with_task(whole, agent, 0, task("training", 0, AT + 0.5)), {"sessions"}, agent)


def sit_in_a_course_of_others(whole: Roster, _: Random) -> Edit:
    return Edit(with_task(whole, "fil", 0, task("training", 0, AT)), {"sessions"}, "fil")


OF_TASKS: tuple[Operator, ...] = (
    skip_the_role,
    give_the_role_too_long,
    cut_a_block_short,
    give_the_role_too_late,
    take_a_role_that_one_has_not,
    leave_the_role_to_one,
    miss_the_course,
    come_late_to_the_course,
    sit_in_a_course_of_others,
)
