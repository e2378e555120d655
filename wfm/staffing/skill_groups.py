"""Call types and the groups of agents who may serve them: what multi-skill staffing is asked about."""

from __future__ import annotations

from typing import Annotated, Self

import numpy as np
from pydantic import Field, model_validator

from wfm.domain.noun import Name, Noun
from wfm.domain.quantity import Seconds
from wfm.domain.target import ServiceLevel
from wfm.staffing.arrays import Floats, Integers

MOST_TYPES = 20
"""All sets of call types are looked at: 2 to the power of 20 of them are, 2 to the power of 30 are not."""
MOST_GROUPS = 500


class CallType(Noun):
    """Contacts that need the same skill: how many come an hour, what one takes, how long callers wait, what is promised."""

    name: Name
    per_hour: Annotated[float, Field(gt=0, le=1e6)]
    aht_seconds: Annotated[Seconds, Field(gt=0)]
    patience_seconds: Annotated[Seconds, Field(gt=0)]
    target: ServiceLevel

    @property
    def load_erlangs(self) -> float:
        """Agents kept busy if everybody was served."""
        return self.per_hour * self.aht_seconds / 3_600


class SkillGroup(Noun):
    """Agents alike: the call types they can serve, what one of them costs an hour, and how many there can be at most."""

    name: Name
    skills: tuple[Name, ...] = Field(min_length=1)
    cost: Annotated[float, Field(gt=0)] = 1.0
    most: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.skills)) < len(self.skills):
            raise ValueError(f"expected each skill once, came {', '.join(self.skills)} in group {self.name}")
        return self


class SkillCentre(Noun):
    """Call types and the groups that may serve them, in steady state."""

    types: tuple[CallType, ...] = Field(min_length=1, max_length=MOST_TYPES)
    groups: tuple[SkillGroup, ...] = Field(min_length=1, max_length=MOST_GROUPS)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        known = [each.name for each in self.types]
        for names, what in ((known, "call type"), ([each.name for each in self.groups], "group")):
            if len(set(names)) < len(names):
                raise ValueError(f"expected each {what} once, came {', '.join(names)}")
        for group in self.groups:
            strange = sorted(set(group.skills) - set(known))
            if strange:
                raise ValueError(f"expected skills that are call types, came {strange[0]} in group {group.name}")
        alone = sorted(set(known) - {skill for group in self.groups for skill in group.skills})
        if alone:
            raise ValueError(f"expected a group that serves {alone[0]}, came none")
        return self

    @property
    def able(self) -> Integers:
        """Of shape (groups, types): 1 where the group serves the type."""
        return np.array([[each.name in group.skills for each in self.types] for group in self.groups], dtype=np.int64)

    @property
    def costs(self) -> Floats:
        """Cost of one agent of each group."""
        return np.array([group.cost for group in self.groups])

    @property
    def most(self) -> Floats:
        """Agents that each group can have; inf where nothing limits it."""
        return np.array([np.inf if group.most is None else group.most for group in self.groups])
