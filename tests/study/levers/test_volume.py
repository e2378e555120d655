"""More contacts are a larger factor on the forecast, and nothing else."""

import pytest

from tests.study.folders import phone_small
from wfm.domain import NotFound
from wfm.study import forecast_all
from wfm.study.levers import Volume


def test_changes_of_one_variant_multiply() -> None:
    scenario = Volume(channel="phone", by=0.5).apply(Volume(by=0.2).apply(phone_small()))
    assert scenario.demand[0].scale == pytest.approx(1.8)
    assert scenario.demand[0].aht_scale == 1


def test_the_forecast_grows_by_the_share_and_its_handle_time_stays() -> None:
    scenario = phone_small()
    (before,), (after,) = forecast_all(scenario), forecast_all(Volume(by=0.2).apply(scenario))
    assert after.mean == tuple(pytest.approx(1.2 * mean) for mean in before.mean)
    assert after.aht_seconds == before.aht_seconds


def test_an_unknown_channel_is_not_found() -> None:
    with pytest.raises(NotFound, match="no channel mail; the scenario has phone"):
        Volume(channel="mail", by=0.1).apply(phone_small())


def test_words_keep_every_digit() -> None:
    assert Volume(by=0.025).words == "all volume +2.5%"
    assert Volume(channel="phone", by=-0.1).words == "phone volume -10%"


@pytest.mark.parametrize("by", ["-150%", "20", "more", "+20 percent"])
def test_a_change_is_a_share_of_what_there_is(by: str) -> None:
    with pytest.raises(ValueError, match=r"expected a change such as|greater than or equal"):
        Volume.model_validate({"by": by})
