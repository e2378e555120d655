"""Requirements that count what the interval before leaves behind, against the prediction of the day they make."""

from __future__ import annotations

import numpy as np
import pytest

from tests.staffing.cases import forecast
from wfm.domain import Channel, InputError, ServiceLevel
from wfm.staffing import inside_when_rostered, predict_service, require, require_changing

LEVEL = ServiceLevel(share=0.8, within_seconds=20)
PHONE = Channel(name="phone", patience_seconds=180, targets=(LEVEL,))
PEAK = np.exp(-(((np.arange(48) - 24) / 5.0) ** 2))
VOLUME = np.where((np.arange(48) > 12) & (np.arange(48) < 36), 4 + 60 * PEAK, 0.0)
CALLS = forecast(PHONE, VOLUME, 1800.0)


def test_every_interval_of_the_changing_day_meets_the_target_where_the_steady_rule_falls_short() -> None:
    changing, steady = require_changing(CALLS, PHONE), require(CALLS, PHONE)
    busy = VOLUME > 0
    levels = [
        predict_service(VOLUME[busy], 1800.0, 180.0, plan.nets()[busy], 30, LEVEL).service_level()
        for plan in (changing, steady)
    ]
    assert levels[0].min() >= 0.8 - 1e-9
    assert levels[1].min() < 0.7
    assert set(changing.nets()[~busy]) == {0}


def test_what_agents_are_worth_lags_like_the_load() -> None:
    changing, steady = require_changing(CALLS, PHONE), require(CALLS, PHONE)
    after_the_peak = 28
    assert changing.served[after_the_peak][20] < steady.served[after_the_peak][20]
    enough = changing.nets().astype(np.float64)
    predicted = inside_when_rostered(changing, PHONE, enough)
    np.testing.assert_allclose(changing.served_by(enough)[14:], predicted[14:], atol=0.06 * VOLUME.max())
    assert changing.served[0] == (0.0,)


def test_quick_calls_of_an_even_day_need_what_the_steady_rule_says() -> None:
    even = forecast(PHONE, np.where(VOLUME > 0, 100.0, 0.0), 120.0)
    changing, steady = require_changing(even, PHONE), require(even, PHONE)
    assert np.abs(changing.nets() - steady.nets()).max() <= 1
    assert changing.notes[-1].startswith("Changing load")


def test_other_channels_are_refused() -> None:
    chat = Channel(name="chat", kind="chat", concurrency=2, targets=(LEVEL,))
    with pytest.raises(InputError, match="a voice channel"):
        require_changing(forecast(chat, VOLUME), chat)
