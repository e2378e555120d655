"""What a report says about a channel beside its targets: where a level's contacts come from, and how old work that waits may get."""

from __future__ import annotations

from collections.abc import Iterator

from wfm.domain import Channel
from wfm.domain.time import local
from wfm.report.allocation import Floats, heads_left
from wfm.report.wording import count, short_day
from wfm.staffing import AgeProfile
from wfm.study import Plan
from wfm.study.levels import flows


def remarks(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The remarks about each channel and each external level, by name, in their order; none where there is nothing to say."""
    found: dict[str, list[str]] = {row.name: [] for row in plan.scenario.channels}
    for flow in flows(plan.scenario, plan.forecasts):
        supplier = flow.level.external
        contacts = f"{count(sum(flow.forecast.mean))} contacts: {flow.level.words}"
        told = contacts if supplier is None else f"external, {contacts}; {supplier}"
        found.setdefault(flow.level.name, []).append(told)
    if any(row.kind == "deferred" for row in plan.scenario.channels):
        left = heads_left(plan)
        for k, channel in enumerate(plan.scenario.channels):
            if channel.kind == "deferred":
                found[channel.name] += _waiting(plan, channel, left[k])
    return {name: tuple(lines) for name, lines in found.items() if lines}


def _waiting(plan: Plan, channel: Channel, heads: Floats) -> Iterator[str]:
    """The backlog at the start, and the moment at which most work waits, by the curves of :func:`wfm.staffing.serve_deferred`."""
    forecast = next(row for row in plan.forecasts if row.channel == channel.name)
    if forecast.backlog.total > 0:
        yield f"{count(forecast.backlog.total)} contacts wait when the horizon starts"
    profile = AgeProfile.of(forecast, channel, heads)
    most = int(profile.waiting_hours.argmax())
    if profile.waiting_hours[most] == 0:
        return
    moment = local(forecast.grid.instant(most), forecast.grid.zone)
    yield f"most on {short_day(moment.date())} {moment:%H:%M}: {profile.words(most)}"
