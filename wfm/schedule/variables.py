"""Decision variables of the CP-SAT model, made when first asked for, answering in the field's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from wfm.schedule.problem import Duty, RosterProblem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from ortools.sat.python.cp_model import CpModel, IntVar, LinearExprT

Open = Mapping[str, "NDArray[np.bool_]"]
"""For each agent the choices that are open on each day, shape (days, 1 + slots)."""
Place = tuple[int, int, int, int]
"""A break of a group: (group, day, slot, which of the template's breaks)."""


class Variables:
    """x[agent, day, slot] = 1 where the agent works that duty; an agent works at most one duty a day by construction.

    There are none for duties that are not open to their agents (left out: all are).
    """

    def __init__(self, model: CpModel, problem: RosterProblem, opened: Open | None = None) -> None:
        self.model = model
        self.problem = problem
        self.opened = opened or {}
        self._works: dict[tuple[str, int], IntVar] = {}
        self._count: dict[tuple[int, int, int], IntVar] = {}
        self.pauses: dict[Place, dict[int, IntVar]] = {}
        self.lots: dict[int, list[IntVar]] = {}
        self._duties = {
            (agent.id, day): [
                (duty, self.literal(agent.id, duty)) for duty in duties if self.is_possible(agent.id, duty)
            ]
            for agent in problem.workforce.agents
            for day, duties in enumerate(problem.duties)
        }
        self._duty = {
            (agent, day, duty.slot): literal for (agent, day), rows in self._duties.items() for duty, literal in rows
        }
        for rows in self._duties.values():
            model.add_at_most_one(literal for _, literal in rows)

    def is_possible(self, agent: str, duty: Duty) -> bool:
        """Whether the choice is open."""
        return agent not in self.opened or bool(self.opened[agent][duty.day, 1 + duty.slot])

    def literal(self, agent: str, duty: Duty) -> IntVar:
        """A new literal for an agent's duty."""
        return self.model.new_bool_var(f"x {agent} {duty.day} {duty.slot}")

    def duty(self, agent: str, duty: Duty) -> IntVar:
        """Whether the agent works one duty; never, where it is not open."""
        return self._duty.get((agent, duty.day, duty.slot), self._never)

    @cached_property
    def _never(self) -> IntVar:
        return self.model.new_constant(0)

    def duties(self, agent: str, day: int) -> list[tuple[Duty, IntVar]]:
        """All open duties of an agent on one day with their literals."""
        return self._duties[agent, day]

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

    def present(self, taken: Mapping[str, NDArray[np.bool_]], step: int) -> LinearExprT:
        """Minutes that agents spend in one step of the grid, breaks included, on the duties that are ``taken[agent][day, slot]``."""
        size = self.problem.grid.step_minutes
        begin, end = step * size, (step + 1) * size
        there = [
            (duty, min(duty.end, end) - max(duty.start, begin))
            for day in self._days_that_reach(step)
            for duty in self.problem.duties[day]
            if duty.start < end and duty.end > begin
        ]
        rows = [
            (self.duty(agent, duty), minutes)
            for agent, counts in taken.items()
            for duty, minutes in there
            if counts[duty.day, duty.slot]
        ]
        return weighted([literal for literal, _ in rows], [minutes for _, minutes in rows])

    def _days_that_reach(self, step: int) -> range:
        """The days whose duties can overlap a step: a duty lasts at most a day."""
        day = int(self.problem.grid.day_index[step])
        return range(max(0, day - 1), day + 1)

    def count(self, group: int, duty: Duty) -> IntVar:
        """How many agents of a group work a duty."""
        key = (group, duty.day, duty.slot)
        if key not in self._count:
            literals = self._literals(group, duty)
            count = self.model.new_int_var(0, len(literals), f"count {group} {duty.day} {duty.slot}")
            self.model.add(sum(literals) == count)
            self._count[key] = count
        return self._count[key]

    def _literals(self, group: int, duty: Duty) -> list[IntVar]:
        """Of the agents of a group for whom a duty is open."""
        keys = ((agent, duty.day, duty.slot) for agent in self.problem.groups[group][0])
        return [self._duty[key] for key in keys if key in self._duty]

    def pause(self, group: int, duty: Duty, position: int) -> dict[int, IntVar]:
        """How many of a group's agents on a duty start one of its breaks at each offset (minutes after the shift's start)."""
        key = (group, duty.day, duty.slot, position)
        if key not in self.pauses:
            size = len(self.problem.groups[group][0])
            offsets = self.problem.offsets(duty.template.breaks[position])
            pauses = {offset: self.model.new_int_var(0, size, f"pause {key} {offset}") for offset in offsets}
            self.model.add(sum(pauses.values()) == self.count(group, duty))
            self.pauses[key] = pauses
        return self.pauses[key]

    def serving(self, group: int, step: int) -> LinearExprT:
        """Minutes that a group spends on the queue in one step of the grid: on shift less breaks, earlier shifts included."""
        return weighted(*self._serving.get((group, step), ([], []))) + int(self.problem.serving_before[group, step])

    @cached_property
    def _serving(self) -> dict[tuple[int, int], tuple[list[IntVar], list[int]]]:
        """Variables and minutes of every (group, step), gathered in one pass over the duties."""
        found: dict[tuple[int, int], tuple[list[IntVar], list[int]]] = {}
        for group in range(len(self.problem.groups)):
            duties = (duty for day in self.problem.duties for duty in day if not duty.template.on_call)
            for duty in (duty for duty in duties if self._literals(group, duty)):
                parts = [(self.count(group, duty), duty.start, duty.end, 1)]
                for position, pause in enumerate(duty.template.breaks):
                    for offset, number in self.pause(group, duty, position).items():
                        begin = duty.start + offset
                        parts.append((number, begin, begin + pause.minutes, -1))
                for variable, begin, end, sign in parts:
                    for step, minutes in self.problem.minutes_by_step(begin, end):
                        variables, weights = found.setdefault((group, step), ([], []))
                        variables.append(variable)
                        weights.append(sign * minutes)
        return found

    def worth(self, step: int) -> LinearExprT:
        """Worth of the heads on the queue in one step, in millionths of a contact: lots of each channel sold, dearest first.

        Lots are counted in grains (problem.grain_minutes); for every tight set of channels the lots sold are within the minutes
        of the groups that serve one of the set (see market.Market).
        """
        market, grain = self.problem.market, self.problem.grain_minutes
        part = slice(int(market.first[step]), int(market.first[step + 1]))
        channels, slopes = market.channel[part].tolist(), market.slope[part].tolist()
        size = market.step_minutes // grain
        lots = [self.model.new_int_var(0, size, f"lot {step} {k}") for k in range(len(channels))]
        self.lots[step] = lots
        for holds, feeds in zip(market.holds, market.feeds, strict=True):
            sold = [lot for lot, channel in zip(lots, channels, strict=True) if holds[channel]]
            fed = sum(self.serving(group, step) for group in range(len(feeds)) if feeds[group])
            self.model.add(grain * sum(sold) <= fed)
        return weighted(lots, [grain * slope for slope in slopes])


def weighted(variables: list[IntVar], weights: list[int]) -> LinearExprT:
    """The sum of variables times weights."""
    from ortools.sat.python.cp_model import LinearExpr

    return LinearExpr.weighted_sum(variables, weights)
