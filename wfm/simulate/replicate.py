"""The simulation as a recipe: draw contacts and absences, let the events run, measure, and do it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

from wfm.domain import Agent, Channel, Fault, Forecast, InputError, Performance, Roster, Workforce
from wfm.domain.backlog import Backlog
from wfm.domain.level import Level
from wfm.simulate.arrivals import contacts
from wfm.simulate.duty import Rostered, absences, duty, lateness, rostered
from wfm.simulate.estimate import Account, group_performances
from wfm.simulate.floor import Floats, Ints
from wfm.simulate.following import Redial
from wfm.simulate.kernel import Kernel, compiled
from wfm.simulate.measure import Tally, group_seconds, tallies
from wfm.simulate.router import Router, Routes, routes
from wfm.simulate.routers import router_of
from wfm.simulate.times import HandleTimes, Observed

MOST_REPLICATIONS = 5_000
"""Where a precision is asked for: so often at most."""


@dataclass(frozen=True)
class Centre:
    """What all replications share: ``forecasts[k]`` belongs to ``channels[k]``, the routes' rows and the plan to ``agents``."""

    forecasts: tuple[Forecast, ...]
    channels: tuple[Channel, ...]
    agents: tuple[Agent, ...]
    roster: Roster
    plan: Rostered
    routes: Routes
    absence: float
    late_seconds: float
    handle_times: HandleTimes
    levels: tuple[Level, ...] = ()
    redial: Redial | None = None
    backlogs: Mapping[str, Backlog] = field(default_factory=dict)
    patience_cv: float = 1.0
    days_alike: bool = False
    observed: Mapping[str, Observed] = field(default_factory=dict)

    @cached_property
    def groups(self) -> tuple[list[tuple[str, ...]], Ints]:
        """The channels that agents serve, each combination once, and the place of every agent's; shape (agents,)."""
        serves = [tuple(row.name for row in self.channels if row.skill in agent.skills) for agent in self.agents]
        kinds = sorted(set(serves))
        return kinds, np.array([kinds.index(names) for names in serves], np.int64)


def simulate(
    forecasts: Sequence[Forecast],
    channels: Sequence[Channel],
    workforce: Workforce,
    roster: Roster,
    *,
    seed: int,
    replications: int = 20,
    precision: float | None = None,
    router: str | Router = "longest_wait",
    absence: float = 0.0,
    late_seconds: float = 0.0,
    handle_times: HandleTimes = "lognormal",
    patience_cv: float = 1.0,
    levels: Sequence[Level] = (),
    redial: Redial | None = None,
    backlogs: Mapping[str, Backlog] | None = None,
    days_alike: bool = False,
    observed: Mapping[str, Observed] | None = None,
    workers: int = 1,
) -> Performance:
    """What service a roster gives to the forecast contacts, with 95 % confidence intervals over independent replications.

    Counts are negative binomial around the forecast, patience has the coefficient of variation ``patience_cv`` (1: exponential; above,
    who has waited for long is likelier to stay), agents follow their shifts and activities and finish
    what they have in hand; docs/theory/simulation.md tells every assumption. The horizon starts empty but for ``backlogs`` of deferred
    channels, and contacts that still wait at its end are not inside target. ``absence`` is the probability that a rostered agent misses
    a day (0..1), ``late_seconds`` the mean lateness at the start of a shift. A channel of ``levels`` gets what its sources send; of
    those who give up, ``redial`` says how many come again. Each day errs from the forecast by itself; with ``days_alike`` all of a
    replication err alike. Where handle times or patience of a channel were ``observed``, they are drawn from that.

    With a ``precision`` (0..1) replications go on until the half width of every service level is at most that, after at least
    ``replications`` and at most :data:`MOST_REPLICATIONS` of them. The same arguments give the same bytes whatever the number of
    ``workers``, which work at the same time. Raises InputError where the nouns do not belong together, NotFound for an unknown router.
    """
    _check(forecasts, channels, workforce, roster, seed, replications, absence)
    _check_more(precision, late_seconds, patience_cv, workers, levels, channels)
    desk = router_of(router) if isinstance(router, str) else router
    forecast_of = {forecast.channel: forecast for forecast in forecasts}
    agents = tuple(workforce.by_id[agent] for agent in roster.shifts_by_agent)
    centre = Centre(
        forecasts=tuple(forecast_of[channel.name] for channel in channels),
        channels=tuple(channels),
        agents=agents,
        roster=roster,
        plan=rostered(roster, [agent.id for agent in agents]),
        routes=routes(desk, agents, channels),
        absence=absence,
        late_seconds=late_seconds,
        handle_times=handle_times,
        levels=tuple(levels),
        redial=redial,
        backlogs=dict(backlogs or {}),
        patience_cv=patience_cv,
        days_alike=days_alike,
        observed=dict(observed or {}),
    )
    book = Book(centre)
    done, wanted = 0, replications
    while done < wanted:
        for seen in _run(centre, seed, range(done, wanted), workers):
            book.add(seen)
        done = wanted
        wanted = done if precision is None else _enough(book, precision)
    return book.performance(seed, desk.kind)


class Seen(NamedTuple):
    """One replication: the tally of each channel, and the seconds busy and on duty of each group, shape (2, groups)."""

    channels: list[Tally]
    groups: Floats


class Book:
    """All replications so far."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre
        self.accounts = [Account(channel, centre.roster.grid) for channel in centre.channels]
        self.groups: list[Floats] = []

    def add(self, seen: Seen) -> None:
        """Take one more replication into account."""
        for account, row in zip(self.accounts, seen.channels, strict=True):
            account.add(row)
        self.groups.append(seen.groups)

    def performance(self, seed: int, router: str) -> Performance:
        """What they tell."""
        served, group = self.centre.groups
        heads = np.bincount(group, minlength=len(served)).tolist()
        return Performance(
            grid=self.centre.roster.grid,
            method=f"simulation, {router}",
            seed=seed,
            replications=len(self.groups),
            channels=tuple(account.performance() for account in self.accounts),
            groups=tuple(group_performances(served, heads, self.groups)),
        )


def _run(centre: Centre, seed: int, numbers: range, workers: int) -> Iterator[Seen]:
    """The replications of these numbers, in their order whoever runs them; the compiled loop and the draws let others run meanwhile."""
    kernel = compiled()
    if workers == 1:
        yield from (replication(centre, seed, number, kernel) for number in numbers)
        return
    with ThreadPoolExecutor(workers) as team:
        yield from team.map(lambda number: replication(centre, seed, number, kernel), numbers)


def _enough(book: Book, precision: float) -> int:
    """How many replications should do: half widths fall with the root of their number, which is at most doubled at once."""
    widest, done = max(account.service_level().half_width for account in book.accounts), len(book.groups)
    if widest <= precision:
        return done
    needed = 1 + int(done * min(2.0, 1.05 * (widest / precision) ** 2))
    return min(needed, MOST_REPLICATIONS)


def replication(centre: Centre, seed: int, number: int, kernel: Kernel) -> Seen:
    """One replication, the same whichever others are run and wherever."""
    drawn = contacts(
        centre.forecasts,
        centre.channels,
        centre.handle_times,
        seed,
        number,
        levels=centre.levels,
        redial=centre.redial,
        backlogs=centre.backlogs,
        patience_cv=centre.patience_cv,
        days_alike=centre.days_alike,
        observed=centre.observed,
    )
    absent = absences(centre.plan, centre.absence, seed, number) if centre.absence > 0 else None
    late = lateness(centre.plan, centre.late_seconds, seed, number) if centre.late_seconds > 0 else None
    present = duty(centre.plan, absent, late)
    floor = kernel(drawn, present, centre.routes)
    served, group = centre.groups
    return Seen(
        tallies(centre.channels, centre.forecasts, drawn, present, centre.routes, floor),
        group_seconds(floor, present, group, len(served)),
    )


def _check_more(
    precision: float | None,
    late_seconds: float,
    patience_cv: float,
    workers: int,
    levels: Sequence[Level],
    channels: Sequence[Channel],
) -> None:
    faults = []
    if precision is not None and not 0 < precision < 1:
        faults.append(Fault("a half width above 0 and below 1", f"{precision:g}", column="precision"))
    if late_seconds < 0:
        faults.append(Fault("a lateness of 0 seconds or more", f"{late_seconds:g}", column="late_seconds"))
    if not 1 <= patience_cv < np.inf:
        faults.append(Fault("a coefficient of variation of 1 or more", f"{patience_cv:g}", column="patience_cv"))
    if workers < 1:
        faults.append(Fault("1 worker or more", str(workers), column="workers"))
    names = {channel.name for channel in channels}
    for level in levels:
        unknown = sorted({row.source for row in level.sources} - names)
        if level.name in names and unknown:
            faults.append(Fault("sources among the channels", ", ".join(unknown), column=level.name))
    if faults:
        raise InputError(faults)


def _check(
    forecasts: Sequence[Forecast],
    channels: Sequence[Channel],
    workforce: Workforce,
    roster: Roster,
    seed: int,
    replications: int,
    absence: float,
) -> None:
    faults = [
        *_unequal("forecasts", (row.channel for row in forecasts), "channels", (row.name for row in channels)),
        *_strangers(roster, workforce),
        *(
            Fault(
                f"the roster's grid of {roster.grid.count} steps", f"{row.grid.count} other steps", column=row.channel
            )
            for row in forecasts
            if row.grid != roster.grid
        ),
    ]
    if seed < 0:
        faults.append(Fault("a seed of 0 or more", str(seed), column="seed"))
    if replications < 2:
        faults.append(
            Fault("at least 2 replications, or no uncertainty can be told", str(replications), column="replications")
        )
    if not 0 <= absence <= 1:
        faults.append(Fault("a share 0..1", str(absence), column="absence"))
    if faults:
        raise InputError(faults)


def _unequal(what: str, names: Iterable[str], whats: str, others: Iterable[str]) -> Iterator[Fault]:
    own, wanted = sorted(names), sorted(others)
    if own != wanted or not own:
        yield Fault(
            f"one of the {what} for each of the {whats} {', '.join(wanted) or '(none)'}", ", ".join(own) or "none"
        )


def _strangers(roster: Roster, workforce: Workforce) -> Iterator[Fault]:
    strangers = sorted(roster.shifts_by_agent.keys() - workforce.by_id.keys())
    if strangers:
        yield Fault(
            "agents of the workforce in the roster",
            ", ".join(strangers),
            fix="Add them to the workforce, or take their shifts out.",
        )
