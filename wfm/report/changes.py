"""What people changed about a forecast, and what that was worth: the rows of one table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wfm.forecast import EventEffect, ValueAdded
from wfm.report.wording import UNKNOWN, day_text, percent
from wfm.study import ForecastStory, Plan


@dataclass(frozen=True)
class ChangeRow:
    """An event, an override or a factor: what it was, the effect that was assumed and the measured one, and the error with it."""

    what: str
    when: str
    contacts: float | None
    assumed: str
    measured: str
    error: str


def change_rows(plan: Plan, story: ForecastStory) -> Iterator[ChangeRow]:
    """Events of the past first, as they were measured; then what moves the horizon, with its worth where that is known."""
    for effect in story.effects:
        yield _past(effect)
    worth = {row.what: row for row in plan.value_added if row.channel == story.channel}
    for change in story.parts.changes:
        moved = sum(change.contacts)
        days = [day for day, contacts in zip(story.parts.dates, change.contacts, strict=True) if contacts]
        when = UNKNOWN if not days else day_text(days[0]) + (f" – {day_text(days[-1])}" if len(days) > 1 else "")
        row = worth.get(change.what)
        yield ChangeRow(
            what=change.what,
            when=when,
            contacts=moved,
            assumed=_factor(row.assumed if row else _assumed(story, change.contacts)),
            measured=_factor(row.measured) if row else "not yet known",
            error=_error(row),
        )


def _past(effect: EventEffect) -> ChangeRow:
    event = effect.event
    when = day_text(event.on) + (f" – {day_text(event.ends)}" if event.ends > event.on else "")
    return ChangeRow(
        what=f"event {event.name}, by {event.author} ({event.reason})",
        when=when,
        contacts=None,
        assumed=_share(event.uplift),
        measured=f"{_share(effect.measured)} ({_share(effect.low)} to {_share(effect.high)})",
        error=UNKNOWN,
    )


def _assumed(story: ForecastStory, contacts: tuple[float, ...]) -> float | None:
    """With / without, over the days that a change moves; the days' totals are those after all changes."""
    after = sum(mean for mean, moved in zip(story.days.mean, contacts, strict=True) if moved)
    before = after - sum(contacts)
    return after / before if before > 0 else None


def _factor(factor: float | None) -> str:
    return UNKNOWN if factor is None else _share(factor - 1)


def _share(share: float) -> str:
    return f"{100 * share:+.0f}%"


def _error(row: ValueAdded | None) -> str:
    return UNKNOWN if row is None else f"{percent(row.wape_without)} → {percent(row.wape_with)}"
