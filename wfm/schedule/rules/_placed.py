"""Rules about what is placed inside shifts: their promise is one-sided, as duties alone do not settle them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

from wfm.domain import Activity, Agent, Interval, Opening, Role, Roster, Shift
from wfm.domain.time import instant, local
from wfm.schedule.placing.attendance import leads
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule


class PlacedRule(Rule):
    """A rule about tasks, which are placed into duties once these are settled (see schedule.place).

    Its witness is complete. Its other faces are necessary, not sufficient: what they forbid no placement can mend, and they charge
    no more than the best placement does. So a proof of infeasibility and a bound stay true; a roster that they allow may still turn
    out to have no room, which the witness tells. Whatever is placed by wfm begins on the raster of ``place``; so does the promise.
    """

    source: ClassVar[str] = "the roles and sessions of the scenario"


def outside_minutes(hours: Opening, stretch: Interval, zone: str) -> int:
    """Minutes of a stretch outside some hours, for witnesses."""
    first = local(stretch.start, zone).date()
    days = (local(stretch.end, zone).date() - first).days + 1
    spans = sorted(
        (instant(day, window.start, zone), instant(day, window.end, zone))
        for day in (first + timedelta(days=k) for k in range(days))
        for window in hours.windows_on(day)
    )
    inside, reached = timedelta(), stretch.start
    for begin, end in spans:
        inside += max(timedelta(), min(end, stretch.end) - max(begin, reached))
        reached = max(reached, end)
    return round((stretch.end - stretch.start - inside).total_seconds() / 60)


def role_time(problem: RosterProblem, roster: Roster, role: Role, agent: Agent) -> Iterator[tuple[Shift, Activity]]:
    """An agent's time in a role, shift by shift: its blocks, and the sessions that the agent leads as a holder of the role."""
    led = {row.name for row in problem.workforce.sessions if row.trainer == role.name and leads(row, agent)}
    for shift in roster.shifts_of(agent.id):
        for row in shift.activities:
            block = row.kind == "role" and row.what == role.name
            if block or (row.kind not in {"role", "break"} and row.what in led):
                yield shift, row
