"""Intraday: the rest of a day forecast anew from what has arrived, as strongly as the queue's own past has earned."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from wfm.domain import ContactHistory, Fault, Forecast, InputError, Noun
from wfm.domain.noun import Name
from wfm.domain.quantity import DAY_MINUTES, Share
from wfm.domain.time import StepMinutes, local
from wfm.forecast.day_patterns import Patterns, raised, surprises
from wfm.forecast.days import FloatArray, ratio, slots
from wfm.forecast.grain import on_grid
from wfm.forecast.hours_so_far import hours_so_far

TRUSTED = 0.8  # of what patterns say is followed (measured)

Numbers = tuple[float, ...]
Steps = NDArray[np.intp]


class UpdateStrength(Noun):
    """What a queue's past days taught about updating a day, slot by slot of the wall clock (1440 / step_minutes slots).

    ``patterns`` and ``noise`` say how surprises hang together (:class:`wfm.forecast.day_patterns.Patterns`). Of an update that has seen
    the day up to slot s, ``hours[0][s]`` and ``hours[1][s]`` are how far the rest follows the last two hours and those before
    (:func:`wfm.forecast.hours_so_far.fit_hours`), ``strength[s]`` how far the update is followed (0: no update), and ``doubt[s]`` the share
    of the dispersion that is then left. ``days`` is how many days taught it.
    """

    channel: Name
    step_minutes: StepMinutes
    patterns: tuple[Numbers, ...] = Field(min_length=1)
    noise: tuple[Annotated[float, Field(gt=0)], ...]
    hours: tuple[Numbers, Numbers]
    strength: tuple[Share, ...]
    doubt: tuple[Share, ...]
    days: int = Field(ge=0)

    def laws(self) -> Patterns:
        """How surprises hang together."""
        return Patterns(np.array(self.patterns), np.array(self.noise))

    @model_validator(mode="after")
    def _aligned(self) -> UpdateStrength:
        wanted = DAY_MINUTES // self.step_minutes
        came = {len(row) for row in (*self.patterns, self.noise, *self.hours, self.strength, self.doubt)}
        if came != {wanted}:
            raise ValueError(f"expected rows of {wanted} slots of {self.step_minutes} minutes, came {sorted(came)}")
        return self


def update(forecast: Forecast, seen: ContactHistory, learned: UpdateStrength) -> Forecast:
    """The forecast with the rest of the day, in which the last recorded interval of ``seen`` lies, forecast anew; nothing else changes.

    mean' = mean^(1 - strength) told^strength, ``told`` the mean of what the day's patterns and its hours so far say of the rest (see
    :func:`told_by`; Bates & Granger 1969); bands keep their shape and shrink with the standard deviation. Takes about a millisecond.
    Raises InputError where channel or step differ, or where nothing was recorded while the forecast is open.
    """
    _check(forecast, seen, learned)
    touched = _touched(forecast, seen)
    made = forecast.part(touched)
    counts = np.where(np.array(made.open), on_grid(seen, made.grid).counts(), np.nan)
    known = np.flatnonzero(~np.isnan(counts))
    if not len(known):
        raise _nothing_seen(forecast)
    last, day = int(known[-1]), made.grid.day_index[known[-1]]
    today = np.flatnonzero(made.grid.day_index == day)
    rest = today[today > last]
    return _put_back(forecast, touched, _renewed(made, counts, today, rest, learned)) if len(rest) else forecast


def _touched(forecast: Forecast, seen: ContactHistory) -> slice:
    """The steps of the forecast's days that ``seen`` reaches: weeks that it does not reach would cost time only."""
    grid = forecast.grid
    first, last = max(grid.index(seen.grid.start), 0), min(grid.index(seen.grid.end), grid.count - 1)
    if first > last:
        raise _nothing_seen(forecast)
    return grid.within(grid.dates[grid.day_index[first]], grid.dates[grid.day_index[last]])


def _nothing_seen(forecast: Forecast) -> InputError:
    span = f"{forecast.grid.start} to {forecast.grid.end}"
    fix = "Give today's counts, and the forecast that covers today."
    return InputError([Fault(f"recorded open intervals from {span}", "none", fix)])


def _put_back(forecast: Forecast, steps: slice, made: Forecast) -> Forecast:
    """The forecast with those steps, and what was learned of them, from another one."""

    def row(whole: Numbers, part: Numbers) -> Numbers:
        return whole[: steps.start] + part + whole[steps.stop :]

    return forecast.varied(
        trained_until=made.trained_until,
        mean=row(forecast.mean, made.mean),
        dispersion=row(forecast.dispersion, made.dispersion),
        bands=tuple(map(row, forecast.bands, made.bands)),
        notes=made.notes,
    )


def _check(forecast: Forecast, seen: ContactHistory, learned: UpdateStrength) -> None:
    others = {name for name in (seen.channel, learned.channel) if name != forecast.channel}
    faults = [Fault(f"what came on channel {forecast.channel}", f"what came on {name}") for name in sorted(others)]
    if learned.step_minutes != forecast.grid.step_minutes:
        expected = f"an update learned for steps of {forecast.grid.step_minutes} minutes"
        fix = "Learn it with the forecast's grid."
        faults.append(Fault(expected, f"one for {learned.step_minutes}", fix))
    if faults:
        raise InputError(faults)


def _renewed(forecast: Forecast, counts: FloatArray, today: Steps, rest: Steps, learned: UpdateStrength) -> Forecast:
    slot, means = slots(forecast.grid), forecast.means()
    cut = int(slot[rest[0]])
    strength, mean, dispersion = learned.strength[cut], means.copy(), np.array(forecast.dispersion)
    expected, came = np.zeros(len(learned.noise)), np.full(len(learned.noise), np.nan)
    expected[slot[today]], came[slot[today]] = means[today], counts[today]
    told = told_by(learned.laws(), np.array(learned.hours)[:, cut], came[None], expected[None], cut)[0]
    mean[rest] = towards(means[rest], told[slot[rest] - cut], strength)
    dispersion[rest] *= learned.doubt[cut]
    return forecast.varied(
        trained_until=forecast.grid.instant(int(rest[0])),
        mean=tuple(mean.tolist()),
        dispersion=tuple(dispersion.tolist()),
        bands=_bands(forecast, mean, dispersion, rest),
        notes=(*forecast.notes, _note(forecast, counts, mean, today, rest, strength)),
    )


def told_by(laws: Patterns, hours: FloatArray, counts: FloatArray, mean: FloatArray, cut: int) -> FloatArray:
    """What days (days x slots) tell of their slots from ``cut`` on by those before: the mean of two ways to say it.

    Patterns raise each slot by its expected surprise (:func:`wfm.forecast.day_patterns.raised`), hours multiply all alike.
    """
    seen = ~np.isnan(counts) & (np.arange(mean.shape[1]) < cut)
    surprise = laws.rest(surprises(counts, mean), seen)[:, cut:]
    factor = np.exp(hours_so_far(counts, mean, cut) @ hours)
    return np.asarray((raised(mean[:, cut:], surprise, TRUSTED) + mean[:, cut:] * factor[:, None]) / 2)


def towards(mean: FloatArray, told: FloatArray, strength: float) -> FloatArray:
    """Means on the way to what was told of them: mean (told / mean)^strength, elementwise; what is 0 stays 0."""
    return np.asarray(mean * ratio(told, mean, 1.0) ** strength)


def _bands(forecast: Forecast, mean: FloatArray, dispersion: FloatArray, rest: Steps) -> tuple[Numbers, ...]:
    """Bands as far from the new mean as from the old, in standard deviations."""
    before, old = forecast.means()[rest], np.array(forecast.dispersion)[rest]
    spread = np.sqrt(ratio(mean[rest] + dispersion[rest] * mean[rest] ** 2, before + old * before**2, 1.0))
    bands = np.array(forecast.bands).reshape(len(forecast.levels), forecast.grid.count)
    bands[:, rest] = np.maximum(mean[rest] + (bands[:, rest] - before) * spread, 0.0)
    return tuple(map(tuple, bands.tolist()))


def _note(forecast: Forecast, counts: FloatArray, mean: FloatArray, today: Steps, rest: Steps, strength: float) -> str:
    seen = today[~np.isnan(counts[today])]
    until = local(forecast.grid.instant(int(rest[0])), forecast.grid.zone)
    came, expected = float(counts[seen].sum()), float(forecast.means()[seen].sum())
    said = f"Until {until:%Y-%m-%d %H:%M} {came:,.0f} contacts came where {expected:,.0f} were expected; "
    if strength == 0:
        return f"{said}at this time of day that has told nothing about the rest, which is left as it was."
    change = float(ratio(mean[rest].sum(), forecast.means()[rest].sum(), 1.0)) - 1
    return f"{said}the rest of the day is changed by {change:+.1%}."
