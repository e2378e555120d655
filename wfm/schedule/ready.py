"""Loads the loops of a first roster before they are needed, by making one for a single agent."""

from __future__ import annotations

from datetime import date
from threading import Thread

from wfm.domain import Agent, BreakTemplate, Channel, Contract, Requirement, ShiftTemplate, TimeGrid, Workforce
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import Coverage, MaxConsecutiveDays, MinRest
from wfm.schedule.search import Search

DAYS = 3


def ready() -> Thread:
    """Begin to load them, or on a new machine to translate them, beside whatever else is done; join the thread before a solve.

    Loading takes about half a second and translating some seconds, which a solve would take from its time.
    """
    thread = Thread(target=_first_roster, name="wfm-ready")
    thread.start()
    return thread


def _first_roster() -> None:
    search = Search(_smallest_problem(), (MinRest(), MaxConsecutiveDays(days=2), Coverage()), 0)
    search.greedy()
    search.standing()


def _smallest_problem() -> RosterProblem:
    """Two agents, two channels, a shift with a break and a head of each channel asked for all the time."""
    grid = TimeGrid.of_days(date(2026, 3, 2), DAYS, 60, "UTC")
    pause = BreakTemplate(minutes=30, earliest=120, latest=240)
    names = ("chat", "voice")
    return RosterProblem(
        grid=grid,
        channels=tuple(Channel(name=name) for name in names),
        requirements=tuple(_a_head(name, grid) for name in names),
        workforce=Workforce(
            contracts=(Contract(name="full", week_minutes=2400),),
            agents=tuple(Agent(id=name, contract="full", skills=(name,)) for name in names),
        ),
        templates=(ShiftTemplate(name="day", starts=(480, 720), minutes=480, breaks=(pause,)),),
    )


def _a_head(channel: str, grid: TimeGrid) -> Requirement:
    return Requirement(
        channel=channel,
        grid=grid,
        model="one head",
        volume=(1.0,) * grid.count,
        aht_seconds=(60.0,) * grid.count,
        net=(1,) * grid.count,
        gross=(1.0,) * grid.count,
        shrinkage=0.0,
        served=((0.0, 1.0),) * grid.count,
    )
