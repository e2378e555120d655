"""Agents who may change places in a small model: what is true of one of them is true of all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from typing import TYPE_CHECKING

from wfm.schedule.conflicts.excerpt import variables_of
from wfm.schedule.conflicts.lines import Lines

if TYPE_CHECKING:
    from ortools.sat.python.cp_model_helper import ConstraintProto

_REFERENCE = re.compile(r"(?<=vars: |rals: |eral: )-?\d+")
_NOBODY = ""


def alike(lines: Lines, some: Collection[int]) -> list[tuple[str, ...]]:
    """Classes of agents, any two of whom may change places in the small model of some lines without changing it."""
    classes: dict[Hashable, list[str]] = defaultdict(list)
    for agent, portrait in _portraits(lines, some).items():
        classes[portrait].append(agent)
    return [tuple(agents) for agents in classes.values()]


def _portraits(lines: Lines, some: Collection[int]) -> dict[str, Hashable]:
    """How each agent looks: constraints about this agent alone, in names that are the same for all, and the part in each of the others."""
    owner: dict[int, str] = {}
    name: dict[int, Hashable] = {}
    rows: dict[str, list[Hashable]] = defaultdict(list)
    for number in lines.part(some)[0]:
        constraint, variables = lines.cp.proto.constraints[number], lines.uses[number]
        for v in variables:
            if v in lines.decides:
                owner[v], name[v] = lines.decides[v][0], lines.decides[v][1:]
        agents = {owner[v] for v in variables if v in owner}
        alone = agents.pop() if len(agents) == 1 else _NOBODY
        for position, v in enumerate(variables):
            owner.setdefault(v, alone)
            name.setdefault(v, ("defined", len(rows[alone]), position))
        if alone != _NOBODY:
            rows[alone].append(_described(constraint, name))
        else:
            for agent, part in _parts(constraint, owner, name).items():
                rows[agent].append((number, part))
    return {agent: tuple(portrait) for agent, portrait in rows.items() if agent != _NOBODY}


def _described(constraint: ConstraintProto, name: Mapping[int, Hashable]) -> str:
    """A constraint in words, each variable by its name; slack has none and is 0."""

    def named(found: re.Match[str]) -> str:
        v = int(found[0])
        return f"{name.get(v, 0)}" if v >= 0 else f"not {name.get(-v - 1, 0)}"

    return _REFERENCE.sub(named, str(constraint))


def _parts(constraint: ConstraintProto, owner: Mapping[int, str], name: Mapping[int, Hashable]) -> dict[str, Hashable]:
    """The part that each agent has in a constraint: weights in a sum, else one that nobody shares."""
    parts: dict[str, list[Hashable]] = defaultdict(list)
    for v in constraint.enforcement_literal:
        place = v if v >= 0 else -v - 1
        parts[owner[place]].append(("if", v >= 0, name[place]))
    for v, weight in zip(constraint.linear.vars, constraint.linear.coeffs, strict=True):
        if v in owner:
            parts[owner[v]].append((name[v], weight))
    if constraint.has_linear():
        return {agent: tuple(part) for agent, part in parts.items()}
    return {owner[v]: owner[v] for v in variables_of(constraint) if v in owner}
