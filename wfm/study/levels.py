"""The scenario's levels and backlogs brought to its forecasts: what goes up, and what waits already."""

from __future__ import annotations

from collections.abc import Sequence

from wfm.domain import Forecast, Level, Requirement
from wfm.domain.quantity import duration_text
from wfm.staffing import AgeProfile, LevelFlow, level_flows
from wfm.study.scenario import Scenario


def with_levels(scenario: Scenario, forecasts: Sequence[Forecast]) -> tuple[Forecast, ...]:
    """The forecasts of the customers' channels with what waits, then those of the levels that our people serve, in the channels' order."""
    below = _with_backlogs(scenario, forecasts)
    above = (flow.forecast for flow in flows(scenario, forecasts) if flow.level.external is None)
    return (*below, *above)


def flows(scenario: Scenario, forecasts: Sequence[Forecast]) -> tuple[LevelFlow, ...]:
    """What comes to every level, external ones too, from the forecasts of the customers' channels (others are passed over)."""
    own = {history.channel for history in scenario.histories}
    below = _with_backlogs(scenario, [row for row in forecasts if row.channel in own])
    levels = [_moved(level, scenario) for level in scenario.levels]
    if not levels:
        return ()
    return level_flows(levels, scenario.channels, below, dict(scenario.backlogs), scenario.staffing)


def escalating(scenario: Scenario) -> tuple[Level, ...]:
    """The levels that get their contacts from channels only, as a simulation of these can send them on; a supplier is not simulated."""
    served = {channel.name for channel in scenario.channels}
    ours = (level for level in scenario.levels if level.external is None)
    return tuple(_moved(level, scenario) for level in ours if all(row.source in served for row in level.sources))


def _with_backlogs(scenario: Scenario, forecasts: Sequence[Forecast]) -> tuple[Forecast, ...]:
    waiting = dict(scenario.backlogs)
    return tuple(row.varied(backlog=waiting[row.channel]) if row.channel in waiting else row for row in forecasts)


def _moved(level: Level, scenario: Scenario) -> Level:
    """The level under its demand factors: shares and handle time multiplied, no share above 1."""
    row = next((row for row in scenario.demand if row.channel == level.name), None)
    if row is None or row.scale == row.aht_scale == 1:
        return level
    sources = tuple(each.varied(share=min(1.0, each.share * row.scale)) for each in level.sources)
    return level.varied(sources=sources, aht_seconds=level.aht_seconds * row.aht_scale)


def background(
    scenario: Scenario, forecasts: Sequence[Forecast], requirement: Requirement, step: int
) -> tuple[str, ...]:
    """What stands behind the load of one step beside the channel's own history: the levels below, the backlog, the work that waits."""
    channel = scenario.channel(requirement.channel)
    forecast = next(row for row in forecasts if row.channel == channel.name)
    found = next((flow for flow in flows(scenario, forecasts) if flow.level.name == channel.name), None)
    lines = [] if found is None else list(found.origin(step))
    if forecast.backlog.total > 0:
        oldest = duration_text(round(max(forecast.backlog.age_seconds)))
        lines.append(
            f"{forecast.backlog.total:.4g} contacts wait when the horizon starts, the oldest for {oldest} on the clock"
        )
    if channel.kind == "deferred":
        profile = AgeProfile.of(forecast, channel, requirement.nets().astype(float))
        lines.append(f"with the agents required: {profile.words(step)}")
    return tuple(lines)
