"""Blocks of roles: what each agent owes each week, placed with the breaks where the agent's time on the queue is worth least."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import gcd

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Agent, Assignment, Role, Roster
from wfm.schedule.draft import Draft, Pauses, Tasks, Tour
from wfm.schedule.placing.attendance import leads
from wfm.schedule.placing.open_minutes import open_minutes
from wfm.schedule.placing.shift_plan import Allowed, ShiftPlan, shared_out
from wfm.schedule.problem import Duty, RosterProblem, Task
from wfm.schedule.rule import Rule
from wfm.schedule.rules.role_hours import RoleHours

RASTER_MINUTES = 15
"""Blocks begin and last multiples of this many minutes of the clock, or of the grid's step where that is shorter."""
MISSING = 1_000.0
"""What a minute of a role below what is due costs, in contacts: the role goes before service where there is room."""


@dataclass(frozen=True)
class Ask:
    """What one agent owes a role in the days of one week, in units of the raster."""

    role: Role
    days: range
    least: int
    most: int


class Blocks:
    """Places the blocks of roles into tours, and the breaks with them. Pinned days keep the breaks and tasks of their pins."""

    def __init__(self, problem: RosterProblem, rules: Sequence[Rule]) -> None:
        self.problem = problem
        self.hours = [rule for rule in rules if isinstance(rule, RoleHours) and rule.roles(problem)]
        self.raster = min(RASTER_MINUTES, problem.grid.step_minutes)
        self.cell = gcd(problem.grain_minutes, self.raster)
        rows = [Assignment(agent=pin.agent, shift=pin.shift) for pin in problem.pins if pin.shift]
        self.pins = Draft.of(problem, Roster.of(problem.grid, rows)).tours
        self._inside: dict[str, Allowed] = {}
        self._rooms: dict[tuple[int, int, str | None], tuple[Allowed, Allowed, Allowed]] = {}

    def pinned(self, agent: str, tour: Tour) -> list[int]:
        """The days on which an agent works the duty of a pin."""
        pin = self.pins[agent]
        return [day for day, duty in enumerate(pin.duties) if duty is not None and duty == tour.duties[day]]

    def placed(self, agent: Agent, tour: Tour, worth: NDArray[np.float64]) -> tuple[Tour, int]:
        """The tour with its breaks and blocks placed anew, beside the sessions that it has, and the minutes that roles are short of.

        ``worth[t]`` is what a minute of the agent on the queue is worth in step t, in contacts, shape (grid.count,). Exact week by
        week and role by role (``shift_plan``).
        """
        sums = np.zeros(len(worth) * (self.problem.grid.step_minutes // self.cell) + 1)
        sums[1:] = np.cumsum(np.repeat(worth * self.cell, self.problem.grid.step_minutes // self.cell))
        pins, short = self.pinned(agent.id, tour), 0
        pauses, tasks = list(tour.pauses), list(tour.tasks)
        asks = list(self._asks(agent, tour, pins))
        for days in self.problem.weeks:
            mine: list[Ask | None] = [ask for ask in asks if ask.days == days]
            open_days = [(day, duty) for day in days if (duty := tour.duties[day]) and day not in pins]
            for ask in mine or [None]:
                short += self._week(open_days, ask, sums, pauses, tasks)
        return Tour(tour.duties, tuple(pauses), tuple(tasks)), short

    def fits(self, duty: Duty, tasks: Tasks) -> bool:
        """Whether all breaks of a duty have a place beside some tasks."""
        nothing = np.zeros(self.problem.grid.count * (self.problem.grid.step_minutes // self.cell) + 1)
        return bool(np.isfinite(self._plan(duty, tasks, None, nothing).costs[0]))

    def _week(
        self,
        days: Sequence[tuple[int, Duty]],
        ask: Ask | None,
        sums: NDArray[np.float64],
        pauses: list[Pauses],
        tasks: list[Tasks],
    ) -> int:
        """Place the breaks of one week, and with them one role around all other tasks; the minutes that it is short of."""
        role = ask.role if ask else None
        others = {day: tuple(task for task in tasks[day] if not of(task, role)) for day, _ in days}
        plans = [self._plan(duty, others[day], ask, sums) for day, duty in days]
        taken = [0] * len(plans)
        if ask:
            taken = shared_out([plan.costs for plan in plans], ask.least, ask.most, MISSING * self.raster)
        for (day, _), plan, units in zip(days, plans, taken, strict=True):
            starts, blocks = plan.ways(units)
            pauses[day] = tuple(self.cell * start for start in starts)
            mine = (
                (Task(self.cell * low, self.cell * cells, "role", role.name) for low, cells in blocks) if role else ()
            )
            tasks[day] = tuple(sorted((*others[day], *mine)))
        return max(0, ask.least - sum(taken)) * self.raster if ask else 0

    def _plan(self, duty: Duty, others: Tasks, ask: Ask | None, sums: NDArray[np.float64]) -> ShiftPlan:
        role = ask.role if ask else None
        key = duty.day, duty.slot, role.name if role else None
        if others or key not in self._rooms:
            room = self._room(duty, others, role)
            if not others:
                self._rooms[key] = room
        else:
            room = self._rooms[key]
        first = duty.start // self.cell
        at = np.minimum(np.arange(first, first + len(room[1]) + 1), len(sums) - 1)
        block = -(-role.block_minutes // self.raster) if role else 1
        return ShiftPlan(
            cost=sums[at],
            pauses=tuple(pause.minutes // self.cell for pause in duty.template.breaks),
            may_pause=room[0],
            may_work=room[1],
            may_start=room[2],
            block=block,
            unit=self.raster // self.cell,
            most=max(ask.least, block) if ask and ask.least else 0,
        )

    def _room(self, duty: Duty, others: Tasks, role: Role | None) -> tuple[Allowed, Allowed, Allowed]:
        """Where in a duty beside other tasks breaks may start, the role may be played, and a block of it may begin."""
        cells, first = duty.template.minutes // self.cell, duty.start // self.cell
        free = np.ones(cells, dtype=np.bool_)
        for task in others:
            free[task.offset // self.cell : -(-(task.offset + task.minutes) // self.cell)] = False
        may_pause = np.zeros((len(duty.template.breaks), cells), dtype=np.bool_)
        for number, pause in enumerate(duty.template.breaks):
            for offset in self.problem.offsets(pause):
                low = offset // self.cell
                may_pause[number, low] = free[low : low + pause.minutes // self.cell].all()
        may_work = np.zeros_like(free)
        if role and not duty.template.on_call:
            may_work = free & self._open(role)[first : first + cells]
        return may_pause, may_work, (duty.start + self.cell * np.arange(cells)) % self.raster == 0

    def _open(self, role: Role) -> Allowed:
        """The cells that lie inside the hours of a role."""
        if role.name not in self._inside:
            inside = open_minutes(role.hours, self.problem.grid)
            whole = len(inside) // self.cell * self.cell
            self._inside[role.name] = np.asarray(inside[:whole].reshape(-1, self.cell).all(axis=1))
        return self._inside[role.name]

    def _asks(self, agent: Agent, tour: Tour, pins: Sequence[int]) -> Iterator[Ask]:
        """What the agent owes each role in each week, less the sessions that the agent leads; the first rule about a role counts."""
        seen: set[str] = set()
        for rule in self.hours if agent.roles else ():
            for role in rule.roles(self.problem):
                if role.name in agent.roles and role.name not in seen and rule.about(agent):
                    seen.add(role.name)
                    for days in self.problem.weeks:
                        yield self._ask(rule, role, agent, days, tour, pins)

    def _ask(self, rule: RoleHours, role: Role, agent: Agent, days: range, tour: Tour, pins: Sequence[int]) -> Ask:
        least, most = rule.due(self.problem, role, agent, [self.problem.date(day) for day in days])
        led = {row.name for row in self.problem.workforce.sessions if row.trainer == role.name and leads(row, agent)}
        done = sum(
            task.minutes
            for day in days
            for task in tour.tasks[day]
            if task.what in led or (day in pins and of(task, role))
        )
        units = max(0, -(-(least - done) // self.raster))
        block = -(-role.block_minutes // self.raster)
        top = max(0, (most - done) // self.raster)
        return Ask(role, days, min(max(units, block), top) if units else 0, top)


def of(task: Task, role: Role | None) -> bool:
    """Whether a task is a block of a role."""
    return role is not None and task.kind == "role" and task.what == role.name
