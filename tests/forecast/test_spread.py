"""Spread: what rehearsals missed by, intervals and whole days, becomes bands that hold."""

from typing import NamedTuple

import numpy as np
import pytest

from tests.forecast.histories import negative_binomial
from wfm.forecast.days import FloatArray
from wfm.forecast.rehearsal import Rehearsal
from wfm.forecast.spread import Spread, of_whole_days

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
MEAN = np.random.default_rng(1).uniform(20, 300, (56, 48))
FIRST_WEEK = np.zeros(48, dtype=np.int64)


def rehearsed(actual: FloatArray, mean: FloatArray = MEAN, count: int = 1) -> list[Rehearsal]:
    return [Rehearsal(100 + 7 * k, mean[None], actual) for k in range(count)]


def covered(spread: Spread, actual: FloatArray, mean: FloatArray, low: int, high: int) -> float:
    bands = spread.bands(mean.ravel(), np.zeros(mean.size, dtype=np.int64), LEVELS)
    return float(((actual.ravel() >= bands[low]) & (actual.ravel() <= bands[high])).mean())


def test_levels_are_left_alone_where_the_distribution_is_right() -> None:
    spread = Spread.of(rehearsed(negative_binomial(MEAN, 0.03, 2)), 8)
    assert spread.corrected(LEVELS) == pytest.approx(LEVELS, abs=0.035)


def test_heavier_tails_than_negative_binomial_are_covered() -> None:
    rng = np.random.default_rng(4)
    jolts = [np.exp(0.1 * rng.standard_t(2.5, MEAN.shape)) for _ in range(2)]
    seen, coming = (rng.poisson(MEAN * jolt).astype(float) for jolt in jolts)
    spread = Spread.of(rehearsed(seen), 8)
    for low, high, share in ((1, 3, 0.5), (0, 4, 0.9)):
        assert covered(spread, coming, MEAN, low, high) == pytest.approx(share, abs=0.04)


def test_small_intervals_may_stray_more_than_large_ones() -> None:
    mean = np.where(np.arange(48) % 2 == 0, 4.0, 400.0) * np.ones((56, 1))
    noise = np.where(np.arange(48) % 2 == 0, 0.8, 0.01)
    rng = np.random.default_rng(6)
    seen = rng.poisson(mean * rng.gamma(1 / noise, noise, mean.shape)).astype(float)
    spread = Spread.of(rehearsed(seen, mean), 8)
    small, large = spread.dispersion(np.array([4.0, 400.0]), np.zeros(2, dtype=np.int64))
    assert small > 10 * large


def test_bands_rise_with_their_level() -> None:
    spread = Spread.of(rehearsed(negative_binomial(MEAN, 0.2, 3)), 8)
    fine = np.linspace(0.01, 0.99, 99)
    bands = spread.bands(MEAN[0], FIRST_WEEK, tuple(fine.tolist()))
    assert (np.diff(bands, axis=0) >= 0).all()


def test_nothing_rehearsed_is_wide_and_uncorrected() -> None:
    nothing = Spread.of((), 3)
    assert nothing.corrected(LEVELS) == LEVELS
    low, _, _, _, high = nothing.bands(MEAN[0], FIRST_WEEK, LEVELS)
    assert ((high - low) > 0.8 * MEAN[0]).all()


def test_days_whose_intervals_go_together_are_less_sure_than_their_sum() -> None:
    rng = np.random.default_rng(7)
    together = rng.poisson(MEAN * rng.lognormal(0, 0.1, (56, 1))).astype(float)
    apart = rng.poisson(MEAN * rng.lognormal(0, 0.1, MEAN.shape)).astype(float)
    total = np.array([MEAN[0].sum()])
    week = np.zeros(1, dtype=np.int64)
    wide, narrow = (
        np.ptp(Spread.of(of_whole_days(rehearsed(seen, count=8)), 8).bands(total, week, (0.05, 0.95)))
        for seen in (together, apart)
    )
    assert wide > 2 * narrow


def test_a_day_s_rehearsal_is_of_its_known_intervals() -> None:
    actual = np.array([[1.0, np.nan, 2.0], [np.nan] * 3])
    (day,) = of_whole_days([Rehearsal(9, np.array([[[5.0, 6.0, np.nan], [1.0, 1.0, 1.0]]]), actual)])
    assert day.means[0].tolist() == [[5.0], [0.0]]
    assert day.actual[0, 0] == 1.0
    assert np.isnan(day.actual[1, 0])


def test_a_lucky_spell_widens_the_bands_more_than_it_lifts_them() -> None:
    fair, lucky = (Spread.of(rehearsed(np.round(MEAN * up), count=3), 8) for up in (1.0, 1.2))
    (low, high), (wide_low, wide_high) = (one.bands(MEAN[0], FIRST_WEEK, (0.05, 0.95)) for one in (fair, lucky))
    assert (wide_high > high).all()
    assert (wide_low < low).all()


def test_daily_totals_of_few_rehearsals_are_in_more_doubt_than_those_of_many() -> None:
    days = of_whole_days(rehearsed(negative_binomial(MEAN, 0.03, 2)))
    few, many = (Spread.of([Rehearsal(900 + 7 * k, *_of(days)) for k in range(count)], 8) for count in (2, 7))
    assert (few.doubt(LEVELS) > many.doubt(LEVELS)).all()
    assert many.doubt((0.05, 0.95)) == pytest.approx((1.833 / 1.645) ** 2, abs=0.002)  # Student's t of 9 degrees


def test_intervals_have_noise_of_their_own_and_so_no_more_doubt() -> None:
    assert Spread.of(rehearsed(MEAN, count=2), 8).doubt(LEVELS).tolist() == [1.0] * 5


def _of(days: tuple[Rehearsal, ...]) -> tuple[FloatArray, FloatArray]:
    return days[0].means, days[0].actual


class Truth(NamedTuple):
    """How the counts of a queue come about: a factor a week, a factor a day, and noise of each interval."""

    volume: float
    week: float
    persistence: float
    day: float
    interval: float


# from 5 to 400 contacts an interval; from steady queues to some in which days and weeks stray by 15 %
QUEUES = [
    Truth(volume, week, persistence, day, interval)
    for volume in (5.0, 40.0, 400.0)
    for week, persistence in ((0.0, 0.0), (0.03, 0.5), (0.1, 0.5), (0.03, 0.9))
    for day, interval in ((0.0, 0.2), (0.05, 0.01), (0.15, 0.05))
]
SLOTS, PAST_WEEKS, AHEAD = 10, 20, 56
SHARES = ((1, 3, 0.5), (0, 4, 0.9))


def drawn(truth: Truth, seed: int) -> tuple[FloatArray, FloatArray]:
    """The true mean and the counts of the past and of eight weeks after it, days x slots."""
    rng = np.random.default_rng(seed)
    level = np.zeros(PAST_WEEKS + 8)
    for week in range(1, len(level)):
        level[week] = truth.persistence * level[week - 1] + truth.week * rng.normal()
    factor = np.exp(np.repeat(level, 7) + truth.day * rng.normal(size=7 * len(level)))
    mean = truth.volume * (0.5 + np.sin(np.pi * np.arange(SLOTS) / SLOTS)) * np.ones((7 * len(level), 1))
    noise = rng.gamma(1 / truth.interval, truth.interval, mean.shape)
    return mean, rng.poisson(mean * factor[:, None] * noise).astype(float)


def hits(truth: Truth, seed: int) -> list[float]:
    """Shares of intervals and of days covered by the inner 50 % and the outer 90 %, eight weeks ahead."""
    mean, counts = drawn(truth, seed)
    end, begun = 7 * PAST_WEEKS, 700  # a past so long that nothing is left to learn from it
    origins = [end - 7 * back for back in (1, 2, 4, 6, 8, 10, 12)]
    past = [
        Rehearsal(begun + at, mean[None, at : min(at + AHEAD, end)], counts[at : min(at + AHEAD, end)])
        for at in origins
    ]
    found = []
    for one, expected, came in (
        (past, mean[end:], counts[end:]),
        (of_whole_days(past), mean[end:].sum(axis=1, keepdims=True), counts[end:].sum(axis=1, keepdims=True)),
    ):
        week = np.repeat(np.arange(AHEAD) // 7, expected.shape[1])
        bands = Spread.of(one, 8).bands(expected.ravel(), week, LEVELS)
        found += [float(((came.ravel() >= bands[a]) & (came.ravel() <= bands[b])).mean()) for a, b, _ in SHARES]
    return found


def test_intervals_and_days_are_covered_as_often_as_said_where_the_truth_is_known() -> None:
    found = np.array([hits(truth, seed) for seed, truth in enumerate(QUEUES)])
    error = found.std(axis=0, ddof=1) / np.sqrt(len(found))
    for k, share in enumerate((0.5, 0.9, 0.5, 0.9)):
        assert found[:, k].mean() == pytest.approx(share, abs=3 * error[k] + 0.005)
        assert error[k] < 0.03
