"""Three ways to ask what an interval's agents give: where the formulas hold, the simulation says what they say."""

import numpy as np
from numpy.typing import NDArray

from tests.staffing.cases import forecast
from wfm.domain import Channel, ServiceLevel
from wfm.staffing import erlang_a, require
from wfm.study.second_opinion import second_opinions, simulated_share

PHONE = Channel(name="phone", patience_seconds=180, targets=(ServiceLevel(share=0.8, within_seconds=20),))
STEP = 20


def calls(volume: float) -> NDArray[np.float64]:
    """Return a day with some calls in each half hour from seven to eleven."""
    return np.where((np.arange(48) >= 14) & (np.arange(48) < 22), volume, 0.0)


def test_on_a_steady_day_the_simulation_agrees_with_erlang_a() -> None:
    """Lognormal handle times of the same mean move the service level by a point or two at most (Whitt 2005)."""
    steady = forecast(PHONE, calls(60.0))
    requirement = require(steady, PHONE)
    seen = simulated_share(steady, requirement, PHONE, STEP, requirement.net[STEP], 1)
    exact = erlang_a(10.0, requirement.net[STEP], 300.0, 180.0, 20.0).service_level().item()
    assert 0 < seen.half_width < 0.03
    assert abs(seen.mean - exact) < seen.half_width + 0.02


def test_an_overloaded_interval_before_is_seen_by_the_simulation_alone() -> None:
    volume = calls(60.0)
    volume[STEP - 1] = 180.0
    busy = forecast(PHONE, volume)
    requirement = require(forecast(PHONE, calls(60.0)), PHONE)
    plain = simulated_share(forecast(PHONE, calls(60.0)), requirement, PHONE, STEP, requirement.net[STEP], 1)
    after = simulated_share(busy, requirement, PHONE, STEP, requirement.net[STEP], 1)
    assert after.mean < plain.mean - 0.1


def test_each_model_says_what_fewer_and_more_give() -> None:
    wild = forecast(PHONE, calls(60.0)).varied(dispersion=(0.1,) * 48)
    requirement = require(wild, PHONE)
    lines = list(second_opinions(wild, requirement, PHONE, STEP, 1))
    assert [line.partition(" with")[0] for line in lines[2:5]] == ["simulation"] * 3
    assert lines[0].startswith("Erlang C (nobody abandons): ")
    assert lines[1].startswith("Erlang A (mean patience 180 s): ")
    assert "vary 7.0 times as much as by chance alone" in lines[-1]


def test_without_patience_erlang_a_is_erlang_c() -> None:
    hotline = Channel(name="hotline", targets=PHONE.targets)
    calm = forecast(hotline, calls(20.0))
    lines = list(second_opinions(calm, require(calm, hotline), hotline, STEP, 1))
    assert lines[0].startswith("Erlang A: the channel has no patience")
    assert "warning" not in lines[-1]


def test_deferred_work_and_empty_intervals_have_no_queue_to_simulate() -> None:
    mail = Channel(name="mail", kind="deferred")
    work = forecast(mail, calls(20.0))
    assert list(second_opinions(work, require(work, mail), mail, STEP, 1)) == []
    calm = forecast(PHONE, np.zeros(48))
    assert list(second_opinions(calm, require(calm, PHONE), PHONE, STEP, 1)) == []
