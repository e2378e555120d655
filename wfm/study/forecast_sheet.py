"""What a planner writes about forecasts: events, overrides, verdicts on findings, and what a queue without a past is like."""

from __future__ import annotations

from typing import Annotated

from pydantic import Discriminator, Field, Tag

from wfm.domain import Interval, Name
from wfm.domain.quantity import DAY_MINUTES
from wfm.domain.time import instant
from wfm.forecast import Event, Override, Ruling
from wfm.forecast.cleaning import Verdict
from wfm.forecast.damage import Kind
from wfm.forecast.events import Words
from wfm.forecast.overrides import ALL_DAY
from wfm.study.scenario import Method
from wfm.study.written import Change, DayHours, Duration, FileName, PlanDate, Section

DAY_SECONDS = 86_400


def _form(holidays: object) -> str:
    return "file" if isinstance(holidays, str) else "dates"


Holidays = Annotated[
    Annotated[dict[PlanDate, Words], Tag("dates")] | Annotated[FileName, Tag("file")], Discriminator(_form)
]
"""The centre's own holidays: dates with their names, or the name of a file of them."""


class ForecastSheet(Section):
    """How to forecast."""

    method: Method = "auto"
    train_until: PlanDate | None = None


class EventSheet(Section):
    """A promotion, a mailing, a strike: what it does to contacts, by whom it was told and why."""

    name: Words
    channel: Name | None = Field(default=None, description="every channel where left out")
    on: PlanDate = Field(description="its (first) date")
    until: PlanDate | None = Field(default=None, description="its last date; one day where left out")
    uplift: Change = Field(ge=-1, le=20, description="such as +40% or -15%")
    decay: Duration | None = Field(default=None, description="time after which half of the uplift is left, such as 3d")
    author: Words
    reason: Words

    def noun(self) -> Event:
        """The event."""
        return Event(
            name=self.name,
            channel=self.channel,
            on=self.on,
            until=self.until,
            uplift=self.uplift,
            decay_days=(self.decay or 0.0) / DAY_SECONDS,
            author=self.author,
            reason=self.reason,
        )


class OverrideSheet(Section):
    """What the planner knows better than the forecast: a change by a share, or the contacts of each day."""

    channel: Name
    on: PlanDate = Field(description="its (first) date")
    until: PlanDate | None = Field(default=None, description="its last date; one day where left out")
    hours: DayHours | None = Field(default=None, description="such as 10:00-14:00; the whole day where left out")
    change: Change | None = Field(default=None, ge=-1, le=99, description="such as +10%")
    contacts: float | None = Field(default=None, ge=0, le=10_000_000, description="contacts of each day in the hours")
    author: Words
    reason: Words
    made: PlanDate = Field(description="the date on which it was made")
    expires: PlanDate | None = Field(default=None, description="forecasts made after this date pass it over")

    def noun(self) -> Override:
        """The override."""
        return Override(
            channel=self.channel,
            first=self.on,
            last=self.until,
            hours=self.hours or ALL_DAY,
            factor=None if self.change is None else 1 + self.change,
            contacts=self.contacts,
            author=self.author,
            reason=self.reason,
            made_on=self.made,
            expires=self.expires,
        )


class FindingSheet(Section):
    """The planner's verdict on what `wfm forecast --findings` lists: confirmed counts nothing, overruled is believed."""

    channel: Name | None = Field(default=None, description="every channel where left out")
    kind: Kind
    on: PlanDate = Field(description="its (first) date")
    until: PlanDate | None = Field(default=None, description="its last date; one day where left out")
    hours: DayHours | None = Field(default=None, description="such as 10:00-14:00; the whole day where left out")
    verdict: Verdict = Field(description="confirmed: it teaches nothing; overruled: it happened, and teaches")
    author: Words
    reason: Words

    def noun(self, zone: str) -> Ruling:
        """The ruling, on the wall clock of a zone."""
        begin, end = self.hours or (0, DAY_MINUTES)
        first, last = instant(self.on, begin, zone), instant(self.until or self.on, end, zone)
        if last <= first:
            raise ValueError(f"expected a last date from {self.on} on, came {self.until}")
        return Ruling(
            channel=self.channel,
            kind=self.kind,
            span=Interval(start=first, end=last),
            verdict=self.verdict,
            author=self.author,
            reason=self.reason,
        )
