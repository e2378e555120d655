"""Where the work of a changing day is: volumes are kept, the load lags, and steady arrivals give a steady load."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from wfm.domain import InputError
from wfm.staffing.offered_load import Arrivals, cumulative_arrivals, lagged_load, offered_load

PEAK = 60 * np.exp(-(((np.arange(32) - 14) / 5) ** 2))


@given(volume=st.lists(st.floats(0, 1e4), min_size=1, max_size=40), arrivals=st.sampled_from(["smooth", "even"]))
def test_every_interval_keeps_its_volume_and_no_rate_is_negative(volume: list[float], arrivals: Arrivals) -> None:
    contacts = np.array(volume)
    until = cumulative_arrivals(contacts, arrivals)
    scale = 1e-9 * (1 + contacts.sum())
    np.testing.assert_allclose(np.diff(until(np.arange(contacts.size + 1.0))), contacts, atol=scale)
    assert (np.diff(until(np.linspace(0, contacts.size, 10 * contacts.size + 1))) >= -scale).all()


def test_nobody_comes_while_closed() -> None:
    until = cumulative_arrivals(np.array([0.0, 0.0, 30.0, 50.0, 20.0, 0.0, 10.0]))
    assert not np.diff(until(np.linspace(0, 2, 20))).any()
    assert not np.diff(until(np.linspace(5, 6, 20))).any()


def test_steady_arrivals_give_volume_times_handle_time() -> None:
    load = offered_load(np.full(40, 60.0), 300.0, 30)
    assert load.mean[-1] == pytest.approx(10) == load.peak[-1]
    assert load.mean[0] == pytest.approx(10 * (1 - (1 - np.exp(-6)) / 6), rel=1e-3)
    assert lagged_load(np.full(40, 60.0), 300.0, 30).mean[5] == pytest.approx(10)


@pytest.mark.parametrize("arrivals", ["smooth", "even"])
def test_the_load_solves_its_differential_equation(arrivals: Arrivals) -> None:
    until, aht = cumulative_arrivals(PEAK, arrivals), 1500.0

    def change(time: float, load: NDArray[np.float64]) -> NDArray[np.float64]:
        here = np.array([time / 1800 - 1e-4, time / 1800 + 1e-4])
        return np.diff(until(here)) / 2e-4 / 1800 - load / aht

    solved = solve_ivp(change, (0, 32 * 1800), [0.0], max_step=60, dense_output=True, rtol=1e-8)
    means = [solved.sol(np.linspace(k * 1800, (k + 1) * 1800, 181)).mean() for k in range(32)]
    np.testing.assert_allclose(offered_load(PEAK, aht, 30, arrivals).mean, means, atol=0.03)


def test_the_load_lags_behind_its_arrivals_and_its_peak_lies_above_its_mean() -> None:
    load, lagged = offered_load(PEAK, 1800.0, 30), lagged_load(PEAK, 1800.0, 30)
    assert PEAK.argmax() < load.mean.argmax() <= PEAK.argmax() + 2
    assert (load.peak >= load.mean).all()
    assert (lagged.peak >= lagged.mean).all()
    assert load.mean.max() < lagged.mean.max()  # only the offered load also flattens the peak
    np.testing.assert_allclose(lagged.mean[1:], PEAK[:-1])


def test_the_peak_of_a_falling_load_is_its_first_value() -> None:
    load = offered_load([100.0, 100.0, 0.0], 1200.0, 30)
    assert load.peak[2] == pytest.approx(load.peak[1])


def test_impossible_input_is_refused() -> None:
    with pytest.raises(InputError, match="volume"):
        offered_load([-1.0], 300.0, 30)
    with pytest.raises(InputError, match="more than 0 minutes"):
        offered_load([1.0], 300.0, 0)
