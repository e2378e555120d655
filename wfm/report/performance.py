"""A performance as text for the screen, and interval by interval as a table."""

from __future__ import annotations

from collections.abc import Iterator

from wfm.domain import ChannelPerformance, Estimate, Performance
from wfm.domain.time import local
from wfm.report.cells import csv_bytes
from wfm.report.textual import table
from wfm.report.wording import UNKNOWN, day_text, percent

_COURSE = ("offered", "answered", "abandoned", "inside", "wait_seconds", "serving", "queued", "oldest_seconds")
_QUANTILES = ("half", "8 in 10", "9 in 10", "19 in 20")


def performance_text(seen: Performance) -> Iterator[str]:
    """Service of each channel, all definitions of it, waits, the worst credible day, and how busy each group of agents is."""
    yield from _table(
        ["channel", "contacts", "service level", "abandoned", "wait s", "answered in s", "occupancy"],
        [
            [
                row.channel,
                f"{row.contacts.mean:,.1f}",
                row.service_level.share_text(),
                row.abandonment.share_text(),
                _seconds(row.average_wait_seconds),
                _seconds(row.answer_seconds),
                row.occupancy.share_text(),
            ]
            for row in seen.channels
        ],
    )
    live = [row for row in seen.channels if row.service_levels]
    if live:
        yield ""
        head = [
            each.definition.replace("_", " ").replace("offered less short", "less short")
            for each in live[0].service_levels
        ]
        yield from _table(
            ["of", *head], [[row.channel, *(each.level.share_text() for each in row.service_levels)] for row in live]
        )
    yield ""
    yield from _waits(seen)
    yield ""
    yield from _table(
        ["agents who serve", "agents", "hours on duty", "busy"],
        [
            [
                " + ".join(row.channels) or "no channel",
                str(row.agents),
                f"{row.duty_hours.mean:,.1f}",
                row.utilisation.share_text(),
            ]
            for row in seen.groups
        ],
    )
    yield f"{seen.method}, {seen.replications} replications, seed {seen.seed}; ± is half a 95 % confidence interval"


def _waits(seen: Performance) -> Iterator[str]:
    """Quantiles of waits, the longest queue, the probability to meet the target, and the worst credible day."""
    yield from _table(
        ["waits", *_QUANTILES, "oldest at most", "target met", "worst day in 20"],
        [
            [
                row.channel,
                *([f"{each.seconds.mean:,.1f} s" for each in row.wait_quantiles] or [UNKNOWN] * len(_QUANTILES)),
                f"{max(row.oldest_seconds, default=0.0):,.0f} s",
                UNKNOWN if row.chance is None else f"{percent(row.chance)} of runs",
                worst_day_text(row),
            ]
            for row in seen.channels
        ],
    )


def worst_day_text(row: ChannelPerformance) -> str:
    """The day on which one in twenty is worst, with the service that this one stays below."""
    day = row.worst_day
    return UNKNOWN if day is None else f"{day_text(day.day)} {percent(day.bad)}"


def intervals_csv(seen: Performance) -> bytes:
    """A row for each interval and channel: means over the replications, with the half width of the share inside target."""
    head = ["start", "channel", *_COURSE, "share_inside", "share_inside_half_width"]
    return csv_bytes(head, (line for row in seen.channels for line in _lines(seen, row)))


def _lines(seen: Performance, row: ChannelPerformance) -> Iterator[list[str]]:
    grid = seen.grid
    for step in range(grid.count):
        share = row.inside[step] / row.offered[step] if row.offered[step] else None
        yield [
            local(grid.instant(step), grid.zone).isoformat(timespec="minutes"),
            row.channel,
            *(f"{getattr(row, name)[step]:.4f}" for name in _COURSE),
            *(["", ""] if share is None else [f"{share:.4f}", f"{row.inside_half[step]:.4f}"]),
        ]


def _seconds(estimate: Estimate) -> str:
    return f"{estimate.mean:.1f} ± {estimate.half_width:.1f}"


def _table(head: list[str], body: list[list[str]]) -> Iterator[str]:
    yield from table(head, body, "l" + "r" * (len(head) - 1))
