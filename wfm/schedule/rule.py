"""What a roster rule is: one measure of breach in its natural unit, with up to three faces that must agree."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from wfm.domain import Agent, Breach, Noun, Roster, ShiftTemplate, Workforce
from wfm.domain.quantity import clock_text, hours_text, parse_clock
from wfm.schedule.even import Even
from wfm.schedule.law import Law
from wfm.schedule.linear import Linear
from wfm.schedule.look import Look
from wfm.schedule.only import Only
from wfm.schedule.others import Others
from wfm.schedule.owed import Owed
from wfm.schedule.problem import Duty, RosterProblem

if TYPE_CHECKING:
    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables


@dataclass(frozen=True)
class Automaton:
    """The third face of a rule about one agent: what it remembers and charges while a tour is built day by day.

    ``step(state, day, duty)`` (duty None: day off) gives the next state and the amount of breach that this day settles;
    ``end(state)`` the amount that is settled by the horizon's end. States are small hashable values; few are best, because the
    tour search works on the product of all automata. A rule without memory keeps the state None. ``sees(duty)`` is all that a step
    looks at: duties of one day that look the same are stepped through once. Automata of one rule that start in the same state and
    have the same ``alike`` are written out once, whoever's they are; None: this one is like no other. ``coarse`` is asked where no
    breach is allowed: it joins states that differ only in how large breaches will be, not in whether there are any. ``daily`` says
    the same in short where nothing is remembered: days, choices (0: a day off, 1 + slot) and the amounts that they settle. ``row``
    says what the steps of a day say at once, where that is quicker: the next states and amounts of a day off and of each of some duties.
    """

    start: Any
    step: Callable[[Any, int, Duty | None], tuple[Any, int]]
    end: Callable[[Any], int] = lambda _: 0
    sees: Callable[[Duty], Hashable] = lambda duty: duty.slot
    alike: Hashable = None
    coarse: Callable[[Any], Any] = lambda state: state
    daily: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]] | None = None
    row: Callable[[Any, int, Sequence[Duty]], tuple[Sequence[Any], Sequence[int]]] | None = None


@dataclass(frozen=True)
class Counter:
    """A sum over a tour that a rule bounds: what the steps of an automaton amount to, between ``low`` and ``high`` (None: no bound).

    The automaton's amounts are counted, not charged, and its end adds nothing. What is outside the bounds is the breach.
    """

    automaton: Automaton
    low: int = 0
    high: int | None = None

    def breach(self, counted: int) -> int:
        """How far a sum is outside the bounds."""
        return max(0, self.low - counted, 0 if self.high is None else counted - self.high)


@dataclass(frozen=True)
class Pull:
    """The third face of a rule that couples agents: what one more agent's time is worth, given all others.

    ``serving[t]`` for a minute on the queue in step t, shape (grid.count,); ``duty[day, slot]`` for a duty as a whole, shape
    (days, slots); ``count`` for what the rule's tally counts in the tour as a whole, 0 for a tour without a duty. None where the rule
    has no such part.
    Worths are cost saved, so negative where the agent makes the breach larger.
    """

    serving: NDArray[np.float64] | None = None
    duty: NDArray[np.float64] | None = None
    count: Callable[[Any], float] | None = None


class Rule(Noun):
    """A rule measures a non-negative breach; the scenario says whether it is forbidden (``price`` None) or priced, and in which tier.

    A price is what one unit of breach costs, in contacts served inside target (the unit of tier 1). Earlier tiers are
    settled first. ``only`` narrows a rule to some agents: nobody else is held to it, whatever the face. ``law`` is the article that
    the rule states, where it is not just the scenario's own wish. Subclasses set ``kind`` as a Literal and the class words, and write
    the faces, which go through ``agents``.
    A planner may leave the unit out of a key and put it into the value: ``rest: 12h`` is ``rest_minutes: 720``.
    """

    kind: str
    price: Annotated[float, Field(ge=0)] | None = None
    tier: Annotated[int, Field(ge=1, le=9)] = 1
    only: Only | None = None
    law: Law | None = None

    unit: ClassVar[str]
    """Natural unit of the breach, in the plural."""
    source: ClassVar[str] = "the scenario"
    """Where the rule comes from: a law, a contract, common practice."""
    stricter: ClassVar[dict[str, Literal["more", "less"]]] = {}
    """For a rule about one agent the fields of which more, or less, asks more; none where that is not so simple."""

    @model_validator(mode="before")
    @classmethod
    def _short_keys(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        long = {key: f"{key}_minutes" for key in data if f"{key}_minutes" in cls.model_fields.keys() - data.keys()}
        for key in long:
            if isinstance(data[key], int | float):
                raise ValueError(f"expected {key} with its unit, such as {key}: 12h; came {data[key]}")
        return {long.get(key, key): value for key, value in data.items()}

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The schema of the rule, which knows the short keys too where it tells what may be written."""
        schema = handler.resolve_ref_schema(handler(core))
        known = schema.get("properties", {})
        if handler.mode == "validation":
            short = {
                name.removesuffix("_minutes"): "a duration such as 12h" for name in known if name.endswith("_minutes")
            }
            known |= {name: {"type": "string", "description": words} for name, words in short.items()}
        return schema

    @property
    def name(self) -> str:
        """The kind with the main parameter, such as ``min_rest:12h``; subclasses add theirs."""
        return self.kind

    @property
    def id(self) -> str:
        """How reports and ``wfm explain`` name the rule: its law's id, or its name and whom it is about, as ``min_rest:12h:minors``."""
        if self.law is not None:
            return self.law.id
        return self.name if self.only is None else f"{self.name}:{self.only}"

    @property
    def laid_down(self) -> str:
        """Where it is laid down: its own article, or what its kind usually comes from."""
        return self.source if self.law is None else str(self.law)

    @property
    def words(self) -> str:
        """The rule in one sentence for a planner, each parameter's name in double backquotes replaced by its value."""
        sentence = (type(self).__doc__ or self.kind).partition("\n")[0]
        whom = "" if self.only is None else f" About {self.only.words} only."
        return re.sub("``(\\w+)``", lambda name: self._said(name[1]), sentence) + whom

    def _said(self, name: str) -> str:
        value = getattr(self, name)
        checks = (getattr(check, "func", None) for check in type(self).model_fields[name].metadata)
        if parse_clock in checks:
            return clock_text(value)
        return hours_text(value) if name.endswith("_minutes") else str(value)

    def check(self, workforce: Workforce, templates: Sequence[ShiftTemplate]) -> None:  # noqa: ARG002 - no rule names a shift by itself
        """Raise ValueError for a name in the rule that stands for nothing: it would ask for less than its author believes."""
        if self.only is not None:
            self.only.check(workforce)

    def about(self, agent: Agent) -> bool:
        """Whether an agent is held to the rule."""
        return self.only is None or self.only.fits(agent)

    def agents(self, problem: RosterProblem) -> tuple[Agent, ...]:
        """Everybody who is held to the rule."""
        return tuple(agent for agent in problem.workforce.agents if self.about(agent))

    def implied_by(self, other: Rule) -> bool:
        """Whether whoever keeps another rule keeps this one: the same, as strict or stricter, for at least the same agents."""
        if not self.stricter or type(other) is not type(self) or other.only not in {None, self.only}:
            return False
        harder = all(
            (getattr(other, name) - getattr(self, name)) * (1 if way == "more" else -1) >= 0
            for name, way in self.stricter.items()
        )
        same = type(self).model_fields.keys() - {"price", "tier", "only", "law"} - self.stricter.keys()
        return harder and all(getattr(self, name) == getattr(other, name) for name in same)

    @property
    def places(self) -> str:
        """What an audit of the rule looks at, in the plural: rests, weeks, steps."""
        return "days"

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterable[Look] | None:  # noqa: ARG002 - the default has no face
        """Every place at which the rule is held against a roster, kept or not: what a certificate says of it; on domain types only.

        None for a rule that has no measure where it is kept, such as time off: there a certificate counts agents and days.
        """
        return None

    def amount_text(self, amount: float) -> str:
        """What a look found, with its unit, as ``12h30m``."""
        return f"{amount:g} {self.unit}"

    @abstractmethod
    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """Every breach of the rule in a roster: the witness, on domain types only; it shares no code with the other faces."""

    @abstractmethod
    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """Add the rule to a CP-SAT model, asking ``ledger.slack`` for what may be breached."""

    def tour(self, problem: RosterProblem, agent: Agent) -> Automaton | None:  # noqa: ARG002 - the default has no face
        """What the rule adds to one agent's exact tour search; None for a rule that couples agents or has no such face.

        Asked only of agents that the rule is ``about``.
        """
        return None

    def counter(self, problem: RosterProblem, agent: Agent) -> tuple[Counter, ...]:  # noqa: ARG002 - the default has no face
        """The same as :meth:`tour` in other words: long sums of which the breaches add up to the rule's; none where it has no such form.

        A tour search keeps such a sum as a number where remembering each of its values as a state would be too much.
        """
        return ()

    def tally(self, problem: RosterProblem, agent: Agent) -> Automaton | None:  # noqa: ARG002 - the default has no face
        """What a rule counts in an agent's tour, where its pull depends on that: an automaton that charges nothing.

        Its state after the last day is the count, of which the pull's ``count`` tells the worth given all others: so a second
        night can be dearer than the first, and for one agent dearer than for the next.
        """
        return None

    def pull(self, problem: RosterProblem, others: Others, agent: Agent, price: float) -> Pull | None:  # noqa: ARG002
        """What an agent's time is worth to a rule that couples agents, at ``price`` for one unit of breach; None without this face."""
        return None

    def standing(self, problem: RosterProblem, others: Others, price: float) -> float | None:  # noqa: ARG002
        """What the breaches of everybody in ``others`` cost at ``price``, where a rule with a pull can tell quickly; else None."""
        return None

    def linear(self, problem: RosterProblem) -> Linear | None:  # noqa: ARG002 - the default has no face
        """A rule that couples agents as rows of a linear programme, for columns and bounds; None: they leave it out."""
        return None

    def owes(self, problem: RosterProblem, agent: Agent) -> tuple[Owed, ...]:  # noqa: ARG002 - the default has no face
        """Time that an agent owes off the queue, at the least and wherever it may be: for bounds of what is left for the queue."""
        return ()

    def evens(self, problem: RosterProblem) -> tuple[Even, ...]:  # noqa: ARG002 - the default has no face
        """Agents of whose tallies the largest is held against the least, where that is the whole breach: for bounds."""
        return ()

    def breach(
        self,
        amount: float,
        words: str,
        *,
        agent: str | None = None,
        first: date | None = None,
        last: date | None = None,
        at: datetime | None = None,
    ) -> Breach:
        """A breach of this rule at a place."""
        return Breach(
            rule=self.id,
            kind=self.kind,
            amount=amount,
            unit=self.unit,
            words=words,
            price=self.price,
            tier=self.tier,
            agent=agent,
            first=first,
            last=last or first,
            at=at,
        )


def implied(rules: Sequence[Rule]) -> frozenset[int]:
    """Places of the forbidden rules that another of them implies: who keeps the others keeps them; of two that are alike the later."""
    asked = {place: rule for place, rule in enumerate(rules) if rule.price is None}
    for place, rule in reversed(list(asked.items())):
        if any(rule.implied_by(other) for at, other in asked.items() if at != place):
            del asked[place]
    return frozenset(place for place, rule in enumerate(rules) if rule.price is None and place not in asked)


def runs(worked: list[bool]) -> Iterator[tuple[int, int]]:
    """Maximal runs of worked days as (first, last) positions."""
    first = None
    for day, works in enumerate([*worked, False]):
        if works and first is None:
            first = day
        elif not works and first is not None:
            yield first, day - 1
            first = None
