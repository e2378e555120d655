"""Who was on duty when, told from nothing but who began and ended which call."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from calls import DAY, Calls, Floats


class Gap(NamedTuple):
    """Time of an agent between two calls, and the calls that others began meanwhile."""

    begin: float
    end: float
    missed: int


def gaps(calls: Calls) -> Iterator[list[Gap]]:
    """For each agent and day: the begin of the first call, the gaps, the end of the last call; both ends are gaps without length.

    Calls of one agent that overlap are one.
    """
    begun = np.sort(calls.begun[~calls.abandoned])
    known = calls.take(~calls.abandoned & (calls.agent != ""))
    for agent, day in sorted(set(zip(known.agent.tolist(), known.day.tolist(), strict=True))):
        own = known.take((known.agent == agent) & (known.day == day))
        order = np.argsort(own.begun, kind="stable")
        start = own.begun[order]
        end = np.maximum.accumulate(start + own.service[order])
        between = zip(end[:-1].tolist(), start[1:].tolist(), strict=True)
        missed = [Gap(a, b, int(np.searchsorted(begun, b) - np.searchsorted(begun, a, "right"))) for a, b in between]
        first, last = float(start[0]), float(end[-1])
        yield [Gap(first, first, 0), *(gap for gap in missed if gap.end > gap.begin), Gap(last, last, 0)]


def agents_on_duty(gaps_of_all: list[list[Gap]], most_missed: int, days: int) -> Floats:
    """Agents on duty in each second: from the first call to the last but for gaps in which others began more than so many calls."""
    change = np.zeros(days * DAY + 1)
    for row in gaps_of_all:
        away = [gap for gap in row if gap.missed > most_missed]
        edges = [row[0].begin, *(time for gap in away for time in gap[:2]), row[-1].end]
        for start, end in list(pairwise(edges))[::2]:
            change[min(int(start), change.size - 1)] += 1
            change[min(int(end) + 1, change.size - 1)] -= 1
    return change.cumsum()[:-1]


def seconds_between_calls(calls: Calls, gaps_of_all: list[list[Gap]], most_missed: int) -> float:
    """Mean length of the gaps of agents on duty throughout which somebody waited: ringing, noting, a breath."""
    some = np.zeros(int(calls.begun.max()) + 2)
    waited = calls.take(calls.wait > 0)
    np.add.at(some, waited.offered.astype(np.int64), 1)
    np.add.at(some, waited.begun.astype(np.int64), -1)
    waiting = np.concatenate([[0], (some.cumsum() > 0).cumsum()])
    lengths = [
        gap.end - gap.begin
        for row in gaps_of_all
        for gap in row
        if gap.end > gap.begin
        and gap.missed <= most_missed
        and waiting[int(gap.end)] - waiting[int(gap.begin)] > 0.95 * (gap.end - gap.begin)
    ]
    return float(np.mean(lengths))
