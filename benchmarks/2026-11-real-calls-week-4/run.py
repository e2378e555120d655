"""Question: what do patience, handle times and agents on duty of three real weeks predict for each day of the fourth?"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from wfm.domain import Channel, ContactHistory, Forecast, ServiceLevel, TimeGrid
from wfm.domain.time import StepMinutes
from wfm.forecast import forecast
from wfm.importers.patience import mean_patience
from wfm.staffing import erlang_a, erlang_c, predict_service

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from calls import DAY, FIRST, Calls, Floats, read_calls  # noqa: E402
from duty import Gap, agents_on_duty, gaps, seconds_between_calls  # noqa: E402

DATA = HERE.parents[2] / "shared" / "data" / "calls" / "anonymous_bank_1999_02" / "calls.csv"
TARGET = ServiceLevel(share=0.8, within_seconds=20)
AIMS = np.array([5.0, 2.0])
"""Points of service level and of abandonment; an error counts in units of its aim."""
STEP: StepMinutes = 30
SLOTS = DAY // (60 * STEP)
KNOWN, DAYS = 21, 28
MISSED = range(4, 25, 2)
"""Calls of others after which an agent without a call counts as away, to choose from."""

Model = Callable[[Floats, Floats, Floats], tuple[Floats, Floats]]
"""Contacts, handle seconds and agents of each interval -> shares answered in time and abandoned."""


class Centre(NamedTuple):
    """What three weeks tell: patience, the gaps of the agents (all weeks), when a gap is an absence, and seconds between two calls."""

    patience: float
    gaps: list[list[Gap]]
    missed: int
    between: float

    def agents(self) -> Floats:
        """Mean agents on duty, shape (days, slots)."""
        return np.asarray(agents_on_duty(self.gaps, self.missed, DAYS).reshape(DAYS, SLOTS, -1).mean(axis=2))


def main() -> None:
    if not DATA.exists():
        sys.exit(f"The calls are not there: {DATA}")
    calls = read_calls(DATA)
    past = calls.take(calls.day < KNOWN)
    real = np.array([measured(calls.take(calls.day == day)) for day in range(DAYS)])
    volume = volumes(calls)
    as_it_was = np.array([of_each_kind(calls.take(calls.day == day)) for day in range(DAYS)])[:, :, None]
    centre = fitted(past, list(gaps(calls)), volume[:KNOWN], as_it_was[:KNOWN], real[:KNOWN])
    print(
        f"patience {centre.patience:.0f} s; away after {centre.missed} calls of others; {centre.between:.1f} s between calls\n"
    )
    expected = [weeks_forecast(past, kind) for kind in kinds(calls)]
    handle = np.swapaxes([row.handle_times().reshape(-1, SLOTS) for row in expected], 0, 1)
    coming = np.swapaxes([row.means().reshape(-1, SLOTS) for row in expected], 0, 1)
    agents, ahead = centre.agents(), slice(KNOWN, DAYS)
    changing, steady = partial(transient, centre.patience), partial(erlang_a_each, centre.patience)
    week_before = np.array([of_each_kind(past.take(past.day >= KNOWN - 7))] * (DAYS - KNOWN))[:, :, None]
    seven = [calls.take((calls.day >= day - 7) & (calls.day < day)) for day in range(KNOWN, DAYS)]
    lagged = np.array([of_each_kind(some) for some in seven])[:, :, None]
    one_mean = np.full_like(handle, past.service[~past.abandoned].mean())
    tried = {
        "predict_service": daily(changing, volume[ahead], handle, agents[ahead], centre),
        "Erlang A by interval": daily(steady, volume[ahead], handle, agents[ahead], centre),
        "Erlang C by interval": daily(erlang_c_each, volume[ahead], handle, agents[ahead], centre),
        "predict_service, one handle time for all calls": daily(
            changing, volume[ahead], one_mean, agents[ahead], centre
        ),
        "predict_service, contacts as forecast": daily(changing, coming, handle, agents[ahead], centre),
        "predict_service, handle times of week 3": daily(changing, volume[ahead], week_before, agents[ahead], centre),
        "predict_service, handle times of the seven days before": daily(
            changing, volume[ahead], lagged, agents[ahead], centre
        ),
        "predict_service, handle times of each day": daily(
            changing, volume[ahead], as_it_was[ahead], agents[ahead], centre
        ),
        "last week's same day": real[KNOWN - 7 : KNOWN],
        "mean of the three same days": real[:KNOWN].reshape(3, 7, 2).mean(axis=0),
    }
    in_sample = daily(changing, volume[:KNOWN], as_it_was[:KNOWN], agents[:KNOWN], centre)
    print(
        "| prediction of week 4 | service level: mean error, mean absolute, worst | abandonment: the same |\n|---|---|---|"
    )
    for name, found in tried.items():
        print(f"| {name} | {errors(found, real[ahead])} |")
    print(f"| weeks 1-3, in-sample: predict_service, handle times of each day | {errors(in_sample, real[:KNOWN])} |\n")
    for line in by_day(tried["predict_service"], real, volume):
        print(line)
    write(tried, real)


def measured(calls: Calls) -> tuple[float, float]:
    """Share answered within 20 s and share abandoned, both of the offered."""
    return float((~calls.abandoned & (calls.wait <= TARGET.within_seconds)).mean()), float(calls.abandoned.mean())


def kinds(calls: Calls) -> list[str]:
    return sorted(set(calls.kind.tolist()))


def volumes(calls: Calls) -> Floats:
    """Calls offered, shape (days, kinds, slots)."""
    slot = (calls.offered // (60 * STEP)).astype(np.int64)
    rows = [np.bincount(slot[calls.kind == kind], minlength=DAYS * SLOTS) for kind in kinds(calls)]
    return np.swapaxes(np.array(rows, dtype=np.float64).reshape(-1, DAYS, SLOTS), 0, 1)


def of_each_kind(calls: Calls, names: tuple[str, ...] = ("IN", "NE", "NW", "PE", "PS", "TT")) -> list[float]:
    """Mean service of each kind of call; that of all where there is none."""
    served = calls.take(~calls.abandoned)
    own = [served.service[served.kind == kind] for kind in names]
    return [float(row.mean() if row.size else served.service.mean()) for row in own]


def weeks_forecast(past: Calls, kind: str) -> Forecast:
    """The product's forecast of contacts and handle times of one kind of call for the fourth week, on a clock that begins at four."""
    own = past.take(past.kind == kind)
    slot = (own.offered // (60 * STEP)).astype(np.int64)
    size = KNOWN * SLOTS
    served = np.bincount(slot[~own.abandoned], minlength=size)
    work = np.bincount(slot[~own.abandoned], own.service[~own.abandoned], minlength=size)
    history = ContactHistory(
        channel=kind,
        grid=TimeGrid.of_days(FIRST, KNOWN, STEP, "UTC"),
        offered=tuple(np.bincount(slot, minlength=size).tolist()),
        open=(True,) * size,
        aht_seconds=tuple(a / n if n else None for a, n in zip(work.tolist(), served.tolist(), strict=True)),
        handled=tuple(served.tolist()),
    )
    week = TimeGrid.of_days(FIRST + timedelta(days=KNOWN), DAYS - KNOWN, STEP, "UTC")
    return forecast(history, Channel(name=kind), week)


def fitted(past: Calls, absences: list[list[Gap]], volume: Floats, handle: Floats, real: Floats) -> Centre:
    """What the known weeks tell; the one free number, when a gap is an absence, is the one with the least error on them."""
    patience = mean_patience(past.wait, past.abandoned)
    own = [row for row in absences if row[0].begin < KNOWN * DAY]
    tried = []
    for missed in MISSED:
        centre = Centre(patience or np.inf, absences, missed, seconds_between_calls(past, own, missed))
        found = daily(partial(transient, centre.patience), volume, handle, centre.agents()[:KNOWN], centre)
        off = 100 * np.abs(found - real).mean(axis=0)
        print(
            f"away after {missed:2} calls of others: {centre.between:4.1f} s between calls, error {off[0]:4.1f} and {off[1]:4.1f} points"
        )
        tried.append((float((off / AIMS).sum()), centre))
    return min(tried, key=lambda pair: pair[0])[1]


def daily(model: Model, volume: Floats, handle: Floats, agents: Floats, centre: Centre) -> Floats:
    """Service level and abandonment of each day, shape (days, 2), as means over its contacts."""
    found = []
    for contacts, seconds, heads in zip(volume, handle, agents, strict=True):
        each = contacts.sum(axis=0)
        work = (contacts * (seconds + centre.between)).sum(axis=0)
        shares = model(each, np.divide(work, each, out=np.ones_like(each), where=each > 0), heads)
        found.append([float(share @ each / each.sum()) for share in shares])
    return np.array(found)


def transient(patience: float, volume: Floats, handle: Floats, agents: Floats) -> tuple[Floats, Floats]:
    """The chain, with whole agents whose sum so far is never half an agent off."""
    whole = np.diff(np.round(np.cumsum(agents)), prepend=0.0)
    service = predict_service(volume, handle, patience, whole, STEP, TARGET)
    return service.service_level(), service.p_abandon


def erlang_a_each(patience: float, volume: Floats, handle: Floats, agents: Floats) -> tuple[Floats, Floats]:
    queue = erlang_a(volume * handle / (60 * STEP), agents, handle, patience, TARGET.within_seconds)
    return queue.service_level(), queue.p_abandon


def erlang_c_each(volume: Floats, handle: Floats, agents: Floats) -> tuple[Floats, Floats]:
    """Nobody gives up, and nobody is answered in time where the agents do not keep up."""
    queue = erlang_c(volume * handle / (60 * STEP), agents, handle, TARGET.within_seconds)
    return queue.service_level(), np.zeros_like(volume)


def errors(found: Floats, real: Floats) -> str:
    off = 100 * (found - real)
    return " | ".join(f"{row.mean():+.1f}, {np.abs(row).mean():.1f}, {np.abs(row).max():.1f}" for row in off.T)


def by_day(predicted: Floats, real: Floats, volume: Floats) -> Iterator[str]:
    yield "| day | offered | service level: real | predicted | abandonment: real | predicted |\n|---|---|---|---|---|---|"
    for k, (level, gone) in enumerate(predicted):
        day = KNOWN + k
        name = f"{FIRST.replace(day=1 + day):%a %d}"
        seen = real[day]
        yield f"| {name} | {volume[day].sum():.0f} | {seen[0]:.1%} | {level:.1%} | {seen[1]:.1%} | {gone:.1%} |"


def write(tried: dict[str, Floats], real: Floats) -> None:
    with (HERE / "results.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(("date", "prediction", "service_level", "abandonment"))
        for name, found in {"real": real[KNOWN:], **tried}.items():
            for k, row in enumerate(found.tolist()):
                table.writerow((FIRST.replace(day=1 + KNOWN + k), name, *(f"{share:.4f}" for share in row)))


if __name__ == "__main__":
    main()
