"""The story of the tiny plan's telephone forecast: an event on its first day, an override on its last, one finding, one past event."""

from datetime import date

from tests.report.tiny_plan import EVIL, GRID, tiny_plan
from wfm.domain import Interval
from wfm.forecast import Change, DayKind, DayTotals, Decomposition, Event, EventEffect, Finding, Ruling
from wfm.study import ForecastStory, Plan

SALE = "event sale: +25% on 2026-10-24, by planning (campaign 12)"
WORDS = f"Spike, Sat 2026-10-10: 90 contacts where about 30 are usual; they teach nothing. {EVIL}"


def tiny_story() -> ForecastStory:
    span = Interval(start=GRID.instant(0), end=GRID.instant(24))
    total = [sum(tiny_plan().forecasts[0].mean[steps]) for _, steps in GRID.day_slices()]
    own = (total[0] / 1.25, total[1], total[2] + 20)
    mailing = Event(name="mailing", on=date(2026, 10, 14), uplift=0.4, author="planning", reason="campaign 11")
    return ForecastStory(
        channel="phone",
        days=DayTotals(
            channel="phone",
            dates=GRID.dates,
            mean=tuple(total),
            dispersion=(0.01,) * 3,
            levels=(0.05, 0.95),
            bands=(tuple(0.8 * mean for mean in total), tuple(1.2 * mean for mean in total)),
        ),
        parts=Decomposition(
            channel="phone",
            weeks=((date(2026, 10, 5), 0.9), (date(2026, 10, 12), 1.1)),
            kinds=(DayKind(kind="mon", days=2, contacts=130), DayKind(kind="holiday", days=1, contacts=40)),
            step_minutes=60,
            profile=tuple(float(hour % 12) for hour in range(24)),
            dates=GRID.dates,
            own=own,
            changes=(
                Change(what=SALE, contacts=(total[0] - own[0], 0.0, 0.0)),
                Change(what="override of phone, 2026-10-26: x 0.9, by Ana (bills)", contacts=(0.0, 0.0, -20.0)),
            ),
        ),
        findings=(Finding(kind="spike", span=span, came=90, usual=30, weight=0, words=WORDS),),
        unmet=(Ruling(kind="outage", span=span, verdict="confirmed", author="Ana", reason="cable cut"),),
        effects=(
            EventEffect(
                event=mailing, channel="phone", days=1, expected=100, came=110, measured=0.1, low=-0.05, high=0.22
            ),
        ),
    )


def told_plan() -> Plan:
    return tiny_plan().varied(stories=(tiny_story(),))
