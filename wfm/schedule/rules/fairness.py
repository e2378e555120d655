"""Burdens shared over months: who bore much so far is asked for less now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import gcd
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from wfm.domain import Agent, Breach, Name, Roster
from wfm.domain.quantity import count_text
from wfm.schedule.burden import WEIGHTS, able, burden_of, carried, share_of
from wfm.schedule.others import Others
from wfm.schedule.problem import MICRO, Duty, RosterProblem
from wfm.schedule.rule import Automaton, Pull, Rule
from wfm.schedule.rules._weekends import SATURDAY, SUNDAY, weekends_worked

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import LinearExprT

    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables

Kind = Literal["nights", "weekends", "holidays", "short_rests", "start_swings", "late_changes", "unmet_wishes"]
Kinds = Annotated[
    tuple[Kind, ...],
    BeforeValidator(
        lambda kinds: (kinds,) if isinstance(kinds, str) else kinds, json_schema_input_type=tuple[Kind, ...] | Kind
    ),
    Field(min_length=1),
]
Weights = Annotated[
    tuple[tuple[Kind, Annotated[float, Field(ge=0, le=100)]], ...],
    BeforeValidator(
        lambda rows: tuple(rows.items()) if isinstance(rows, dict) else rows,
        json_schema_input_type=dict[Kind, float],
    ),
]
HERE: tuple[Kind, Kind, Kind] = ("nights", "weekends", "holidays")
"""What is weighed of the roster in the making; of all other kinds what earlier periods left."""
CENTS = 100
"""Weights and breaches are whole hundredths."""


@dataclass(frozen=True)
class Load:
    """Where an agent stands before the roster: share in full-time periods, weighted burden, and the least level of all peers."""

    share: float
    before: float
    least: float

    def charge(self, cents: int) -> int:
        """Breach of bearing so many hundredths of a night more, in hundredths."""
        above = self.before - self.least * self.share
        return round(CENTS * ((above + cents / CENTS) ** 2 - above**2) / self.share)


class Fairness(Rule):
    """Burdens ``of`` some kinds are shared pro rata over all periods; a breach is what a roster adds to the squares above the least.

    An agent's level is the weighted burden over the share in it (contract, times earlier periods and days there); the least is the
    lowest level of any peer before this roster. The breach is the share times what the roster adds to the square of the level above
    it. So each further night of an agent is dearer than the one before, and the dearer the more the agent bore: a sum of squares,
    which with equal shares and burdens that can pass from one to any other is least exactly where the largest burden is least, then
    the second (Frank & Murota 2022), and near it otherwise. Peers can bear a kind at all, and hold the same ones of the roles
    ``apart``.
    Nights, weekends and holidays of the roster are weighed, of all other kinds what earlier periods left.
    """

    kind: Literal["fairness"] = "fairness"
    of: Kinds = HERE
    weights: Weights = ()
    apart: tuple[Name, ...] = ()
    unit: ClassVar[str] = "squared burdens above the least"
    source: ClassVar[str] = "common practice: burden is shared"

    @model_validator(mode="after")
    def _weighs(self) -> Self:
        if not set(self.of) & {*HERE}:
            raise ValueError(
                f"expected one of {', '.join(HERE)} in of, came {', '.join(self.of)}: it would share nothing"
            )
        return self

    @property
    def name(self) -> str:
        """Named by what it shares, as ``fairness:nights+weekends``."""
        return f"{self.kind}:{'+'.join(self.of)}"

    def weight(self, kind: str) -> float:
        """How heavy one of a kind is."""
        own: dict[str, float] = dict(self.weights)
        return own.get(kind, WEIGHTS[kind])

    def loads(self, problem: RosterProblem) -> dict[str, Load]:
        """Where everybody stands who can bear what the rule weighs."""
        if self not in problem.kept:
            problem.kept[self] = self._loads(problem)
        loads: dict[str, Load] = problem.kept[self]
        return loads

    def _loads(self, problem: RosterProblem) -> dict[str, Load]:
        kinds = [kind for kind in self.of if kind in HERE]
        peers = [agent for agent in self.agents(problem) if any(able(problem, agent, kind) for kind in kinds)]
        shares = {agent.id: share for agent in peers if (share := share_of(problem, agent)) > 0}
        before = {
            agent: sum(self.weight(kind) * carried(problem.workforce, agent, kind) for kind in self.of)
            for agent in shares
        }
        group = {agent.id: frozenset(agent.roles) & {*self.apart} for agent in peers}
        least: dict[frozenset[str], float] = {}
        for agent, share in shares.items():
            level = before[agent] / share
            least[group[agent]] = min(level, least.get(group[agent], level))
        return {agent: Load(shares[agent], before[agent], least[group[agent]]) for agent in shares}

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each agent above the least level."""
        found = []
        for agent, load in self.loads(problem).items():
            burden = burden_of(problem, roster, problem.workforce.by_id[agent])
            now = sum(round(CENTS * self.weight(kind)) * int(getattr(burden, kind)) for kind in self.of if kind in HERE)
            charge = load.charge(now)
            if charge > 0:
                first, last = problem.days[0], problem.days[-1]
                words = self._words(
                    agent,
                    [count_text(int(getattr(burden, kind)), kind[:-1]) for kind in self.of if kind in HERE],
                    load,
                    now,
                )
                found.append(self.breach(charge / CENTS, words, agent=agent, first=first, last=last))
        return found

    def _words(self, agent: str, parts: Sequence[str], load: Load, now: int) -> str:
        level = (load.before + now / CENTS) / load.share
        before = f" and {load.before:g} from earlier periods" if load.before else ""
        return f"{agent} has {', '.join(parts)}{before}: {level:.2f} a full-time period, where the least is {load.least:.2f}"

    def _cents(self, kind: str) -> int:
        """Hundredths that one of a kind adds in this roster."""
        return round(CENTS * self.weight(kind)) if kind in self.of else 0

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """For each agent: the burden picks the breach from a table, which is within the slack."""
        grain = gcd(*map(self._cents, HERE)) or 1
        for agent, load in self.loads(problem).items():
            parts = [(self._cents(kind) // grain, self._counted(x, agent, kind)) for kind in HERE if self._cents(kind)]
            most = sum(weight * len(literals) for weight, literals in parts)
            table = [load.charge(grain * number) for number in range(most + 1)]
            number = x.model.new_int_var(0, most, f"burden {agent}")
            charge = x.model.new_int_var(0, max(table), f"unfair {agent}")
            x.model.add(sum(weight * sum(literals) for weight, literals in parts) == number)
            x.model.add_element(number, table, charge)
            slack = ledger.slack(
                self, max(table), agent=agent, first=problem.days[0], last=problem.days[-1], unit=MICRO // CENTS
            )
            x.model.add(charge <= slack)

    def _counted(self, x: Variables, agent: str, kind: str) -> Sequence[LinearExprT]:
        days = range(len(x.problem.days))
        if kind == "weekends":
            return weekends_worked(x, agent)
        if kind == "holidays":
            return [x.works(agent, day) for day in days if x.problem.days[day] in x.problem.holidays]
        nights = ([literal for duty, literal in x.duties(agent, day) if duty.night] for day in days)
        return [sum(literals) for literals in nights if literals]

    def tally(self, problem: RosterProblem, agent: Agent) -> Automaton | None:
        """Counts hundredths of a night, and over Sunday whether Saturday was worked."""
        if agent.id not in self.loads(problem):
            return None
        weekdays, holidays = [day.weekday() for day in problem.days], [day in problem.holidays for day in problem.days]
        night, weekend, holiday = map(self._cents, HERE)

        def step(state: tuple[int, bool], day: int, duty: Duty | None) -> tuple[tuple[int, bool], int]:
            cents, saturday = state
            if duty is None:
                return (cents, False), 0
            begins = weekdays[day] >= SATURDAY and not (weekdays[day] == SUNDAY and saturday)
            cents += night * duty.night + weekend * begins + holiday * holidays[day]
            return (cents, weekend > 0 and weekdays[day] == SATURDAY), 0

        return Automaton(start=(0, False), step=step, sees=lambda duty: duty.night, alike=True)

    def pull(self, problem: RosterProblem, others: Others, agent: Agent, price: float) -> Pull | None:  # noqa: ARG002
        """A count is worth what the agent's own breach is without it less what it is with it, whatever the others do."""
        load = self.loads(problem).get(agent.id)
        return None if load is None else Pull(count=_worth(load, price))

    def worth_of(self, problem: RosterProblem, agent: str) -> Callable[[Any], float] | None:
        """The same at the rule's own price, for whoever is a peer."""
        load = self.loads(problem).get(agent)
        return None if load is None or self.price is None else _worth(load, self.price)

    def standing(self, problem: RosterProblem, others: Others, price: float) -> float:
        """What everybody's duties count, charged."""
        charges = (
            load.charge(self._cents_of(problem, others.tours[agent])) for agent, load in self.loads(problem).items()
        )
        return sum(charges) * price / CENTS

    def _cents_of(self, problem: RosterProblem, tour: Sequence[Duty | None]) -> int:
        night, weekend, holiday = map(self._cents, HERE)
        duties = [duty for duty in tour if duty]
        weekends = {
            problem.days[duty.day].isocalendar()[:2] for duty in duties if problem.days[duty.day].weekday() >= SATURDAY
        }
        holidays = sum(problem.days[duty.day] in problem.holidays for duty in duties)
        return night * sum(duty.night for duty in duties) + weekend * len(weekends) + holiday * holidays


def _worth(load: Load, price: float) -> Callable[[Any], float]:
    return lambda state: -load.charge(state[0]) * price / CENTS
