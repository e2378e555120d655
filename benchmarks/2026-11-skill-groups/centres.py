"""Centres of 20 call types and 30 skill groups, drawn from a seed; every type has specialists, ten groups are flexible."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from wfm.domain import ServiceLevel
from wfm.staffing import CallType, SkillCentre, SkillGroup

TYPES, FLEXIBLE = 20, 10
HALF_SPREAD = 0.5


class Kind(NamedTuple):
    """Mean load of a type in Erlangs, what each skill beyond the first costs, whether promises and patience differ; seeds that are run."""

    load: float
    premium: float
    mixed: bool = False
    seeds: tuple[int, ...] = (1,)


KINDS = {
    "small, skills free (20 E a type)": Kind(20, 0.0),
    "medium, skills free (50 E a type)": Kind(50, 0.0, seeds=(1, 2, 3)),
    "large, skills free (100 E a type)": Kind(100, 0.0),
    "small, skills 5 %": Kind(20, 0.05),
    "medium, skills 5 %": Kind(50, 0.05),
    "large, skills 5 %": Kind(100, 0.05),
    "medium, skills 5 %, promises differ": Kind(50, 0.05, mixed=True),
}


def drawn(kind: Kind, seed: int) -> SkillCentre:
    """A centre of a kind."""
    chance = np.random.default_rng(seed)
    types = tuple(_call_type(f"t{number:02d}", kind, chance) for number in range(TYPES))
    alone = [SkillGroup(name=f"s{number:02d}", skills=(each.name,)) for number, each in enumerate(types)]
    flexible = [_flexible(f"f{number:02d}", types, kind, chance) for number in range(FLEXIBLE)]
    return SkillCentre(types=types, groups=(*alone, *flexible))


def _call_type(name: str, kind: Kind, chance: np.random.Generator) -> CallType:
    aht = round(chance.uniform(180, 480))
    load = kind.load * chance.uniform(1 - HALF_SPREAD, 1 + HALF_SPREAD)
    promise = ServiceLevel(share=0.8, within_seconds=20)
    if kind.mixed:
        promise = ServiceLevel(share=chance.choice([0.7, 0.8, 0.9]), within_seconds=int(chance.choice([20, 30, 60])))
    patience = round(chance.uniform(90, 400)) if kind.mixed else 180
    return CallType(
        name=name, per_hour=round(load / aht * 3_600, 1), aht_seconds=aht, patience_seconds=patience, target=promise
    )


def _flexible(name: str, types: tuple[CallType, ...], kind: Kind, chance: np.random.Generator) -> SkillGroup:
    skills = chance.choice(len(types), int(chance.integers(2, 6)), replace=False)
    return SkillGroup(
        name=name, skills=tuple(types[each].name for each in skills), cost=1 + kind.premium * (len(skills) - 1)
    )
