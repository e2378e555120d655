"""What several tests of the room need: the reference table, a grid, forecasts, and an Erlang A that shares no code with wfm."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import expm

from wfm.domain import Channel, Forecast, TimeGrid

RESULTS = (
    *("p_block", "p_wait", "p_abandon", "asa_all_s", "asa_served_s", "occupancy", "lq"),
    *("sl_offered", "sl_served", "sl_excl_short", "p_w_le_T"),
    *("n_min", "value_at_n_min", "value_at_n_min_minus_1", "n_frac"),
)


def reference(shared_data: Path) -> list[dict[str, str]]:
    """Return the rows of the public reference table: 25 digits, two independent routes."""
    with (shared_data / "erlang" / "erlang_reference.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def figures(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the result columns of a row that hold a number."""
    for name in RESULTS:
        if row[name] and row[name][0].isdigit():
            yield name, row[name]


def grid(days: int = 1) -> TimeGrid:
    return TimeGrid.of_days(date(2026, 11, 30), days, 30, "Europe/Madrid")


def forecast(channel: Channel, volume: NDArray[np.float64], aht_seconds: float = 300.0) -> Forecast:
    """Return a forecast of whole days that is open where volume is not nan."""
    steps = grid(volume.size // 48)
    is_open = ~np.isnan(volume)
    return Forecast(
        channel=channel.name,
        grid=steps,
        method="given",
        trained_until=steps.start,
        mean=tuple(np.nan_to_num(volume).tolist()),
        open=tuple(is_open.tolist()),
        aht_seconds=(aht_seconds,) * volume.size,
        dispersion=(0.0,) * volume.size,
    )


def chain(load: float, agents: int, aht: float, patience: float, within: float, places: int = 80) -> dict[str, float]:
    """Return Erlang A from its birth-death chain: stationary law, then the journey of one contact through the queue to T."""
    leave = agents / aht + np.arange(1, places + 1) / patience
    up = load / aht
    below = np.cumprod([1.0, *(load / k for k in range(1, agents + 1))])
    above = below[-1] * np.cumprod(up / leave)
    law = np.concatenate([below, above]) / (below.sum() + above.sum())
    waits = law[agents:]
    # A contact that finds k others waiting moves forward at agents/aht + k/patience, leaves at 1/patience, is answered from the head.
    forward = agents / aht + np.arange(places + 1) / patience
    step = np.diag(-(forward + 1 / patience)) + np.diag(forward[1:], -1)
    full = np.zeros((places + 3, places + 3))
    full[:-2, :-2], full[0, -2], full[:-2, -1] = step, forward[0], 1 / patience
    end = np.concatenate([waits, [0.0, 0.0]]) @ expm(full * within)
    p_abandon = (np.arange(1, places + 1) / patience * law[agents + 1 :]).sum() / up
    answered = law[:agents].sum() + end[-2]
    return {"p_wait": waits.sum(), "p_abandon": p_abandon, "answered_in_time": answered, "abandoned_in_time": end[-1]}
