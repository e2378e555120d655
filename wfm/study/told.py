"""What agents were told already and what a planner has locked: the published roster and the pins beside a scenario."""

from __future__ import annotations

from pathlib import Path

from wfm.domain import Pin, Roster
from wfm.importers import read_assignments, read_pins
from wfm.schedule.rules import Pinned
from wfm.study.published import read_published
from wfm.study.scenario import Scenario


def with_told(scenario: Scenario, pins: Path | None, published: Path | None) -> Scenario:
    """The scenario with the pins and the published roster of two files; raises InputError with every fault.

    Pins are kept whether or not the rules name the kind pinned: without it, they would be a note that nobody reads.
    """
    locked = () if pins is None else _pins(scenario, pins)
    rules = scenario.rules
    if locked and not any(isinstance(rule, Pinned) for rule in rules):
        rules = (*rules, Pinned())
    told = None if published is None else _published(scenario, published)
    return scenario.model_copy(update={"pins": locked, "published": told, "rules": rules})


def _pins(scenario: Scenario, file: Path) -> tuple[Pin, ...]:
    horizon, people = scenario.horizon, scenario.workforce.by_id
    return read_pins(file, zone=horizon.zone, agents=people, templates=scenario.templates, dates=horizon.dates)


def _published(scenario: Scenario, file: Path) -> Roster:
    """The roster of a version, or of a table as roster.csv."""
    if file.suffix.lower() == ".json":
        return read_published(file).roster
    agents = list(scenario.workforce.by_id)
    rows = read_assignments(file, zone=scenario.horizon.zone, agents=agents, dates=scenario.horizon.dates)
    return Roster.of(scenario.horizon, rows)
