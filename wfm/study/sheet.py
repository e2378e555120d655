"""The scenario as a planner writes it: units as people say them, everything that is left out has a stated default."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from wfm.domain import Name, Noun, Opening, ServiceLevel, Turnaround
from wfm.domain.channel import ChannelKind
from wfm.domain.opening import parse_weekdays
from wfm.domain.quantity import (
    DAY_MINUTES,
    Minutes,
    Seconds,
    Share,
    parse_clock,
    parse_minutes,
    parse_seconds,
    parse_share,
)
from wfm.domain.target import Definition
from wfm.domain.time import StepMinutes, Zone
from wfm.forecast import Calendar
from wfm.schedule import Limits
from wfm.study.scenario import AnyRule, Demand, Method, Replications, RouterKind

_STARTS = re.compile(r"\s*(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})\s+every\s+(\S+)\s*")
_AT_MOST = re.compile(r"\s*at\s+most\s+", re.IGNORECASE)
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\- ]{0,119}")


def _plain_name(name: str) -> str:
    if not _FILE.fullmatch(name):
        raise ValueError(f"expected the plain name of a file beside scenario.yaml, came {name!r}")
    return name


def _read(reader: Callable[[str], object], example: str, value: object) -> object:
    """A text as ``reader`` understands it; a bare number would leave its unit to be guessed."""
    if isinstance(value, dict | Noun):
        return value
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise ValueError(f"expected {example}, came {str(value)[:80]}")
    return reader(value)


def _text(reader: Callable[[str], object], example: str) -> BeforeValidator:
    return BeforeValidator(partial(_read, reader, example), json_schema_input_type=str)


def _no_number(value: object) -> object:
    """A date as text; as a number it would be taken for seconds since 1970."""
    if isinstance(value, int | float):
        raise ValueError(f"expected a date such as 2026-11-30, came {value}")
    return value


def _at_most(text: object) -> object:
    return parse_share(_AT_MOST.sub("", text)) if isinstance(text, str) else text


def _starts(text: str) -> object:
    match = _STARTS.fullmatch(text)
    if not match:
        return (parse_clock(text),)
    first, last, every = parse_clock(match[1]), parse_clock(match[2]), parse_minutes(match[3])
    if not (isinstance(first, int) and isinstance(last, int) and isinstance(every, int) and first <= last and every):
        raise ValueError(f"expected starts such as 06:00-10:00 every 30m, came {text!r}")
    return tuple(range(first, last + 1, every))


def _start_list(value: object) -> object:
    """Clock minutes of one text or of a list of texts."""
    texts = value if isinstance(value, list | tuple) else [value]
    return tuple(minute for text in texts for minute in _read(_starts, "a clock time such as 06:00", text))  # type: ignore[attr-defined]


def _window(text: str) -> object:
    """Minutes (earliest, latest) of ``3h-5h30m``, or of one moment ``4h``."""
    first, _, last = text.partition("-")
    return parse_minutes(first), parse_minutes(last or first)


LONGEST_TEXT = 1_000
FileName = Annotated[str, AfterValidator(_plain_name)]
"""A file beside the scenario: a plain name, never a path."""
PlanDate = Annotated[date, BeforeValidator(_no_number), Field(ge=date(1970, 1, 1), le=date(2099, 12, 31))]
"""A date that can be planned for."""
Duration = Annotated[Seconds, _text(parse_seconds, "a duration with its unit, such as 20s, 3m or 8h30m")]
"""Seconds, written with a unit."""
DurationMinutes = Annotated[Minutes, _text(parse_minutes, "a duration with its unit, such as 30m or 8h30m")]
"""Whole minutes, written with a unit."""
CappedShare = Annotated[Share, BeforeValidator(_at_most, json_schema_input_type=float | str)]
"""A share, written ``at most 5%`` or ``5%``."""
Starts = Annotated[
    tuple[Annotated[int, Field(ge=0, lt=DAY_MINUTES)], ...],
    Field(min_length=1, max_length=DAY_MINUTES),
    BeforeValidator(_start_list, json_schema_input_type=list[str] | str),
]
"""Clock times, written ``06:00-10:00 every 30m``, ``22:00`` or as a list."""
BreakWindow = Annotated[tuple[Minutes, Minutes], _text(_window, "a window such as 3h-5h30m")]
"""Earliest and latest start after the shift's start, written ``3h-5h30m``."""
Hours = Annotated[Opening, _text(Opening.from_text, "hours such as mon-fri 08:00-20:00")]
"""Opening hours, written ``24x7`` or ``mon-fri 08:00-20:00, sat 09:00-14:00``."""
Answer = Annotated[ServiceLevel, _text(ServiceLevel.from_text, "a service level such as 80% in 20s")]
"""A service level, written ``80% in 20s``."""
Resolve = Annotated[Turnaround, _text(Turnaround.from_text, "a turnaround such as 90% in 4h of business")]
"""A turnaround, written ``90% in 4h of business``."""
Weekdays = Annotated[tuple[int, ...], _text(parse_weekdays, "weekdays such as mon-fri")]
"""Weekdays (Monday = 0), written ``mon`` or ``mon-fri``."""
Country = Annotated[str, AfterValidator(lambda country: str(Calendar(country=country).country))]
"""A country whose public holidays are known, or country-region."""


class Section(Noun):
    """A part of the file; a key with nothing behind it means its default."""

    @model_validator(mode="before")
    @classmethod
    def _nothing_means_default(cls, data: Any) -> Any:
        if isinstance(data, dict):
            return {key: value for key, value in data.items() if value is not None}
        return {} if data is None else data


class TargetSheet(Section):
    """Promises of a channel; what is left out is not promised."""

    answer: Answer | None = Field(
        default=None, description="service level, such as 80% in 20s", examples=["80% in 20s"]
    )
    counts: Definition = Field(default="offered", description="what the service level is a share of")
    wait: Duration | None = Field(default=None, description="average wait at most, such as 30s")
    abandon: CappedShare | None = Field(default=None, description="such as at most 5%")
    occupancy: CappedShare | None = Field(default=None, ge=0.05, description="such as at most 88%")
    resolve: Resolve | None = Field(default=None, description="deferred work, such as 90% in 4h of business")


class ChannelSheet(Section):
    """One channel. Hours are 24x7 where left out; a channel without patience loses nobody."""

    kind: ChannelKind = "voice"
    skill: Name | None = Field(default=None, description="what an agent must hold; the channel's name where left out")
    open: Hours = Field(
        default_factory=Opening.always,
        description="24x7 where left out",
        examples=["24x7", "mon-fri 08:00-20:00, sat 09:00-14:00"],
    )
    patience: Duration | None = Field(default=None, gt=0, description="mean patience, such as 3m")
    concurrency: int = Field(default=1, ge=1, le=20, description="chats that an agent holds at once")
    aht: Duration | None = Field(default=None, gt=0, description="handle time where the history tells none")
    worth: float = Field(default=1.0, gt=0, description="worth of a contact served in time against other channels")
    target: TargetSheet = TargetSheet()


class HorizonSheet(Section):
    """The days to plan, from local midnight of ``start``."""

    start: PlanDate
    weeks: int | None = Field(default=None, ge=1, le=52)
    days: int | None = Field(default=None, ge=1, le=366)
    step: Annotated[StepMinutes, _text(parse_minutes, "a step such as 30m")] = 30

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        if self.weeks is not None and self.days is not None:
            raise ValueError("expected weeks or days, came both; remove one")
        return self

    @property
    def length_days(self) -> int:
        """Days planned; four weeks where neither weeks nor days is given."""
        return self.days if self.days is not None else 7 * (self.weeks or 4)


class ContractSheet(Section):
    """One contract: paid hours a week, shifts a week at most, money for a paid hour."""

    week: DurationMinutes = Field(gt=0, le=10_080, description="paid time a week, such as 40h")
    shifts_week: int | None = Field(default=None, ge=1, le=7)
    cost_hour: float = Field(default=0.0, ge=0, le=100_000, description="cost of a paid hour in the centre's currency")


class BreakSheet(Section):
    """A break inside a shift; without a window it may lie anywhere between its neighbours, an hour from the shift's ends."""

    length: DurationMinutes = Field(gt=0, le=240)
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


class RoleSheet(Section):
    """A part that peers play; who must be present when is said by a rule of kind role_cover."""

    title: str = ""


class ForecastSheet(Section):
    """How to forecast."""

    method: Method = "ewma_day_type"
    train_until: PlanDate | None = None


class SimulateSheet(Section):
    """How to simulate the roster; 0 replications: do not."""

    replications: Replications = 20
    router: RouterKind = "longest_wait"


class DemandSheet(Section):
    """How a channel is expected to differ from its forecast."""

    scale: float = Field(default=1.0, ge=0, le=100)
    aht_scale: float = Field(default=1.0, gt=0, le=100)


class FilesSheet(Section):
    """The files beside the scenario, and what is needed to read them."""

    timezone: Zone
    horizon: HorizonSheet
    history: FileName = "history.csv"
    agents: FileName = "agents.csv"
    time_off: FileName | None = None
    wishes: FileName | None = None
    before: FileName | None = Field(
        default=None, description="the roster before this one, as roster.csv, for rest and first nights"
    )


class ScenarioSheet(FilesSheet):
    """The whole file ``scenario.yaml``."""

    api_version: Literal["wfm/v1"] = Field(alias="apiVersion")
    name: Name
    country: Country | None = Field(default=None, description="holidays of a country, or country-region, such as ES-MD")
    channels: dict[Name, ChannelSheet] = Field(min_length=1)
    shrinkage: Annotated[Share, Field(lt=1)] = 0.0
    contracts: dict[Name, ContractSheet] = Field(min_length=1)
    roles: dict[Name, RoleSheet] = Field(default_factory=dict)
    shifts: dict[Name, ShiftSheet] = Field(min_length=1)
    rules: tuple[AnyRule, ...]
    demand: dict[Name, DemandSheet] = Field(default_factory=dict)
    forecast: ForecastSheet = ForecastSheet()
    simulate: SimulateSheet = SimulateSheet()
    solve: Limits = Limits()

    def demands(self) -> tuple[Demand, ...]:
        """Demand factors as nouns."""
        return tuple(Demand(channel=name, **row.model_dump()) for name, row in self.demand.items())
