"""Placement: sessions, blocks of roles and breaks put into settled duties where they cost least service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import gcd, inf

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Agent, Assignment, Role, Roster
from wfm.schedule.attendance import leads
from wfm.schedule.draft import Draft, Pauses, Tasks, Tour, minutes_on_queue
from wfm.schedule.open_minutes import open_minutes
from wfm.schedule.problem import MICRO, Duty, RosterProblem, Task
from wfm.schedule.rule import Rule
from wfm.schedule.rules.role_hours import RoleHours
from wfm.schedule.rules.sessions import Sessions
from wfm.schedule.shift_plan import ShiftPlan, shared_out
from wfm.schedule.sittings import Cell, seated

RASTER_MINUTES = 15
"""Blocks begin and last multiples of this many minutes of the clock, or of the grid's step where that is shorter."""
SWEEPS = 6
"""Rounds over the agents at most; the service lost has settled after two or three."""
MISSING = 1_000.0 * MICRO
"""What a minute of a role below what is due costs, in millionths of a contact: the role goes before service where there is room."""


def place(problem: RosterProblem, rules: Sequence[Rule], draft: Draft) -> Draft:
    """The draft with its sessions, the blocks of its roles, and its breaks placed anew; the same draft where rules ask for neither.

    Sessions come first, exactly (``sittings``). Then each agent in turn gets blocks and breaks that cost least given everybody else,
    exactly, week by week and role by role (``shift_plan``), until service gains no more: a local optimum. Pinned days stay as they are.
    """
    hours = [rule for rule in rules if isinstance(rule, RoleHours) and rule.roles(problem)]
    sessions = any(isinstance(rule, Sessions) for rule in rules) and bool(problem.workforce.sessions)
    if not (hours or sessions):
        return draft
    desk = Desk(problem, hours, draft, sessions=sessions)
    best, kept = inf, draft
    for _ in range(SWEEPS):
        for agent in problem.workforce.agents:
            desk.respond(agent)
        if desk.loss >= best:
            break
        best, kept = desk.loss, desk.draft
    return kept


@dataclass(frozen=True)
class Ask:
    """What one agent owes a role in the days of one week, in units of the raster."""

    role: Role
    days: range
    least: int
    most: int


class Desk:
    """The plan of everybody while it is placed: tours, minutes on the queue, and what is fixed."""

    def __init__(self, problem: RosterProblem, hours: Sequence[RoleHours], draft: Draft, *, sessions: bool) -> None:
        self.problem, self.hours = problem, hours
        self.raster = min(RASTER_MINUTES, problem.grid.step_minutes)
        self.cell = gcd(problem.grain_minutes, self.raster)
        bare = draft.without_tasks
        self.pinned = _pinned(problem, bare)
        pinned = {cell: tasks for cell, (_, tasks) in self.pinned.items()}
        self.fixed = (seated(problem, hours, bare, pinned) if sessions else {}) | pinned
        self.tours = {agent: self._with_fixed(agent, tour) for agent, tour in bare.tours.items()}
        self.serving = self.draft.serving()
        self._inside: dict[str, NDArray[np.bool_]] = {}
        self.short = dict.fromkeys(self.tours, 0)

    @property
    def draft(self) -> Draft:
        """The plan as it stands."""
        return Draft(self.problem, dict(self.tours))

    @property
    def loss(self) -> float:
        """Service lost and minutes that roles are short of, in millionths of a contact, once everybody has been asked."""
        return MISSING * sum(self.short.values()) - float(self.problem.market.worth(self.serving).sum())

    def respond(self, agent: Agent) -> None:
        """Place an agent's blocks and breaks anew, given everybody else."""
        group = self.problem.group_of.get(agent.id)
        tour = self.tours[agent.id]
        sums = np.zeros(self.problem.grid.count * self.problem.grid.step_minutes // self.cell + 1)
        if group is not None:
            self.serving[group] -= minutes_on_queue(self.problem, tour)
            worth = self.problem.market.head(self.serving, group) / self.problem.grid.step_minutes
            sums[1:] = np.cumsum(np.repeat(worth * self.cell, self.problem.grid.step_minutes // self.cell))
        self.tours[agent.id] = self._placed(agent, tour, sums)
        if group is not None:
            self.serving[group] += minutes_on_queue(self.problem, self.tours[agent.id])

    def _placed(self, agent: Agent, tour: Tour, sums: NDArray[np.float64]) -> Tour:
        pauses, tasks = list(tour.pauses), list(tour.tasks)
        self.short[agent.id] = 0
        asks = list(self._asks(agent, tour))
        for days in self.problem.weeks:
            mine: list[Ask | None] = [ask for ask in asks if ask.days == days]
            for ask in mine or [None]:
                self._week(agent, tour.duties, days, ask, sums, pauses, tasks)
        return Tour(tour.duties, tuple(pauses), tuple(tasks))

    def _week(
        self,
        agent: Agent,
        duties: Sequence[Duty | None],
        days: range,
        ask: Ask | None,
        sums: NDArray[np.float64],
        pauses: list[Pauses],
        tasks: list[Tasks],
    ) -> None:
        """Place the breaks of one week, and with them one role around all other tasks."""
        role = ask.role if ask else None
        open_days = [(day, duty) for day in days if (duty := duties[day]) and (agent.id, day) not in self.pinned]
        others = {day: tuple(task for task in tasks[day] if not _of(task, role)) for day, _ in open_days}
        plans = [self._plan(duty, others[day], ask, sums) for day, duty in open_days]
        taken = [0] * len(plans)
        if ask:
            taken = shared_out([plan.costs for plan in plans], ask.least, ask.most, MISSING * self.raster)
            self.short[agent.id] += max(0, ask.least - sum(taken)) * self.raster
        for (day, _), plan, units in zip(open_days, plans, taken, strict=True):
            starts, blocks = plan.ways(units)
            pauses[day] = tuple(self.cell * start for start in starts)
            mine = (
                (Task(self.cell * low, self.cell * cells, "role", role.name) for low, cells in blocks) if role else ()
            )
            tasks[day] = tuple(sorted((*others[day], *mine)))

    def _plan(self, duty: Duty, others: Tasks, ask: Ask | None, sums: NDArray[np.float64]) -> ShiftPlan:
        cells, first = duty.template.minutes // self.cell, duty.start // self.cell
        free = np.ones(cells, dtype=np.bool_)
        for task in others:
            free[task.offset // self.cell : -(-(task.offset + task.minutes) // self.cell)] = False
        at = np.minimum(np.arange(first, first + cells + 1), len(sums) - 1)
        breaks = duty.template.breaks
        may_pause = np.zeros((len(breaks), cells), dtype=np.bool_)
        for number, pause in enumerate(breaks):
            for offset in self.problem.offsets(pause):
                low = offset // self.cell
                may_pause[number, low] = free[low : low + pause.minutes // self.cell].all()
        may_work = np.zeros(cells, dtype=np.bool_)
        block = 1
        if ask and not duty.template.on_call:
            may_work = free & self._open(ask.role)[first : first + cells]
            block = -(-ask.role.block_minutes // self.raster)
        return ShiftPlan(
            cost=sums[at],
            pauses=tuple(pause.minutes // self.cell for pause in breaks),
            may_pause=may_pause,
            may_work=may_work,
            may_start=(duty.start + self.cell * np.arange(cells)) % self.raster == 0,
            block=block,
            unit=self.raster // self.cell,
            most=max(ask.least, block) if ask and ask.least else 0,
        )

    def _open(self, role: Role) -> NDArray[np.bool_]:
        """The cells that lie inside the hours of a role."""
        if role.name not in self._inside:
            inside = open_minutes(role.hours, self.problem.grid)
            whole = len(inside) // self.cell * self.cell
            self._inside[role.name] = np.asarray(inside[:whole].reshape(-1, self.cell).all(axis=1))
        return self._inside[role.name]

    def _asks(self, agent: Agent, tour: Tour) -> Iterator[Ask]:
        """What the agent owes each role in each week, less the sessions that the agent leads; the first rule about a role counts."""
        seen: set[str] = set()
        for rule in self.hours if agent.roles else ():
            for role in rule.roles(self.problem):
                if role.name in agent.roles and role.name not in seen and rule.about(agent):
                    seen.add(role.name)
                    for days in self.problem.weeks:
                        yield self._ask(rule, role, agent, days, tour)

    def _ask(self, rule: RoleHours, role: Role, agent: Agent, days: range, tour: Tour) -> Ask:
        least, most = rule.due(self.problem, role, agent, [self.problem.date(day) for day in days])
        led = {row.name for row in self.problem.workforce.sessions if row.trainer == role.name and leads(row, agent)}
        done = sum(
            task.minutes
            for day in days
            for task in tour.tasks[day]
            if task.what in led or ((agent.id, day) in self.pinned and _of(task, role))
        )
        units = max(0, -(-(least - done) // self.raster))
        block = -(-role.block_minutes // self.raster)
        top = max(0, (most - done) // self.raster)
        return Ask(role, days, min(max(units, block), top) if units else 0, top)

    def _with_fixed(self, agent: str, tour: Tour) -> Tour:
        pauses = tuple(self.pinned.get((agent, day), (row, ()))[0] for day, row in enumerate(tour.pauses))
        return Tour(tour.duties, pauses, tuple(self.fixed.get((agent, day), ()) for day in range(len(tour.duties))))


def _of(task: Task, role: Role | None) -> bool:
    return role is not None and task.kind == "role" and task.what == role.name


def _pinned(problem: RosterProblem, draft: Draft) -> Mapping[Cell, tuple[Pauses, Tasks]]:
    """Breaks and tasks of the pinned cells whose duty the draft has."""
    rows = [Assignment(agent=pin.agent, shift=pin.shift) for pin in problem.pins if pin.shift]
    pins = Draft.of(problem, Roster.of(problem.grid, rows))
    return {
        (agent, day): (tour.pauses[day], tour.tasks[day])
        for agent, tour in pins.tours.items()
        for day, duty in enumerate(tour.duties)
        if duty is not None and agent in draft.tours and draft.tours[agent].duties[day] == duty
    }
