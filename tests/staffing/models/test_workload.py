"""Deferred work is moved, never lost: minutes are conserved and the clock is respected."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.staffing.cases import forecast
from wfm.domain import Channel, Occupancy, Turnaround
from wfm.staffing import Demand, require
from wfm.staffing.models import Workload


def mail(hours: float, *, business: bool = True) -> Channel:
    return Channel(
        name="mail",
        kind="deferred",
        targets=(Turnaround(share=0.9, within_seconds=3600 * hours, business=business),),
    )


def spread(channel: Channel, volume: list[float]) -> list[float]:
    whole = np.full(48, np.nan)
    whole[: len(volume)] = volume
    demand = Workload(channel).demand(forecast(channel, whole))
    return [float(contacts) for contacts in demand.volume[: len(volume)]]


CLOSED = float("nan")


def test_contacts_are_spread_over_the_intervals_of_their_turnaround() -> None:
    assert spread(mail(1.5), [6, 0, 0, 0, 0]) == [2, 2, 2, 0, 0]


def test_a_turnaround_shorter_than_the_interval_leaves_work_where_it_came() -> None:
    assert spread(mail(0.25), [6, 0, 3]) == [6, 0, 3]


def test_business_hours_stand_still_while_closed() -> None:
    assert spread(mail(1.5), [6, 0, CLOSED, CLOSED, 0, 0]) == [2, 2, 0, 0, 2, 0]


def test_the_wall_clock_runs_on_while_closed() -> None:
    assert spread(mail(1.5, business=False), [6, 0, CLOSED, CLOSED, 0, 0]) == [3, 3, 0, 0, 0, 0]


def test_at_the_end_work_falls_into_the_intervals_that_remain() -> None:
    assert spread(mail(4), [0, 0, 6]) == [0, 0, 6]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(st.just(CLOSED), st.floats(0, 1e3)), min_size=48, max_size=48), st.floats(0.1, 30), st.booleans()
)
def test_contacts_and_minutes_are_conserved(volume: list[float], hours: float, business: bool) -> None:
    channel = mail(hours, business=business)
    given_forecast = forecast(channel, np.array(volume), aht_seconds=420.0)
    demand = Workload(channel).demand(given_forecast)
    assert demand.volume.sum() == pytest.approx(given_forecast.means().sum(), rel=1e-9)
    assert (demand.volume * demand.aht_seconds).sum() == pytest.approx(420 * given_forecast.means().sum(), rel=1e-9)
    assert (demand.volume[np.isnan(volume)] == 0).all()


def test_a_whole_load_does_not_ask_for_one_more_agent() -> None:
    requirement = require(forecast(mail(24), np.full(48, 7.2), aht_seconds=1750.0), mail(24))
    assert set(requirement.net) <= set(range(50))
    flat = require(forecast(mail(0.5), np.full(48, 12.0), aht_seconds=300.0), mail(0.5))
    assert set(flat.net) == {2}


def test_an_occupancy_cap_leaves_room() -> None:
    model = Workload(mail(4))
    demand = Demand(np.array([54.0]), np.array([300.0]), 1800.0)
    assert model.smallest(demand, ()) == 9
    assert model.smallest(demand, (Occupancy(share=0.9),)) == 10


def test_a_little_work_needs_somebody() -> None:
    assert Workload(mail(4)).smallest(Demand(np.array([1e-8]), np.array([1.0]), 1800.0), ()) == 1


def test_a_little_work_and_many_agents_do_not_overflow() -> None:
    share = Workload(mail(4)).share_in_target(Demand(np.array([5e-324]), np.array([1e4]), 1800.0), np.array([1e4]))
    assert share == 1


def test_a_peak_is_worked_off_in_the_valley_behind_it() -> None:
    """Even spreading of each interval would give 4, 10, 10, 8; the lowest peak that keeps the deadlines is 8."""
    assert spread(mail(1), [8, 12, 8, 4]) == pytest.approx([8, 8, 8, 8])
