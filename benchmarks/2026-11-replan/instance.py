"""The instance: a round-the-clock centre of 100 agents over four weeks of half hours, made from a seed."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from wfm.domain import (
    Agent,
    BreakTemplate,
    Channel,
    Contract,
    Requirement,
    Role,
    ShiftTemplate,
    TimeGrid,
    TimeOff,
    Wish,
    Workforce,
)
from wfm.schedule import RosterProblem, Rule
from wfm.schedule.rules import (
    Availability,
    Coverage,
    MaxConsecutiveDays,
    MaxConsecutiveNights,
    MaxWeekends,
    MinimumHeads,
    MinRest,
    RoleCover,
    ShiftsWeek,
    Spread,
    WeeklyDaysOff,
    WeekMinutes,
    Wishes,
)
from wfm.schedule.rules import TimeOff as KeepTimeOff

FIRST, DAYS = date(2026, 11, 30), 28
SKILLS = (("phone",), ("phone", "chat"), ("chat", "tickets"), ("phone", "chat", "tickets"), ("tickets",))
SHARES = (0.3, 0.3, 0.1, 0.2, 0.1)
CHANNELS = (("phone", 12.0, 360), ("chat", 7.0, 480), ("tickets", 4.0, 600))
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
    Availability(),
    KeepTimeOff(),
    MinRest(rest_minutes=720),
    WeekMinutes(over_minutes=480, under_minutes=None),
    ShiftsWeek(),
    WeeklyDaysOff(days=1),
    MaxConsecutiveDays(days=6),
    MaxConsecutiveNights(days=4),
    MaxWeekends(at_most=3),
    RoleCover(role="sme", at_least=2),
    MinimumHeads(at_least=6),
    Coverage(),
    WeekMinutes(over_minutes=0, under_minutes=None, price=0.005),
    Wishes(price=0.5),
    Spread(of="nights", price=1.0, tier=2),
)
"""Beyond the contract, up to a sixth shift of overtime in a week is possible at 0.005 contacts a minute."""


def centre(agents: int = 100, seed: int = 1) -> RosterProblem:
    """Build the centre; demand grows with the number of agents."""
    random = np.random.default_rng(seed)
    grid = TimeGrid.of_days(FIRST, DAYS, 30, "Europe/Madrid")
    hours = grid.minute_of_day / 60
    shape = 0.15 + np.exp(-(((hours - 11) / 3) ** 2)) + 0.7 * np.exp(-(((hours - 17) / 3) ** 2))
    weekly = np.where(grid.weekday >= 5, 0.6, 1.0) * agents / 25
    requirements = tuple(
        _requirement(name, grid, peak * shape * weekly * random.uniform(0.9, 1.1, grid.count), handle)
        for name, peak, handle in CHANNELS
    )
    return RosterProblem(
        grid=grid,
        channels=tuple(Channel(name=row.channel) for row in requirements),
        requirements=requirements,
        workforce=_workforce(agents, random),
        templates=TEMPLATES,
    )


def _workforce(agents: int, random: np.random.Generator) -> Workforce:
    people = tuple(
        Agent(
            id=f"a{k:03d}",
            contract="full" if k % 5 else "part",
            skills=SKILLS[int(random.choice(len(SKILLS), p=SHARES))],
            roles=("sme",) if k % 4 == 0 else (),
        )
        for k in range(agents)
    )
    off = [(agent.id, FIRST + timedelta(days=int(random.integers(0, DAYS - 3)))) for agent in people[::6]]
    wished = [(agent.id, FIRST + timedelta(days=int(random.integers(0, DAYS)))) for agent in people for _ in range(2)]
    return Workforce(
        contracts=(
            Contract(name="full", week_minutes=2400, shifts_week=6, cost_hour_cents=1800),
            Contract(name="part", week_minutes=1440, shifts_week=4, cost_hour_cents=1700),
        ),
        agents=people,
        roles=(Role(name="sme"),),
        time_off=tuple(TimeOff(agent=agent, first=day, last=day + timedelta(days=3)) for agent, day in off),
        wishes=tuple(Wish(agent=agent, date=day, want="off") for agent, day in dict.fromkeys(wished)),
    )


def _requirement(channel: str, grid: TimeGrid, volume: NDArray[np.float64], aht_seconds: float) -> Requirement:
    """Serve a share 1 - exp(-1.5 x^3) of the contacts with x times the load in heads: an S that saturates, as Erlang curves do."""
    load = volume * aht_seconds / (60 * grid.step_minutes)
    served = tuple(
        tuple(contacts * (1 - np.exp(-1.5 * (heads / erlangs) ** 3)) for heads in range(int(2.5 * erlangs) + 4))
        for contacts, erlangs in zip(volume.tolist(), load.tolist(), strict=True)
    )
    net = tuple(
        next((heads for heads, row in enumerate(rows) if row >= 0.8 * contacts), len(rows) - 1)
        for contacts, rows in zip(volume.tolist(), served, strict=True)
    )
    return Requirement(
        channel=channel,
        grid=grid,
        model="made",
        volume=tuple(volume.tolist()),
        aht_seconds=(aht_seconds,) * grid.count,
        net=net,
        gross=net,
        shrinkage=0.0,
        served=served,
    )
