"""Handle times and patience that were measured are drawn as they were measured; the rest follows its law."""

from typing import Any

import numpy as np
import pytest

from tests.simulate.centre import days, flat, people, round_the_clock
from wfm.domain import Channel, InputError
from wfm.simulate import Observed, simulate
from wfm.simulate.times import Times

PHONE, FAX = Channel(name="phone", patience_seconds=100), Channel(name="fax")


def test_observed_handle_times_keep_their_shape_and_take_a_mean_of_one() -> None:
    drawn = Times(observed={"phone": Observed.of([10, 20, 60])}).handle(PHONE, np.random.default_rng(1), 9_000)
    values, counts = np.unique(drawn, return_counts=True)
    assert values.tolist() == pytest.approx([1 / 3, 2 / 3, 2])
    assert np.abs(counts / 9_000 - 1 / 3).max() < 4 * np.sqrt(2 / 9 / 9_000)


def test_observed_patience_is_taken_as_it_is() -> None:
    times = Times(observed={"phone": Observed.of(patience_seconds=[5, np.inf])})
    assert set(times.patience(PHONE, np.random.default_rng(1), 100).tolist()) == {5.0, np.inf}
    assert np.isinf(times.patience(FAX, np.random.default_rng(1), 100)).all()


def test_what_was_not_observed_follows_the_law() -> None:
    with_sample = Times(observed={"fax": Observed.of([1.0])})
    for draw in ("handle", "patience"):
        plain, beside = (getattr(times, draw)(PHONE, np.random.default_rng(2), 50) for times in (Times(), with_sample))
        assert plain.tolist() == beside.tolist()


def test_equal_handle_times_wait_less_than_spread_ones() -> None:
    """Pollaczek and Khinchine: with one agent the mean wait is half as long without any spread as with exponential times."""
    grid, staff = days(20), people(["fax"])
    forecast = flat(grid, "fax", mean=6, aht=180)

    def wait(**options: Any) -> float:
        seen = simulate([forecast], [FAX], staff, round_the_clock(grid, staff), seed=1, replications=8, **options)
        return seen.of("fax").average_wait_seconds.mean

    equal = wait(observed={"fax": Observed.of([7.0])})
    assert equal / wait(handle_times="exponential") == pytest.approx(0.5, abs=0.08)


@pytest.mark.parametrize("handle", [[-1.0, 2.0], [0.0], [np.inf]])
def test_what_is_no_time_is_refused(handle: list[float]) -> None:
    with pytest.raises(InputError, match="handle times of 0 seconds or more"):
        Observed.of(handle)
    with pytest.raises(InputError, match="patience of 0 seconds or more"):
        Observed.of(patience_seconds=[-1.0])
