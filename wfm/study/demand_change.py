"""Changes the demand factors of a scenario: what the levers on volume and handle time share."""

from __future__ import annotations

from wfm.study.scenario import Demand, Scenario


def with_demand(scenario: Scenario, channel: str | None, scale: float, aht_scale: float) -> Scenario:
    """The scenario with the factors of one channel (None: of all) multiplied; factors of 1 give the scenario itself."""
    names = [row.name for row in scenario.channels]
    if channel is not None:
        scenario.channel(channel)  # refuses an unknown one
    if scale == aht_scale == 1:
        return scenario
    now = {row.channel: row for row in scenario.demand}
    moved = names if channel is None else [channel]
    customers = {row.channel for row in scenario.histories}
    for name in moved:
        row = now.get(name, Demand(channel=name))
        more = scale if channel is not None or name in customers else 1.0  # levels get more by themselves
        now[name] = Demand(channel=name, scale=row.scale * more, aht_scale=row.aht_scale * aht_scale)
    return scenario.varied(demand=tuple(now[name] for name in names if name in now))
