"""A small contact centre with everything that makes scheduling hard: three channels, shared skills, movable breaks, nights."""

from __future__ import annotations

from datetime import date

import numpy as np

from wfm.domain import Agent, BreakTemplate, Channel, Contract, Requirement, ShiftTemplate, TimeGrid, Workforce
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.rules import Coverage, MinRest, WeekMinutes

SKILLS = (("phone",), ("phone", "chat"), ("chat", "tickets"), ("phone", "chat", "tickets"))
BREAKS = (
    BreakTemplate(minutes=15, earliest=90, latest=150, paid=True),
    BreakTemplate(minutes=30, earliest=210, latest=300),
)
TEMPLATES = (
    ShiftTemplate(name="day", starts=(6 * 60 + 15, 8 * 60, 13 * 60), minutes=510, breaks=BREAKS),
    ShiftTemplate(name="night", starts=(22 * 60,), minutes=510, breaks=BREAKS),
)
RULES: tuple[Rule, ...] = (MinRest(), WeekMinutes(over_minutes=0, under_minutes=None), Coverage())


def centre(agents: int = 4, days: int = 3, first: date = date(2026, 10, 24), seed: int = 1) -> RosterProblem:
    """Build a centre of some agents over some days, by default around the night of 25 hours."""
    grid = TimeGrid.of_days(first, days, 30, "Europe/Madrid")
    random = np.random.default_rng(seed)
    hours = grid.minute_of_day / 60
    shape = 0.1 + np.exp(-(((hours - 12) / 4) ** 2))
    requirements = tuple(
        requirement(name, grid, shape * random.uniform(1.0, 3.0)) for name in ("phone", "chat", "tickets")
    )
    workforce = Workforce(
        contracts=(Contract(name="full", week_minutes=2400),),
        agents=tuple(Agent(id=f"a{k}", contract="full", skills=SKILLS[k % len(SKILLS)]) for k in range(agents)),
    )
    return RosterProblem(
        grid=grid,
        channels=tuple(Channel(name=row.channel) for row in requirements),
        requirements=requirements,
        workforce=workforce,
        templates=TEMPLATES,
    )


def requirement(channel: str, grid: TimeGrid, heads: np.ndarray) -> Requirement:
    """Ask for a number of heads in each step: each of the first heads serves two contacts, the next ones less and less."""
    served = tuple(tuple(2 * need * (1 - np.exp(-n / max(need, 0.1))) for n in range(6)) for need in heads.tolist())
    net = tuple(int(np.ceil(need)) for need in heads.tolist())
    return Requirement(
        channel=channel,
        grid=grid,
        model="by hand",
        volume=tuple((2 * heads).tolist()),
        aht_seconds=(300.0,) * grid.count,
        net=net,
        gross=net,
        shrinkage=0.0,
        served=served,
    )
