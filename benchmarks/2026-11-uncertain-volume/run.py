"""Question: how fast and how exact are requirements for the spread of a forecast, four weeks of half hours?"""

from __future__ import annotations

import time
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from wfm.domain import Channel, Forecast, Requirement, ServiceLevel, TimeGrid
from wfm.staffing import erlang_a, erlang_c, require, require_uncertain

Floats = NDArray[np.float64]
LEVEL = ServiceLevel(share=0.8, within_seconds=20)
GRID = TimeGrid.of_days(date(2026, 11, 2), 28, 30, "UTC")
KNOTS = 2_000
"""Slices of equal chance of the arbiter, which takes every one through the formula."""
SAMPLE = slice(16, 48, 6)
"""Intervals of the first day on which it does."""


def weeks(peak_erlangs: float, dispersion: float) -> Forecast:
    """A hump a day, higher on some days; handle times of 270 to 330 s by time of day."""
    hump = np.sin(np.arange(48) / 48 * np.pi) ** 2
    handle = np.tile(300 + 30 * np.sin(np.arange(48)), 28)
    load = np.tile(peak_erlangs * hump, 28) * np.repeat(1 + 0.1 * np.sin(np.arange(28)), 48)
    return Forecast(
        channel="phone",
        grid=GRID,
        method="benchmark",
        trained_until=GRID.start,
        mean=tuple((load * 1800 / handle).tolist()),
        open=(True,) * GRID.count,
        aht_seconds=tuple(handle.tolist()),
        dispersion=(dispersion,) * GRID.count,
    )


def slices(dispersion: float) -> Floats:
    busy = gammaincinv(1 / dispersion, (np.arange(KNOTS) + 0.5) / KNOTS) * dispersion
    return np.asarray(busy / busy.mean())


def exact(calls: Forecast, channel: Channel, step: int, agents: int, busy: Floats) -> float:
    """Expected share in target by the formula at every slice."""
    load, handle = busy * calls.load_erlangs()[step], calls.aht_seconds[step]
    if channel.patience_seconds is None:
        level = erlang_c(load, agents, handle, 20.0).service_level()
    else:
        level = erlang_a(load, agents, handle, channel.patience_seconds, 20.0).service_level()
    return float((busy * level).mean())


def errors(made: Requirement, calls: Forecast, channel: Channel, dispersion: float) -> Floats:
    """Points of expected service between the requirement's own figure and the arbiter's, at the agents required."""
    busy, steps = slices(dispersion), range(GRID.count)[SAMPLE]
    told = [made.served[k][made.net[k]] / calls.mean[k] for k in steps]
    true = [exact(calls, channel, k, made.net[k], busy) for k in steps]
    return np.asarray(100 * np.abs(np.array(told) - np.array(true)))


def main() -> None:
    print(
        "| peak | patience | dispersion | mean | band | 80 % of days | CPU s: mean | band | 80 % | error of service, points: mean | worst |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for peak in (10.0, 100.0):
        for patience in (180.0, None):
            channel = Channel(name="phone", patience_seconds=patience, targets=(LEVEL,))
            for dispersion in (0.01, 0.05, 0.2):
                calls, hours, spent = weeks(peak, dispersion), [], []
                for work in (require, require_uncertain, lambda *both: require_uncertain(*both, confidence=0.8)):
                    begun = time.process_time()
                    made = work(calls, channel)
                    spent.append(time.process_time() - begun)
                    hours.append(sum(made.net) / 2)
                off = errors(require_uncertain(calls, channel), calls, channel, dispersion)
                cells = [f"{peak:.0f} E", f"{patience:.0f} s" if patience else "none", f"{dispersion:g}"]
                cells += [f"{hours[0]:,.0f} h", *(f"{100 * (each / hours[0] - 1):+.1f} %" for each in hours[1:])]
                print(
                    f"| {' | '.join([*cells, *(f'{each:.2f}' for each in spent), f'{off.mean():.2f}', f'{off.max():.2f}'])} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
