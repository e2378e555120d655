"""Legal packs: the rules of one legal text each, written as data beside this file; templates for a lawyer to confirm, never advice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from wfm.schedule.law import Law
from wfm.schedule.rule import Rule
from wfm.schedule.rules import RULES

PACKS: tuple[str, ...] = ("eu-2003-88", "es-et", "minors")
"""Their names; each is a file here: a legal text, and what its articles ask for as rules in the words of a scenario."""

__all__ = ["PACKS", "Pack", "pack"]


@dataclass(frozen=True)
class Pack:
    """What a legal text asks of rosters: its rules, each with the line that a scenario without the pack would have."""

    name: str
    text: str
    rules: tuple[Rule, ...]
    lines: tuple[str, ...]


@cache
def pack(name: str) -> Pack:
    """One of the PACKS."""
    data = yaml.safe_load(resources.files(__name__).joinpath(f"{name}.yaml").read_text(encoding="utf-8"))
    articles = {key: f"{data['text']} {row.pop('article')}" for key, row in data["rules"].items()}
    rules = (_rule(row, Law(id=key, article=articles[key], pack=name)) for key, row in data["rules"].items())
    lines = (yaml.safe_dump(row, default_flow_style=True, sort_keys=False, width=200) for row in data["rules"].values())
    return Pack(name, data["text"], tuple(rules), tuple(line.strip() for line in lines))


def _rule(row: dict[str, Any], law: Law) -> Rule:
    kind = next(rule for rule in RULES if rule.model_fields["kind"].default == row["kind"])
    return kind.model_validate({**row, "law": law})
