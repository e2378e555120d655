"""Cleaning: damage in a history is found, named and weighed down, never deleted; the planner confirms or overrules each finding."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from wfm.domain import ContactHistory, Interval, Noun, TimeGrid
from wfm.domain.noun import Name
from wfm.domain.quantity import DAY_MINUTES, Share, clock_text
from wfm.domain.time import local
from wfm.forecast.calendar import Calendar
from wfm.forecast.clock_change import clock_damages
from wfm.forecast.damage import Damage, Kind, damages
from wfm.forecast.days import Days, FloatArray, from_days, slots, to_days
from wfm.forecast.events import Words
from wfm.forecast.training import Belief, Training, Weigh

TOLD = 12  # findings told one by one in the notes of a forecast
SURGE = 5.0  # times the usual: no file counts a day so often, so that something happened
WORDS: dict[Kind, str] = {
    "outage": "Outage",
    "multiple_day": "Counted more than once",
    "spike": "Spike",
    "copied_day": "Copy of an earlier day",
    "clock_change": "Clock change",
    "level_shift": "New level",
}

Amount = Annotated[float, Field(ge=0)]
Verdict = Literal["confirmed", "overruled"]


class Finding(Noun):
    """A stretch of a history that looks damaged, or from which on contacts stay at a new level.

    ``came`` contacts were recorded where ``usual`` ones are expected; ``weight`` says how far its counts are believed. ``words`` tell it
    all to the planner, who has ``ruled`` on it or not.
    """

    kind: Kind
    span: Interval
    came: Amount
    usual: Amount
    weight: Share
    words: str
    ruled: bool = False

    @property
    def size(self) -> float | None:
        """What came over what is usual; None where nothing is."""
        return self.came / self.usual if self.usual > 0 else None


class Ruling(Noun):
    """A planner's verdict on every finding of a kind that meets the span: ``confirmed`` counts nothing, ``overruled`` is believed whole.

    ``channel`` None means every channel.
    """

    channel: Name | None = None
    kind: Kind
    span: Interval
    verdict: Verdict
    author: Words
    reason: Words

    def meets(self, finding: Finding) -> bool:
        """Whether the ruling is about the finding."""
        return self.kind == finding.kind and self.span.overlap_minutes(finding.span) > 0

    def unmet_words(self, zone: str) -> str:
        """What to say where nothing was found that it could be about."""
        day = local(self.span.start, zone).date()
        return (
            f"{self.author} {self.verdict} a finding of kind {self.kind} on {day}, where there is none ({self.reason})."
        )


class Cleaned(Noun):
    """A history, untouched, with the weight 0..1 of each interval (length grid.count) and the findings behind them, in order of time."""

    history: ContactHistory
    weights: tuple[Share, ...]
    findings: tuple[Finding, ...]
    unmet: tuple[Ruling, ...] = ()


def clean(history: ContactHistory, calendar: Calendar, rulings: Sequence[Ruling] = ()) -> Cleaned:
    """Find damage in a history; closed and unrecorded intervals, holidays, eves and dates the calendar closes are never damage.

    Counts are compared with what the nearest days of the same weekday lead one to expect (:class:`wfm.forecast.usual.Usual`); a finding
    is beyond chance by negative binomial tails. A new level is told and believed. ``unmet`` are rulings about nothing that was found.
    """
    days = Days.of(history.grid.dates, calendar)
    counts = np.where(days.closed[:, None], np.nan, to_days(history.counts(), history.grid))
    findings, weights = _judged(history, counts, days, rulings)
    unmet = _unmet(history.channel, rulings, findings)
    steps = from_days(weights, history.grid)
    return Cleaned(history=history, weights=tuple(steps.tolist()), findings=findings, unmet=unmet)


def without_damage(rulings: Sequence[Ruling] = ()) -> Weigh:
    """How a forecast weighs its training: as :func:`clean` does, with the findings in its notes."""

    def weigh(past: Training) -> Belief:
        findings, weights = _judged(past.history, past.counts, past.days, rulings)
        unmet = _unmet(past.history.channel, rulings, findings)
        return Belief(weights, (*_notes(findings), *(row.unmet_words(past.history.grid.zone) for row in unmet)))

    return weigh


def _judged(
    history: ContactHistory, counts: FloatArray, days: Days, rulings: Sequence[Ruling]
) -> tuple[tuple[Finding, ...], FloatArray]:
    """Findings after the rulings on the history's channel, and the weights of the counts (days x slots)."""
    rulings = _on(history.channel, rulings)
    found, usual = damages(counts, days)
    found = (*found, *clock_damages(history, usual))
    findings = [_ruled(_finding(one, history.grid), rulings) for one in found]
    weights = np.ones_like(counts)
    for one, finding in zip(found, findings, strict=True):
        cells = weights[one.days, one.slots]
        cells[:] = np.minimum(cells, finding.weight)
    return tuple(sorted(findings, key=lambda one: (one.span.start, one.kind))), weights


def _on(channel: str, rulings: Sequence[Ruling]) -> list[Ruling]:
    return [ruling for ruling in rulings if ruling.channel in {None, channel}]


def _unmet(channel: str, rulings: Sequence[Ruling], findings: Sequence[Finding]) -> tuple[Ruling, ...]:
    return tuple(ruling for ruling in _on(channel, rulings) if not any(map(ruling.meets, findings)))


def _finding(one: Damage, grid: TimeGrid) -> Finding:
    inside = (grid.day_index >= one.days.start) & (grid.day_index < one.days.stop)
    slot = slots(grid)
    steps = np.flatnonzero(inside & (slot >= one.slots.start) & (slot < one.slots.stop))
    span = Interval(start=grid.instant(int(steps[0])), end=grid.instant(int(steps[-1]) + 1))
    words = _words(one, span, grid.zone)
    return Finding(kind=one.kind, span=span, came=one.came, usual=one.usual, weight=one.weight, words=words)


def _words(one: Damage, span: Interval, zone: str) -> str:
    first, last = local(span.start, zone), local(span.end - timedelta(minutes=1), zone)
    until = clock_text(60 * last.hour + last.minute + 1) if first.date() == last.date() else f"{last:%a %Y-%m-%d}"
    whole = one.slots.start == 0 and until == clock_text(DAY_MINUTES)
    when = f"{first:%a %Y-%m-%d}" if whole else f"{first:%a %Y-%m-%d %H:%M} to {until}"
    if one.kind == "level_shift":
        return (
            f"{WORDS[one.kind]} from {first:%a %Y-%m-%d}: {one.size - 1:+.0%} contacts, day by day; they are believed."
        )
    name = "Surge" if one.kind == "multiple_day" and one.size >= SURGE else WORDS[one.kind]
    return f"{name}, {when}: {one.came:,.0f} contacts where about {one.usual:,.0f} are usual; they teach nothing."


def _ruled(finding: Finding, rulings: Sequence[Ruling]) -> Finding:
    """The finding after the last ruling that is about it."""
    for ruling in reversed(rulings):
        if ruling.meets(finding):
            weight = 1.0 if ruling.verdict == "overruled" or finding.kind == "level_shift" else 0.0
            believed = finding.words.replace("teach nothing", "are believed") if weight else finding.words
            words = f"{believed} {ruling.verdict.capitalize()} by {ruling.author}: {ruling.reason}"
            return finding.varied(weight=weight, words=words, ruled=True)
    return finding


def _notes(findings: Sequence[Finding]) -> tuple[str, ...]:
    if not findings:
        return ()
    more = len(findings) - TOLD
    earlier = (f"{more} earlier findings are not told here.",) if more > 0 else ()
    return (
        f"The history was searched for damage: {len(findings)} finding{'' if len(findings) == 1 else 's'}.",
        *earlier,
        *(one.words for one in findings[-TOLD:]),
    )
