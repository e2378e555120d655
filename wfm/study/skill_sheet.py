"""The file that asks for multi-skill staffing: types of calls with their promises, and the groups that may serve them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from wfm.domain import Fault, InputError, Name
from wfm.staffing import CallType, SkillCentre, SkillGroup
from wfm.staffing.skill_groups import MOST_GROUPS, MOST_TYPES
from wfm.study.wording import likely, validated
from wfm.study.written import Answer, Duration, Section
from wfm.study.yaml_text import Document, read_yaml


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
    types: Annotated[dict[Name, CallTypeSheet], Field(min_length=1, max_length=MOST_TYPES)]
    groups: Annotated[dict[Name, SkillGroupSheet], Field(min_length=1, max_length=MOST_GROUPS)]


def read_skill_centre(file: Path) -> SkillCentre:
    """The call types and groups of a file; raises InputError with file, line, what was expected and what came."""
    document = read_yaml(file)
    sheet = validated(SkillSheet, document)
    if found := list(_faults(sheet, document)):
        raise InputError(found)
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
    return SkillCentre(types=types, groups=groups)


def _faults(sheet: SkillSheet, document: Document) -> Iterator[Fault]:
    """Skills that are no type or stand twice, and types that nobody serves, each with its line."""
    for name, group in sheet.groups.items():
        for place, skill in enumerate(group.skills):
            path = ("groups", name, "skills", place)
            if skill not in sheet.types:
                yield document.fault(path, "a call type", skill, likely(skill, sheet.types))
            elif skill in group.skills[:place]:
                yield document.fault(path, "each skill once", f"{skill} again", "Remove it.")
    served = {skill for group in sheet.groups.values() for skill in group.skills}
    for name in sheet.types:
        if name not in served:
            yield document.fault(("types", name), f"a group that serves {name}", "none", "Add it to a group's skills.")
