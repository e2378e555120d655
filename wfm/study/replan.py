"""A scenario made ready for replanning: what was published, who is absent now, and what a change costs."""

from __future__ import annotations

from collections.abc import Sequence

from wfm.domain import NotFound, Roster, TimeOff
from wfm.schedule.rules import ChangeCost
from wfm.schedule.rules import TimeOff as KeepTimeOff
from wfm.study.scenario import Scenario

DEFAULT_CHANGE_COST = 5.0
"""Contacts inside target that a changed cell has to bring, where neither the scenario nor anybody says otherwise."""


def replanning(
    scenario: Scenario, published: Roster, absences: Sequence[TimeOff] = (), change_cost: float | None = None
) -> Scenario:
    """The scenario with a published roster and absences, under rules that keep both; pins of absent days are dropped.

    ``change_cost`` takes the place of the price that the scenario's own rule of kind change_cost has. Raises NotFound for an
    unknown agent.
    """
    known = scenario.workforce.by_id
    for row in absences:
        if row.agent not in known:
            raise NotFound(f"There is no agent {row.agent}; there are {', '.join(known)}.")
    people = scenario.workforce.varied(time_off=(*scenario.workforce.time_off, *absences))
    away = {(row.agent, row.first, row.last) for row in absences}
    pins = tuple(
        pin
        for pin in scenario.pins
        if not any(agent == pin.agent and first <= pin.day <= last for agent, first, last in away)
    )
    rules = [rule for rule in scenario.rules if change_cost is None or not isinstance(rule, ChangeCost)]
    if not any(isinstance(rule, ChangeCost) for rule in rules):
        rules.append(ChangeCost(price=DEFAULT_CHANGE_COST if change_cost is None else change_cost))
    keeps = (rule for rule in rules if isinstance(rule, KeepTimeOff) and rule.only is None)
    if absences and all(
        rule.price is not None for rule in keeps
    ):  # leave may have a price; who cannot come, cannot come
        rules.append(KeepTimeOff())
    changes = {"workforce": people, "pins": pins, "rules": tuple(rules), "published": published}
    return scenario.model_copy(update=changes)
