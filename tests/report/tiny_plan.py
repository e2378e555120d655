"""A plan small enough to read: three agents, two channels and three days, one of which has 25 hours.

Berta's night of Saturday spans the change of clocks, Chloe's of Sunday plain midnight. Names and words try to be formulas and markup.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from wfm.domain import (
    Abandonment,
    Activity,
    Agent,
    Assignment,
    Breach,
    BreakTemplate,
    Channel,
    ChannelPerformance,
    ContactHistory,
    Contract,
    Estimate,
    Forecast,
    Occupancy,
    Performance,
    Requirement,
    Role,
    Roster,
    ServiceLevel,
    Shift,
    ShiftTemplate,
    TimeGrid,
    TimeOff,
    Turnaround,
    Wish,
    Workforce,
)
from wfm.forecast import accuracy
from wfm.schedule import Limits, Solution, TierResult
from wfm.schedule.rules import MinRest
from wfm.study import CostLine, Plan, Scenario

ZONE = "Europe/Madrid"
SATURDAY, SUNDAY, MONDAY = (date(2026, 10, day) for day in (24, 25, 26))
GRID = TimeGrid.of_days(SATURDAY, 3, 60, ZONE)
EVIL = '=HYPERLINK("x";"<script>alert(1)</script>")'

DAY = ShiftTemplate(
    name="day",
    starts=(480, 540),
    minutes=510,
    breaks=(
        BreakTemplate(minutes=30, earliest=180, latest=240),
        BreakTemplate(minutes=15, earliest=360, latest=420, paid=True),
    ),
)
NIGHT = ShiftTemplate(
    name="night", starts=(1320,), minutes=510, breaks=(BreakTemplate(minutes=30, earliest=180, latest=300),)
)


def channels() -> tuple[Channel, ...]:
    phone = Channel(
        name="phone",
        patience_seconds=180,
        targets=(ServiceLevel(share=0.8, within_seconds=20), Abandonment(share=0.05), Occupancy(share=0.9)),
    )
    mail = Channel(name="mail", kind="deferred", targets=(Turnaround(share=0.9, within_seconds=14_400),))
    return phone, mail


def workforce() -> Workforce:
    return Workforce(
        contracts=(Contract(name="full", week_minutes=2_400, shifts_week=5, cost_hour_cents=1_850),),
        agents=(
            Agent(id="anna", name=EVIL, contract="full", skills=("phone", "mail"), roles=("lead",)),
            Agent(id="berta", name="Berta <b>Bold</b>", contract="full", skills=("phone",)),
            Agent(id="chloe", contract="full", skills=("phone", "mail")),
        ),
        roles=(Role(name="lead", title="@lead"),),
        time_off=(TimeOff(agent="chloe", first=SATURDAY, last=SATURDAY),),
        wishes=(
            Wish(agent="anna", date=SUNDAY, want="off"),
            Wish(agent="berta", date=SATURDAY, want="day"),
            Wish(agent="chloe", date=SUNDAY, want="work"),
        ),
    )


def roster() -> Roster:
    rows = (
        ("anna", DAY.placed(SATURDAY, 480, (180, 360), ZONE)),
        ("anna", DAY.placed(SUNDAY, 540, (240, 420), ZONE)),
        ("berta", NIGHT.placed(SATURDAY, 1320, (240,), ZONE)),
        ("berta", _with_training(DAY.placed(MONDAY, 480, (180, 360), ZONE))),
        ("chloe", NIGHT.placed(SUNDAY, 1320, (300,), ZONE)),
    )
    return Roster.of(GRID, [Assignment(agent=agent, shift=shift) for agent, shift in rows], built_on="0" * 64)


def _with_training(shift: Shift) -> Shift:
    hour = shift.start + timedelta(hours=7, minutes=30)
    training = Activity(kind="training", start=hour, end=hour + timedelta(minutes=45), paid=True)
    return shift.varied(activities=(*shift.activities, training))


@dataclass(frozen=True)
class _Load:
    channel: str
    mean: float
    aht_seconds: float
    net: int


LOADS = (_Load("phone", 12.0, 240.0, 2), _Load("mail", 3.0, 600.0, 1))


def _forecast(load: _Load) -> Forecast:
    mean = tuple(load.mean if 8 <= minute // 60 < 20 else load.mean / 4 for minute in GRID.minute_of_day)
    bands = tuple(tuple(factor * value for value in mean) for factor in (0.5, 0.75, 1.0, 1.25, 1.5))
    return Forecast(
        channel=load.channel,
        grid=GRID,
        method="mean_of_four",
        trained_until=datetime(2026, 10, 18, 22, tzinfo=UTC),
        mean=mean,
        open=(True,) * GRID.count,
        aht_seconds=(load.aht_seconds,) * GRID.count,
        dispersion=(0.05,) * GRID.count,
        levels=(0.05, 0.25, 0.5, 0.75, 0.95),
        bands=bands,
        notes=("+cmd|' /C calc'!A0 <i>learned</i>",),
    )


def _requirement(load: _Load, forecast: Forecast) -> Requirement:
    served = tuple(
        tuple(round(mean * min(1.0, heads / load.net), 6) for heads in range(load.net + 2)) for mean in forecast.mean
    )
    return Requirement(
        channel=load.channel,
        grid=GRID,
        model="erlang_a",
        volume=forecast.mean,
        aht_seconds=forecast.aht_seconds,
        net=(load.net,) * GRID.count,
        gross=(load.net / 0.9,) * GRID.count,
        shrinkage=0.1,
        served=served,
        notes=("chosen because the channel has patience",),
    )


def _performance(forecasts: tuple[Forecast, ...]) -> Performance:
    return Performance(
        grid=GRID,
        method="simulation, longest_wait",
        seed=7,
        replications=5,
        channels=tuple(
            ChannelPerformance(
                channel=row.channel,
                service_level=Estimate(mean=level, half_width=0.02),
                abandonment=Estimate(mean=0.09, half_width=0.01),
                average_wait_seconds=Estimate(mean=41.0, half_width=3.0),
                occupancy=Estimate(mean=0.72, half_width=0.01),
                contacts=Estimate(mean=sum(row.mean), half_width=4.0),
                offered=row.mean,
                inside=tuple(level * mean for mean in row.mean),
                abandoned=tuple(0.09 * mean for mean in row.mean),
                serving=(1.0,) * GRID.count,
            )
            for row, level in zip(forecasts, (0.61, 0.895), strict=True)
        ),
    )


def _histories() -> tuple[ContactHistory, ...]:
    """Phone is known into the horizon, mail is not."""
    past = TimeGrid.of_days(date(2026, 10, 5), 22, 60, ZONE)
    before = TimeGrid.of_days(date(2026, 10, 5), 14, 60, ZONE)
    return tuple(
        ContactHistory(
            channel=name,
            grid=grid,
            offered=tuple(float(minute // 60 % 12) for minute in grid.minute_of_day),
            open=(True,) * grid.count,
            aht_seconds=(240.0,) * grid.count,
        )
        for name, grid in (("phone", past), ("mail", before))
    )


def breaches() -> tuple[Breach, ...]:
    return (
        Breach(
            rule="coverage",
            kind="coverage",
            amount=4.25,
            unit="contacts",
            words="2026-10-26 18:00: phone has 0 of 2.22 agents",
            price=1.0,
            at=datetime(2026, 10, 26, 17, tzinfo=UTC),
            first=MONDAY,
        ),
        Breach(
            rule="wishes",
            kind="wishes",
            amount=1,
            unit="points",
            words="-berta wished day on 2026-10-24",
            price=0.5,
            tier=2,
            agent="berta",
            first=SATURDAY,
            last=SATURDAY,
        ),
        Breach(
            rule="min_rest:12h",
            kind="min_rest",
            amount=60,
            unit="minutes of rest missing",
            words="=anna rests 11h between the shifts of 2026-10-24 and 2026-10-25",
            agent="anna",
            first=SATURDAY,
            last=SUNDAY,
        ),
    )


def scenario() -> Scenario:
    return Scenario(
        name="tiny",
        horizon=GRID,
        channels=channels(),
        histories=_histories(),
        workforce=workforce(),
        templates=(DAY, NIGHT),
        rules=(MinRest(),),
        shrinkage=0.1,
        limits=Limits(seconds=1, seed=7),
    )


def tiny_plan(*, simulated: bool = True) -> Plan:
    story = scenario()
    forecasts = tuple(map(_forecast, LOADS))
    worked = roster()
    minutes = sum(row.shift.paid_minutes for row in worked.assignments)
    return Plan(
        scenario=story,
        scenario_digest=story.digest(),
        version="0.1.0",
        forecasts=forecasts,
        requirements=tuple(map(_requirement, LOADS, forecasts)),
        preflight=("3 agents give 0.9 seats; <you> ask for 2 at night.",),
        solution=Solution(
            roster=worked,
            status="conflict",
            tiers=(TierResult(tier=1, cost=4.25, bound=4.0), TierResult(tier=2, cost=0.5)),
            breaches=breaches(),
            conflict=("anna cannot rest 12h between Saturday and Sunday.",),
            notes=("searched 1 s",),
        ),
        cost=(CostLine(contract="full", agents=3, paid_minutes=minutes, cost_cents=minutes * 1_850 // 60),),
        performance=_performance(forecasts) if simulated else None,
        accuracy=(accuracy(forecasts[0], story.histories[0]),),
    )
