"""Deferred work and chat against simulation and linear programs: how far off, how long."""

import sys
from datetime import date
from pathlib import Path
from time import perf_counter

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))  # the programs and simulations that the tests use
from tests.staffing.test_chat import AHT, PATIENCE, WITHIN, simulated
from tests.staffing.test_levelling import Program, some_work
from wfm.domain import (
    Agent,
    Assignment,
    Channel,
    Contract,
    Forecast,
    Opening,
    Roster,
    ShiftTemplate,
    TimeGrid,
    Turnaround,
    Workforce,
)
from wfm.domain.target import LIVE_DEFAULT
from wfm.simulate import simulate
from wfm.staffing import (
    Chance,
    ChatPace,
    DeferredWork,
    Windows,
    chat,
    expect_deferred,
    levelled,
    serve_deferred,
    smallest_chat_agents,
)

HANDLE_CV = 1.2
"""That of the simulation's lognormal handle times."""


def mail(volume: float, aht: float, hours: float, dispersion: float, days: int = 14) -> tuple[Forecast, Channel]:
    grid = TimeGrid.of_days(date(2026, 11, 30), days, 30, "Europe/Madrid")
    opening = Opening.from_text("mon-sun 08:00-18:00")
    is_open = opening.mask(grid)
    mean = np.where(is_open, volume * (1 + 0.6 * np.sin(grid.minute_of_day / 1440 * 4 * np.pi)), 0.0)
    target = Turnaround(share=0.9, within_seconds=3600 * hours)
    channel = Channel(name="mail", kind="deferred", opening=opening, targets=(target,))
    forecast = Forecast(
        channel="mail", grid=grid, method="given", trained_until=grid.start, mean=tuple(mean.tolist()),
        open=tuple(is_open.tolist()), aht_seconds=(aht,) * grid.count, dispersion=(dispersion,) * grid.count,
    )  # fmt: skip
    return forecast, channel


def house_simulation(forecast: Forecast, channel: Channel, agents: int) -> tuple[float, float]:
    """Return service and half width of a team that is there whenever the channel is open."""
    people = tuple(Agent(id=f"a{k}", contract="full", skills=(channel.skill,)) for k in range(agents))
    workforce = Workforce(contracts=(Contract(name="full", week_minutes=2400),), agents=people)
    day = ShiftTemplate(name="day", starts=(480,), minutes=600)
    worked = [
        Assignment(agent=one.id, shift=day.placed(when, 480, (), forecast.grid.zone))
        for one in people
        for when in forecast.grid.dates
    ]
    roster = Roster.of(forecast.grid, worked)
    level = simulate([forecast], [channel], workforce, roster, seed=1, replications=150).of("mail").service_level
    return level.mean, level.half_width


def deferred_service() -> None:
    print(
        "\n| contacts, AHT, hours, dispersion, agents | curves | law | simulation | law's time |\n|---|---|---|---|---|"
    )
    for volume, aht, hours, dispersion, agents in (
        (20, 420, 4, 0.0, 5), (20, 420, 4, 0.0, 6), (8, 900, 2, 0.0, 5), (8, 900, 2, 0.0, 6), (30, 420, 4, 0.03, 9),
        (30, 420, 4, 0.03, 11), (60, 600, 3, 0.01, 24), (12, 1500, 4, 0.02, 12), (200, 300, 4, 0.01, 38),
    ):  # fmt: skip
        forecast, channel = mail(volume, aht, hours, dispersion)
        work = DeferredWork.of(forecast, channel)
        heads = agents * np.array(forecast.open, dtype=np.float64)
        chance = Chance(HANDLE_CV, np.array(forecast.dispersion), forecast.grid.day_index)
        began = perf_counter()
        law = expect_deferred(work, heads, chance).share_in_time
        took = perf_counter() - began
        curve = serve_deferred(work, heads).share_in_time
        mean, half = house_simulation(forecast, channel, agents)
        case = f"{volume}, {aht} s, {hours} h, {dispersion}, {agents}"
        print(
            f"| {case} | {curve:.2%} | {law:.2%} | {mean:.2%} ± {100 * half:.2f} | {took:.1f} s |",
            flush=True,
        )


def levelling() -> None:
    worst = {"total": 0.0, "peak": 0.0, "changes": 0.0, "peak for 90 %": 0.0}
    for seed in range(1000, 1300):
        work = some_work(seed)
        program, level = Program(work, 1.0), levelled(work)
        slack = 1e-7 * (1 + level.max())
        pairs = {
            "total": (level.sum(), program.least("total")),
            "peak": (level.max(), program.least("peak")),
            "changes": (
                np.abs(np.diff(level)).sum(),
                program.least("changes", level.sum() + slack, level.max() + slack),
            ),
            "peak for 90 %": (levelled(work, 0.9).max(), Program(work, 0.9).least("peak")),
        }
        for name, (mine, optimum) in pairs.items():
            worst[name] = max(worst[name], abs(mine - optimum) / (1 + optimum))
    print(
        "\nworst relative difference from HiGHS over 300 random instances:", {k: f"{v:.1e}" for k, v in worst.items()}
    )
    forecast, channel = mail(60, 420, 4, 0.0, days=28)
    is_open = np.array(forecast.open)
    work = DeferredWork.of(forecast, channel).work_seconds[is_open]
    places = np.arange(work.size)
    windows = Windows(work, places, np.minimum(places + 8, work.size), work.size)
    for share in (1.0, 0.9):
        began = perf_counter()
        level = levelled(windows, share)
        mine = perf_counter() - began
        print(f"{work.size} open half hours, share {share}: {1000 * mine:.0f} ms, peak {level.max() / 1800:.4f} agents")


def chats() -> None:
    print(
        "\n| agents, chats each, slowdown, load | service | simulation | busy | simulation | time |\n|---|---|---|---|---|---|"
    )
    for agents, many, slow, share in (
        (1, 2, 0.4, 0.7), (3, 3, 0.3, 0.9), (6, 4, 0.6, 0.95), (12, 2, 0.5, 0.95), (20, 3, 0.3, 1.05),
        (40, 3, 0.3, 0.97), (40, 3, 0.6, 0.97),
    ):  # fmt: skip
        pace = ChatPace(many, slow)
        load = share * agents * float(pace.speed(many))
        began = perf_counter()
        queue = chat(load, agents, AHT, WITHIN, pace, patience_seconds=PATIENCE)
        took = perf_counter() - began
        case = f"{agents}, {many}, {slow}, {share:.0%}"
        runs = [simulated(100_000, load / AHT, agents, pace, seed) for seed in range(4)]
        (service, busy), error = np.mean(runs, axis=0), np.std(runs, axis=0, ddof=1)[0] / 2
        print(
            f"| {case} | {queue.service_level():.2%} | {service:.2%} ± {100 * error:.2f} | {queue.busy_share:.2%} "
            f"| {busy:.2%} | {1000 * took:.0f} ms |",
            flush=True,
        )
    began = perf_counter()
    loads = np.linspace(0.5, 20, 48)
    smallest_chat_agents(loads, AHT, (LIVE_DEFAULT,), ChatPace(3, 0.3), patience_seconds=PATIENCE)
    print(f"smallest n of a day of 48 half hours: {perf_counter() - began:.1f} s")


if __name__ == "__main__":
    levelling()
    chats()
    deferred_service()
