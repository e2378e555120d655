"""The pooled bound against brute force and against the plain queue that it generalises."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from pydantic import ValidationError

from wfm.domain import InputError, ServiceLevel
from wfm.staffing import (
    CallType,
    Effects,
    Reach,
    SkillCentre,
    SkillGroup,
    cheapest_change,
    pooled_bound,
    pooled_need,
    smallest_agents,
)

PROMISE = ServiceLevel(share=0.8, within_seconds=20)


def call_type(name: str, per_hour: float, aht_seconds: float = 240, patience_seconds: float = 180) -> CallType:
    return CallType(
        name=name, per_hour=per_hour, aht_seconds=aht_seconds, patience_seconds=patience_seconds, target=PROMISE
    )


TWO = SkillCentre(
    types=(call_type("billing", 60), call_type("sales", 30, aht_seconds=420)),
    groups=(
        SkillGroup(name="billers", skills=("billing",), cost=10),
        SkillGroup(name="sellers", skills=("sales",), cost=11),
        SkillGroup(name="both", skills=("billing", "sales"), cost=12),
    ),
)


def test_one_type_with_one_group_needs_what_erlang_a_says() -> None:
    centre = SkillCentre(types=(call_type("phone", 120),), groups=(SkillGroup(name="all", skills=("phone",), cost=2),))
    expected = int(smallest_agents(8.0, 240, [PROMISE], 180))
    bound = pooled_bound(centre)
    assert bound.agents.tolist() == [expected]
    assert bound.cost == pytest.approx(2 * expected)


def test_bound_is_the_cheapest_mix_that_brute_force_finds() -> None:
    sets = np.array([[1, 0], [0, 1], [1, 1]])
    needs = pooled_need(TWO, sets)
    touched = sets @ TWO.able.T > 0
    mixes = np.array(list(product(range(13), repeat=3)))
    fits = (mixes @ touched.T >= needs).all(axis=1)
    assert pooled_bound(TWO).cost == pytest.approx((mixes[fits] @ TWO.costs).min())


def test_more_calls_never_cost_less() -> None:
    busier = TWO.varied(types=(call_type("billing", 90), TWO.types[1]))
    assert pooled_bound(busier).cost >= pooled_bound(TWO).cost


def test_a_pool_needs_no_more_than_its_parts() -> None:
    first, second, both = pooled_need(TWO, np.array([[1, 0], [0, 1], [1, 1]]))
    assert max(first, second) <= both <= first + second


def test_limits_that_leave_a_type_short_are_refused() -> None:
    few = TWO.varied(groups=tuple(group.varied(most=1) for group in TWO.groups))
    with pytest.raises(InputError, match="most"):
        pooled_bound(few)


def test_a_type_without_a_group_is_refused() -> None:
    with pytest.raises(ValidationError, match="a group that serves sales"):
        TWO.varied(groups=TWO.groups[:1])


def test_an_unknown_skill_is_refused() -> None:
    with pytest.raises(ValidationError, match="came repairs in group fixers"):
        TWO.varied(groups=(*TWO.groups, SkillGroup(name="fixers", skills=("repairs",))))


def test_a_skill_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValidationError, match="each skill once, came sales, sales in group sellers"):
        SkillGroup(name="sellers", skills=("sales", "sales"))


def test_the_cheapest_change_is_the_one_that_brute_force_finds() -> None:
    gains, missing = np.array([[0.2, 0.0], [0.0, 0.2], [0.1, 0.1]]), np.array([0.4, -0.4])
    near = Reach(np.array([3, 3, 3]), np.array([3, 3, 3]), 0.0)
    changed, later = cheapest_change(TWO, np.array([5, 5, 5]), Effects(gains, np.zeros((2, 2))), missing, near, 1.4)
    mixes = np.array(list(product(range(2, 9), repeat=3)))
    change = mixes - 5
    fits = (np.where(change < 0, 1.4 * change, change) @ gains >= missing - 1e-9).all(axis=1)
    assert TWO.costs @ changed == pytest.approx((mixes[fits] @ TWO.costs).min())
    assert later.tolist() == [0, 0]


def test_the_order_of_the_queue_is_changed_before_agents_are_paid_for() -> None:
    effects = Effects(np.full((3, 2), 0.2), np.array([[-0.02, 0.01], [0.01, -0.02]]))
    near = Reach(np.array([0, 0, 0]), np.array([3, 3, 3]), 30.0)
    agents, later = cheapest_change(TWO, np.array([5, 5, 5]), effects, np.array([0.2, -0.5]), near)
    assert agents.tolist() == [5, 5, 5]
    assert later @ effects.seconds == pytest.approx(np.array([0.2, -0.1]))


def test_a_change_stays_within_reach_and_limits() -> None:
    limited = TWO.varied(groups=(TWO.groups[0].varied(most=6), *TWO.groups[1:]))
    effects = Effects(np.array([[0.02, 0.0], [0.0, 0.02], [0.0, 0.0]]), np.zeros((2, 2)))
    near = Reach(np.array([3, 3, 0]), np.array([3, 3, 3]), 5.0)
    changed, _ = cheapest_change(limited, np.array([5, 5, 0]), effects, np.array([0.5, 0.5]), near)
    assert changed.tolist() == [6, 8, 0]
