"""A real month of a bank's calls as a scenario folder: contacts, handle times and patience as they were, people and rules of our own."""

from __future__ import annotations

import csv
import sys
from datetime import datetime, time, timedelta
from itertools import chain
from pathlib import Path

import numpy as np

from wfm.domain import Channel, ContactHistory, Forecast
from wfm.importers.patience import mean_patience

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / name) for name in ("2026-11-real-calls-week-4", "2026-11-certified-plan")]
from bank import BETWEEN_SECONDS, DATA, HOURS, shifts  # noqa: E402
from calls import FIRST, TURN_OF_DAY, Calls, read_calls  # noqa: E402

STEP_SECONDS, STEPS = 1_800, 28 * 48
KINDS = {"regular": ("PS", "NW", "PE", "TT", "IN"), "stock": ("NE",)}
"""Everybody answers regular calls; calls of the stock exchange take half as long again and are for those who know it."""
FULL, PART, STOCK_EVERY = 18, 12, 3
"""People: 1,020 contract hours a week, a tenth more than Erlang A asks for; every third knows the stock exchange."""
SCENARIO = """\
apiVersion: wfm/v1
name: bank-month
timezone: Asia/Jerusalem
horizon: {{start: {first}, weeks: 4, step: 30m}}
channels:
  regular: {{open: "{hours}", patience: {regular:.0f}s, target: {{answer: 80% in 20s, abandon: at most 6%}}}}
  stock: {{open: "{hours}", patience: {stock:.0f}s, target: {{answer: 80% in 20s}}}}
shrinkage: 6%
contracts:
  full: {{week: 40h, shifts_week: 5, cost_hour: 20}}
  part: {{week: 25h, shifts_week: 5, cost_hour: 20}}
shifts:
{shifts}
rules:
  - {{kind: availability}}
  - {{kind: week_minutes}}
  - {{kind: shifts_week}}
  - {{kind: min_rest, rest: 11h}}
  - {{kind: max_consecutive_days, days: 6}}
  - {{kind: weekly_days_off, days: 2}}
  - {{kind: coverage, tier: 1}}
simulate: {{replications: 50, router: skill_order}}
"""


def write_month(folder: Path) -> Path:
    """Write the scenario; nothing of it but the calls is real."""
    calls = read_calls(DATA)
    own = {name: calls.take(np.isin(calls.kind, kinds)) for name, kinds in KINDS.items()}
    patience = {name: mean_patience(row.wait, row.abandoned) for name, row in own.items()}
    text = SCENARIO.format(first=FIRST, hours=HOURS, shifts=shifts(), **patience)
    folder.mkdir(parents=True)
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    past = chain.from_iterable(history_rows(name, row) for name, row in own.items())
    write(folder / "history.csv", [("start", "channel", "offered", "aht_seconds"), *past])
    people = [
        (f"B{k:02d}", "", "full" if k < FULL else "part", "regular" if k % STOCK_EVERY else "regular stock")
        for k in range(FULL + PART)
    ]
    write(folder / "agents.csv", [("id", "name", "contract", "skills"), *people])
    return folder


def write(path: Path, rows: list[tuple[object, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def history_rows(channel: str, calls: Calls) -> list[tuple[object, ...]]:
    """One row for each half hour, with the month's mean handle time and what an agent takes between two calls."""
    offered = np.bincount(((calls.offered + TURN_OF_DAY) // STEP_SECONDS).astype(np.int64), minlength=STEPS)[:STEPS]
    seconds = float(calls.service[~calls.abandoned].mean()) + BETWEEN_SECONDS
    begin = datetime.combine(FIRST, time.min)
    return [
        ((begin + timedelta(seconds=STEP_SECONDS * k)).isoformat(), channel, int(count), round(seconds, 1))
        for k, count in enumerate(offered.tolist())
    ]


def as_it_came(history: ContactHistory, channel: Channel) -> Forecast:
    """The contacts of the month itself, so that no plan errs in the volume; calls outside opening hours meet nobody."""
    grid = history.grid
    opened = channel.opening.mask(grid)
    return Forecast(
        channel=history.channel,
        grid=grid,
        method="as it came",
        trained_until=grid.instant(grid.count),
        mean=tuple(np.where(opened, np.nan_to_num(history.counts()), 0.0).tolist()),
        open=tuple(opened.tolist()),
        aht_seconds=tuple(np.nan_to_num(history.handle_times()).tolist()),
        dispersion=(0.0,) * grid.count,
    )
