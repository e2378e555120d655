"""The model of record: all rules on CP-SAT, its complete hint, and its answers as drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wfm.schedule.draft import Draft, Pauses, Tour
from wfm.schedule.ledger import COST_UNIT, Ledger
from wfm.schedule.problem import MICRO, Duty, RosterProblem
from wfm.schedule.rule import Rule, implied
from wfm.schedule.variables import Open, Variables

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar, LinearExprT

Value = Callable[["IntVar"], int]


@dataclass(frozen=True)
class Goal:
    """Something to minimise: its phase and tier (0: before all tiers) and the size of its natural unit."""

    phase: str
    tier: int
    cost: LinearExprT
    unit: int


@dataclass(frozen=True)
class Model:
    """A CP-SAT model of a problem with the variables and the ledger that its rules share."""

    problem: RosterProblem
    cp: CpModel
    x: Variables
    ledger: Ledger

    @classmethod
    def of(
        cls, problem: RosterProblem, rules: Sequence[Rule], *, elastic: bool = False, opened: Open | None = None
    ) -> Model:
        """Post all rules; where ``elastic``, forbidden rules may be breached too (see Ledger).

        ``opened`` leaves out duties that forbidden rules bar by themselves: in a centre of 120 agents they are four of five.
        """
        cp = empty()
        x, ledger = Variables(cp, problem, opened), Ledger(cp, elastic=elastic)
        spared = frozenset() if elastic else implied(rules)
        for rule in (rule for place, rule in enumerate(rules) if place not in spared):
            rule.post(problem, x, ledger)
        return cls(problem, cp, x, ledger)

    def goals(self) -> list[Goal]:
        """What is minimised, one after another: breached lines and amounts of forbidden rules (where elastic), then the tiers.

        Lines come before amounts, or minutes would drown agents. Asked once: it adds the variables that count lines.
        """
        goals = [Goal("tier", tier, self.ledger.cost(tier), COST_UNIT) for tier in self.ledger.tiers]
        outrages = [entry for entry in self.ledger.entries if entry.rule.price is None]
        if not outrages:
            return goals
        lines = [self.cp.new_bool_var(f"line {number}") for number in range(len(outrages))]
        for line, entry in zip(lines, outrages, strict=True):
            self.cp.add(entry.amount == 0).only_enforce_if(~line)
        amounts = sum(entry.unit * entry.amount for entry in outrages)
        return [Goal("lines", 0, sum(lines), 1), Goal("amounts", 0, amounts, MICRO), *goals]

    def hint(self, draft: Draft) -> None:
        """Hint the duties and breaks of a draft, as the model knows no tasks; what follows from them is completed by ``complete``."""
        self.cp.proto.clear_solution_hint()
        for variable, value in self._decisions(draft.without_tasks):
            self.cp.add_hint(variable, value)

    def _decisions(self, draft: Draft) -> Iterator[tuple[IntVar, int]]:
        for agent, tour in draft.tours.items():
            for day, worked in enumerate(tour.duties):
                for duty, literal in self.x.duties(agent, day):
                    yield literal, int(duty == worked)
        starts = self._starts(draft)
        for place, pauses in self.x.pauses.items():
            for offset, number in pauses.items():
                yield number, starts.get(place, []).count(offset)
        shares = self.problem.market.shares(draft.serving())
        for step, lots in self.x.lots.items():
            left = (shares[:, step] // self.problem.grain_minutes).tolist()
            size = self.problem.grid.step_minutes // self.problem.grain_minutes
            first = int(self.problem.market.first[step])
            for lot, channel in zip(lots, self.problem.market.channel[first : first + len(lots)].tolist(), strict=True):
                sold = min(size, left[channel])
                left[channel] -= sold
                yield lot, sold

    def _starts(self, draft: Draft) -> dict[tuple[int, int, int, int], list[int]]:
        """Where the agents of each group start each break of each duty."""
        starts: dict[tuple[int, int, int, int], list[int]] = {}
        for agent, tour in draft.tours.items():
            group = draft.problem.group_of.get(agent)
            for duty, pauses in zip(tour.duties, tour.pauses, strict=True):
                if duty is not None and group is not None:
                    for position, offset in enumerate(pauses):
                        starts.setdefault((group, duty.day, duty.slot, position), []).append(offset)
        return starts

    def draft(self, value: Value) -> Draft:
        """The draft of a solution; the breaks of a group's duty are dealt out to its agents in the order of the problem."""
        duties = {
            agent.id: tuple(
                next((duty for duty, literal in self.x.duties(agent.id, day) if value(literal)), None)
                for day in range(len(self.problem.days))
            )
            for agent in self.problem.workforce.agents
        }
        dealt = {
            place: iter([offset for offset, number in pauses.items() for _ in range(value(number))])
            for place, pauses in self.x.pauses.items()
        }
        return Draft(
            self.problem,
            {
                agent: Tour(row, tuple(self._dealt(agent, duty, dealt) if duty else () for duty in row))
                for agent, row in duties.items()
            },
        )

    def _dealt(self, agent: str, duty: Duty, dealt: dict[tuple[int, int, int, int], Iterator[int]]) -> Pauses:
        group = self.problem.group_of.get(agent, -1)
        return tuple(
            next(dealt.get((group, duty.day, duty.slot, position), iter(())), self.problem.offsets(pause)[0])
            for position, pause in enumerate(duty.template.breaks)
        )


def empty() -> CpModel:
    """A CP-SAT model with nothing in it."""
    from ortools.sat.python.cp_model import CpModel

    return CpModel()
