"""The scenario as a planner writes it: units as people say them, everything that is left out has a stated default."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from wfm.domain import Name, TimeGrid
from wfm.domain.quantity import DAY_MINUTES, Share
from wfm.domain.time import Zone
from wfm.schedule import Limits, Rule
from wfm.staffing import Staffing
from wfm.study.forecast_sheet import EventSheet, FindingSheet, ForecastSheet, Holidays, OverrideSheet
from wfm.study.level_sheet import LevelSheet
from wfm.study.pack_sheet import PackSheet, RuleRow
from wfm.study.role_sheet import RoleSheet, SessionSheet
from wfm.study.scenario import Demand, Replications, Reserve, RouterKind
from wfm.study.served_sheet import ServedSheet
from wfm.study.written import (
    BreakWindow,
    Country,
    Duration,
    DurationMinutes,
    FileName,
    PlanDate,
    Section,
    Starts,
    Step,
    Volume,
    Weekdays,
)


class ChannelSheet(ServedSheet):
    """One channel. Hours are 24x7 where left out; a channel without patience loses nobody."""

    aht: Duration | None = Field(default=None, gt=0, description="handle time where the history tells none")
    like: Name | None = Field(
        default=None, description="for a queue without a past: the channel whose week is borrowed, or typical"
    )
    volume: Volume | None = Field(
        default=None, description="contacts that such a queue is expected to bring", examples=["120 a day"]
    )

    @model_validator(mode="after")
    def _borrows_whole(self) -> Self:
        if (self.like is None) != (self.volume is None):
            came = "like alone" if self.volume is None else "volume alone"
            raise ValueError(f"expected like and volume together for a queue without a past, came {came}")
        return self


class HorizonSheet(Section):
    """The days to plan, from local midnight of ``start``."""

    start: PlanDate
    weeks: int | None = Field(default=None, ge=1, le=52)
    days: int | None = Field(default=None, ge=1, le=366)
    step: Step = 30

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        if self.weeks is not None and self.days is not None:
            raise ValueError("expected weeks or days, came both; remove one")
        return self

    @property
    def length_days(self) -> int:
        """Days planned; four weeks where neither weeks nor days is given."""
        return self.days if self.days is not None else 7 * (self.weeks or 4)

    def grid(self, zone: str) -> TimeGrid:
        """The steps of these days in a zone."""
        return TimeGrid.of_days(self.start, self.length_days, self.step, zone)


class ContractSheet(Section):
    """One contract: paid hours a week, shifts a week at most, money for a paid hour."""

    week: DurationMinutes = Field(gt=0, le=10_080, description="paid time a week, such as 40h")
    shifts_week: int | None = Field(default=None, ge=1, le=7)
    cost_hour: float = Field(default=0.0, ge=0, le=100_000, description="cost of a paid hour in the centre's currency")


class BreakSheet(Section):
    """A break inside a shift; without a window it may lie anywhere between its neighbours, an hour from the shift's ends."""

    length: DurationMinutes = Field(gt=0, le=480)
    window: BreakWindow | None = None
    paid: bool = False


class ShiftSheet(Section):
    """A kind of shift."""

    start: Starts = Field(examples=["06:00-10:00 every 30m", "22:00"])
    length: DurationMinutes = Field(
        gt=0, le=DAY_MINUTES, description="from start to end, breaks included, such as 8h30m"
    )
    breaks: tuple[BreakSheet, ...] = ()
    days: Weekdays = Field(default=tuple(range(7)), description="weekdays on which it may start", examples=["mon-fri"])
    on_call: bool = Field(default=False, description="within reach, not at work: no queue, no paid time, no breaks")


class SimulateSheet(Section):
    """How to simulate the roster; 0 replications: do not."""

    replications: Replications = 20
    router: RouterKind = "longest_wait"
    overflow: Duration | None = Field(
        default=None, description="router overflow: how long contacts wait before others help; 30s where left out"
    )
    reserve: Reserve | None = Field(
        default=None, description="router reserved: how many agents stay idle for their own queue; 1 where left out"
    )

    @model_validator(mode="after")
    def _known_to_the_router(self) -> Self:
        for name, router in (("overflow", "overflow"), ("reserve", "reserved")):
            if getattr(self, name) is not None and self.router != router:
                raise ValueError(f"expected router: {router} beside {name}, came router: {self.router}")
        return self


class DemandSheet(Section):
    """How a channel is expected to differ from its forecast."""

    scale: float = Field(default=1.0, ge=0, le=100)
    aht_scale: float = Field(default=1.0, gt=0, le=100)


class FilesSheet(Section):
    """The files beside the scenario, and what is needed to read them."""

    timezone: Zone
    horizon: HorizonSheet
    history: FileName = "history.csv"
    requirement: FileName | None = Field(
        default=None, description="agents asked for, where the planner has them already: start,channel,heads,worth"
    )
    agents: FileName = "agents.csv"
    time_off: FileName | None = None
    wishes: FileName | None = None
    before: FileName | None = Field(
        default=None, description="the roster before this one, as roster.csv, for rest and first nights"
    )
    pins: FileName | None = Field(default=None, description="cells that stay: agent,date,shift or off,start")
    published: FileName | None = Field(
        default=None, description="what agents were told already, as `wfm publish` or roster.csv has it"
    )
    burdens: FileName | None = Field(
        default=None, description="what agents bore in earlier periods: agent,period,nights,weekends and so on"
    )
    balances: FileName | None = Field(
        default=None, description="paid time of each agent earlier in a reference period: agent,weeks,minutes"
    )
    holidays: Holidays = Field(
        default_factory=dict,
        description="the centre's own holidays: dates with their names, or a file with the columns date,name,like",
        examples=["holidays.csv", {"2026-12-24": "office party"}],
    )


class ScenarioSheet(FilesSheet):
    """The whole file ``scenario.yaml``."""

    api_version: Literal["wfm/v1"] = Field(alias="apiVersion")
    name: Name
    country: Country | None = Field(default=None, description="holidays of a country, or country-region, such as ES-MD")
    closed: tuple[PlanDate, ...] = Field(
        default=(), description="dates on which no contact can come and no agent is asked for"
    )
    events: tuple[EventSheet, ...] = Field(default=(), max_length=1_000)
    overrides: tuple[OverrideSheet, ...] = Field(default=(), max_length=1_000)
    findings: tuple[FindingSheet, ...] = Field(
        default=(), max_length=1_000, description="verdicts on what was found odd in the history"
    )
    channels: dict[Name, ChannelSheet] = Field(min_length=1)
    levels: dict[Name, LevelSheet] = Field(
        default_factory=dict, max_length=50, description="where contacts of channels and of other levels go on"
    )
    shrinkage: Annotated[Share, Field(lt=1)] = 0.0
    contracts: dict[Name, ContractSheet] = Field(min_length=1)
    roles: dict[Name, RoleSheet] = Field(default_factory=dict)
    sessions: dict[Name, SessionSheet] = Field(
        default_factory=dict, max_length=200, description="training, meetings and coaching to be placed"
    )
    shifts: dict[Name, ShiftSheet] = Field(min_length=1)
    rules: tuple[RuleRow, ...]
    demand: dict[Name, DemandSheet] = Field(default_factory=dict)
    forecast: ForecastSheet = ForecastSheet()
    simulate: SimulateSheet = SimulateSheet()
    staffing: Staffing = Staffing()
    solve: Limits = Limits()

    def served(self) -> Iterator[tuple[str, str, ServedSheet]]:
        """The section, name and row of everything that our people serve: channels first, then levels."""
        yield from (("channels", name, row) for name, row in self.channels.items())
        yield from (("levels", name, row) for name, row in self.levels.items() if not row.external)

    def files(self) -> Iterator[str]:
        """The files beside the scenario that it names."""
        people = (self.agents, self.time_off, self.wishes, self.burdens, self.balances)
        named = (self.history, self.requirement, *people, self.before, self.pins, self.published, self.holidays)
        yield from (name for name in (*named, *(row.backlog for *_, row in self.served())) if isinstance(name, str))

    def all_rules(self) -> tuple[Rule, ...]:
        """The rules one by one, those of packs in their place."""
        return tuple(rule for row in self.rules for rule in (row.rules() if isinstance(row, PackSheet) else (row,)))

    def demands(self) -> tuple[Demand, ...]:
        """Demand factors as nouns."""
        return tuple(Demand(channel=name, **row.model_dump()) for name, row in self.demand.items())
