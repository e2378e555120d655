"""Two thousand illegal edits of a legal roster: the audit finds each, and names the rule and the agent."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from tests.schedule import fortnight
from tests.schedule.edits_of_one import EVERY
from wfm.schedule.audit import audit

EDITS = 2_000


@pytest.mark.slow
def test_each_of_two_thousand_illegal_edits_is_found_and_named() -> None:
    problem, rules = fortnight.problem(), fortnight.RULES
    chance = Random(7)
    legal = [fortnight.roster(chance) for _ in range(20)]
    named: Counter[str] = Counter()
    for number in range(EDITS):
        operator = EVERY[number % len(EVERY)]
        edit = operator(chance.choice(legal), chance)
        found = [breach for breach in audit(problem, rules, edit.roster) if breach.agent == edit.agent]
        missed = edit.kinds - {breach.kind for breach in found}
        assert not missed, f"{operator.__name__} (edit {number}) is not found by {missed}"
        assert edit.agent is None or any(edit.agent in breach.words for breach in found)
        named.update(edit.kinds)
    assert set(named) == {"shift_form", *(rule.kind for rule in rules)}
    assert min(named.values()) >= 20
