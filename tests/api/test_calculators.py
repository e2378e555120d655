import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wfm.api import examples
from wfm.api.requests import ErlangRequest, ForecastRequest
from wfm.domain import Forecast
from wfm.forecast import forecast
from wfm.staffing import Sizing, size


def test_the_calculator_answers_as_the_staffing_room_does(idle: TestClient) -> None:
    asked = ErlangRequest.model_validate(examples.ERLANG)
    answer = idle.post("/v1/erlang", json=examples.ERLANG)
    assert answer.status_code == 200, answer.text
    sized = size(120, 1_800, 240, asked.targets, 180, 0.3)
    assert Sizing.model_validate_json(answer.text) == sized
    assert sized.answer.service_level >= 0.8


def test_those_who_call_again_and_wrap_up_need_more_agents(idle: TestClient) -> None:
    answer = idle.post("/v1/erlang", json=examples.ERLANG_CALLED_AGAIN)
    assert answer.status_code == 200, answer.text
    asked = ErlangRequest.model_validate(examples.ERLANG_CALLED_AGAIN)
    sized = Sizing.model_validate_json(answer.text)
    assert sized == size(120, 1_800, 270, asked.targets, 180, 0.3, redial=0.4, repeat=0.1)
    assert sized.answer.load_erlangs > sized.load_erlangs == 18
    least = idle.post("/v1/erlang", json={**examples.ERLANG_CALLED_AGAIN, "minimum": 50})
    assert Sizing.model_validate_json(least.text).agents == 50


def test_redials_without_a_patience_are_refused_in_words(idle: TestClient) -> None:
    answer = idle.post("/v1/erlang", json={**examples.ERLANG, "patience_seconds": None, "redial": 0.4})
    assert answer.status_code == 422
    assert "a patience with redials" in answer.json()["detail"]


def test_a_target_that_nobody_can_meet_is_told(idle: TestClient) -> None:
    target = {"kind": "service_level", "share": 1.0, "within_seconds": 20}
    answer = idle.post("/v1/erlang", json={**examples.ERLANG, "targets": [target]})
    assert answer.status_code == 422
    assert "below 100%" in answer.json()["detail"]


def test_a_forecast_is_the_forecast_rooms(idle: TestClient) -> None:
    answer = idle.post("/v1/forecasts", json=examples.FORECAST)
    assert answer.status_code == 200, answer.text
    asked = ForecastRequest.model_validate(examples.FORECAST)
    made = forecast(asked.history, asked.channel, asked.horizon, method=asked.method, aht_seconds=asked.aht_seconds)
    assert Forecast.model_validate_json(answer.text) == made
    assert made.mean[9:12] == pytest.approx((14, 16, 15))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"method": "oracle"}, "ewma_day_type"),
        ({"horizon": {**examples.FORECAST["horizon"], "count": 100_000}}, "at most 35136 steps"),
        ({"aht_seconds": None}, "handle times"),
    ],
)
def test_a_forecast_that_cannot_be_made_says_why(idle: TestClient, change: dict[str, object], told: str) -> None:
    answer = idle.post("/v1/forecasts", json={**examples.FORECAST, **change})
    assert answer.status_code == 422
    assert told in answer.json()["detail"]


SECONDS = st.floats(1, 604_800)
SHARES = st.floats(0, 1)
TARGETS = st.lists(
    st.one_of(
        st.fixed_dictionaries({"kind": st.just("service_level"), "share": SHARES, "within_seconds": SECONDS}),
        st.fixed_dictionaries({"kind": st.just("average_wait"), "seconds": SECONDS}),
        st.fixed_dictionaries({"kind": st.just("abandonment"), "share": SHARES}),
        st.fixed_dictionaries({"kind": st.just("occupancy"), "share": st.floats(1e-9, 1)}),
        st.fixed_dictionaries({"kind": st.just("turnaround"), "share": SHARES, "within_seconds": SECONDS}),
    ),
    max_size=3,
)
ASKED = st.fixed_dictionaries(
    {"volume": st.floats(0, 1e7), "interval_seconds": SECONDS, "aht_seconds": SECONDS, "targets": TARGETS},
    optional={
        "patience_seconds": SECONDS,
        "shrinkage": st.floats(0, 0.95),
        "wrap_up_seconds": SECONDS,
        "minimum": st.integers(0, 100_000),
        "redial": st.floats(0, 0.95),
        "repeat": st.floats(0, 0.95),
    },
)


@given(asked=ASKED)
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_calculation_has_an_answer_or_a_reason(idle: TestClient, asked: dict[str, object]) -> None:
    answer = idle.post("/v1/erlang", json=asked)
    assert answer.status_code in {200, 422}, answer.text
    if answer.status_code == 200:
        assert Sizing.model_validate_json(answer.text).answer.meets_targets
    else:
        assert answer.json()["detail"]
