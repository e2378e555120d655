"""The report's section on roles and sessions: hours asked for and given, who meets when, and what it costs service."""

from __future__ import annotations

from dataclasses import dataclass

from wfm.domain.quantity import duration_text
from wfm.domain.time import local
from wfm.report.wording import day_text
from wfm.schedule import RoleTime, Sitting, contacts_lost, off_queue_minutes, role_times, sittings
from wfm.study import Plan, roster_problem


@dataclass(frozen=True)
class SittingRow:
    """One sitting in words."""

    name: str
    when: str
    length: str
    attendees: str
    leader: str


@dataclass(frozen=True)
class OffQueue:
    """Roles and sessions of a plan. ``inside`` is contacts inside target before work off the queue, ``lost`` how many it costs."""

    roles: tuple[RoleTime, ...]
    sittings: tuple[SittingRow, ...]
    minutes: int
    share: float
    inside: float
    lost: float


def off_queue(plan: Plan) -> OffQueue | None:
    """The section; None where nobody has a role that takes time, nor a session to attend."""
    roster, people = plan.solution.roster, plan.scenario.workforce
    if not (people.sessions or any(role.most_minutes for role in people.roles)):
        return None
    minutes = off_queue_minutes(roster)
    problem = roster_problem(plan.scenario, plan.requirements)
    inside, lost = contacts_lost(problem, roster)
    paid = sum(row.shift.paid_minutes for row in roster.assignments)
    rows = tuple(_row(sitting, plan.scenario.horizon.zone) for sitting in sittings(problem, roster))
    return OffQueue(role_times(problem, roster), rows, minutes, minutes / paid if paid else 0.0, inside, lost)


def _row(sitting: Sitting, zone: str) -> SittingRow:
    start = local(sitting.start, zone)
    return SittingRow(
        name=sitting.session.name,
        when=f"{day_text(start.date())} {start:%H:%M}",
        length=duration_text(60 * sitting.session.minutes),
        attendees=", ".join(sitting.attendees),
        leader=", ".join(sitting.leaders),
    )
