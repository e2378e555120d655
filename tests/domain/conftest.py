"""One small, complete example of every noun that is kept in files."""

from datetime import date

import pytest

from wfm.domain import (
    Abandonment,
    Agent,
    Assignment,
    AverageWait,
    Backlog,
    Balance,
    Breach,
    BreakTemplate,
    Burden,
    Channel,
    ChannelPerformance,
    ContactHistory,
    Contract,
    Day,
    Escalation,
    Estimate,
    External,
    Forecast,
    Instance,
    Level,
    Noun,
    Occupancy,
    Opening,
    Performance,
    Pin,
    Request,
    Requirement,
    Role,
    Roster,
    ServiceLevel,
    Session,
    ShiftTemplate,
    TimeGrid,
    TimeOff,
    Turnaround,
    Window,
    Wish,
    Workforce,
)

ZONE = "Europe/Madrid"


def examples() -> list[Noun]:
    """Return an example of every noun; each is valid."""
    grid = TimeGrid.of_days(date(2026, 10, 25), 1, 30, ZONE)
    n, day = grid.count, date(2026, 10, 25)
    template = ShiftTemplate(
        name="day",
        starts=(360, 390),
        minutes=510,
        breaks=(BreakTemplate(minutes=30, earliest=180, latest=300),),
        weekdays=(0, 6),
    )
    shift = template.placed(day, 360, (200,), ZONE)
    agent = Agent(id="A1", name="Ada", contract="full", skills=("phone",), roles=("sme",), employed_from=day)
    estimate = Estimate(mean=0.8, half_width=0.01)
    row = ChannelPerformance(
        channel="phone",
        service_level=estimate,
        abandonment=estimate,
        average_wait_seconds=estimate,
        occupancy=estimate,
        contacts=estimate,
        offered=(1.0,) * n,
        inside=(0.8,) * n,
        abandoned=(0.1,) * n,
    )
    return [
        grid,
        grid.interval,
        Instance(
            name="one-nurse",
            grid=grid,
            workforce=Workforce(
                contracts=(Contract(name="full", week_minutes=2_400),), agents=(agent.varied(roles=()),)
            ),
            templates=(template,),
            rules=({"kind": "max_weekends", "at_most": 1, "price": 30.0},),
        ),
        Day(date=day, zone=ZONE),
        Window(start=480, end=1_200),
        Opening(week=Opening.from_text("mon-fri 08:00-20:00").week, dates=((day, ()),)),
        ServiceLevel.from_text("80% in 20s", "answered"),
        AverageWait(seconds=30),
        Abandonment(share=0.05),
        Occupancy(share=0.88),
        Turnaround.from_text("90% in 4h of business"),
        Channel(
            name="chat", kind="chat", concurrency=2, patience_seconds=300, targets=(ServiceLevel.from_text("80/20"),)
        ),
        ContactHistory(channel="phone", grid=grid, offered=(None, *(1.5,) * (n - 1)), open=(True,) * n),
        Forecast(
            channel="phone",
            grid=grid,
            method="same_weekday",
            trained_until=grid.start,
            mean=(2.0,) * n,
            open=(True,) * n,
            aht_seconds=(180.0,) * n,
            dispersion=(0.1,) * n,
            levels=(0.1, 0.9),
            bands=((1.0,) * n, (3.0,) * n),
            notes=("why",),
        ),
        Backlog(contacts=(3.0, 1.0), age_seconds=(600.0, 7_200.0), aht_seconds=240.0),
        Escalation(source="phone", share=0.15),
        External(responds_seconds=172_800),
        Level(name="second", sources=(Escalation(source="phone", share=0.15),), aht_seconds=1_080),
        Requirement(
            channel="phone",
            grid=grid,
            model="erlang_c",
            volume=(2.0,) * n,
            aht_seconds=(180.0,) * n,
            net=(2,) * n,
            gross=(2.5,) * n,
            shrinkage=0.2,
            served=((0.0, 1.0, 1.8),) * n,
        ),
        template.breaks[0],
        template,
        shift,
        shift.activities[0],
        Contract(name="full", week_minutes=2_400, shifts_week=5, cost_hour_cents=1_800),
        Role(name="sme", title="subject-matter expert"),
        agent,
        TimeOff(agent="A1", first=day, last=day),
        Wish(agent="A1", date=day, want="off", points=3),
        Pin(agent="A1", day=day),
        Session(name="chat", minutes=90, attendees=("A1",), group_size=4, by=day),
        Burden(agent="A1", period="2026-04", nights=3, weekends=1),
        Request(agent="A1", first=date(2026, 4, 1), last=date(2026, 4, 3), points=4),
        Balance(agent="A1", weeks=9, minutes=21_600),
        Workforce(contracts=(Contract(name="full", week_minutes=2_400),), agents=(agent,), roles=(Role(name="sme"),)),
        Assignment(agent="A1", shift=shift),
        Roster.of(grid, [Assignment(agent="A1", shift=shift)], built_on="abc"),
        Breach(
            rule="REST",
            kind="min_rest",
            amount=30,
            unit="minutes",
            words="too short",
            price=2,
            agent="A1",
            at=grid.start,
        ),
        estimate,
        row,
        Performance(grid=grid, method="simulation", seed=1, replications=20, channels=(row,)),
    ]


@pytest.fixture
def grid() -> TimeGrid:
    """Return a day of 25 hours in Madrid, half hour by half hour."""
    return TimeGrid.of_days(date(2026, 10, 25), 1, 30, ZONE)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a noun once with each example."""
    if "noun" in metafunc.fixturenames:
        metafunc.parametrize("noun", examples(), ids=lambda noun: type(noun).__name__)
