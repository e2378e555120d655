"""How reports write numbers, times and names."""

from __future__ import annotations

from datetime import date, datetime

from wfm.domain import Abandonment, Agent, AverageWait, Estimate, Occupancy, ServiceLevel, Target, Turnaround
from wfm.domain.quantity import duration_text, share_text
from wfm.domain.time import local

UNKNOWN = "–"


def percent(share: float | None, digits: int = 1) -> str:
    """A share as ``83.1%``; a dash where there is none."""
    return UNKNOWN if share is None else f"{100 * share:.{digits}f}%"


def count(number: float) -> str:
    """A number of contacts or heads: whole from a hundred on, else to one digit."""
    return f"{number:,.0f}" if abs(number) >= 100 or number == int(number) else f"{number:,.1f}"


def hours(minutes: float) -> str:
    """Minutes as hours, ``1,234.5 h``."""
    return f"{minutes / 60:,.1f} h"


def money(cents: int) -> str:
    """Cents as ``1,234.56``; the currency is the centre's own."""
    return f"{cents / 100:,.2f}"


def day_text(day: date) -> str:
    """A date as ``Mon 30 Nov``."""
    return f"{day:%a} {short_day(day)}"


def short_day(day: date) -> str:
    """A date as ``30 Nov``."""
    return f"{day.day} {day:%b}"


def clock(moment: datetime, zone: str) -> str:
    """The wall clock at an instant, ``06:30``."""
    return f"{local(moment, zone):%H:%M}"


def seconds_text(estimate: Estimate) -> str:
    """An estimate of seconds as ``12.4 s ± 0.3``."""
    return f"{estimate.mean:,.1f} s ± {estimate.half_width:,.1f}"


def target_text(target: Target) -> str:
    """A target as a promise: ``at least 80% in 20s``, ``at most 5% abandoned``."""
    match target:
        case ServiceLevel() | Turnaround():
            return f"at least {target}"
        case Abandonment():
            return f"at most {share_text(target.share)} abandoned"
        case AverageWait():
            return f"average wait at most {duration_text(target.seconds)}"
        case Occupancy():
            return f"occupancy at most {share_text(target.share)}"


def agent_text(agent: Agent) -> str:
    """An agent's id with the name behind it, where there is one."""
    return f"{agent.id} {agent.name}".strip()
