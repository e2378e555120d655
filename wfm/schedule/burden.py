"""The burden ledger: what a roster asks of each agent, with what earlier periods asked, against a fair share."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from wfm.domain import Agent, Breach, Burden, Roster, Shift, Wish, Workforce
from wfm.domain.quantity import DAY_MINUTES
from wfm.domain.roster import SATURDAY
from wfm.domain.time import local
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rules.availability import Availability

SWING_MINUTES = 120
"""A start that lies farther than this from the one of the working day before is a swing (wfm.domain.Burden)."""
WEIGHTS: Mapping[str, float] = {
    "nights": 1.0,
    "weekends": 1.0,
    "holidays": 1.0,
    "short_rests": 0.5,
    "start_swings": 0.25,
    "late_changes": 0.5,
    "unmet_wishes": 0.1,
}
"""How heavy one of each kind is beside a night, where a scenario says nothing else: our judgement, not a measurement."""


def burdens_of(
    problem: RosterProblem, roster: Roster, breaches: Collection[Breach] = (), period: str = ""
) -> tuple[Burden, ...]:
    """What a roster asks of every agent in the horizon, in the workforce's order.

    Short rests and late changes are those that an audit of priced rules found (``breaches``); ``period`` is the first day where it
    is left out.
    """
    return tuple(burden_of(problem, roster, agent, breaches, period) for agent in problem.workforce.agents)


def burden_of(
    problem: RosterProblem, roster: Roster, agent: Agent, breaches: Collection[Breach] = (), period: str = ""
) -> Burden:
    """The same for one agent."""
    own = [row.kind for row in breaches if row.agent == agent.id]
    shifts, zone = [shift for shift in roster.shifts_of(agent.id) if shift.day in problem.days], problem.grid.zone
    return Burden(
        agent=agent.id,
        period=period or f"{problem.days[0]}",
        nights=sum(shift.is_night(zone) for shift in shifts),
        weekends=weekends(shifts),
        holidays=len({shift.day for shift in shifts} & set(problem.holidays)),
        short_rests=own.count("min_rest"),
        start_swings=swings(shifts, zone),
        late_changes=own.count("late_change"),
        unmet_wishes=sum(wish.points for wish in unmet(problem, roster, agent)),
    )


def weekends(shifts: Sequence[Shift]) -> int:
    """Weekends on which a shift starts."""
    return len({shift.day.isocalendar()[:2] for shift in shifts if shift.day.weekday() >= SATURDAY})


def swings(shifts: Sequence[Shift], zone: str) -> int:
    """Shifts that start over two hours, on the face of the clock, from the start of the one before; shifts in order."""
    clocks = [_minute(local(shift.start, zone)) for shift in shifts]
    apart = (abs(after - before) for before, after in pairwise(clocks))
    return sum(min(minutes, DAY_MINUTES - minutes) > SWING_MINUTES for minutes in apart)


def _minute(moment: datetime) -> int:
    return 60 * moment.hour + moment.minute


def unmet(problem: RosterProblem, roster: Roster, agent: Agent) -> list[Wish]:
    """The wishes of an agent for days of the horizon that a roster does not grant."""
    wishes = (wish for wish in problem.workforce.wishes if wish.agent == agent.id and wish.date in problem.days)
    return [wish for wish in wishes if not granted(wish, roster)]


def granted(wish: Wish, roster: Roster) -> bool:
    """Whether a roster gives what was wished for a date: no shift, any shift, one (or none) of that name, or one that starts then."""
    shifts = [shift for shift in roster.shifts_of(wish.agent) if shift.day == wish.date]
    if wish.want in {"off", "work"}:
        return bool(shifts) == (wish.want == "work")
    if wish.start is not None:
        return any(_minute(local(shift.start, roster.grid.zone)) == wish.start for shift in shifts)
    return any(shift.template == wish.want for shift in shifts) != wish.avoid


def able(problem: RosterProblem, agent: Agent, kind: str) -> bool:
    """Whether an agent can bear nights, weekends or holidays: some duty of the kind lies inside hours, employment and days not off."""
    refused = Availability().charges(problem, agent)
    return any(
        _is(problem, duty, kind)
        and (duty.day, duty.slot) not in refused
        and (agent.id, problem.days[duty.day]) not in problem.workforce.days_off
        for duties in problem.duties
        for duty in duties
    )


def _is(problem: RosterProblem, duty: Duty, kind: str) -> bool:
    day = problem.days[duty.day]
    if kind == "nights":
        return duty.night
    return day.weekday() >= SATURDAY if kind == "weekends" else day in problem.holidays


def share_of(problem: RosterProblem, agent: Agent) -> float:
    """An agent's share in what is to be borne, in full-time periods.

    The contract's week over the longest week of any contract in use, times the earlier periods that the ledger tells of and the
    part of the horizon's days on which the agent is employed and not on leave.
    """
    workforce = problem.workforce
    longest = max(workforce.contract_of(other.id).week_minutes for other in workforce.agents)
    there = sum(agent.employed_on(day) and (agent.id, day) not in workforce.days_off for day in problem.days)
    before = len({row.period for row in workforce.burdens if row.agent == agent.id})
    return workforce.contract_of(agent.id).week_minutes / longest * (before + there / len(problem.days))


def carried(workforce: Workforce, agent: str, kind: str) -> float:
    """What an agent bore of one kind in all earlier periods."""
    return sum(float(getattr(row, kind)) for row in workforce.burdens if row.agent == agent)
