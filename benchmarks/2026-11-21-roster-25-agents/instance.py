"""The instance: a round-the-clock centre of 25 agents over four weeks of half hours, made from a seed."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Agent, BreakTemplate, Channel, Contract, Requirement, ShiftTemplate, TimeGrid, Workforce
from wfm.schedule import RosterProblem, Rule
from wfm.schedule.rules import (
    Coverage,
    MaxConsecutiveDays,
    MaxConsecutiveNights,
    MinRest,
    Spread,
    WeeklyDaysOff,
    WeekMinutes,
)

SKILLS = (("phone",), ("phone", "chat"), ("chat", "tickets"), ("phone", "chat", "tickets"), ("tickets",))
SHARES = (0.3, 0.3, 0.1, 0.2, 0.1)
CHANNELS = (("phone", 9.0, 360), ("chat", 5.0, 480), ("tickets", 3.0, 600))
"""Name, contacts in the busiest half hour of 25 agents, handle time in seconds."""
BREAKS = (
    BreakTemplate(minutes=15, earliest=90, latest=180, paid=True),
    BreakTemplate(minutes=30, earliest=210, latest=300),
    BreakTemplate(minutes=15, earliest=360, latest=450, paid=True),
)
TEMPLATES = (
    ShiftTemplate(name="early", starts=tuple(range(360, 601, 60)), minutes=510, breaks=BREAKS),
    ShiftTemplate(name="late", starts=tuple(range(780, 931, 30)), minutes=510, breaks=BREAKS),
    ShiftTemplate(name="night", starts=(1320,), minutes=510, breaks=BREAKS[:2]),
)
RULES: tuple[Rule, ...] = (
    MinRest(rest_minutes=720),
    WeekMinutes(under_minutes=None),
    WeeklyDaysOff(days=2),
    MaxConsecutiveDays(days=6),
    MaxConsecutiveNights(days=4),
    Coverage(),
    Spread(of="nights", price=1.0, tier=2),
)


def centre(agents: int = 25, days: int = 28, seed: int = 1) -> RosterProblem:
    """Build the centre; demand grows with the number of agents."""
    random = np.random.default_rng(seed)
    grid = TimeGrid.of_days(date(2026, 11, 30), days, 30, "Europe/Madrid")
    hours = grid.minute_of_day / 60
    shape = 0.15 + np.exp(-(((hours - 11) / 3) ** 2)) + 0.7 * np.exp(-(((hours - 17) / 3) ** 2))
    weekly = np.where(grid.weekday >= 5, 0.6, 1.0) * agents / 25
    requirements = tuple(
        _requirement(name, grid, peak * shape * weekly * random.uniform(0.9, 1.1, grid.count), handle)
        for name, peak, handle in CHANNELS
    )
    people = tuple(
        Agent(
            id=f"a{k:03d}",
            contract="full" if random.random() < 0.8 else "part",
            skills=SKILLS[random.choice(len(SKILLS), p=SHARES)],
        )
        for k in range(agents)
    )
    contracts = (Contract(name="full", week_minutes=2400), Contract(name="part", week_minutes=1440))
    return RosterProblem(
        grid=grid,
        channels=tuple(Channel(name=name) for name, _, _ in CHANNELS),
        requirements=requirements,
        workforce=Workforce(contracts=contracts, agents=people),
        templates=TEMPLATES,
    )


def _requirement(name: str, grid: TimeGrid, volume: NDArray[np.float64], handle: int) -> Requirement:
    """Serve a share 1 - exp(-1.5 x^3) of the contacts with x times the load in heads: an S that saturates, as Erlang curves do."""
    load = volume * handle / (60 * grid.step_minutes)
    served = tuple(
        tuple(contacts * (1 - np.exp(-1.5 * (heads / erlangs) ** 3)) for heads in range(int(2.5 * erlangs) + 4))
        for contacts, erlangs in zip(volume.tolist(), load.tolist(), strict=True)
    )
    net = tuple(
        next((heads for heads, row in enumerate(rows) if row >= 0.8 * contacts), len(rows) - 1)
        for contacts, rows in zip(volume.tolist(), served, strict=True)
    )
    return Requirement(
        channel=name,
        grid=grid,
        model="made",
        volume=tuple(volume.tolist()),
        aht_seconds=(float(handle),) * grid.count,
        net=net,
        gross=net,
        shrinkage=0.0,
        served=served,
    )
