"""Models taken apart: every kind of rule can be, and a small model says the same as the whole one."""

from typing import get_args

import pytest

from tests.contracts import test_placed_rules as placed
from tests.contracts.test_roster_rules import EXAMPLES, PROBLEMS
from wfm.schedule.conflicts.lines import Lines
from wfm.schedule.proving import Model, can_be_met
from wfm.schedule.rule import Rule
from wfm.schedule.rules import RULES
from wfm.schedule.solution import Limits
from wfm.schedule.watch import Watch

WATCH = Watch(Limits(steps=1000))


def every_rule() -> list[Rule]:
    """Make each example of each kind, forbidden."""
    kinds = {get_args(rule.model_fields["kind"].annotation)[0]: rule for rule in RULES}
    return [
        kinds[kind].model_validate({"kind": kind, "price": None, **keys})
        for kind, rows in EXAMPLES.items()
        for keys in rows
    ]


@pytest.mark.parametrize("name", PROBLEMS)
def test_all_lines_of_a_rule_can_be_met_exactly_where_the_rule_can(name: str) -> None:
    problem = PROBLEMS[name]
    for rule in every_rule():
        lines = Lines(problem, [rule], WATCH)
        whole = can_be_met(Model.of(problem, [rule]), WATCH, 1.0)
        assert lines.impossible(range(len(lines.all))) == (whole == "infeasible"), rule.id


def test_what_is_breached_least_is_what_the_elastic_model_says() -> None:
    problem = PROBLEMS["weekend"]
    for rule in every_rule():
        lines = Lines(problem, [rule], WATCH)
        everything = range(len(lines.all))
        least = sum(lines.met((), everything).breached.values())
        assert (least > 0) == lines.impossible(everything), rule.id


def test_rules_about_tasks_can_be_taken_apart_too() -> None:
    for rule in placed.RULES_HERE:
        lines = Lines(placed.PROBLEM, [rule], WATCH)
        whole = can_be_met(Model.of(placed.PROBLEM, [rule]), WATCH, 1.0)
        assert lines.impossible(range(len(lines.all))) == (whole == "infeasible"), rule.id
