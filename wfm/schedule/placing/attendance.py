"""Who takes part in which session when, on CP-SAT: for duties that are still open and for duties that are settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain import Agent, Session, TimeGrid
from wfm.schedule.placing.open_minutes import open_minutes
from wfm.schedule.problem import Duty, RosterProblem

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar, LinearExprT

SESSION_RASTER_MINUTES = 30
"""Sessions begin on the half hour of the horizon: people meet at times that they can remember."""
Part = tuple[str, int, str]
"""(session, start in elapsed minutes, agent)."""
Stretch = tuple[int, int, "IntVar"]
"""Begin and end in elapsed minutes, and whether it is taken."""
Presence = Callable[[Session, str, int], "LinearExprT"]
"""Whether an agent is there for a session that begins at an elapsed minute: an expression of 0 or 1, or the number 0: never."""


def starts_of(problem: RosterProblem, session: Session) -> tuple[int, ...]:
    """Where a session may begin, in elapsed minutes: on the raster, wholly inside its hours, on its days."""
    return _starts(session, problem.grid)


@lru_cache(maxsize=1_024)
def _starts(session: Session, grid: TimeGrid) -> tuple[int, ...]:
    inside = open_minutes(session.hours, grid)
    closed = np.concatenate(([0], np.cumsum(~inside)))
    last = min(grid.count * grid.step_minutes, len(inside) - session.minutes)
    starts = np.arange(0, last, SESSION_RASTER_MINUTES)
    starts = starts[closed[starts + session.minutes] == closed[starts]]
    days = [grid.dates[day] for day in grid.day_index[starts // grid.step_minutes].tolist()]
    first, by = session.first or grid.dates[0], session.by or grid.dates[-1]
    return tuple(start for start, day in zip(starts.tolist(), days, strict=True) if first <= day <= by)


def leads(session: Session, agent: Agent) -> bool:
    """Whether an agent may lead a session: a holder of its trainer's role who does not attend it."""
    return session.trainer in agent.roles and agent.id not in session.attendees


def leaders_of(problem: RosterProblem, session: Session) -> list[str]:
    """Who may lead a session."""
    return [agent.id for agent in problem.workforce.agents if leads(session, agent)]


def covers(duty: Duty, begin: int, end: int) -> bool:
    """Whether a duty holds a stretch of elapsed minutes that may be spent off the queue."""
    return duty.start <= begin and end <= duty.end and not duty.template.on_call


@dataclass
class Attendance:
    """The parts of all sessions of a problem: who attends, who leads. Every attendee sits once or is ``missing``.

    At most one sitting of a session begins at a time, with at most its group and one leader where it has a trainer; a session
    without a group has one sitting. Prerequisites end before, and nobody is in two sessions at once.
    """

    cp: CpModel
    problem: RosterProblem
    present: Presence
    missing: Callable[[Session, str], LinearExprT]
    attends: dict[Part, IntVar] = field(default_factory=dict)
    leads: dict[Part, IntVar] = field(default_factory=dict)
    busy: defaultdict[str, list[Stretch]] = field(default_factory=lambda: defaultdict(list))

    def add(self, sessions: Sequence[Session]) -> Attendance:
        """Add the sessions to the model; those that an attendee needs before come before."""
        for session in sessions:
            for start in starts_of(self.problem, session):
                self._sitting(session, start)
            if session.group_size is None:
                self._together(session)
            for agent in session.attendees:
                self._once(session, agent)
        for session in sessions:
            for earlier in (row for row in sessions if row.name in session.after):
                for agent in sorted({*session.attendees} & {*earlier.attendees}):
                    self._after(session, earlier, agent)
        for rows in self.busy.values():
            self._one_at_a_time(rows)
        return self

    def of(self, session: Session, agent: str) -> dict[int, IntVar]:
        """The parts of an attendee by start."""
        rows = ((start, self.attends.get((session.name, start, agent))) for start in starts_of(self.problem, session))
        return {start: part for start, part in rows if part is not None}

    def _sitting(self, session: Session, start: int) -> None:
        leads = [self._part(self.leads, session, start, agent) for agent in leaders_of(self.problem, session)]
        led = [part for part in leads if part is not None]
        if session.trainer and not led:
            return
        rows = [self._part(self.attends, session, start, agent) for agent in session.attendees]
        parts = [part for part in rows if part is not None]
        if session.trainer:
            self.cp.add_at_most_one(led)
            self.cp.add(sum(led) <= sum(parts))
            for part in parts:
                self.cp.add_bool_or([*led, ~part])
        if session.group_size is not None:
            self.cp.add(sum(parts) <= session.group_size)

    def _part(self, kept: dict[Part, IntVar], session: Session, start: int, agent: str) -> IntVar | None:
        present = self.present(session, agent, start)
        if isinstance(present, int) and present == 0:
            return None
        part = self.cp.new_bool_var(f"part {session.name} {start} {agent}")
        self.cp.add(part <= present)
        self.busy[agent].append((start, start + session.minutes, part))
        kept[session.name, start, agent] = part
        return part

    def _one_at_a_time(self, rows: Sequence[Stretch]) -> None:
        """Stretches overlap exactly where one begins inside another; clauses, as a conflict is told from models without intervals."""
        for moment in sorted({begin for begin, _, _ in rows}):
            at_once = [taken for begin, end, taken in rows if begin <= moment < end]
            if len(at_once) > 1:
                self.cp.add_at_most_one(at_once)

    def _together(self, session: Session) -> None:
        sittings = {}
        for (name, start, _), part in self.attends.items():
            if name == session.name:
                if start not in sittings:
                    sittings[start] = self.cp.new_bool_var(f"sitting {name} {start}")
                self.cp.add_implication(part, sittings[start])
        self.cp.add_at_most_one(sittings.values())

    def _once(self, session: Session, agent: str) -> None:
        parts = self.of(session, agent).values()
        self.cp.add_at_most_one(parts)
        self.cp.add(1 - sum(parts) <= self.missing(session, agent))

    def _after(self, session: Session, earlier: Session, agent: str) -> None:
        """Who attends has ended the earlier session before: by starts, as far as both are attended."""
        parts, before = self.of(session, agent), self.of(earlier, agent)
        attended, prepared = sum(parts.values()), sum(before.values())
        last = max([0, *before]) + earlier.minutes
        begins = sum((start - last) * part for start, part in parts.items())
        self.cp.add(begins + last >= sum((start + earlier.minutes) * part for start, part in before.items()))
        self.cp.add(attended <= prepared)
