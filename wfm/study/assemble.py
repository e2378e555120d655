"""Joins a scenario's sheet with the nouns of its files, saying in the planner's words what does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from wfm.domain import (
    Abandonment,
    Agent,
    Assignment,
    AverageWait,
    Backlog,
    Balance,
    BreakTemplate,
    Burden,
    Channel,
    ContactHistory,
    Contract,
    Occupancy,
    Requirement,
    ShiftTemplate,
    Target,
    TimeGrid,
    TimeOff,
    Wish,
    Workforce,
)
from wfm.domain.opening import WEEKDAYS
from wfm.forecast import Borrowed, Calendar, no_history
from wfm.importers import Holiday, Waiting
from wfm.schedule import Rule
from wfm.schedule.only import Only
from wfm.study.role_sheet import rules_of
from wfm.study.scenario import Scenario
from wfm.study.served_sheet import ServedSheet, TargetSheet
from wfm.study.sheet import BreakSheet, ContractSheet, ScenarioSheet, ShiftSheet
from wfm.study.waiting import aged_backlog, counted_backlog

BREAK_MARGIN_MINUTES = 60
"""A break without a window keeps this far from the shift's start and end."""


def assemble(
    sheet: ScenarioSheet,
    histories: Sequence[ContactHistory],
    agents: Sequence[Agent],
    time_off: Sequence[TimeOff] = (),
    wishes: Sequence[Wish] = (),
    balances: Sequence[Balance] = (),
    burdens: Sequence[Burden] = (),
    before: Sequence[Assignment] = (),
    holidays: Sequence[Holiday] = (),
    waiting: Mapping[str, Sequence[Waiting]] | None = None,
    given: Sequence[Requirement] = (),
) -> Scenario:
    """The scenario of a sheet and its files; raises ValueError in the planner's words where they do not fit together."""
    channels = tuple(channel(name, row) for name, row in sheet.channels.items())
    known = calendar(sheet, holidays)
    horizon = sheet.horizon.grid(sheet.timezone)
    past = tuple(_history(row, histories, sheet, horizon) for row in channels)
    served = (*channels, *_channels_of_levels(sheet, known))
    people = _workforce(sheet, agents, time_off, wishes, balances, burdens)
    templates = tuple(template(name, row) for name, row in sheet.shifts.items())
    for rule in sheet.all_rules():
        rule.check(people, templates)
    return Scenario(
        name=sheet.name,
        horizon=horizon,
        channels=served,
        levels=tuple(row.noun(name) for name, row in sheet.levels.items()),
        backlogs=tuple(_backlogs(sheet, served, past, waiting or {}, horizon, known)),
        histories=past,
        workforce=people,
        templates=templates,
        rules=tuple(_rules(sheet, known)),
        calendar=known,
        method=sheet.forecast.method,
        train_until=sheet.forecast.train_until,
        aht_seconds=tuple((name, row.aht) for name, row in sheet.channels.items() if row.aht is not None),
        requirements=tuple(_given(sheet, served, given)),
        shrinkage=sheet.shrinkage,
        staffing=sheet.staffing,
        demand=sheet.demands(),
        events=tuple(row.noun() for row in sheet.events),
        overrides=tuple(row.noun() for row in sheet.overrides),
        rulings=tuple(row.noun(sheet.timezone) for row in sheet.findings),
        borrowed=tuple(_borrowed(sheet)),
        before=tuple(before),
        router=sheet.simulate.router,
        overflow_seconds=sheet.simulate.overflow,
        reserve=sheet.simulate.reserve,
        replications=sheet.simulate.replications,
        limits=sheet.solve,
    )


def _workforce(
    sheet: ScenarioSheet,
    agents: Sequence[Agent],
    time_off: Sequence[TimeOff],
    wishes: Sequence[Wish],
    balances: Sequence[Balance],
    burdens: Sequence[Burden],
) -> Workforce:
    """Everybody; a session for some of them only must know whom."""
    people = Workforce(
        contracts=tuple(contract(name, row) for name, row in sheet.contracts.items()),
        agents=tuple(agents),
        roles=tuple(row.noun(name) for name, row in sheet.roles.items()),
        time_off=tuple(time_off),
        wishes=tuple(wishes),
        sessions=tuple(row.noun(name, agents) for name, row in sheet.sessions.items()),
        balances=tuple(balances),
        burdens=tuple(burdens),
    )
    for row in sheet.sessions.values():
        if isinstance(row.attendees, Only):
            row.attendees.check(people)
    return people


def _rules(sheet: ScenarioSheet, known: Calendar) -> Iterator[Rule]:
    """The rules that are listed, those of packs one by one, and those that roles and sessions stand for."""
    listed = sheet.all_rules()
    yield from listed
    yield from rules_of(sheet.roles, sheet.sessions, (row.open for *_, row in sheet.served()), known.closed, listed)


def calendar(sheet: ScenarioSheet, holidays: Sequence[Holiday] = ()) -> Calendar:
    """The calendar of a sheet, with the holidays of its file where it names one."""
    inline = () if isinstance(sheet.holidays, str) else sheet.holidays.items()
    named = {**{row.day: row.name for row in holidays}, **dict(inline)}
    like = {row.day: row.like for row in holidays}
    special: dict[str, Iterable[Any]] = {
        "closed": {*sheet.closed, *(day for day, word in like.items() if word == "closed")},
        "eves": {day for day, word in like.items() if word == "eve"},
        "alike": {(day, word) for day, word in like.items() if word in WEEKDAYS},
        "extra": named.items(),
    }
    return Calendar.model_validate({"country": sheet.country, **{name: sorted(days) for name, days in special.items()}})


def _borrowed(sheet: ScenarioSheet) -> Iterable[Borrowed]:
    for name, row in sheet.channels.items():
        if row.like is not None and row.volume is not None:
            yield Borrowed(channel=name, like=row.like, contacts=row.volume[0], per=row.volume[1])


def _backlogs(
    sheet: ScenarioSheet,
    channels: Sequence[Channel],
    histories: Sequence[ContactHistory],
    waiting: Mapping[str, Sequence[Waiting]],
    horizon: TimeGrid,
    known: Calendar,
) -> Iterable[tuple[str, Backlog]]:
    """What waits on each channel that tells of a backlog, with the handle time of the sheet or of the history."""
    aht = {name: row.aht or 0.0 for name, row in sheet.channels.items()}
    aht |= {name: row.handle or 0.0 for name, row in sheet.levels.items()}
    aht |= {row.channel: handle for row in histories if (handle := _mean_handle_time(row)) > 0}
    for (_, name, row), served in zip(sheet.served(), channels, strict=True):
        if isinstance(row.backlog, str):
            yield name, aged_backlog(waiting.get(name, ()), served, aht[name], horizon, known.closed)
        elif row.backlog:
            yield name, counted_backlog(row.backlog, served, aht[name])


def _given(sheet: ScenarioSheet, channels: Sequence[Channel], given: Sequence[Requirement]) -> Iterable[Requirement]:
    """The requirement that the planner brings along for each channel, where there is such a file."""
    by_channel = {row.channel: row for row in given}
    if sheet.requirement is not None:
        yield from (by_channel[row.name] for row in channels)


def _mean_handle_time(history: ContactHistory) -> float:
    """Mean over contacts, in seconds; 0 where none is known."""
    contacts, handle = history.counts(), history.handle_times()
    known = (contacts > 0) & ~np.isnan(handle)
    return float(np.average(handle[known], weights=contacts[known])) if known.any() else 0.0


def _channels_of_levels(sheet: ScenarioSheet, known: Calendar) -> Iterable[Channel]:
    """The channels of the levels that our own people serve; nobody works there on closed days either."""
    shut = tuple((day, ()) for day in known.closed)
    for name, row in sheet.levels.items():
        if not row.external:
            yield channel(name, row.model_copy(update={"open": row.open.varied(dates=(*row.open.dates, *shut))}))


def channel(name: str, row: ServedSheet) -> Channel:
    """The channel of a sheet's row."""
    return Channel(
        name=name,
        kind=row.kind,
        skill=row.skill or name,
        concurrency=row.concurrency,
        slowdown=row.slowdown,
        exclusive=row.exclusive,
        patience_seconds=row.patience,
        opening=row.open,
        targets=tuple(_targets(row.target)),
        worth=row.worth,
    )


def _targets(row: TargetSheet) -> Iterable[Target]:
    if row.answer is not None:
        yield row.answer.varied(definition=row.counts)
    if row.wait is not None:
        yield AverageWait(seconds=row.wait)
    if row.abandon is not None:
        yield Abandonment(share=row.abandon)
    if row.occupancy is not None:
        yield Occupancy(share=row.occupancy)
    if row.resolve is not None:
        yield row.resolve


def _history(
    channel: Channel, histories: Sequence[ContactHistory], sheet: ScenarioSheet, horizon: TimeGrid
) -> ContactHistory:
    """The history of a channel, open where the channel is open or something was recorded."""
    found = next((row for row in histories if row.channel == channel.name), None)
    if found is None and (sheet.requirement is not None or sheet.channels[channel.name].like is not None):
        return no_history(channel, horizon)
    if found is None:
        known = ", ".join(row.channel for row in histories)
        raise ValueError(f"expected rows of channel {channel.name} in {sheet.history}, which has {known or 'none'}")
    recorded = ~np.isnan(found.counts())
    return found.varied(open=tuple((channel.opening.mask(found.grid) | recorded).tolist()))


def contract(name: str, row: ContractSheet) -> Contract:
    """The contract of a sheet's row."""
    cents = round(100 * row.cost_hour)
    return Contract(name=name, week_minutes=row.week, shifts_week=row.shifts_week, cost_hour_cents=cents)


def template(name: str, row: ShiftSheet) -> ShiftTemplate:
    """The shift template of a sheet's row."""
    breaks = tuple(_break(pause, k, row) for k, pause in enumerate(row.breaks))
    return ShiftTemplate(
        name=name, starts=row.start, minutes=row.length, breaks=breaks, weekdays=row.days, on_call=row.on_call
    )


def _break(pause: BreakSheet, position: int, shift: ShiftSheet) -> BreakTemplate:
    earliest, latest = pause.window or _free_window(pause, position, shift)
    return BreakTemplate(minutes=pause.length, earliest=earliest, latest=latest, paid=pause.paid)


def _free_window(pause: BreakSheet, position: int, shift: ShiftSheet) -> tuple[int, int]:
    """An equal part of the room between the neighbours that have windows (or the margins), for the breaks without one."""
    breaks = shift.breaks
    low = max((k for k in range(position) if breaks[k].window), default=-1)
    high = min((k for k in range(position + 1, len(breaks)) if breaks[k].window), default=len(breaks))
    before, after = (breaks[low] if low >= 0 else None), (breaks[high] if high < len(breaks) else None)
    begin = before.window[1] + before.length if before and before.window else BREAK_MARGIN_MINUTES
    end = after.window[0] if after and after.window else shift.length - BREAK_MARGIN_MINUTES
    part = (end - begin) // (high - low - 1)
    first = begin + part * (position - low - 1)
    return first, max(first, first + part - pause.length)
