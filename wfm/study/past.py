"""What a forecast learns from: the known past, what events did taken out as it was measured, damage weighed down as the planner ruled."""

from __future__ import annotations

from datetime import timedelta

from wfm.domain import Channel, ContactHistory
from wfm.domain.time import instant
from wfm.forecast import (
    TYPICAL,
    EventEffect,
    Lent,
    Weigh,
    event_effects,
    knows_enough,
    learned_events,
    lent,
    template_history,
    without_damage,
    without_events,
)
from wfm.study.scenario import Scenario


def known(scenario: Scenario, history: ContactHistory) -> ContactHistory:
    """The part of a history that a forecast may learn from: up to ``train_until``, and never the horizon itself."""
    last = scenario.train_until or scenario.horizon.dates[0] - timedelta(days=1)
    until = min(instant(last + timedelta(days=1), 0, scenario.horizon.zone), scenario.horizon.start)
    return history.part(slice(0, max(1, min(history.grid.index(until), history.grid.count))))


def effects_of(scenario: Scenario, history: ContactHistory) -> tuple[EventEffect, ...]:
    """What past events did to a channel, measured against what its own method forecast on their eves."""
    channel, past = scenario.channel(history.channel), known(scenario, history)
    return event_effects(past, channel, scenario.events, scenario.calendar, scenario.method, weigh=weigh_of(scenario))


def learned(scenario: Scenario, history: ContactHistory, measured: tuple[EventEffect, ...]) -> ContactHistory:
    """What is known of a channel, without what events did."""
    past = known(scenario, history)
    return without_events(past, learned_events(scenario.events, measured, past.grid.dates[-1]))


def weigh_of(scenario: Scenario) -> Weigh:
    """How far the counts of a past are believed: all but damage, after the planner's verdicts."""
    return without_damage(scenario.rulings)


def lent_past(scenario: Scenario, channel: Channel) -> Lent | None:
    """The past that a queue without one borrows; None where it has its own."""
    borrowed = next((row for row in scenario.borrowed if row.channel == channel.name), None)
    by_name = {row.channel: row for row in scenario.histories}
    own = known(scenario, by_name[channel.name])
    if borrowed is None or knows_enough(own, scenario.horizon):
        return None
    if borrowed.like == TYPICAL and TYPICAL not in by_name:
        return lent(borrowed, template_history(TYPICAL, scenario.horizon), own, channel, scenario.horizon)
    lender = by_name[borrowed.like]
    return lent(borrowed, learned(scenario, lender, effects_of(scenario, lender)), own, channel, scenario.horizon)
