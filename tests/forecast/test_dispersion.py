"""The learned dispersion is that of the counts, and the bands made of it cover what they say."""

from datetime import date

import numpy as np
import pytest

from tests.forecast.histories import MONDAY, PHONE, grid, history, negative_binomial, noisy, usual_mean
from wfm.forecast import Calendar, Days, forecast, on_grid
from wfm.forecast.bands import quantiles
from wfm.forecast.days import FloatArray, to_days
from wfm.forecast.dispersion import PRIOR, fit_dispersion, learn_dispersion
from wfm.forecast.methods import MeanOfFour
from wfm.forecast.misses import Misses
from wfm.forecast.rehearsal import rehearse


def rehearsed(counts: FloatArray, dates: tuple[date, ...]) -> Misses:
    return Misses.of(rehearse((MeanOfFour(),), counts, Days.of(dates, Calendar()), 56))


MEAN = np.random.default_rng(2).uniform(5, 300, 20_000)


@pytest.mark.parametrize("dispersion", [0.003, 0.03, 0.2])
def test_the_truth_is_found_again(dispersion: float) -> None:
    actual = negative_binomial(MEAN, dispersion, seed=4)
    assert fit_dispersion(MEAN, actual) == pytest.approx(dispersion, rel=0.1)


def test_poisson_counts_and_quieter_ones_have_none() -> None:
    assert fit_dispersion(MEAN, np.random.default_rng(3).poisson(MEAN).astype(float)) < 1e-3
    assert fit_dispersion(MEAN, MEAN) == 0.0


def test_one_hurricane_does_not_widen_every_band() -> None:
    actual = negative_binomial(MEAN, 0.03, seed=4)
    actual[:100] = 20 * MEAN[:100]
    assert fit_dispersion(MEAN, actual) == pytest.approx(0.03, rel=0.15)


def test_counts_split_from_coarser_ones_keep_their_dispersion() -> None:
    halves = negative_binomial(2 * MEAN, 0.03, seed=4) / 2
    assert fit_dispersion(MEAN, halves, poisson_share=0.5) == pytest.approx(0.03, rel=0.1)


@pytest.mark.parametrize(("low", "high", "share"), [(0.25, 0.75, 0.5), (0.05, 0.95, 0.9)])
def test_bands_of_the_fitted_dispersion_cover_their_share(low: float, high: float, share: float) -> None:
    mean = MEAN + 200  # where one count more or less is no matter
    actual = negative_binomial(mean, 0.03, seed=6)
    below, above = quantiles(mean, np.full(mean.shape, fit_dispersion(mean, actual)), (low, high))
    error = np.sqrt(share * (1 - share) / len(mean))
    assert ((actual >= below) & (actual <= above)).mean() == pytest.approx(share, abs=3.3 * error + 0.012)


@pytest.mark.parametrize("method", ["mean_of_four", "ewma_day_type"])
def test_forecast_bands_cover_what_comes(method: str) -> None:
    steps = grid(20 * 7)
    truth = 10 * usual_mean(steps)
    whole = history(steps, negative_binomial(truth, 0.03, seed=8))
    horizon = grid(28, steps.dates[16 * 7])
    predicted = forecast(whole, PHONE, horizon, method=method)
    came, bands = on_grid(whole, horizon).counts(), np.array(predicted.bands)
    for inside, share in (
        ((came >= bands[1]) & (came <= bands[3]), 0.5),
        ((came >= bands[0]) & (came <= bands[4]), 0.9),
    ):
        # a day's slots share their slot's misjudged mean over four weeks, so that about 48 x 7 misses are independent
        error = np.sqrt(share * (1 - share) / (48 * 7))
        assert inside.mean() == pytest.approx(share, abs=3.3 * error)


def test_a_week_of_history_has_the_wide_prior() -> None:
    steps = grid(7)
    learned = learn_dispersion(rehearsed(usual_mean(steps).reshape(7, 48), steps.dates), 3)
    assert learned.tolist() == [PRIOR] * 3


def test_a_level_that_wanders_is_less_sure_farther_ahead() -> None:
    steps = grid(26 * 7)
    level = np.exp(np.cumsum(np.random.default_rng(5).normal(0, 0.1, 26)))
    counts = 20 * usual_mean(steps) * level[steps.day_index // 7]
    learned = learn_dispersion(rehearsed(to_days(counts, steps), steps.dates), 8)
    assert learned[5:].mean() > 1.5 * learned[0]


def test_dispersion_is_never_below_poisson() -> None:
    predicted = forecast(noisy(56, dispersion=1e-6), PHONE, grid(7, MONDAY.replace(month=3, day=2)))
    assert min(predicted.dispersion) >= 0
