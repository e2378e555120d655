"""Sessions put into settled duties: who sits together when, exact on CP-SAT, where the heads that it takes cost least."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Session
from wfm.schedule.draft import Draft, Tasks, minutes_on_queue
from wfm.schedule.placing.attendance import Attendance, covers, leaders_of, starts_of
from wfm.schedule.placing.open_minutes import open_minutes
from wfm.schedule.problem import MICRO, Duty, RosterProblem, Task
from wfm.schedule.rules.role_hours import RoleHours

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar

MISSED = 10_000 * MICRO
"""What an attendee who has no sitting costs, in millionths of a contact: more than the service of any session."""
SHORT = 100 * MICRO
"""What a minute costs by which a role falls short because of a session."""
DETERMINISTIC_SECONDS = 2.0
GAP = 0.01
"""CP-SAT stops with sittings that cost a hundredth more than they must, or after so much of its own unit of work."""
Cell = tuple[str, int]
"""An agent on a day."""


def gathered(
    problem: RosterProblem, hours: Sequence[RoleHours], draft: Draft, pinned: Mapping[Cell, Tasks]
) -> dict[Cell, Tasks]:
    """The sessions that each agent attends or leads on each day, in the duties of a draft; days that are ``pinned`` stay as they are.

    Every attendee who can be seated is. Breaks keep a place in their windows, roles their time as far as hours can tell, and nobody leads
    for longer than the most hours of the trainer's role. Reproducible: one worker, and work counted instead of seconds.
    """
    from ortools.sat.python.cp_model import CpModel, CpSolver

    cp = CpModel()
    missed: list[IntVar] = []

    def missing(session: Session, agent: str) -> IntVar:
        missed.append(cp.new_bool_var(f"missed {session.name} {agent}"))
        return missed[-1]

    duties = {agent: [duty for duty in tour.duties if duty] for agent, tour in draft.tours.items()}
    known = {
        (agent, task.what): duty.start + task.offset
        for agent, rows in duties.items()
        for duty in rows
        for task in pinned.get((agent, duty.day), ())
    }

    def present(session: Session, agent: str, begin: int) -> int:
        if (agent, session.name) in known:
            return int(known[agent, session.name] == begin)
        return int(
            any(
                covers(duty, begin, begin + session.minutes) and (agent, duty.day) not in pinned
                for duty in duties.get(agent, ())
            )
        )

    attendance = Attendance(cp, problem, present, missing)
    sessions = problem.workforce.sessions
    for agent in sorted({agent for row in sessions for agent in (*row.attendees, *leaders_of(problem, row))}):
        for duty in duties.get(agent, ()):
            if (agent, duty.day) not in pinned:
                _room_for_breaks(attendance, agent, duty)
    attendance.add(sessions)
    cost = {session.name: _cost(problem, draft, session) for session in sessions}
    taken = [*attendance.attends.items(), *attendance.leads.items()]
    charges: list[tuple[int, IntVar]] = [(cost[name][start], part) for (name, start, _), part in taken]
    charges += [(MISSED, one) for one in missed]
    charges += [(SHORT, minutes) for minutes in _weeks_of_roles(attendance, hours, duties)]
    cp.minimize(sum(charge * variable for charge, variable in charges))
    solver = CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = DETERMINISTIC_SECONDS
    solver.parameters.relative_gap_limit = GAP
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.linearization_level = (
        2  # proves the best sittings of 3 sessions of 16 people in 0.6 of its units; level 1 in none of 3
    )
    solver.parameters.catch_sigint_signal = False
    if solver.status_name(solver.solve(cp)) not in {"OPTIMAL", "FEASIBLE"}:
        return {}
    found = [(name, start, agent) for (name, start, agent), part in taken if solver.value(part)]
    return _tasks(problem, duties, found)


def _tasks(
    problem: RosterProblem, duties: Mapping[str, Sequence[Duty]], found: Sequence[tuple[str, int, str]]
) -> dict[Cell, Tasks]:
    named = {session.name: session for session in problem.workforce.sessions}
    tasks: dict[Cell, Tasks] = {}
    for name, start, agent in sorted(found, key=lambda part: part[1]):
        session = named[name]
        duty = next(row for row in duties[agent] if covers(row, start, start + session.minutes))
        cell = agent, duty.day
        tasks[cell] = (*tasks.get(cell, ()), Task(start - duty.start, session.minutes, session.kind, name))
    return tasks


def _room_for_breaks(attendance: Attendance, agent: str, duty: Duty) -> None:
    """Each break of a duty has one place that no session overlaps."""
    for number, pause in enumerate(duty.template.breaks):
        places = []
        for offset in attendance.problem.offsets(pause):
            place = attendance.cp.new_bool_var(f"break {agent} {duty.day} {number} {offset}")
            attendance.busy[agent].append((duty.start + offset, duty.start + offset + pause.minutes, place))
            places.append(place)
        attendance.cp.add_exactly_one(places)


def _weeks_of_roles(
    attendance: Attendance, hours: Sequence[RoleHours], duties: Mapping[str, Sequence[Duty]]
) -> Iterator[IntVar]:
    """Minutes that each role's weeks are short of, at the least; and nobody leads for longer than the most minutes of a week."""
    problem = attendance.problem
    named = {session.name: session for session in problem.workforce.sessions}
    for rule, role in ((row, role) for row in hours for role in row.roles(problem)):
        inside = np.concatenate(([0], np.cumsum(open_minutes(role.hours, problem.grid))))
        for holder in rule.holders(problem, role):
            for days in problem.weeks:
                least, most = rule.due(problem, role, holder, [problem.date(day) for day in days])
                mine = [duty for duty in duties.get(holder.id, ()) if duty.day in days and not duty.template.on_call]
                taken = list(_taken(attendance, holder.id, mine))
                led = [
                    (named[name].minutes, part)
                    for name, _, part, leads in taken
                    if leads and named[name].trainer == role.name
                ]
                if led:
                    attendance.cp.add(sum(minutes * part for minutes, part in led) <= most)
                if least and taken:
                    pauses = sum(pause.minutes for duty in mine for pause in duty.template.breaks)
                    room = sum(int(inside[duty.end] - inside[duty.start]) for duty in mine) - pauses
                    lost = sum(
                        int(inside[start + named[name].minutes] - inside[start]) * part
                        for name, start, part, _ in taken
                    )
                    short = attendance.cp.new_int_var(0, least, f"short {role.name} {holder.id} {days.start}")
                    given = sum(minutes * part for minutes, part in led)
                    attendance.cp.add(room - lost + given + short >= min(least, room))
                    yield short


def _taken(attendance: Attendance, agent: str, duties: Sequence[Duty]) -> Iterator[tuple[str, int, IntVar, bool]]:
    """Sessions that an agent may attend or lead in some duties: name, start, literal, and whether as its leader."""
    for kept, leads in ((attendance.attends, False), (attendance.leads, True)):
        for (name, start, who), part in kept.items():
            if who == agent and any(duty.start <= start < duty.end for duty in duties):
                yield name, start, part, leads


def _cost(problem: RosterProblem, draft: Draft, session: Session) -> dict[int, int]:
    """What each of the heads that a sitting takes costs on average, in millionths of a contact, for every start.

    In each step the heads that a full sitting takes at once leave the queue in the mix of the groups of those who may take part and
    are on it; what the market loses is shared among them.
    """
    size = problem.grid.step_minutes
    takes_part = [*session.attendees, *leaders_of(problem, session)]
    there = np.zeros_like(problem.serving_before)
    for agent in takes_part:
        if agent in problem.group_of:
            there[problem.group_of[agent]] += minutes_on_queue(problem, draft.tours[agent])
    full = min(session.group_size or len(session.attendees), len(session.attendees)) + (session.trainer is not None)
    heads = np.minimum(full, there.sum(axis=0) / size)
    mix = there / np.maximum(there.sum(axis=0), 1)
    serving = draft.serving()
    fewer = np.maximum(0, serving - np.rint(mix * heads * size).astype(np.int64))
    lost = (problem.market.worth(serving) - problem.market.worth(fewer)) / np.maximum(heads, 1.0)
    return dict(_sums(problem, session, lost))


def _sums(problem: RosterProblem, session: Session, lost: NDArray[np.float64]) -> Iterator[tuple[int, int]]:
    for start in starts_of(problem, session):
        steps = problem.minutes_by_step(start, start + session.minutes)
        yield start, round(sum(lost[step] * minutes / problem.grid.step_minutes for step, minutes in steps))
