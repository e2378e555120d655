"""Decision variables of the CP-SAT model, made when first asked for, answering in the field's words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from wfm.schedule.problem import Duty, RosterProblem

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar, LinearExprT


class Variables:
    """x[agent, day, slot] = 1 where the agent works that duty; an agent works at most one duty a day by construction."""

    def __init__(self, model: CpModel, problem: RosterProblem) -> None:
        self.model = model
        self.problem = problem
        self._works: dict[tuple[str, int], IntVar] = {}
        self._duty = {
            (agent.id, duty.day, duty.slot): model.new_bool_var(f"x {agent.id} {duty.day} {duty.slot}")
            for agent in problem.workforce.agents
            for duties in problem.duties
            for duty in duties
        }
        for agent in problem.workforce.agents:
            for day in range(len(problem.days)):
                model.add_at_most_one(literal for _, literal in self.duties(agent.id, day))

    def duty(self, agent: str, duty: Duty) -> IntVar:
        """Whether the agent works one duty."""
        return self._duty[agent, duty.day, duty.slot]

    def duties(self, agent: str, day: int) -> list[tuple[Duty, IntVar]]:
        """All duties of an agent on one day with their literals."""
        return [(duty, self.duty(agent, duty)) for duty in self.problem.duties[day]]

    def works(self, agent: str, day: int) -> IntVar:
        """Whether the agent works on a day: the sum of that day's duties."""
        if (agent, day) not in self._works:
            works = self.model.new_bool_var(f"works {agent} {day}")
            self.model.add(sum(literal for _, literal in self.duties(agent, day)) == works)
            self._works[agent, day] = works
        return self._works[agent, day]

    def minutes(self, agent: str, days: Iterable[int]) -> LinearExprT:
        """Paid minutes of an agent over some days."""
        return sum(duty.paid_minutes * literal for day in days for duty, literal in self.duties(agent, day))

    def on_shift(self, agents: Iterable[str], step: int) -> LinearExprT:
        """Minutes that a set of agents spends on shift in one step of the grid, breaks included."""
        size = self.problem.grid.step_minutes
        begin, end = step * size, (step + 1) * size
        days = self._days_that_reach(step)
        return sum(
            (min(duty.end, end) - max(duty.start, begin)) * literal
            for agent in agents
            for day in days
            for duty, literal in self.duties(agent, day)
            if duty.start < end and duty.end > begin
        )

    def _days_that_reach(self, step: int) -> range:
        """The days whose duties can overlap a step: a duty lasts at most a day."""
        day = int(self.problem.grid.day_index[step])
        return range(max(0, day - 1), day + 1)
