"""The forecast of one channel with all that there is to tell of it: how it came about, its days, and what was found in its past."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from pydantic import Field

from wfm.domain import ContactHistory, Fault, InputError, Name, Noun
from wfm.forecast import (
    DayTotals,
    Decomposition,
    EventEffect,
    Finding,
    Ruling,
    borrowed_forecast,
    clean,
    decompose,
    forecast_with_days,
)
from wfm.study.course import Course, course
from wfm.study.past import effects_of, learned, lent_past, weigh_of
from wfm.study.scenario import Scenario

NO_PAST = Fault(
    "a history to forecast and simulate by",
    "a requirement alone",
    "Use `wfm staff`, `roster`, `check`, `cover` or `swap check`, or add a history.",
)


class Made(NamedTuple):
    """A forecast as it was made: its stages, the totals of its days, what it learned from, and what past events did."""

    course: Course
    days: DayTotals
    past: ContactHistory
    effects: tuple[EventEffect, ...]


class ForecastStory(Noun):
    """What a planner asks of one channel's forecast: its parts, its days with their bands, findings in its past, measured events.

    ``unmet`` are verdicts about findings that there are not.
    """

    channel: Name
    days: DayTotals
    parts: Decomposition
    findings: tuple[Finding, ...] = ()
    unmet: tuple[Ruling, ...] = ()
    effects: tuple[EventEffect, ...] = Field(default=())


def made(scenario: Scenario, history: ContactHistory) -> Made:
    """The forecast of a channel with the scenario's events, overrides and demand factors; a queue without a past borrows one.

    Raises InputError where the history cannot carry a forecast, or where there is none beside a requirement of its own.
    """
    channel = scenario.channel(history.channel)
    aht, borrowed = dict(scenario.aht_seconds).get(channel.name), lent_past(scenario, channel)
    if scenario.requirements and not borrowed and np.isnan(history.counts()).all():
        raise InputError([NO_PAST])
    measured = () if borrowed else effects_of(scenario, history)
    past = borrowed.history if borrowed else learned(scenario, history, measured)
    asked = (channel, scenario.horizon, scenario.calendar, scenario.method)
    own, days = (
        borrowed_forecast(borrowed, *asked, aht_seconds=aht, weigh=weigh_of(scenario))
        if borrowed
        else forecast_with_days(past, *asked, aht_seconds=aht, weigh=weigh_of(scenario))
    )
    stages = course(own, scenario.events, scenario.overrides, scenario.demand)
    return Made(stages, days.following(stages[-1].forecast), past, measured)


def stories(scenario: Scenario) -> tuple[ForecastStory, ...]:
    """The story of every channel that has a history, or borrows one."""
    return tuple(story(scenario, made(scenario, history)) for history in scenario.histories)


def story(scenario: Scenario, told: Made) -> ForecastStory:
    """All there is to tell of a forecast that was made."""
    channel = scenario.channel(told.past.channel)
    cleaned = clean(told.past, scenario.calendar, scenario.rulings)
    return ForecastStory(
        channel=channel.name,
        days=told.days,
        parts=decompose(told.course, told.past, channel, scenario.calendar),
        findings=cleaned.findings,
        unmet=cleaned.unmet,
        effects=told.effects,
    )
