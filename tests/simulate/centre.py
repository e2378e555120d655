"""Small centres to simulate: flat forecasts, agents, and rosters that keep them on the queue."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from wfm.domain import Activity, Agent, Assignment, Contract, Forecast, Roster, Shift, TimeGrid, Workforce

MONDAY = date(2026, 3, 2)


def days(count: int, first: date = MONDAY, zone: str = "UTC") -> TimeGrid:
    return TimeGrid.of_days(first, count, 30, zone)


def flat(
    grid: TimeGrid, channel: str = "phone", mean: float = 20.0, aht: float = 180.0, dispersion: float = 0.0
) -> Forecast:
    return Forecast(
        channel=channel,
        grid=grid,
        method="flat",
        trained_until=grid.start,
        mean=(mean,) * grid.count,
        open=(True,) * grid.count,
        aht_seconds=(aht,) * grid.count,
        dispersion=(dispersion,) * grid.count,
    )


def people(*skills: Sequence[str]) -> Workforce:
    """One agent for each list of skills: a00, a01 ..."""
    agents = tuple(Agent(id=f"a{k:02d}", contract="full", skills=tuple(row)) for k, row in enumerate(skills))
    return Workforce(contracts=(Contract(name="full", week_minutes=2_400),), agents=agents)


def shift(start: datetime, hours: float, *breaks: tuple[float, float]) -> Shift:
    """A shift with breaks given as hours after its start (from, to)."""
    pauses = tuple(Activity(start=start + timedelta(hours=a), end=start + timedelta(hours=b)) for a, b in breaks)
    return Shift(template="day", day=start.date(), start=start, end=start + timedelta(hours=hours), activities=pauses)


def round_the_clock(grid: TimeGrid, workforce: Workforce) -> Roster:
    """Everybody on the queue in every minute of the grid."""
    hours = (grid.end - grid.start).total_seconds() / 3_600
    return Roster.of(grid, [Assignment(agent=agent.id, shift=shift(grid.start, hours)) for agent in workforce.agents])


def roster(grid: TimeGrid, *rows: tuple[str, Shift]) -> Roster:
    return Roster.of(grid, [Assignment(agent=agent, shift=worked) for agent, worked in rows])


def at(hour: float, day: date = MONDAY) -> datetime:
    return datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=hour)
