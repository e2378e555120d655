"""A scenario: everything the corridor needs, complete and validated, with no file behind it any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, Self, TypeAlias, Union

from pydantic import AfterValidator, Field, model_validator

from wfm.domain import (
    Assignment,
    Backlog,
    Channel,
    ContactHistory,
    Level,
    Name,
    NotFound,
    Noun,
    Pin,
    Requirement,
    Roster,
    ShiftTemplate,
    TimeGrid,
    Workforce,
)
from wfm.domain.level import in_order
from wfm.domain.quantity import Seconds, Share
from wfm.forecast import METHODS, Borrowed, Calendar, Event, Override, Ruling
from wfm.schedule import RULES, Limits, Rule
from wfm.simulate import ROUTERS
from wfm.staffing import Staffing

if TYPE_CHECKING:
    AnyRule = Rule
    Method: TypeAlias = str
    RouterKind: TypeAlias = str
else:
    Method = Literal[tuple(method.kind for method in METHODS)]
    RouterKind = Literal[tuple(router.kind for router in ROUTERS)]
    AnyRule = Annotated[Union[RULES], Field(discriminator="kind")]  # noqa: UP007 - built from the tuple of kinds


def _enough(replications: int) -> int:
    if replications == 1:
        raise ValueError("expected 0 (do not simulate) or at least 2 replications, as one tells no uncertainty, came 1")
    return replications


Reserve = Annotated[int, Field(ge=0, le=1_000)]
"""How many agents of a group stay idle for their own queue."""
Replications = Annotated[int, Field(ge=0, le=10_000), AfterValidator(_enough)]
"""How often to simulate; 0: do not."""


class Demand(Noun):
    """How one channel is expected to differ from its forecast: factors on contacts and on handle time; 1 changes nothing."""

    channel: Name
    scale: Annotated[float, Field(ge=0, le=100)] = 1.0
    aht_scale: Annotated[float, Field(gt=0, le=100)] = 1.0


class Scenario(Noun):
    """One planning question: past, horizon, promises, people, shifts and rules.

    ``aht_seconds`` gives channels a handle time where their history tells none; ``shrinkage`` is the share of rostered time that is
    lost to what the roster does not show (sickness, lateness, unplanned meetings); ``train_until`` is the last local date that the
    forecast may learn from (None: all before the horizon). ``rulings`` are verdicts on findings in the histories; ``borrowed`` says
    what channels without a past are like. Channels with a history come first, then those of the ``levels`` that are not external;
    ``backlogs`` wait when the horizon starts. ``requirements``, one for each channel, are those that the planner brings along; where
    there are none they follow from the forecasts. ``overflow_seconds`` and ``reserve`` are for the routers that know them; None leaves
    theirs.
    """

    name: Name
    horizon: TimeGrid
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)]
    levels: tuple[Level, ...] = ()
    backlogs: tuple[tuple[Name, Backlog], ...] = ()
    histories: tuple[ContactHistory, ...]
    workforce: Workforce
    templates: Annotated[tuple[ShiftTemplate, ...], Field(min_length=1)]
    rules: tuple[AnyRule, ...]
    calendar: Calendar = Calendar()
    method: Method = "auto"
    train_until: date | None = None
    aht_seconds: tuple[tuple[Name, Seconds], ...] = ()
    requirements: tuple[Requirement, ...] = ()
    shrinkage: Annotated[Share, Field(lt=1)] = 0.0
    staffing: Staffing = Staffing()
    demand: tuple[Demand, ...] = ()
    events: tuple[Event, ...] = ()
    overrides: tuple[Override, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    borrowed: tuple[Borrowed, ...] = ()
    before: tuple[Assignment, ...] = ()
    pins: tuple[Pin, ...] = ()
    published: Roster | None = None
    router: RouterKind = "longest_wait"
    overflow_seconds: Seconds | None = None
    reserve: Reserve | None = None
    replications: Replications = 20
    limits: Limits = Limits()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        names = [channel.name for channel in self.channels]
        if len(set(names)) < len(names):
            raise ValueError(f"expected every channel once, came {', '.join(names)}")
        above = [level.name for level in self.levels if level.external is None]
        own = names[: len(names) - len(above)]
        if names != own + above:
            raise ValueError(
                f"expected the levels {', '.join(above)} after all other channels, came {', '.join(names)}"
            )
        if [history.channel for history in self.histories] != own:
            raise ValueError(f"expected one history for each channel, in the order {', '.join(own)}")
        if self.requirements and [row.channel for row in self.requirements] != names:
            raise ValueError(f"expected a requirement for each channel or none, in the order {', '.join(names)}")
        self._levels_fit(names)
        referred = [name for name, _ in self.aht_seconds]
        referred += [row.channel for row in self.overrides] + [row.channel for row in self.events if row.channel]
        referred += [row.channel for row in self.borrowed] + [row.channel for row in self.rulings if row.channel]
        for name in referred:
            if name not in own:
                raise ValueError(f"expected one of the channels {', '.join(own)}, came {name}")
        for name in [row.channel for row in self.demand] + [name for name, _ in self.backlogs]:
            if name not in names:
                raise ValueError(f"expected one of the channels {', '.join(names)}, came {name}")
        return self

    def _levels_fit(self, channels: Sequence[str]) -> None:
        """Every source exists, and contacts go upwards only."""
        known = {*channels, *(level.name for level in self.levels)}
        if len(known) < len(channels) + sum(level.external is not None for level in self.levels):
            raise ValueError("expected every level and channel under a name of its own")
        for level in self.levels:
            for row in level.sources:
                if row.source not in known:
                    raise ValueError(
                        f"expected one of {', '.join(sorted(known))} as source of the level {level.name}, came {row.source}"
                    )
        for name, backlog in self.backlogs:
            if self.channel(name).kind != "deferred" and backlog.total > 0:
                raise ValueError(
                    f"expected a backlog of a deferred channel, came {name} of kind {self.channel(name).kind}"
                )
        in_order(self.levels)

    def present(self, roster: Roster) -> Roster:
        """A roster of the horizon together with the earlier shifts that reach into it: everybody who is there."""
        return Roster.of(self.horizon, (*self.before, *roster.assignments), roster.built_on)

    def channel(self, name: str) -> Channel:
        """A channel by name; NotFound, with the names that there are, for any other."""
        for channel in self.channels:
            if channel.name == name:
                return channel
        outside = " that is served here, only an external level" if any(row.name == name for row in self.levels) else ""
        known = ", ".join(channel.name for channel in self.channels)
        raise NotFound(f"There is no channel {name}{outside}; the scenario has {known}.")
