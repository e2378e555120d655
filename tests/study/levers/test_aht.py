"""Longer handle times are a larger factor on the forecast's handle time, and nothing else."""

import pytest

from tests.study.folders import phone_small
from wfm.study import forecast_all
from wfm.study.levers import Aht


def test_handle_time_falls_by_the_share_and_contacts_stay() -> None:
    scenario = phone_small()
    (before,), (after,) = forecast_all(scenario), forecast_all(Aht(channel="phone", by=-0.1).apply(scenario))
    assert after.mean == before.mean
    assert after.aht_seconds == tuple(pytest.approx(0.9 * seconds) for seconds in before.aht_seconds)


def test_handle_time_cannot_vanish() -> None:
    with pytest.raises(ValueError, match="greater than 0"):
        Aht(by=-1).apply(phone_small())
