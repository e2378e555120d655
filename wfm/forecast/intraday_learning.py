"""How strongly a day should be updated: learned from forecasts of past days and from what each time of day told about the rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wfm.domain import Channel, ContactHistory, TimeGrid
from wfm.domain.quantity import DAY_MINUTES
from wfm.forecast.blend import blend
from wfm.forecast.calendar import Calendar
from wfm.forecast.day_patterns import Patterns, surprises, trust_in_days
from wfm.forecast.days import Days, FloatArray, believed, ratio
from wfm.forecast.dispersion import SMALLEST, fit_dispersion
from wfm.forecast.hours_so_far import fit_hours, hours_so_far
from wfm.forecast.intraday import UpdateStrength, told_by, towards
from wfm.forecast.methods import method_of
from wfm.forecast.recipe import CLEANED
from wfm.forecast.rehearsal import FULL, WEEK
from wfm.forecast.training import Training, Weigh, training

DAYS, HALF_LIFE_DAYS = 126, 60.0
FEWEST = 21  # days below which nothing can be learned
PATTERNS = (1, 2)
STRENGTHS = (0.0, 0.5, 1.0)  # few, so that chance has little to pick from
FOLDS = 8
CAREFUL = 1.0  # standard errors by which an update has to beat no update
EARLY = 0.1  # of a day's contacts must have come: the first calls of a morning moved the rest the wrong way
CUT_MINUTES, NEAR_MINUTES = 30, 60  # how often a strength is learned, and from what times around
LEAST_DOUBT = 0.1


@dataclass(frozen=True)
class Rehearsed:
    """Past days as they were forecast and as they came, (days, slots), NaN where not recorded, with the weight of each day."""

    mean: FloatArray
    actual: FloatArray
    weight: FloatArray


def learn_update(
    history: ContactHistory,
    channel: Channel,
    horizon: TimeGrid,
    calendar: Calendar,
    method: str = "auto",
    *,
    weigh: Weigh | None = CLEANED,
) -> UpdateStrength:
    """Learn to update days of the horizon from the history before it, with the method that forecasts it.

    The past ``DAYS`` days are forecast from weekly origins by nothing but what was before. Patterns of their surprises (the mean
    of models of 1 and of 2) and what hours tell of the rest are fitted without an eighth of the days and tried on that eighth, at
    every half hour. The strength there is the one that would have lowered the error of the rest-of-day total most, if by more than
    ``CAREFUL`` standard errors; 0 where none did, or where less than ``EARLY`` of the day has come. Raises InputError for less than
    a full week of history, NotFound for an unknown method.
    """
    past = training(history, channel, horizon, calendar)
    weights = weigh(past).weights if weigh else None
    days = _rehearsed(past, method, weights)
    slots = past.counts.shape[1]
    hours, strength, doubt = np.zeros((2, slots)), np.zeros(slots), np.ones(slots)
    patterns = Patterns(np.zeros((1, slots)), np.ones(slots))
    if len(days.mean) >= FEWEST:
        strength, doubt = _tried(days)
        patterns = _patterns(days, days.weight)
        hours = np.column_stack([_hours(days, days.weight, cut) for cut in range(slots)])
    return UpdateStrength(
        channel=channel.name,
        step_minutes=horizon.step_minutes,
        patterns=tuple(map(tuple, patterns.shapes.tolist())),
        noise=tuple(patterns.noise.tolist()),
        hours=(tuple(hours[0].tolist()), tuple(hours[1].tolist())),
        strength=tuple(strength.tolist()),
        doubt=tuple(doubt.tolist()),
        days=len(days.mean),
    )


def _rehearsed(past: Training, method: str, weights: FloatArray | None) -> Rehearsed:
    days, truth = len(past.days), believed(past.counts, weights)
    mixed = blend(method_of(method), past.counts, past.days, weights)
    first = days - min(DAYS, (days - FULL) // WEEK * WEEK)
    means = np.full((max(days - first, 0), truth.shape[1]), np.nan)
    for origin in range(first, days, WEEK):
        ahead = slice(origin, min(origin + WEEK, days))
        seen = None if weights is None else weights[:origin]
        week: Days = past.days.part(ahead)
        means[ahead.start - first : ahead.stop - first] = mixed.expect(
            past.counts[:origin], past.days.part(slice(0, origin)), week, seen
        )
    known = ~np.isnan(truth[first:]).all(axis=1) & ~np.isnan(means).all(axis=1)
    mean, actual = np.nan_to_num(means)[known], truth[first:][known]
    age_days = np.arange(len(known))[::-1][known]
    fading = 0.5 ** (age_days / HALF_LIFE_DAYS)
    return Rehearsed(mean, actual, fading * trust_in_days(surprises(actual, mean)) if len(mean) else fading)


def _patterns(days: Rehearsed, weight: FloatArray) -> Patterns:
    surprise = surprises(days.actual, days.mean)
    return Patterns.mean([Patterns.fit(surprise, weight, count) for count in PATTERNS])


def _hours(days: Rehearsed, weight: FloatArray, cut: int) -> FloatArray:
    told = hours_so_far(days.actual, days.mean, cut)
    return fit_hours(told, days.actual[:, cut:], days.mean[:, cut:], weight)


def _tried(days: Rehearsed) -> tuple[FloatArray, FloatArray]:
    """Strength and doubt at each slot, found on days that taught the update nothing."""
    slots = days.mean.shape[1]
    stride = max(1, CUT_MINUTES * slots // DAY_MINUTES)
    cuts = list(range(stride, slots, stride))
    folds = _folds(days)
    told = [_told(days, folds, cut) for cut in cuts]
    errors = np.stack([_errors(days, said, cut) for said, cut in zip(told, cuts, strict=True)])
    strength, doubt = np.zeros(slots), np.ones(slots)
    for k, (said, cut) in enumerate(zip(told, cuts, strict=True)):
        reach = NEAR_MINUTES // CUT_MINUTES
        option = _best(errors[max(0, k - reach) : k + reach + 1]) if _seen_share(days, cut) >= EARLY else 0
        strength[cut : cut + stride] = STRENGTHS[option]
        doubt[cut : cut + stride] = _doubt(days, said, cut, STRENGTHS[option])
    return strength, doubt


def _folds(days: Rehearsed) -> list[tuple[slice, FloatArray, Patterns]]:
    """Stretches of days, each with the weight of the days when it is left out, and the patterns of all others."""
    size, found = len(days.mean), []
    for fold in range(FOLDS):
        held = slice(fold * size // FOLDS, (fold + 1) * size // FOLDS)
        weight = days.weight.copy()
        weight[held] = 0.0
        found.append((held, weight, _patterns(days, weight)))
    return found


def _told(days: Rehearsed, folds: list[tuple[slice, FloatArray, Patterns]], cut: int) -> FloatArray:
    """What was to be expected from ``cut`` on when the slots before had been seen, shape (days, slots after the cut)."""
    parts = [
        told_by(patterns, _hours(days, weight, cut), days.actual[held], days.mean[held], cut)
        for held, weight, patterns in folds
    ]
    return np.concatenate(parts)


def _errors(days: Rehearsed, told: FloatArray, cut: int) -> FloatArray:
    """Weighted |error| of the rest-of-day total from a cut on, shape (strengths, days)."""
    known = ~np.isnan(days.actual[:, cut:])
    came = np.where(known, days.actual[:, cut:], 0.0).sum(axis=1)
    means = [np.where(known, towards(days.mean[:, cut:], told, s), 0.0).sum(axis=1) for s in STRENGTHS]
    return np.asarray(days.weight * np.abs(came - np.stack(means)))


def _best(errors: FloatArray) -> int:
    """The option with the greatest gain over no update among those beyond doubt; ``errors`` has shape (times around, strengths, days)."""
    gain = (errors[:, :1] - errors).sum(axis=0)
    sure = gain.sum(axis=1) > CAREFUL * np.sqrt((gain**2).sum(axis=1))
    return int(np.argmax(np.where(sure, gain.sum(axis=1), 0.0)))


def _seen_share(days: Rehearsed, cut: int) -> float:
    usual = days.weight @ days.mean
    return float(ratio(usual[:cut].sum(), usual.sum(), 0.0))


def _doubt(days: Rehearsed, told: FloatArray, cut: int, strength: float) -> float:
    """The share of the dispersion of single intervals that is left after an update."""
    mean, after = days.mean[:, cut:], towards(days.mean[:, cut:], told, strength)
    some = ~np.isnan(days.actual[:, cut:]) & (mean > 0) & (after > 0)
    if strength == 0 or not some.any():
        return 1.0
    actual = days.actual[:, cut:][some]
    before = max(fit_dispersion(mean[some], actual), SMALLEST)
    return float(np.clip(fit_dispersion(after[some], actual) / before, LEAST_DOUBT, 1.0))
