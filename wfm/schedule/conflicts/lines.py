"""A model taken apart into lines, each one rule at one place, and small models that tell whether some of them can be met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, cast

from wfm.schedule.conflicts.excerpt import Excerpt, variables_of
from wfm.schedule.conflicts.reason import Dates
from wfm.schedule.draft import Draft
from wfm.schedule.problem import RosterProblem
from wfm.schedule.proving import Model, Verdict, solver_of, verdict_of
from wfm.schedule.rule import Rule
from wfm.schedule.watch import Watch

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpSolver

TRY_STEPS = 2.0
"""A try of some lines is given up after so many deterministic seconds of CP-SAT, however busy the machine: most take milliseconds."""


@dataclass(frozen=True)
class Line:
    """One rule where it may be breached: the agent (None: it couples several) and the dates (None: the whole horizon)."""

    rule: Rule
    agent: str | None
    first: date | None
    last: date | None

    @property
    def dates(self) -> Dates:
        """First and last date."""
        return self.first, self.last


@dataclass(frozen=True)
class Answer:
    """Whether some lines can be met; where they can, what the agents concerned do then and by how much each soft line is breached.

    ``choices[agent][day]`` is 0 for a day off and 1 + slot for a duty, on the days concerned; amounts are in millionths of the unit.
    """

    verdict: Verdict
    choices: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    breached: Mapping[int, int] = field(default_factory=dict)


class Lines:
    """All lines of the forbidden rules of a problem, numbered, with the constraints that each of them puts into the model.

    Lines are the places in the ledger of the elastic model. A constraint belongs to the lines whose slack it holds; one without
    slack is common ground, which counts as far as it is about the agents and days of the lines asked for. Leaving constraints out
    only makes room: what cannot be met in a small model cannot be met in the whole one. ``decides`` gives agent, day and choice of the
    variables of the model ``cp`` that are decisions.
    """

    def __init__(self, problem: RosterProblem, rules: Sequence[Rule], watch: Watch) -> None:
        self.problem, self.watch = problem, watch
        model = Model.of(problem, [rule for rule in rules if rule.price is None], elastic=True)
        self.cp, entries = model.cp, model.ledger.entries
        keys = [Line(cast("Rule", row.rule), row.agent, row.first, row.last) for row in entries]
        number = {line: k for k, line in enumerate(dict.fromkeys(keys))}
        self.all = tuple(number)
        self._slack = {row.amount.index: (number[key], row.unit) for row, key in zip(entries, keys, strict=True)}
        self.decides = {
            literal.index: (agent.id, day, 1 + duty.slot)
            for agent in problem.workforce.agents
            for day in range(len(problem.days))
            for duty, literal in model.x.duties(agent.id, day)
        }
        self._index()

    def _index(self) -> None:
        """For each constraint its variables without slack and its lines; for each line its constraints; for each variable its ground."""
        self.uses: list[list[int]] = []
        self._needs: list[frozenset[int]] = []
        self._own: dict[int, list[int]] = defaultdict(list)
        self._ground: dict[int, list[int]] = defaultdict(list)
        self._repeats: set[int] = set()
        self._days_of: dict[int, frozenset[tuple[str, int]]] = {}
        known: set[object] = set()
        for number, constraint in enumerate(self.cp.proto.constraints):
            variables = variables_of(constraint)
            needs = frozenset(self._slack[v][0] for v in variables if v in self._slack)
            self.uses.append([v for v in variables if v not in self._slack])
            self._needs.append(needs)
            for line in needs:
                self._own[line].append(number)
            if len(needs) == 1 and constraint.has_linear() and not constraint.enforcement_literal:
                said = (*needs, *self.uses[-1]), tuple(constraint.linear.coeffs), tuple(constraint.linear.domain)
                if said in known:
                    self._repeats.add(number)  # as of many steps of a day that the same duties cover
                known.add(said)
            for variable in () if needs else variables:
                self._ground[variable].append(number)

    @cached_property
    def _decisions(self) -> dict[tuple[str, int], list[int]]:
        """The decisions of each agent and day."""
        found: dict[tuple[str, int], list[int]] = defaultdict(list)
        for variable, (agent, day, _) in self.decides.items():
            found[agent, day].append(variable)
        return found

    def days_of(self, line: int) -> frozenset[tuple[str, int]]:
        """The agents and days that a line is about."""
        if line not in self._days_of:
            _, variables = self.part([line])
            self._days_of[line] = frozenset(self.decides[v][:2] for v in variables if v in self.decides)
        return self._days_of[line]

    def agents_of(self, lines: Iterable[int]) -> frozenset[str]:
        """The agents that some lines are about."""
        return frozenset(agent for line in lines for agent, _ in self.days_of(line))

    def about(self, agents: Collection[str], dates: Dates = (None, None)) -> frozenset[int]:
        """The lines that are about any of some agents and about any of some dates."""
        return frozenset(
            number
            for number, line in enumerate(self.all)
            if gap(line.dates, dates) == 0 and not self.agents_of_one(number).isdisjoint(agents)
        )

    def agents_of_one(self, line: int) -> frozenset[str]:
        """The agents that a line is about, or just the one whose line it is."""
        agent = self.all[line].agent
        return self.agents_of([line]) if agent is None else frozenset([agent])

    def impossible(self, some: Collection[int], *, again: bool = False) -> bool:
        """Whether it is proved that some lines cannot be met together; ``again`` proves it from another seed and without presolve.

        Nothing is proved when the time is over: to write down thousands of parts of a large problem takes minutes by itself.
        """
        if not self.watch.has_time:
            return False
        solver = self._solver(again=again)
        return verdict_of(solver, Excerpt(self.cp.proto, *self.part(some)).cp, self.watch) == "infeasible"

    def met(
        self,
        hard: Collection[int],
        soft: Collection[int] = (),
        *,
        others: Draft | None = None,
        free: Collection[tuple[str, int]] = (),
    ) -> Answer:
        """Whether the hard lines can be met, the soft ones breached as little as possible.

        With ``others`` everybody does what that draft says but on the (agent, day) pairs that are ``free``.
        """
        lenient = frozenset(soft)
        constraints, variables = self.part({*hard, *lenient}, lenient)
        slacks = {v: unit for v, (line, unit) in self._slack.items() if line in lenient}
        small = Excerpt(self.cp.proto, constraints, [*variables, *slacks])
        if others is not None:
            small.fix(self._fixed(others, free, variables))
        small.cp.minimize(sum(unit * small.variable(v) for v, unit in slacks.items()))
        solver = self._solver()
        verdict = verdict_of(solver, small.cp, self.watch)
        if verdict not in {"optimal", "feasible"}:
            return Answer(verdict)
        values = {v: solver.value(small.variable(v)) for v in (*variables, *slacks)}
        return Answer(verdict, self._choices(values), self._breached(values))

    def _solver(self, *, again: bool = False) -> CpSolver:
        solver = solver_of(self.watch, self.watch.left)
        solver.parameters.max_deterministic_time = min(TRY_STEPS, self.watch.left)
        solver.parameters.num_workers = 1  # a small model is solved before a second worker has begun
        solver.parameters.linearization_level = (
            2  # too few shifts for too many hours: clauses alone would count for minutes
        )
        if again:
            solver.parameters.random_seed = self.watch.limits.seed + 1
            solver.parameters.cp_model_presolve = False
        return solver

    def _choices(self, values: Mapping[int, int]) -> Mapping[str, Mapping[int, int]]:
        choices: dict[str, dict[int, int]] = defaultdict(dict)
        for agent, day, choice, taken in (
            (*self.decides[v], value) for v, value in values.items() if v in self.decides
        ):
            choices[agent][day] = choices[agent].get(day, 0) + choice * taken
        return choices

    def _breached(self, values: Mapping[int, int]) -> Mapping[int, int]:
        breached: dict[int, int] = defaultdict(int)
        for line, amount in ((self._slack[v][0], self._slack[v][1] * values[v]) for v in values if v in self._slack):
            breached[line] += amount
        return breached

    def _fixed(self, others: Draft, free: Collection[tuple[str, int]], variables: Iterable[int]) -> dict[int, int]:
        choices = {agent: tour.choices for agent, tour in others.tours.items()}
        rows = ((v, *self.decides[v]) for v in variables if v in self.decides)
        return {v: int(choices[agent][day] == choice) for v, agent, day, choice in rows if (agent, day) not in free}

    def part(self, lines: Collection[int], soft: frozenset[int] = frozenset()) -> tuple[list[int], list[int]]:
        """The constraints of some lines and the common ground of their agents and days, and the variables of all these.

        A constraint that says the same as another of its line counts only where it may be breached, for itself.
        """
        chosen = frozenset(lines)
        own = {k for line in chosen for k in self._own[line] if self._needs[k] <= chosen}
        own -= {k for k in own & self._repeats if soft.isdisjoint(self._needs[k])}
        defined, variables = self._defined({v for k in own for v in self.uses[k]})
        places = {self.decides[v][:2] for v in variables if v in self.decides}
        variables.update(v for place in places for v in self._decisions[place])
        around = {k for place in places for v in self._decisions[place] for k in self._ground[v]}
        kept = own | defined | {k for k in around if variables.issuperset(self.uses[k])}
        return sorted(kept), sorted(variables)

    def _defined(self, fresh: set[int]) -> tuple[set[int], set[int]]:
        """The constraints that define variables, what these are defined by included, and all their variables."""
        constraints: set[int] = set()
        variables: set[int] = set()
        while fresh:
            variables |= fresh
            more = {k for v in fresh if v not in self.decides for k in self._ground[v]} - constraints
            constraints |= more
            fresh = {v for k in more for v in self.uses[k]} - variables
        return constraints, variables


def gap(one: Dates, other: Dates) -> int:
    """Days between two stretches of dates, 0 where they meet."""
    (first, last), (other_first, other_last) = one, other
    before = (other_first - last).days if last and other_first else 0
    after = (first - other_last).days if first and other_last else 0
    return max(0, before, after)
