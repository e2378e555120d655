"""What may not follow from one day to the next; a day off frees."""

import pytest
from pydantic import ValidationError

from tests.schedule import fortnight
from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import ForbiddenSuccessions

PROBLEM = fortnight.problem()


def count(rule: ForbiddenSuccessions, pattern: str) -> int:
    return len(rule.breaches(PROBLEM, worked(PROBLEM, ann=pattern)))


def test_pairs_hold_from_one_day_to_the_next() -> None:
    rule = ForbiddenSuccessions.model_validate({"pairs": ["night -> early", "late -> early"]})
    assert rule.id == "forbidden_successions:night-early:late-early"
    assert count(rule, "n-e-le--ne----") == 2
    assert count(rule, "en-e-l-e------") == 0


def test_rotation_forward_lets_nothing_start_earlier() -> None:
    forward = ForbiddenSuccessions(rotation="forward")
    assert count(forward, "edln---edln---") == 0
    assert count(forward, "le-nd---------") == 2
    assert forward.id == "forbidden_successions:backward"


def test_a_little_earlier_is_nothing() -> None:
    # The day shift starts at 08:00, two hours after the early one.
    assert count(ForbiddenSuccessions(rotation="forward", back_minutes=120), "de------------") == 0
    assert count(ForbiddenSuccessions(rotation="forward", back_minutes=119), "de------------") == 1


def test_the_last_shift_before_the_horizon_counts(weekend: RosterProblem) -> None:
    rule = ForbiddenSuccessions(pairs=(("night", "early"),))
    (breach,) = rule.breaches(weekend, worked(weekend, ann="e--", ben="e--"))
    assert breach.words == "ann works early on 2026-10-24, after night the day before"


def test_a_rule_that_asks_for_nothing_is_refused() -> None:
    with pytest.raises(ValidationError, match="it would ask for nothing"):
        ForbiddenSuccessions()
