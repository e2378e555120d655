"""Two thousand illegal edits of a legal roster: the audit finds each, and names the rule and the agent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest

from tests.schedule import edits_of_tasks, fortnight
from tests.schedule.edits import Operator
from tests.schedule.edits_of_one import EVERY
from tests.schedule.edits_of_tasks import OF_TASKS
from wfm.domain import Roster
from wfm.schedule import RULES, RosterProblem, Rule, audit

MEASURES = {"coverage", "fairness"}
"""Kinds that no roster keeps wholly: they measure, and only a price makes sense of them."""


def named(
    problem: RosterProblem,
    rules: tuple[Rule, ...],
    draw: Callable[[Random], Roster],
    operators: tuple[Operator, ...],
    edits: int,
) -> Counter[str]:
    """Edit legal rosters, find every edit, and return how often each kind was named."""
    chance, kinds = Random(7), Counter[str]()
    legal = [draw(chance) for _ in range(20)]
    for number in range(edits):
        operator = operators[number % len(operators)]
        edit = operator(chance.choice(legal), chance)
        found = [breach for breach in audit(problem, rules, edit.roster) if breach.agent == edit.agent]
        missed = edit.kinds - {breach.kind for breach in found}
        assert not missed, f"{operator.__name__} (edit {number}) is not found by {missed}"
        assert edit.agent is None or any(edit.agent in breach.words for breach in found)
        kinds.update(edit.kinds)
    return kinds


def test_a_fortnight_with_a_role_and_a_course_is_legal_wherever_its_breaks_lie() -> None:
    for seed in range(5):
        found = audit(
            edits_of_tasks.problem(), (*fortnight.RULES, *edits_of_tasks.RULES), edits_of_tasks.roster(Random(seed))
        )
        assert found == ()


def test_edits_of_roles_and_courses_are_found_and_named() -> None:
    assert named(edits_of_tasks.problem(), edits_of_tasks.RULES, edits_of_tasks.roster, OF_TASKS, 2 * len(OF_TASKS))


@pytest.mark.slow
def test_each_of_two_thousand_illegal_edits_is_found_and_named_over_all_rules() -> None:
    kinds = named(fortnight.problem(), fortnight.RULES, fortnight.roster, EVERY, 1_750)
    kinds += named(edits_of_tasks.problem(), edits_of_tasks.RULES, edits_of_tasks.roster, OF_TASKS, 250)
    assert set(kinds) == {rule.model_fields["kind"].default for rule in RULES} - MEASURES
    assert min(kinds.values()) >= 15
