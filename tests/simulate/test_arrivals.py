"""Drawn contacts have the forecast's distribution, and only what changed changes them."""

import numpy as np
import pytest

from tests.simulate.centre import days, flat
from wfm.domain import Channel
from wfm.domain.channel import HANDLE_CV
from wfm.simulate.arrivals import busyness, contacts, steps_of
from wfm.simulate.streams import Purpose, stream
from wfm.simulate.times import HandleTimes

PHONE = Channel(name="phone", patience_seconds=100)
MAIL = Channel(name="mail", kind="deferred")
HOUR = 1_800.0


def test_counts_are_negative_binomial_with_the_dispersion_of_the_forecast() -> None:
    grid, mean, dispersion = days(1), 10.0, 0.2
    forecast = flat(grid, mean=mean, dispersion=dispersion)
    counts = []
    for replication in range(3_000):
        arrival = contacts([forecast], [PHONE], "lognormal", 5, replication).arrival
        counts.append(((arrival >= 20 * HOUR) & (arrival < 21 * HOUR)).sum())
    variance = mean + dispersion * mean**2
    assert abs(np.mean(counts) - mean) < 4 * np.sqrt(variance / len(counts))
    excess = 6 * dispersion + 1 / variance  # kurtosis of the negative binomial over 3
    assert abs(np.var(counts) - variance) < 4 * variance * np.sqrt((2 + excess) / len(counts))


def test_a_busy_morning_foretells_a_busy_afternoon_and_no_busy_tomorrow() -> None:
    forecast = flat(days(2), dispersion=0.1)
    factors = np.array([busyness(forecast, stream(1, k, Purpose.BUSYNESS, "phone")) for k in range(400)])
    correlation = np.corrcoef(factors[:, [0, 47, 48]].T)
    assert correlation[0, 1] == pytest.approx(1)
    assert abs(correlation[0, 2]) < 4 / np.sqrt(len(factors))
    assert abs(factors[:, 0].mean() - 1) < 4 * np.sqrt(0.1 / len(factors))


@pytest.mark.parametrize("dispersion", [0.0, 1e-300, 1e-12])
def test_without_dispersion_no_interval_is_busier_than_forecast(dispersion: float) -> None:
    forecast = flat(days(1), dispersion=dispersion)
    assert (busyness(forecast, stream(1, 0, Purpose.BUSYNESS, "phone")) == 1).all()


@pytest.mark.parametrize(("kind", "cv"), [("lognormal", HANDLE_CV), ("exponential", 1.0)])
def test_handle_times_have_the_mean_of_the_forecast_and_the_spread_of_their_kind(kind: HandleTimes, cv: float) -> None:
    drawn = contacts([flat(days(7), mean=100, aht=240)], [PHONE], kind, 1, 0)
    count = len(drawn.handle)
    assert abs(drawn.handle.mean() - 240) < 4 * 240 * cv / np.sqrt(count)
    assert drawn.handle.std() / drawn.handle.mean() == pytest.approx(cv, rel=0.1)
    assert abs(drawn.patience.mean() - 100) < 4 * 100 / np.sqrt(count)


def test_patience_with_a_falling_hazard_has_the_mean_and_the_spread_asked_for() -> None:
    forecast = flat(days(20), mean=100)
    plain, falling = (contacts([forecast], [PHONE], "lognormal", 1, 0, patience_cv=cv).patience for cv in (1.0, 2.0))
    assert abs(falling.mean() - 100) < 4 * 200 / np.sqrt(len(falling))
    assert falling.std() / falling.mean() == pytest.approx(2, rel=0.05)
    left = [[(waited > start + 50).sum() / (waited > start).sum() for start in (0, 200)] for waited in (plain, falling)]
    assert left[0][1] == pytest.approx(left[0][0], abs=0.03), "who is exponential forgets"
    assert left[1][1] > left[1][0] + 0.1, "who has waited stays"


def test_contacts_arrive_in_order_inside_the_grid() -> None:
    grid = days(1)
    drawn = contacts([flat(grid), flat(grid, "mail")], [PHONE, MAIL], "lognormal", 1, 0)
    for first, last in zip(drawn.first[:-1], drawn.first[1:], strict=True):
        assert (np.diff(drawn.arrival[first:last]) >= 0).all()
    assert drawn.arrival.min() >= 0
    assert drawn.arrival.max() < 86_400
    assert np.isinf(drawn.patience[drawn.first[1] :]).all(), "nobody waits on the line for a mail"


def test_another_channel_changes_nothing_for_this_one() -> None:
    grid = days(1)
    alone = contacts([flat(grid)], [PHONE], "lognormal", 1, 0)
    second = contacts([flat(grid, "mail"), flat(grid)], [MAIL, PHONE], "lognormal", 1, 0)
    for name in ("arrival", "handle", "patience", "due"):
        np.testing.assert_array_equal(getattr(alone, name), getattr(second, name)[second.first[1] :])


def test_nothing_forecast_is_nothing_drawn() -> None:
    drawn = contacts([flat(days(1), mean=0)], [PHONE], "lognormal", 1, 0)
    assert len(drawn.arrival) == 0
    assert drawn.first.tolist() == [0, 0]


def test_each_arrival_belongs_to_its_step() -> None:
    assert steps_of(np.array([0.0, 1_799.9, 1_800.0, 3_600.0]), 1_800, 2).tolist() == [0, 0, 1, 1]


def test_days_that_err_alike_share_one_factor_and_others_do_not() -> None:
    forecast = flat(days(5), dispersion=0.2)
    alone = busyness(forecast, np.random.default_rng(1)).reshape(5, -1)
    alike = busyness(forecast, np.random.default_rng(1), days_alike=True).reshape(5, -1)
    assert len(np.unique(alone)) == 5
    assert len(np.unique(alike)) == 1
    assert alike[0, 0] == alone[0, 0]
