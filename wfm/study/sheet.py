"""The scenario as a planner writes it: units as people say them, everything that is left out has a stated default."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from wfm.domain import Name, Noun
from wfm.domain.channel import ChannelKind
from wfm.domain.quantity import Clock, Minutes, Seconds, Share, parse_clock, parse_minutes, parse_share
from wfm.domain.target import Definition
from wfm.domain.time import StepMinutes, Zone
from wfm.schedule import Limits
from wfm.study.scenario import AnyRule, Demand

_STARTS = re.compile(r"\s*(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})\s+every\s+(\S+)\s*")
_AT_MOST = re.compile(r"\s*at\s+most\s+", re.IGNORECASE)
FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.\- ]*$", max_length=120)]
"""A file beside the scenario: a plain name, never a path."""


def _at_most(text: object) -> object:
    return parse_share(_AT_MOST.sub("", text)) if isinstance(text, str) else text


def _starts(text: object) -> object:
    """Clock minutes of ``06:00-10:00 every 30m``, of one time or of a list of times."""
    if isinstance(text, list | tuple):
        return tuple(text)
    match = _STARTS.fullmatch(text) if isinstance(text, str) else None
    if not match:
        return (text,)
    first, last, every = parse_clock(match[1]), parse_clock(match[2]), parse_minutes(match[3])
    if (
        not isinstance(first, int)
        or not isinstance(last, int)
        or not isinstance(every, int)
        or last < first
        or every < 1
    ):
        raise ValueError(f"expected starts such as 06:00-10:00 every 30m, came {text!r}")
    return tuple(range(first, last + 1, every))


def _window(text: object) -> object:
    """Minutes (earliest, latest) of ``3h-5h30m``, or of one moment ``4h``."""
    if not isinstance(text, str):
        return text
    first, _, last = text.partition("-")
    return parse_minutes(first), parse_minutes(last or first)


CappedShare = Annotated[Share, BeforeValidator(_at_most)]
"""A share, written ``at most 5%`` or ``5%``."""
Starts = Annotated[tuple[Clock, ...], BeforeValidator(_starts)]
"""Clock times, written ``06:00-10:00 every 30m``, ``22:00`` or as a list."""
BreakWindow = Annotated[tuple[Minutes, Minutes], BeforeValidator(_window)]
"""Earliest and latest start after the shift's start, written ``3h-5h30m``."""


class TargetSheet(Noun):
    """Promises of a channel; what is left out is not promised."""

    answer: str | None = Field(default=None, description="service level, such as 80% in 20s", examples=["80% in 20s"])
    counts: Definition = Field(default="offered", description="what the service level is a share of")
    wait: Seconds | None = Field(default=None, description="average wait at most, such as 30s")
    abandon: CappedShare | None = Field(default=None, description="such as at most 5%")
    occupancy: CappedShare | None = Field(default=None, description="such as at most 88%")
    resolve: str | None = Field(default=None, description="deferred work, such as 90% in 4h of business")


class ChannelSheet(Noun):
    """One channel. Hours are 24x7 where left out; a channel without patience loses nobody."""

    kind: ChannelKind = "voice"
    skill: Name | None = Field(default=None, description="what an agent must hold; the channel's name where left out")
    open: str = Field(default="24x7", examples=["24x7", "mon-fri 08:00-20:00, sat 09:00-14:00"])
    patience: Seconds | None = Field(default=None, description="mean patience, such as 3m")
    concurrency: int = Field(default=1, ge=1, le=20, description="chats that an agent holds at once")
    aht: Seconds | None = Field(default=None, description="handle time where the history tells none")
    worth: float = Field(default=1.0, gt=0, description="worth of a contact served in time against other channels")
    target: TargetSheet = TargetSheet()


class HorizonSheet(Noun):
    """The days to plan, from local midnight of ``start``."""

    start: date
    weeks: int | None = Field(default=None, ge=1, le=52)
    days: int | None = Field(default=None, ge=1, le=366)
    step: Annotated[StepMinutes, BeforeValidator(parse_minutes)] = 30

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        if self.weeks is not None and self.days is not None:
            raise ValueError("expected weeks or days, came both; remove one")
        return self

    @property
    def length_days(self) -> int:
        """Days planned; four weeks where neither weeks nor days is given."""
        return self.days if self.days is not None else 7 * (self.weeks or 4)


class ContractSheet(Noun):
    """One contract: paid hours a week, shifts a week at most, money for a paid hour."""

    week: Minutes = Field(description="paid time a week, such as 40h")
    shifts_week: int | None = Field(default=None, ge=1, le=7)
    cost_hour: float = Field(default=0.0, ge=0, description="cost of a paid hour in the centre's currency")


class BreakSheet(Noun):
    """A break inside a shift; without a window it may lie anywhere between its neighbours, an hour from the shift's ends."""

    length: Minutes
    window: BreakWindow | None = None
    paid: bool = False


class ShiftSheet(Noun):
    """A kind of shift."""

    start: Starts = Field(examples=["06:00-10:00 every 30m", "22:00"])
    length: Minutes = Field(description="from start to end, breaks included, such as 8h30m")
    breaks: tuple[BreakSheet, ...] = ()
    days: str = Field(default="mon-sun", description="weekdays on which it may start", examples=["mon-fri"])


class RoleSheet(Noun):
    """A part that peers play; who must be present when is said by a rule of kind role_cover."""

    title: str = ""


class ForecastSheet(Noun):
    """How to forecast."""

    method: str = "ewma_day_type"
    train_until: date | None = None


class SimulateSheet(Noun):
    """How to simulate the roster; 0 replications: do not."""

    replications: int = Field(default=20, ge=0, le=10_000)
    router: str = "longest_wait"


class DemandSheet(Noun):
    """How a channel is expected to differ from its forecast."""

    scale: float = Field(default=1.0, ge=0, le=100)
    aht_scale: float = Field(default=1.0, gt=0, le=100)


class ScenarioSheet(Noun):
    """The whole file ``scenario.yaml``."""

    api_version: Literal["wfm/v1"] = Field(alias="apiVersion")
    name: Name
    timezone: Zone
    country: str | None = Field(default=None, description="holidays of a country, or country-region, such as ES-MD")
    horizon: HorizonSheet
    history: FileName = "history.csv"
    channels: dict[Name, ChannelSheet] = Field(min_length=1)
    shrinkage: Annotated[Share, Field(lt=1)] = 0.0
    agents: FileName = "agents.csv"
    time_off: FileName | None = None
    wishes: FileName | None = None
    contracts: dict[Name, ContractSheet] = Field(min_length=1)
    roles: dict[Name, RoleSheet] = Field(default_factory=dict)
    shifts: dict[Name, ShiftSheet] = Field(min_length=1)
    rules: tuple[AnyRule, ...]
    demand: dict[Name, DemandSheet] = Field(default_factory=dict)
    forecast: ForecastSheet = ForecastSheet()
    simulate: SimulateSheet = SimulateSheet()
    solve: Limits = Limits()

    @model_validator(mode="before")
    @classmethod
    def _empty_sections(cls, data: Any) -> Any:
        """A key with nothing behind it means its default."""
        return {key: value for key, value in data.items() if value is not None} if isinstance(data, dict) else data

    def demands(self) -> tuple[Demand, ...]:
        """Demand factors as nouns."""
        return tuple(Demand(channel=name, **row.model_dump()) for name, row in self.demand.items())
