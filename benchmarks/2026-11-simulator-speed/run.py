"""How many contacts a second the simulation serves, beside Ciw and SimPy, and how long a day and a week take."""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import numpy as np

from wfm.domain import (
    Activity,
    Agent,
    Assignment,
    Channel,
    Contract,
    Forecast,
    Roster,
    Shift,
    TimeGrid,
    Turnaround,
    Workforce,
)
from wfm.simulate import Calls, Window, draw_calls, group_ranks, serve_pools, simulate, simulate_pools

MONDAY = date(2026, 3, 2)
TIMES = 9
"""Each figure is the median of so many runs, after one that compiles."""


def timed(run: Callable[[int], int]) -> tuple[int, float, float]:
    """Contacts, and seconds of processor and wall clock for them: medians over runs with seeds 1, 2 ..."""
    run(0)
    rows = []
    for seed in range(1, TIMES + 1):
        wall, busy = perf_counter(), process_time()
        contacts = run(seed)
        rows.append((contacts, process_time() - busy, perf_counter() - wall))
    contacts, busy, wall = (median(column) for column in zip(*rows, strict=True))
    return int(contacts), busy, wall


def single_pool(seed: int) -> int:
    """M/M/50+M at 45 Erlangs."""
    calls = Calls.of(45 / 180, 180.0, 120.0)
    return int(simulate_pools(calls, [[0]], [50], Window(800_000, 10_000), seed=seed, replications=1).offered.sum())


def chat_pool(seed: int) -> int:
    """Twenty agents with three chats each, at 0.2 slower for each further one."""
    calls, window = Calls.of(0.1, 300.0, 200.0), Window(2_000_000, 10_000)
    ranks = group_ranks([[0]], 1, "longest_wait", "longest_idle")
    drawn = [draw_calls(calls, window, seed, 0)]
    return int(serve_pools(drawn, window, [20], ranks, 45.0, concurrency=3, slowdown=0.2).offered.sum())


def day_centre() -> tuple[list[Forecast], list[Channel], Workforce, Roster]:
    """Ten types of calls, 500 agents in 25 groups of skills with shifts and breaks of their own, 100,000 contacts in a day."""
    rng, grid = np.random.default_rng(1), TimeGrid.of_days(MONDAY, 1, 15, "UTC")
    aht = rng.uniform(80, 140, 10)
    profile = 1 + 0.5 * np.sin(np.linspace(0, 2 * np.pi, grid.count))
    share = rng.uniform(0.5, 1.5, 10)
    channels = [Channel(name=f"type{k}", patience_seconds=float(rng.uniform(90, 400))) for k in range(10)]
    forecasts = [
        forecast_of(channel.name, grid, 100_000 * part * profile / profile.sum(), seconds)
        for channel, part, seconds in zip(channels, share / share.sum(), aht, strict=True)
    ]
    skills = [[f"type{g}"] if g < 10 else [f"type{k}" for k in rng.permutation(10)[:3]] for g in range(25)]
    rows = []
    for k in range(500):
        start = datetime.combine(MONDAY, datetime.min.time(), UTC) + timedelta(minutes=15 * int(rng.integers(-12, 72)))
        rows.append((f"a{k:03d}", tuple(skills[k % 25]), start))
    return forecasts, channels, *staffed(grid, rows)


def week_centre() -> tuple[list[Forecast], list[Channel], Workforce, Roster]:
    """A week of 25 agents: calls, chats and mail."""
    grid = TimeGrid.of_days(MONDAY, 7, 30, "UTC")
    profile = 1 + 0.5 * np.sin(np.linspace(0, 14 * np.pi, grid.count))
    channels = [
        Channel(name="phone", patience_seconds=120),
        Channel(name="chat", kind="chat", concurrency=2, slowdown=0.2, patience_seconds=300),
        Channel(name="mail", kind="deferred", targets=(Turnaround.from_text("90% in 4h of business"),)),
    ]
    forecasts = [
        forecast_of(name, grid, mean * profile, aht)
        for name, mean, aht in (("phone", 16.0, 240.0), ("chat", 4.0, 300.0), ("mail", 3.0, 400.0))
    ]
    rows = [
        (f"a{k:02d}", ("phone", "mail" if k % 2 else "chat"), datetime.combine(MONDAY, datetime.min.time(), UTC)
         + timedelta(days=day, hours=8 * (k % 3)))
        for k in range(25) for day in range(7) if (k + day) % 7 < 5
    ]  # fmt: skip
    return forecasts, channels, *staffed(grid, rows)


def forecast_of(name: str, grid: TimeGrid, mean: np.ndarray, aht: float) -> Forecast:
    count = grid.count
    return Forecast(
        channel=name, grid=grid, method="given", trained_until=grid.start, mean=tuple(mean.tolist()),
        open=(True,) * count, aht_seconds=(float(aht),) * count, dispersion=(0.01,) * count,
    )  # fmt: skip


def staffed(grid: TimeGrid, rows: list[tuple[str, tuple[str, ...], datetime]]) -> tuple[Workforce, Roster]:
    """Shifts of eight hours with three breaks."""
    agents = {name: Agent(id=name, contract="full", skills=skills) for name, skills, _ in rows}
    workforce = Workforce(contracts=(Contract(name="full", week_minutes=2_400),), agents=tuple(agents.values()))
    return workforce, Roster.of(grid, [Assignment(agent=name, shift=shift_at(start)) for name, _, start in rows])


def shift_at(start: datetime) -> Shift:
    breaks = tuple(
        Activity(start=start + timedelta(minutes=after), end=start + timedelta(minutes=after + length))
        for after, length in ((120, 15), (225, 30), (360, 15))
    )
    return Shift(template="day", day=start.date(), start=start, end=start + timedelta(hours=8), activities=breaks)


def day_of_100_000(seed: int) -> int:
    """Two replications, as an estimate needs; one has half of what is returned."""
    forecasts, channels, workforce, roster = DAY
    seen = simulate(forecasts, channels, workforce, roster, seed=seed, replications=2, router="specialist_first")
    return round(2 * sum(row.contacts.mean for row in seen.channels))


def peers() -> list[dict[str, object]]:
    """Ciw and SimPy on the single pool, by the interpreter that WFM_PEERS names (this one where it names none)."""
    told = json.dumps({"per_second": 45 / 180, "aht": 180.0, "patience": 120.0, "agents": 50, "seconds": 200_000})
    command = [os.environ.get("WFM_PEERS", sys.executable), str(Path(__file__).parent / "peers.py"), told]
    output = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def row(name: str, contacts: int, busy: float, wall: float) -> None:
    print(
        f"| {name} | {contacts:,} | {busy * 1_000:,.0f} ms | {wall * 1_000:,.0f} ms | {contacts / busy / 1e6:.3f} M |"
    )


if __name__ == "__main__":
    load = os.getloadavg()[0]
    print(f"{platform.machine()}, {os.cpu_count()} processors, load {load:.1f}, Python {platform.python_version()}\n")
    print("| what | contacts | processor | wall clock | contacts a second of processor |\n|---|---|---|---|---|")
    row("M/M/50+M, one pool", *timed(single_pool))
    row("20 agents, 3 chats each, slowdown 0.2", *timed(chat_pool))
    DAY = day_centre()
    row("10 types, 25 groups, 500 shifts with breaks, lognormal: two days", *timed(day_of_100_000))
    for seen in peers():
        if "absent" in seen:
            print(f"| {seen['name']} | skipped: {seen['absent']} | | | |")
        else:
            row(f"{seen['name']}, M/M/50+M", seen["contacts"], seen["busy"], seen["wall"])
    week = week_centre()
    for workers in (1, 2):
        wall, busy = perf_counter(), process_time()
        seen = simulate(*week, seed=1, replications=1_000, workers=workers)
        wall, busy = perf_counter() - wall, process_time() - busy
        contacts = 1_000 * sum(channel.contacts.mean for channel in seen.channels)
        row(f"a week of 25 agents, 1,000 times, workers {workers}", round(contacts), busy, wall)
