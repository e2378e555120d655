"""The file that asks for multi-skill staffing: types of calls with their promises, and the groups that may serve them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from wfm.domain import InputError, Name
from wfm.staffing import CallType, SkillCentre, SkillGroup
from wfm.study.wording import faults, validated
from wfm.study.written import Answer, Duration, Section
from wfm.study.yaml_text import read_yaml


class CallTypeSheet(Section):
    """One type of calls."""

    per_hour: Annotated[float, Field(gt=0, le=1_000_000, description="calls an hour, such as 240")]
    aht: Annotated[Duration, Field(gt=0, description="mean handle time, such as 4m30s")]
    patience: Annotated[Duration, Field(gt=0, description="mean time until a caller hangs up, such as 3m")]
    target: Answer = Field(examples=["80% in 20s"])


class SkillGroupSheet(Section):
    """One group of like agents."""

    skills: Annotated[tuple[Name, ...], Field(min_length=1)]
    cost: Annotated[float, Field(gt=0, description="of one agent, in any unit")] = 1.0
    most: Annotated[int, Field(ge=0, description="agents that there can be")] | None = None


class SkillSheet(Section):
    """The whole file."""

    api_version: Literal["wfm/v1"] = Field(alias="apiVersion")
    types: Annotated[dict[Name, CallTypeSheet], Field(min_length=1)]
    groups: Annotated[dict[Name, SkillGroupSheet], Field(min_length=1)]


def read_skill_centre(file: Path) -> SkillCentre:
    """The call types and groups of a file; raises InputError with file, line, what was expected and what came."""
    document = read_yaml(file)
    sheet = validated(SkillSheet, document)
    types = tuple(
        CallType(
            name=name,
            per_hour=each.per_hour,
            aht_seconds=each.aht,
            patience_seconds=each.patience,
            target=each.target,
        )
        for name, each in sheet.types.items()
    )
    groups = tuple(
        SkillGroup(name=name, skills=each.skills, cost=each.cost, most=each.most) for name, each in sheet.groups.items()
    )
    try:
        return SkillCentre(types=types, groups=groups)
    except ValidationError as error:
        raise InputError(list(faults(SkillSheet, error, document))) from None
