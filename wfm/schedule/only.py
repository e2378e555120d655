"""Whom a rule is about, where it is not about everybody: minors, a contract, a skill, a team, or agents by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from wfm.domain import Agent, Name, Noun, Workforce

Names = Annotated[
    tuple[Name, ...],
    BeforeValidator(
        lambda names: (names,) if isinstance(names, str) else names, json_schema_input_type=tuple[Name, ...] | Name
    ),
    Field(min_length=1),
]
"""One name or several."""
_HAS: dict[str, Callable[[Agent], Iterable[str | None]]] = {
    "agents": lambda agent: (agent.id,),
    "contract": lambda agent: (agent.contract,),
    "skill": lambda agent: agent.skills,
    "role": lambda agent: agent.roles,
    "team": lambda agent: (agent.team,),
    "site": lambda agent: (agent.site,),
}
"""What an agent has to answer each key with."""
WRITTEN_AT_MOST = 3
"""So many names of one key are written out in a rule's id, more are counted."""


class Only(Noun):
    """The agents who fit every key that is given: whose contract, skill, role, team or site is one of its names.

    ``agents`` are ids; ``minors`` true means those under 18, false all others.
    """

    agents: Names | None = None
    contract: Names | None = None
    skill: Names | None = None
    role: Names | None = None
    team: Names | None = None
    site: Names | None = None
    minors: bool | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.minors is None and not self._named:
            raise ValueError(f"expected one of the keys {', '.join(type(self).model_fields)}, came none")
        return self

    @property
    def _named(self) -> dict[str, tuple[str, ...]]:
        return {key: names for key in _HAS if (names := getattr(self, key)) is not None}

    def fits(self, agent: Agent) -> bool:
        """Whether an agent is one of them."""
        return self.minors in {None, agent.minor} and all(
            set(names) & set(_HAS[key](agent)) for key, names in self._named.items()
        )

    def check(self, workforce: Workforce) -> None:
        """Raise ValueError for a name that nobody has: such a rule would ask less than its author believes."""
        declared = {"contract": set(workforce.contract_by_name), "role": {role.name for role in workforce.roles}}
        for key, names in self._named.items():
            known = {name for agent in workforce.agents for name in _HAS[key](agent) if name} | declared.get(key, set())
            for name in set(names) - known:
                some = ", ".join(sorted(known)) or "(none defined)"
                raise ValueError(f"expected {key} of a rule's only to be one of {some}; came {name}")

    def __str__(self) -> str:
        """In short, for a rule's id: ``part``, ``minors``, ``ann+ben``, ``17-agents``."""
        parts = [
            "+".join(names) if len(names) <= WRITTEN_AT_MOST else f"{len(names)}-{key}"
            for key, names in self._named.items()
        ]
        return ":".join(parts if self.minors is None else [*parts, "minors" if self.minors else "adults"])

    @property
    def words(self) -> str:
        """As ``minors with contract part or full``."""
        whom = {None: "agents", True: "minors", False: "adults"}[self.minors]
        parts = [
            f"{'' if key == 'agents' else f'with {key} '}{' or '.join(names)}" for key, names in self._named.items()
        ]
        return " ".join([whom, *parts])
