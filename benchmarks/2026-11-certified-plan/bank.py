"""A bank's centre as a scenario folder: three weeks of real calls, and made-up people whose hours the rules let grow a little."""

from __future__ import annotations

import csv
import sys
from datetime import datetime, time, timedelta
from pathlib import Path

import numpy as np

from wfm.importers.patience import mean_patience

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "2026-11-real-calls-week-4"))
from calls import FIRST, TURN_OF_DAY, Calls, read_calls  # noqa: E402

DATA = HERE.parents[2] / "shared" / "data" / "calls" / "anonymous_bank_1999_02" / "calls.csv"
KINDS = {"regular": ("PS", "PE", "TT", "IN"), "new": ("NW",), "stock": ("NE",)}
KNOWN_DAYS, STEP_SECONDS = 21, 1_800
BETWEEN_SECONDS = 15.7
"""Ringing and notes between two calls, as learned in 2026-11-real-calls-week-4."""

SCENARIO = """\
apiVersion: wfm/v1
name: bank
timezone: Asia/Jerusalem
horizon: {{start: 1999-02-22, days: 7, step: 30m}}
channels:
  regular: {{open: "{hours}", patience: {regular:.0f}s, target: {{answer: 80% in 20s, abandon: at most 6%}}}}
  new: {{open: "{hours}", patience: {new:.0f}s, target: {{answer: 80% in 20s}}}}
  stock: {{open: "{hours}", patience: {stock:.0f}s, target: {{answer: 80% in 20s}}}}
shrinkage: 6%
contracts:
  full: {{week: 40h, shifts_week: 6, cost_hour: 20}}
  part: {{week: 25h, shifts_week: 6, cost_hour: 20}}
shifts:
{shifts}
# Full contracts are kept to an hour below and four above; what is above is bought at a price in contacts, like everything else.
rules:
  - {{kind: availability}}
  - {{kind: week_minutes, over: 4h, under: 1h}}
  - {{kind: week_minutes, over: 0m, under: null, price: {price}}}
  - {{kind: shifts_week}}
  - {{kind: min_rest, rest: 11h}}
  - {{kind: max_consecutive_days, days: 6}}
  - {{kind: weekly_days_off, days: 1}}
  - {{kind: coverage, tier: 1}}
simulate: {{replications: 50, router: skill_order}}
solve: {{steps: {steps}, seed: 1}}
"""
HOURS = "mon-thu 07:00-24:00, fri 07:00-14:00, sat 20:00-24:00, sun 07:00-24:00"
LUNCH, REST = "{length: 30m, window: 3h-5h}", "{length: 15m, window: 6h-7h, paid: true}"
WEEKDAYS = {
    "day": ("07:00-15:30 every 30m", "8h30m", f"[{LUNCH}, {REST}]"),
    "long": ("07:00-15:00 every 60m", "9h", f"[{LUNCH}, {REST}]"),
    "short": ("07:00-19:00 every 30m", "5h", "[{length: 15m, window: 2h-3h, paid: true}]"),
    "brief": ("07:00-20:00 every 30m", "4h", "[{length: 15m, window: 90m-150m, paid: true}]"),
}
"""Start, length and breaks of the kinds of shift that are worked from Sunday to Thursday."""
OTHERS = """\
  friday: {start: 07:00-09:00 every 30m, length: 5h, days: fri, breaks: [{length: 15m, window: 2h-3h, paid: true}]}
  saturday: {start: "20:00", length: 4h, days: sat, breaks: [{length: 15m, window: 90m-150m, paid: true}]}"""


def shifts() -> str:
    """All kinds of shift, those of the working week once from Monday on and once on Sundays."""
    rows = [
        f"  {name}{end}: {{start: {start}, length: {length}, days: {days}, breaks: {breaks}}}"
        for name, (start, length, breaks) in WEEKDAYS.items()
        for end, days in (("", "mon-thu"), ("_sunday", "sun"))
    ]
    return "\n".join([*rows, OTHERS])


def write_bank(folder: Path, full: int, part: int, *, price: float, steps: int) -> Path:
    """Write the scenario with so many people; every second one knows the stock exchange as well."""
    calls = read_calls(DATA)
    past = calls.take(calls.day < KNOWN_DAYS)
    own = {name: past.take(np.isin(past.kind, kinds)) for name, kinds in KINDS.items()}
    patience = {name: mean_patience(row.wait, row.abandoned) for name, row in own.items()}
    folder.mkdir(parents=True, exist_ok=True)
    text = SCENARIO.format(hours=HOURS, shifts=shifts(), price=price, steps=steps, **patience)
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    with (folder / "history.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(("start", "channel", "offered", "aht_seconds"))
        for name, row in own.items():
            table.writerows(history_rows(name, row))
    with (folder / "agents.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(("id", "name", "contract", "skills"))
        for k in range(full + part):
            skills = "stock regular new" if k % 2 else "regular new"
            table.writerow((f"B{k:03d}", "", "full" if k < full else "part", skills))
    return folder


def history_rows(channel: str, calls: Calls) -> list[tuple[str, str, int, float | str]]:
    """One row for each half hour of the known days, midnight to midnight."""
    clock = calls.offered + TURN_OF_DAY
    slot = (clock // STEP_SECONDS).astype(np.int64)
    size = KNOWN_DAYS * 48
    inside = slot < size
    served = inside & ~calls.abandoned
    offered = np.bincount(slot[inside], minlength=size)
    handled = np.bincount(slot[served], minlength=size)
    work = np.bincount(slot[served], calls.service[served] + BETWEEN_SECONDS, minlength=size)
    begin = datetime.combine(FIRST, time.min)
    return [
        ((begin + timedelta(seconds=STEP_SECONDS * k)).isoformat(), channel, int(n), round(w / h, 1) if h else "")
        for k, (n, h, w) in enumerate(zip(offered.tolist(), handled.tolist(), work.tolist(), strict=True))
    ]
