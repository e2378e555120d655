"""Shrinkage moves by percentage points."""

import pytest

from tests.study.folders import phone_small
from wfm.study import forecast_all, require_all
from wfm.study.levers import Shrinkage


def test_points_are_added() -> None:
    assert Shrinkage(by=0.05).apply(phone_small()).shrinkage == 0.1


def test_more_shrinkage_needs_more_paid_hours_for_the_same_net() -> None:
    scenario = phone_small()
    (before,) = require_all(scenario, forecast_all(scenario))
    moved = Shrinkage(by=0.15).apply(scenario)
    (after,) = require_all(moved, forecast_all(moved))
    assert after.net == before.net
    assert sum(after.gross) == pytest.approx(sum(before.gross) * 0.95 / 0.8)


@pytest.mark.parametrize("by", [0.95, -0.06])
def test_shrinkage_stays_a_share(by: float) -> None:
    with pytest.raises(ValueError, match="shrinkage"):
        Shrinkage(by=by).apply(phone_small())
