"""Rules that count heads in every step of some hours and hold them against one number: everything but who counts and where."""

from __future__ import annotations

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, Field

from wfm.domain import Agent, Breach, Opening, Roster, Shift, TimeGrid
from wfm.domain.time import local
from wfm.schedule.linear import Linear
from wfm.schedule.look import Look
from wfm.schedule.others import Others
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Pull, Rule, runs

if TYPE_CHECKING:
    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables

Hours = Annotated[
    Opening,
    BeforeValidator(
        lambda hours: Opening.from_text(hours) if isinstance(hours, str) else hours,
        json_schema_input_type=Opening | str,
    ),
]
"""Opening hours; text such as ``24x7`` or ``mon-fri 08:00-20:00`` is accepted."""


Kept = tuple[NDArray[np.int64], NDArray[np.bool_], list[tuple[NDArray[np.bool_], frozenset[str]]]]
"""Minutes before the horizon, steps that are asked for, and duties that count of sets of agents."""


class HeadsRule(Rule):
    """In every step of some hours the heads of some agents are at least, or at most, a number; a breach is minutes amiss.

    Heads are minutes over the minutes of the step, breaks included. Shifts of the days before the horizon count where they reach into
    it. Steps before the first start of any duty are not asked of this roster: they belong to the one before.
    """

    hours: Hours = Field(default_factory=Opening.always)
    least: ClassVar[bool] = True
    """Whether the number is the least, or else the most."""
    verb: ClassVar[str] = "on shift"

    @property
    @abstractmethod
    def number(self) -> int:
        """The number of heads."""

    @abstractmethod
    def counts(self, agent: Agent) -> bool:
        """Whether an agent counts."""

    @abstractmethod
    def whom(self, heads: float) -> str:
        """Who is counted, in words; ``heads`` of them."""

    def takes(self, problem: RosterProblem, agent: Agent) -> NDArray[np.bool_]:  # noqa: ARG002 - a subclass may look
        """Which duties of an agent count, for model and pull, shape (days, slots): all but those on call."""
        return ~problem.on_call

    def takes_shift(self, agent: Agent, shift: Shift) -> bool:  # noqa: ARG002 - a subclass may look
        """Whether the time of a worked shift counts, for the witness and for the days before the horizon."""
        return not shift.on_call

    def counted(self, problem: RosterProblem) -> list[Agent]:
        """Everybody who counts."""
        return [agent for agent in self.agents(problem) if self.counts(agent)]

    @property
    def places(self) -> str:
        """Steps of the grid."""
        return "intervals"

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """The heads of every step in which the rule asks for a number."""
        grid, heads = problem.grid, self._present(problem, roster) / problem.grid.step_minutes
        for step in np.flatnonzero(self.asked(problem)).tolist():
            day = problem.days[int(grid.day_index[step])]
            yield Look(float(heads[step]), self.number, self.least, day, day, at=grid.instant(step))

    def amount_text(self, amount: float) -> str:
        """Heads, a step that is partly covered as a fraction."""
        return f"{amount:.3g} {self.verb}"

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each stretch of steps with too few, or too many."""
        present = self._present(problem, roster)
        short = self.number * problem.grid.step_minutes - present
        amiss = np.where(self.asked(problem), short if self.least else -short, 0)
        return [self._breach(problem, amiss, low, high) for low, high in runs((amiss > 0).tolist())]

    def _present(self, problem: RosterProblem, roster: Roster) -> NDArray[np.float64]:
        """Minutes that count in each step, those before the horizon included."""
        counted = {agent.id: agent for agent in self.counted(problem)}
        rows = [row for row in (*problem.before, *roster.assignments) if row.agent in counted]
        taken = Roster.of(problem.grid, [row for row in rows if self.takes_shift(counted[row.agent], row.shift)])
        heads = taken.on_shift(counted.keys()) + taken.on_call(counted.keys())
        return np.rint(heads * problem.grid.step_minutes)

    def _breach(self, problem: RosterProblem, amiss: NDArray[np.float64], low: int, high: int) -> Breach:
        grid = problem.grid
        begin, end = local(grid.instant(low), grid.zone), local(grid.instant(high + 1), grid.zone)
        most = float(amiss[low : high + 1].max()) / grid.step_minutes
        heads = self.number - most if self.least else self.number + most
        words = f"{heads:.3g} {self.whom(heads)} {self.verb} from {begin:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M}; {self.limit}"
        first, last = (problem.days[int(grid.day_index[step])] for step in (low, high))
        return self.breach(float(amiss[low : high + 1].sum()), words, first=first, last=last, at=grid.instant(low))

    @property
    def limit(self) -> str:
        """What is asked for, in words."""
        return f"{self.number} asked for" if self.least else f"at most {self.number} allowed"

    def asked(self, problem: RosterProblem) -> NDArray[np.bool_]:
        """For each step of the grid, shape (count,): whether the rule asks for a number."""
        starts = np.arange(problem.grid.count) * problem.grid.step_minutes
        return np.asarray(_mask(self.hours, problem.grid) & (starts >= problem.first_start))

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """In each step: counted minutes, with those before the horizon and the slack, are enough, or not too many."""
        sign, size = 1 if self.least else -1, problem.grid.step_minutes
        left = sign * (self.number * size - self._before(problem))
        taken = {agent.id: self.takes(problem, agent) for agent in self.counted(problem)}
        highest = 0 if self.least else size * len(taken)
        for step in np.flatnonzero(self.asked(problem) & (left + highest > 0)).tolist():
            short = int(left[step])
            slack = ledger.slack(self, short + highest, first=problem.days[int(problem.grid.day_index[step])])
            x.model.add(short - sign * x.present(taken, step) <= slack)

    def pull(self, problem: RosterProblem, others: Others, agent: Agent, price: float) -> Pull | None:
        """A minute is worth the share of its step that is short, or costs what is too much; exact for whole steps."""
        if not (self.about(agent) and self.counts(agent)):
            return None
        step = problem.grid.step_minutes
        short = np.clip(self.short(problem, others) + (0 if self.least else step), 0, step)
        worth = problem.duty_minutes @ (short * (price / step)) * (1 if self.least else -1)
        return Pull(duty=self.takes(problem, agent) * worth.reshape(problem.on_call.shape))

    def standing(self, problem: RosterProblem, others: Others, price: float) -> float:
        """Minutes amiss of everybody together."""
        return float(np.clip(self.short(problem, others), 0, None).sum()) * price

    def linear(self, problem: RosterProblem) -> Linear:
        """A row for each step: minutes of all who count, held against what is asked for and not there from the days before."""
        from scipy.sparse import csr_array

        steps = np.flatnonzero(self.asked(problem))
        aim = self.number * problem.grid.step_minutes - self._before(problem)[steps]
        minutes = csr_array(problem.duty_minutes[:, steps])
        taken = {agent.id: self.takes(problem, agent) for agent in self.counted(problem)}
        alike = {takes.tobytes(): csr_array(minutes.multiply(takes.reshape(-1, 1))) for takes in taken.values()}
        on_duty = {agent: alike[takes.tobytes()] for agent, takes in taken.items()}
        return Linear.around(aim.astype(np.float64), on_duty, under=float(self.least), over=float(not self.least))

    def short(self, problem: RosterProblem, others: Others) -> NDArray[np.int64]:
        """For each step the minutes amiss (negative: room is left), far from it where nothing is asked."""
        before, asked, kin = self._kept(problem)
        heads = sum((taken * others.heads(agents) for taken, agents in kin), np.zeros(problem.on_call.shape, np.int64))
        present = before + heads.ravel() @ problem.duty_minutes
        sign = 1 if self.least else -1
        return np.where(asked, sign * (self.number * problem.grid.step_minutes - present), FAR)

    def _kept(self, problem: RosterProblem) -> Kept:
        """What does not change from move to move of a search."""
        key = self, "heads"
        if key not in problem.kept:
            kin: dict[bytes, set[str]] = defaultdict(set)
            masks = {agent.id: self.takes(problem, agent) for agent in self.counted(problem)}
            for agent, taken in masks.items():
                kin[taken.tobytes()].add(agent)
            rows = [(masks[min(agents)], frozenset(agents)) for agents in kin.values()]
            problem.kept[key] = self._before(problem), self.asked(problem), rows
        kept: Kept = problem.kept[key]
        return kept

    def _before(self, problem: RosterProblem) -> NDArray[np.int64]:
        """Minutes in each step that count of shifts of the days before the horizon, shape (count,)."""
        minutes = np.zeros(problem.grid.count, dtype=np.int64)
        counted = {agent.id: agent for agent in self.counted(problem)}
        for row in problem.reaching_in:
            if row.agent in counted and self.takes_shift(counted[row.agent], row.shift):
                for step, share in problem.minutes_by_step(*map(problem.elapsed, (row.shift.start, row.shift.end))):
                    minutes[step] += share
        return minutes


FAR = -1_000_000_000
"""Room in a step that is not asked for: more minutes than any roster has."""


@lru_cache(maxsize=64)
def _mask(hours: Opening, grid: TimeGrid) -> NDArray[np.bool_]:
    """The steps of some hours: the search asks again at every move."""
    return hours.mask(grid)
