"""What roles and sessions ask for before any solve, where it is more than there can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from wfm.domain import Agent, Session
from wfm.domain.quantity import hours_text
from wfm.schedule.placing.attendance import leaders_of, starts_of
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.rules._contract_minutes import absent_days
from wfm.schedule.rules._spans import calendar_weeks
from wfm.schedule.rules.role_hours import RoleHours
from wfm.schedule.rules.sessions import Sessions


def too_much_asked(problem: RosterProblem, rules: Sequence[Rule]) -> Iterator[str]:
    """Agents whom roles and sessions ask for more time than their contract has, and sessions that cannot be held or led."""
    hours = [rule for rule in rules if isinstance(rule, RoleHours)]
    sessions = problem.workforce.sessions if any(isinstance(rule, Sessions) for rule in rules) else ()
    for agent in problem.workforce.agents if hours or sessions else ():
        asked = _due(problem, hours, agent) + sum(row.minutes for row in sessions if agent.id in row.attendees)
        there = len(problem.days) - absent_days(problem, agent, problem.days)
        paid = problem.workforce.contract_of(agent.id).week_minutes * there // 7
        if asked > paid:
            yield f"roles and sessions ask {hours_text(asked)} of {agent.id}, who is paid for {hours_text(paid)} in the horizon"
    for session in sessions:
        yield from _session(problem, session)
    yield from _leading(problem, hours, sessions)


def _due(problem: RosterProblem, hours: Sequence[RoleHours], agent: Agent) -> int:
    return sum(
        rule.due(problem, role, agent, week)[0]
        for rule in hours
        if rule.about(agent)
        for role in rule.roles(problem)
        if role.name in agent.roles
        for week in calendar_weeks(problem.days)
    )


def _session(problem: RosterProblem, session: Session) -> Iterator[str]:
    if not starts_of(problem, session):
        first, last = session.first or problem.days[0], session.by or problem.days[-1]
        yield (
            f"the session {session.name} of {hours_text(session.minutes)} has no room in its hours {session.hours} "
            f"from {first} to {last}"
        )
    if session.trainer and not leaders_of(problem, session):
        yield f"nobody who holds the role {session.trainer} and does not attend it can lead the session {session.name}"


def _leading(problem: RosterProblem, hours: Sequence[RoleHours], sessions: Sequence[Session]) -> Iterator[str]:
    """Time that the sessions of a trainer's role take at the least, against the most that its holders may give."""
    for rule in hours:
        for role in rule.roles(problem):
            led = [row for row in sessions if row.trainer == role.name]
            least = sum(row.minutes * ceil(len(row.attendees) / (row.group_size or len(row.attendees))) for row in led)
            holders = rule.holders(problem, role)
            most = sum(
                rule.due(problem, role, agent, week)[1] for agent in holders for week in calendar_weeks(problem.days)
            )
            if least > most:
                yield (
                    f"{', '.join(row.name for row in led)} ask {hours_text(least)} of the role {role.name}; "
                    f"{len(holders)} may give {hours_text(most)}"
                )
