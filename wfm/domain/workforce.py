"""Who works: agents with contracts, skills, roles, availability, time off and wishes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from wfm.domain.carried import Balance, Burden
from wfm.domain.noun import Name, Noun
from wfm.domain.opening import Opening
from wfm.domain.quantity import DAY_MINUTES, Clock, Minutes, clock_text, count_text
from wfm.domain.session import Session, in_teaching_order

Skill = Name
"""What an agent can serve; a channel asks for one."""
Availability = Opening
"""When an agent may work, on the wall clock: a shift must lie wholly inside it."""


class Contract(Noun):
    """What an agent is paid for: paid minutes in a calendar week (Monday to Sunday), shifts in it, cents for a paid hour."""

    name: Name
    week_minutes: Annotated[Minutes, Field(gt=0, le=10_080)]
    shifts_week: Annotated[int, Field(ge=1, le=7)] | None = None
    cost_hour_cents: Annotated[int, Field(ge=0)] = 0


class Role(Noun):
    """A part that peers play beside their work on the queue, such as trainer, lead or subject-matter expert (sme).

    Each holder gives it between ``least_minutes`` and ``most_minutes`` of a calendar week off the queue, in blocks of at least
    ``block_minutes`` inside ``hours``; ``rotate`` asks that holders share it evenly. With 0 minutes the role takes no time.
    """

    name: Name
    title: str = ""
    least_minutes: Minutes = 0
    most_minutes: Minutes = 0
    block_minutes: Annotated[Minutes, Field(gt=0)] = 60
    hours: Opening = Field(default_factory=Opening.always)
    rotate: bool = False

    @model_validator(mode="after")
    def _range(self) -> Self:
        if self.most_minutes < self.least_minutes:
            raise ValueError(
                f"expected at least {self.least_minutes} min a week as most time of the role {self.name}, came {self.most_minutes}"
            )
        if 0 < self.most_minutes < self.block_minutes:
            raise ValueError(
                f"expected a block of the role {self.name} of at most {self.most_minutes} min, came {self.block_minutes}"
            )
        return self


class Agent(Noun):
    """One person. ``employed_from`` and ``employed_until`` are the first and last local dates of work, None where open.

    ``minor``: under 18. ``home_weekdays`` (Monday = 0) are worked from home, so they need no seat at the ``site``.
    """

    id: Name
    name: str = ""
    contract: Name
    skills: tuple[Skill, ...] = ()
    roles: tuple[Name, ...] = ()
    availability: Availability = Field(default_factory=Opening.always)
    employed_from: date | None = None
    employed_until: date | None = None
    site: Name | None = None
    team: Name | None = None
    minor: bool = False
    home_weekdays: tuple[Annotated[int, Field(ge=0, le=6)], ...] = ()

    def employed_on(self, day: date) -> bool:
        """Whether the agent is employed on a local date."""
        return (self.employed_from is None or self.employed_from <= day) and (
            self.employed_until is None or day <= self.employed_until
        )


LONGEST_LEAVE_DAYS = 1_830
"""Five years; whoever is away for longer has left, which ``employed_until`` says."""


class TimeOff(Noun):
    """Whole local days [first, last] on which an agent does not work; ``kind`` is free text such as holiday or sick leave."""

    agent: Name
    first: date
    last: date
    kind: str = "holiday"

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"expected a last day on or after {self.first}, came {self.last}")
        if (self.last - self.first).days >= LONGEST_LEAVE_DAYS:
            raise ValueError(
                f"expected at most {LONGEST_LEAVE_DAYS} days of time off at once, came {self.first} to {self.last}"
            )
        return self


class Request(TimeOff):
    """Time off that an agent asks for; ``points`` say how much it matters."""

    points: Annotated[int, Field(ge=1, le=100)] = 1


class Wish(Noun):
    """What an agent would like on one local date, or with ``avoid`` would rather not; ``points`` say how much.

    ``want`` is ``off``, ``work``, the name of a shift, or ``start``: a shift that begins at the wall-clock minute ``start``. Only a
    shift may be avoided: off and work are each other's opposite.
    """

    agent: Name
    date: date
    want: Name
    points: Annotated[int, Field(ge=1, le=100)] = 1
    start: Annotated[Clock, Field(lt=DAY_MINUTES)] | None = None
    avoid: bool = False

    @model_validator(mode="after")
    def _a_shift_to_avoid(self) -> Self:
        if self.avoid and self.want in {"off", "work", "start"}:
            raise ValueError(f"expected the name of a shift to avoid, came {self.want}")
        return self

    @model_validator(mode="after")
    def _start_told(self) -> Self:
        if (self.want == "start") != (self.start is not None):
            raise ValueError(f"expected the clock time of a wished start, as start 08:00, came {self.want}")
        return self

    @property
    def words(self) -> str:
        """What is wished for, as ``a day off`` or ``a start at 08:00``."""
        if self.start is not None:
            return f"a start at {clock_text(self.start)}"
        if self.avoid:
            return f"no shift {self.want}"
        return {"off": "a day off", "work": "to work"}.get(self.want, f"the shift {self.want}")


class Workforce(Noun):
    """Everybody, and what they are promised; names that are referred to must exist, ids are unique."""

    contracts: tuple[Contract, ...]
    agents: tuple[Agent, ...]
    roles: tuple[Role, ...] = ()
    time_off: tuple[TimeOff, ...] = ()
    wishes: tuple[Wish, ...] = ()
    sessions: tuple[Session, ...] = ()
    burdens: tuple[Burden, ...] = ()
    balances: tuple[Balance, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        contracts = _unique("contract", (contract.name for contract in self.contracts))
        roles = _unique("role", (role.name for role in self.roles))
        agents = _unique("agent", (agent.id for agent in self.agents))
        for agent in self.agents:
            _known(f"contract of agent {agent.id}", [agent.contract], contracts)
            _known(f"role of agent {agent.id}", agent.roles, roles)
        _known("agent with time off", (row.agent for row in self.time_off), agents)
        _known("agent with a wish", (wish.agent for wish in self.wishes), agents)
        _known("agent with a burden", (row.agent for row in self.burdens), agents)
        _known("agent with a balance", (row.agent for row in self.balances), agents)
        _unique("balance of an agent", (f"{row.agent} over {count_text(row.weeks, 'week')}" for row in self.balances))
        _unique("session", (session.name for session in self.sessions))
        for session in in_teaching_order(self.sessions):
            _known(f"attendee of the session {session.name}", session.attendees, agents)
            _known(f"trainer of the session {session.name}", [session.trainer] if session.trainer else [], roles)
        return self

    @cached_property
    def by_id(self) -> dict[str, Agent]:
        """Agents by id."""
        return {agent.id: agent for agent in self.agents}

    @cached_property
    def contract_by_name(self) -> dict[str, Contract]:
        """Contracts by name."""
        return {contract.name: contract for contract in self.contracts}

    def contract_of(self, agent: str) -> Contract:
        """The contract of an agent, by the agent's id."""
        return self.contract_by_name[self.by_id[agent].contract]

    @cached_property
    def days_off(self) -> frozenset[tuple[str, date]]:
        """All (agent, local date) pairs of time off."""
        return frozenset(
            (row.agent, date.fromordinal(day))
            for row in self.time_off
            for day in range(row.first.toordinal(), row.last.toordinal() + 1)
        )


def _unique(what: str, names: Iterable[str]) -> frozenset[str]:
    counts = Counter(names)
    twice = [name for name, count in counts.items() if count > 1]
    if twice:
        raise ValueError(f"expected every {what} once, came {', '.join(twice)} more than once")
    return frozenset(counts)


def _known(what: str, names: Iterable[str], known: frozenset[str]) -> None:
    for name in names:
        if name not in known:
            raise ValueError(
                f"expected the {what} to be one of {', '.join(sorted(known)) or '(none defined)'}; came {name}"
            )
