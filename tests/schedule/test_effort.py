"""Time is shared by what a problem is like."""

from __future__ import annotations

import pytest

from tests.schedule.small_instances import instance
from wfm.schedule.effort import JOINED, JOINED_SMALL, Effort
from wfm.schedule.rule import Rule
from wfm.schedule.search import Search
from wfm.schedule.solution import Limits


def effort(days: int, limits: Limits) -> Effort:
    """Return the effort for two or three agents of so many days, with one tier."""
    problem, rules = instance(5, days)
    first: list[Rule] = [rule for rule in rules if rule.price is None or rule.tier == 1]
    return Effort.of(Search(problem, first, 1), limits)


@pytest.mark.parametrize(("days", "joined"), [(5, JOINED_SMALL), (60, JOINED_SMALL), (120, JOINED), (150, 1.0)])
def test_columns_leave_a_small_problem_soon_to_a_proof_a_larger_one_late_a_long_one_never(
    days: int, joined: float
) -> None:
    assert effort(days, Limits(seconds=600)).joined == joined


def test_counted_steps_mean_one_thread_and_one_order() -> None:
    counted = effort(5, Limits(steps=50, workers=2))
    assert (counted.threads, counted.beside) == (1, False)
