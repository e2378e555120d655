"""Dates cut into calendar weeks, Monday to Sunday."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby


def weeks(days: Sequence[date]) -> tuple[tuple[date, ...], ...]:
    """The days of each calendar week, in order; the first and the last week may be parts."""
    return tuple(tuple(part) for _, part in groupby(days, key=lambda day: day.isocalendar()[:2]))
