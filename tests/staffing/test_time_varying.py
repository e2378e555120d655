"""Staffing of changing days: every interval meets its targets, none with an agent too many, and steady days agree with Erlang."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.domain import Abandonment, AverageWait, InputError, Occupancy, ServiceLevel, Target, Turnaround
from wfm.staffing import predict_service, smallest_agents, time_varying_agents

LEVEL = ServiceLevel(share=0.8, within_seconds=20)
HOURS = np.arange(32) / 2
TWO_PEAKS = 0.3 + np.exp(-(((HOURS - 5) / 1.8) ** 2)) + 0.85 * np.exp(-(((HOURS - 11) / 2) ** 2))


@pytest.mark.parametrize("patience", [180.0, None])
@pytest.mark.parametrize("aht", [300.0, 1800.0])
def test_no_interval_of_a_day_with_two_peaks_is_short(aht: float, patience: float | None) -> None:
    volume = 20 * TWO_PEAKS * 1800 / aht
    staff = time_varying_agents(volume, aht, patience, 30, [LEVEL])
    assert (predict_service(volume, aht, patience, staff, 30, LEVEL).service_level() >= 0.8 - 1e-6).all()


def test_it_costs_hardly_more_than_a_plan_that_falls_short() -> None:
    volume, aht = 40 * TWO_PEAKS * 2, 900.0
    plain = smallest_agents(volume * aht / 1800, aht, [LEVEL], 180.0)
    staff = time_varying_agents(volume, aht, 180.0, 30, [LEVEL])
    assert predict_service(volume, aht, 180.0, plain, 30, LEVEL).service_level().min() < 0.7
    assert staff.sum() <= 1.04 * plain.sum()


def test_one_agent_fewer_is_too_few_somewhere() -> None:
    volume = 20 * TWO_PEAKS * 6
    staff = time_varying_agents(volume, 300.0, 180.0, 30, [LEVEL])
    for step in range(0, 32, 5):
        fewer = staff.copy()
        fewer[step] -= 1
        service = predict_service(volume, 300.0, 180.0, fewer, 30, LEVEL)
        assert service.service_level().min() < 0.8


def test_a_steady_day_needs_what_erlang_says() -> None:
    targets: list[Target] = [LEVEL, Abandonment(share=0.04), AverageWait(seconds=15), Occupancy(share=0.85)]
    for chosen in ([target] for target in targets):
        staff = time_varying_agents(np.full(12, 60.0), 300.0, 180.0, 30, chosen)
        assert staff[-2] == smallest_agents(10.0, 300.0, chosen, 180.0)


def test_no_contacts_need_nobody() -> None:
    volume = [0.0, 0.0, 30.0, 30.0, 0.0]
    staff = time_varying_agents(volume, 300.0, 180.0, 30, [LEVEL])
    assert staff.tolist()[:2] == [0, 0]
    assert staff[-1] == 0
    assert (staff[2:4] > 0).all()


@settings(max_examples=10, deadline=None)
@given(
    volume=st.lists(st.floats(0, 80), min_size=1, max_size=5),
    aht=st.floats(60, 2000),
    patience=st.one_of(st.none(), st.floats(20, 600)),
    share=st.floats(0.3, 0.97),
)
def test_any_day_is_staffed_to_its_target(
    volume: list[float], aht: float, patience: float | None, share: float
) -> None:
    level = ServiceLevel(share=share, within_seconds=30)
    staff = time_varying_agents(volume, aht, patience, 15, [level])
    assert (predict_service(volume, aht, patience, staff, 15, level).service_level() >= share - 1e-6).all()


def test_what_nobody_can_meet_is_refused() -> None:
    with pytest.raises(InputError, match="below 100%"):
        time_varying_agents([10.0], 300.0, 180.0, 30, [ServiceLevel(share=1, within_seconds=20)])
    with pytest.raises(InputError, match="turnaround"):
        time_varying_agents([10.0], 300.0, 180.0, 30, [Turnaround(share=0.9, within_seconds=3600)])
