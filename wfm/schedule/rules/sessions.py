"""Training, meetings and coaching that people take part in together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Activity, Breach, Roster, Session
from wfm.domain.time import local
from wfm.schedule.others import Others
from wfm.schedule.owed import Owed
from wfm.schedule.placing.attendance import Attendance, covers, leaders_of, leads, starts_of
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Pull
from wfm.schedule.rules._placed import PlacedRule, outside_minutes

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import LinearExprT

    from wfm.domain import Agent
    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables


class Sessions(PlacedRule):
    """Whoever is asked to a session takes part in it once, as it is planned; a breach is an agent who does not.

    As planned means: its minutes, inside its hours and days, with at most its group (all together where it has none), led by one holder
    of the trainer's role who does not attend it, and after the sessions that it builds on, as far as the agent attends those. Whoever
    sits in a session without attending or leading it breaches it too.
    """

    kind: Literal["sessions"] = "sessions"
    only: None = None
    unit: ClassVar[str] = "agents without their session"

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each attendee and session, with the first reason found, then one for each stranger in it."""
        return [
            breach for session in problem.workforce.sessions for breach in self._of(_Attended(problem, roster, session))
        ]

    def _of(self, attended: _Attended) -> Iterator[Breach]:
        name = attended.session.name
        for agent in attended.session.attendees:
            if fault := attended.fault(agent):
                day = attended.day_of(agent)
                yield self.breach(1, f"{agent}, {name}: {fault}", agent=agent, first=day)
        for agent in attended.strangers:
            words = f"{agent}, {name}: sits in it and neither attends nor leads it"
            yield self.breach(1, words, agent=agent, first=attended.day_of(agent))

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """Attendance for duties that are still open: an agent is present where a duty covers the whole session."""
        covering: dict[tuple[str, int, int], LinearExprT] = {}

        def present(session: Session, agent: str, begin: int) -> LinearExprT:
            place = agent, begin, begin + session.minutes
            if place not in covering:
                covering[place] = _present(problem, x, *place)
            return covering[place]

        def missing(session: Session, agent: str) -> LinearExprT:
            return ledger.slack(self, 1, agent=agent, first=problem.days[0], last=session.by or problem.days[-1])

        Attendance(x.model, problem, present, missing).add(problem.workforce.sessions)

    def pull(self, problem: RosterProblem, others: Others, agent: Agent, price: float) -> Pull | None:
        """For sessions of all together: a duty at the start where most others are there, of these the one that costs least service.

        A guide for the search, not an exact saving: it brings people to one time, which the placement then looks for anew.
        """
        rows = [row for row in problem.workforce.sessions if row.group_size is None]
        mine = [
            row
            for row in rows
            if agent.id in row.attendees or (leads(row, agent) and len(leaders_of(problem, row)) == 1)
        ]
        if not mine:
            return None
        worth = np.zeros((len(problem.days), len(problem.slots)))
        fewer = np.maximum(0, others.serving - problem.grid.step_minutes)
        lost = problem.market.worth(others.serving) - problem.market.worth(fewer)
        for session in mine:
            start = _meeting_point(problem, others, session, lost)
            for duty in (duty for day in problem.duties for duty in day):
                if start is not None and covers(duty, start, start + session.minutes):
                    worth[duty.day, duty.slot] += price
        return Pull(duty=worth)

    def owes(self, problem: RosterProblem, agent: Agent) -> tuple[Owed, ...]:
        """The minutes of each session that the agent attends, inside its hours and days."""
        return tuple(
            Owed(f"session {row.name}", row.minutes, _may_pay(problem, row), 1 / row.minutes)
            for row in problem.workforce.sessions
            if agent.id in row.attendees
        )


class _Attended:
    """Who sat in one session, as the witness sees it."""

    def __init__(self, problem: RosterProblem, roster: Roster, session: Session) -> None:
        self.problem, self.session = problem, session
        self.rows = {
            agent.id: [
                row
                for shift in roster.shifts_of(agent.id)
                for row in shift.activities
                if row.kind not in {"break", "role"} and row.what == session.name
            ]
            for agent in problem.workforce.agents
        }
        self.ended = _ended(roster)
        self.sittings: dict[datetime, list[str]] = {}
        for agent in session.attendees:
            for row in self.rows[agent]:
                self.sittings.setdefault(row.start, []).append(agent)
        self.main = max(self.sittings, key=lambda start: (len(self.sittings[start]), -start.timestamp()), default=None)
        self.leaders = leaders_of(problem, session)

    @property
    def strangers(self) -> list[str]:
        known = {*self.session.attendees, *self.leaders}
        return [agent for agent, rows in self.rows.items() if rows and agent not in known]

    def day_of(self, agent: str) -> date | None:
        rows = self.rows[agent]
        return local(rows[0].start, self.problem.grid.zone).date() if rows else None

    def fault(self, agent: str) -> str:
        """Why an attendee's part does not count; empty where it does."""
        rows, session = self.rows[agent], self.session
        if not rows:
            return "does not take part"
        if len(rows) > 1:
            return f"takes part {len(rows)} times"
        (row,) = rows
        if row.kind != session.kind or row.interval.minutes != session.minutes:
            return f"a {row.kind} of {row.interval.minutes:g} min; a {session.kind} of {session.minutes} min is planned"
        if late := self._misplaced(row):
            return late
        group = self.sittings[row.start]
        if session.group_size is None and row.start != self.main:
            return f"sits apart from the {len(self.sittings[self.main])} others" if self.main else ""
        if session.group_size is not None and len(group) > session.group_size:
            return f"sits with {len(group) - 1} others in a group of {session.group_size}"
        led = [one for one in self.leaders if any(part.interval == row.interval for part in self.rows[one])]
        if session.trainer and len(led) != 1:
            return f"{len(led)} with the role {session.trainer} lead it; one is asked for"
        return self._too_early(agent, row)

    def _misplaced(self, row: Activity) -> str:
        day = local(row.start, self.problem.grid.zone).date()
        first, last = self.session.first or self.problem.days[0], self.session.by or self.problem.days[-1]
        if not first <= day <= last:
            return f"takes part on {day}; {first} to {last} is asked for"
        outside = outside_minutes(self.session.hours, row.interval, self.problem.grid.zone)
        return f"{outside} min outside {self.session.hours}" if outside else ""

    def _too_early(self, agent: str, row: Activity) -> str:
        for session in self.problem.workforce.sessions:
            if session.name in self.session.after and agent in session.attendees:
                ended = self.ended.get((agent, session.name))
                if ended is None or ended > row.start:
                    return f"has not ended {session.name} before"
        return ""


def _ended(roster: Roster) -> Mapping[tuple[str, str], datetime]:
    """When each agent has ended each thing, the last time."""
    return {
        (agent, row.what): row.end
        for agent, shifts in roster.shifts_by_agent.items()
        for shift in shifts
        for row in shift.activities
        if row.what is not None
    }


def _may_pay(problem: RosterProblem, session: Session) -> NDArray[np.bool_]:
    """The steps in which a session may be held."""
    inside = np.zeros(problem.grid.count, dtype=np.bool_)
    for start in starts_of(problem, session):
        for step, _ in problem.minutes_by_step(start, start + session.minutes):
            inside[step] = True
    return inside


def _present(problem: RosterProblem, x: Variables, agent: str, begin: int, end: int) -> LinearExprT:
    day = int(problem.grid.day_index[begin // problem.grid.step_minutes])
    rows = [
        literal
        for k in range(max(0, day - 1), day + 1)
        for duty, literal in x.duties(agent, k)
        if covers(duty, begin, end)
    ]
    return sum(rows) if rows else 0


def _meeting_point(problem: RosterProblem, others: Others, session: Session, lost: NDArray[np.int64]) -> int | None:
    """The start where most of the others are there; of these the one where taking heads off costs least, the first of equals."""
    starts = np.array(starts_of(problem, session), dtype=np.int64)
    if len(starts) == 0:
        return None
    ends, size = starts + session.minutes, problem.grid.step_minutes
    there = np.zeros(len(starts), dtype=np.int64)
    for agent in (*session.attendees, *leaders_of(problem, session)):
        duties = [duty for duty in others.tours.get(agent, ()) if duty and not duty.template.on_call]
        if duties:
            edges = np.array([(duty.start, duty.end) for duty in duties])
            there += ((edges[:, :1] <= starts) & (ends <= edges[:, 1:])).any(axis=0)
    sums = np.concatenate(([0], np.cumsum(lost)))
    cost = sums[np.minimum(-(-ends // size), len(lost))] - sums[starts // size]
    return int(starts[np.lexsort((cost, -there))[0]])
