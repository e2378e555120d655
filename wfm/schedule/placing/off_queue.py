"""What a roster does beside the queue: hours of each role asked for and given, sittings of each session, and what it costs service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from wfm.domain import Role, Roster, Session
from wfm.schedule.placing.attendance import leads
from wfm.schedule.problem import MICRO, RosterProblem
from wfm.schedule.rules._placed import role_time
from wfm.schedule.rules._spans import calendar_weeks
from wfm.schedule.rules.role_hours import RoleHours


@dataclass(frozen=True)
class RoleTime:
    """A role's time in the horizon, all its holders together: the least that is due, and what is given, leading sessions included."""

    role: Role
    holders: int
    asked_minutes: int
    given_minutes: int


@dataclass(frozen=True)
class Sitting:
    """One sitting of a session: when it begins, who attends, and who leads it."""

    session: Session
    start: datetime
    attendees: tuple[str, ...]
    leaders: tuple[str, ...]


def role_times(problem: RosterProblem, roster: Roster) -> tuple[RoleTime, ...]:
    """Asked and given time of each role that takes any."""
    rule = RoleHours()
    return tuple(_of(problem, roster, role, rule) for role in rule.roles(problem))


def _of(problem: RosterProblem, roster: Roster, role: Role, rule: RoleHours) -> RoleTime:
    holders = rule.holders(problem, role)
    weeks = calendar_weeks(problem.days)
    asked = sum(rule.due(problem, role, agent, week)[0] for agent in holders for week in weeks)
    rows = (row for agent in holders for _, row in role_time(problem, roster, role, agent))
    return RoleTime(role, len(holders), asked, round(sum(row.interval.minutes for row in rows)))


def sittings(problem: RosterProblem, roster: Roster) -> tuple[Sitting, ...]:
    """Every sitting of every session, by session and start."""
    return tuple(sitting for session in problem.workforce.sessions for sitting in _sittings(problem, roster, session))


def _sittings(problem: RosterProblem, roster: Roster, session: Session) -> Iterator[Sitting]:
    found: dict[datetime, list[str]] = {}
    for agent, shifts in roster.shifts_by_agent.items():
        for row in (row for shift in shifts for row in shift.activities if row.what == session.name):
            if row.kind not in {"break", "role"}:
                found.setdefault(row.start, []).append(agent)
    people = problem.workforce.by_id
    for start, agents in sorted(found.items()):
        led = tuple(agent for agent in agents if agent in people and leads(session, people[agent]))
        yield Sitting(session, start, tuple(agent for agent in agents if agent not in led), led)


def off_queue_minutes(roster: Roster) -> int:
    """Minutes that work off the queue takes: everything but breaks and time on call."""
    shifts = (row.shift for row in roster.assignments)
    rows = (row for shift in shifts for row in shift.activities if row.kind not in {"break", "on_call"})
    return round(sum(row.interval.minutes for row in rows))


def contacts_lost(problem: RosterProblem, roster: Roster) -> tuple[float, float]:
    """Contacts inside target with everybody on the queue but in breaks, and how many fewer with the work off the queue."""
    before, after = (_inside(problem, one) for one in (_on_the_queue(roster), roster))
    return before, before - after


def _inside(problem: RosterProblem, roster: Roster) -> float:
    present = Roster.of(problem.grid, (*problem.before, *roster.assignments))
    heads = np.array([present.serving(agents) for agents, _ in problem.groups]).reshape(-1, problem.grid.count)
    return float(problem.market.worth(np.rint(heads * problem.grid.step_minutes).astype(np.int64)).sum()) / MICRO


def _on_the_queue(roster: Roster) -> Roster:
    return Roster.of(roster.grid, [row.varied(shift=row.shift.without_tasks) for row in roster.assignments])
