"""The independent check: one pool, contact by contact, without any formula; arrivals by thinning a rate that is linear in each interval."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Counts(NamedTuple):
    """Sums over all days, by interval of arrival: four ends of a contact and seconds waited; by the clock: seconds busy on duty."""

    offered: Floats
    answered_in_time: Floats
    abandoned_in_time: Floats
    answered_late: Floats
    abandoned_late: Floats
    wait_seconds: Floats
    busy_seconds: Floats


def simulate_days(
    edge_rates: Floats, agents: Ints, aht: float, patience: float, within: float, step: float, days: int, seed: int
) -> Counts:
    """Serve ``days`` days that begin empty; ``edge_rates`` (intervals + 1,) are arrivals a second; who waits at the end still counts."""
    return Counts(*_days(edge_rates, agents, aht, patience, within, step, days, seed))


@njit(cache=True)
def _days(edge_rates, agents, aht, patience, within, step, days, seed):
    np.random.seed(seed)
    count = len(agents)
    table = np.zeros((7, count))
    highest = edge_rates.max()
    for _ in range(days):
        arrivals = [0.0][:0]
        time = np.random.exponential(1 / highest)
        while time < count * step:
            place = int(time / step)
            part = time / step - place
            if np.random.random() * highest < (1 - part) * edge_rates[place] + part * edge_rates[place + 1]:
                arrivals.append(time)
            time += np.random.exponential(1 / highest)
        _serve(arrivals, agents, aht, patience, within, step, table)
    return table


@njit(cache=True)
def _serve(arrivals, agents, aht, patience, within, step, table):
    """Take contacts in order: each gets the first agent who is free and on duty, unless it gives up before."""
    count, taken = len(agents), 0
    finishing = [(0.0, 0)][:0]  # heap of (end, nothing)
    change = 0  # the next interval to begin
    on_duty = 0
    busy = 0  # on duty or not
    head = 0
    gives_up = np.empty(len(arrivals))
    for k in range(len(arrivals)):
        gives_up[k] = arrivals[k] + np.random.exponential(patience)
    now = 0.0
    while True:
        arrives = arrivals[taken] if taken < len(arrivals) else np.inf
        begins = change * step if change < count else np.inf
        ends = finishing[0][0] if finishing else np.inf
        then = min(arrives, begins, ends)
        if then == np.inf:
            break
        _book_busy(table, now, min(then, count * step), min(busy, on_duty), step)
        now = then
        if then == begins:
            on_duty = agents[change]
            change += 1
        elif then == ends:
            heappop(finishing)
            busy -= 1
        else:
            taken += 1
        while head < taken and (busy < on_duty or gives_up[head] <= now):
            place = int(arrivals[head] / step)
            gone = gives_up[head] <= now
            waited = min(gives_up[head], now) - arrivals[head]
            table[0, place] += 1
            table[(2 if gone else 1) + (0 if waited <= within else 2), place] += 1
            table[5, place] += waited
            if not gone:
                busy += 1
                heappush(finishing, (now + np.random.exponential(aht), 0))
            head += 1


@njit(cache=True)
def _book_busy(table, begin, end, heads, step):
    while begin < end:
        place = int(begin / step + 1e-9)
        until = min(end, (place + 1) * step)
        table[6, place] += heads * (until - begin)
        begin = until
