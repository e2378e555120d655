"""What costs are multiples of."""

from __future__ import annotations

import pytest

from tests.schedule.small_instances import instance
from tests.schedule.tiny import weekend
from wfm.schedule.columns.grain import grain_of, rounded_up
from wfm.schedule.rules import Coverage, Fairness, MinimumHeads, MinRest, Wishes


@pytest.mark.parametrize(("prices", "grain"), [((2, 3), 1.0), ((4, 6), 2.0), ((0.5, 0.75), 0.25), ((0.1, 0.3), 0.1)])
def test_costs_are_multiples_of_the_greatest_common_divisor_of_prices(
    prices: tuple[float, float], grain: float
) -> None:
    rules = (MinRest(), Wishes(price=prices[0]), MinimumHeads(price=prices[1]))
    assert grain_of(weekend(), rules) == grain


@pytest.mark.parametrize("rule", [Coverage(), Fairness(price=1.0)])
def test_amounts_that_need_not_be_whole_have_no_grain(rule: Coverage | Fairness) -> None:
    assert grain_of(weekend(), (Wishes(price=1.0), rule)) == 0.0


def test_a_bound_is_rounded_up_but_for_rounding_errors() -> None:
    assert rounded_up(1296.2, 1.0) == 1297.0
    assert rounded_up(1297.0000001, 1.0) == 1297.0
    assert rounded_up(1297.1, 0.0) < 1297.1
    assert grain_of(instance(1)[0], ()) == 0.0
