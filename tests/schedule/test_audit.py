"""The audit finds every edit that breaks a rule, names the rule, and finds nothing in a legal roster."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from tests.schedule import fortnight
from tests.schedule.edits import (
    OF_FORM,
    Operator,
    change_the_length,
    work_a_sixth_day,
)
from tests.schedule.edits_of_one import EVERY
from tests.schedule.fortnight import RULES
from wfm.schedule.audit import audit
from wfm.schedule.rules import ShiftForm

PROBLEM = fortnight.problem()
EDITS = 2 * len(EVERY)


def test_a_legal_roster_has_no_breach_wherever_its_breaks_lie() -> None:
    for seed in range(20):
        assert audit(PROBLEM, RULES, fortnight.roster(Random(seed))) == ()


def test_every_edit_that_breaks_a_rule_is_found_and_the_rule_named() -> None:
    chance = Random(2)
    legal = [fortnight.roster(chance) for _ in range(10)]
    used: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for number in range(EDITS):
        operator = EVERY[number % len(EVERY)]
        edit = operator(chance.choice(legal), chance)
        found = audit(PROBLEM, RULES, edit.roster)
        right = {breach.kind for breach in found if breach.agent == edit.agent}
        assert edit.kinds <= right, f"{operator.__name__} (edit {number}): {[breach.words for breach in found]}"
        used[operator.__name__] += 1
        named.update(edit.kinds)
    assert used.total() == EDITS
    assert set(named) == {"shift_form", *(rule.kind for rule in RULES)}


@pytest.mark.parametrize("operator", OF_FORM, ids=lambda operator: operator.__name__)
def test_a_fault_of_form_is_found_without_any_rule(operator: Operator) -> None:
    chance = Random(3)
    for _ in range(5):
        edit = operator(fortnight.roster(chance), chance)
        assert {breach.agent for breach in audit(PROBLEM, (), edit.roster)} == {edit.agent}


def test_the_audit_lists_breaches_in_the_order_of_the_rules_and_form_once() -> None:
    chance = Random(4)
    edit = work_a_sixth_day(change_the_length(fortnight.roster(chance), chance).roster, chance)
    found = audit(PROBLEM, RULES, edit.roster)
    order = ["shift_form", *(rule.kind for rule in RULES)]
    positions = [order.index(breach.kind) for breach in found]
    assert positions == sorted(positions)
    assert found == audit(PROBLEM, RULES, edit.roster)
    assert audit(PROBLEM, (ShiftForm(), *RULES), edit.roster) == found
