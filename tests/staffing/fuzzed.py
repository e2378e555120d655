"""Inputs that nobody would type, many at a time, and the laws that the Erlang figures keep for them all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Target
from wfm.domain.target import Definition
from wfm.staffing import QueueMetrics, erlang_a, erlang_b, erlang_c, smallest_agents
from wfm.staffing.smallest import meets

Floats = NDArray[np.float64]
SLACK = 1e-8
"""Two figures that differ by less than this share of them, or of the least normal double, count as equal."""


@dataclass(frozen=True)
class Queues:
    """Columns of inputs; ``endless`` patience makes them Erlang C."""

    load: Floats
    agents: Floats
    aht: Floats
    patience: Floats
    within: Floats
    endless: bool = False

    def figures(self) -> QueueMetrics:
        if self.endless:
            return erlang_c(self.load, self.agents, self.aht, self.within)
        return erlang_a(self.load, self.agents, self.aht, self.patience, self.within)


def queues(count: int, seed: int, *, endless: bool) -> Queues:
    """Return zeros, denormals, the usual and the huge, mixed in every column."""
    dice = np.random.default_rng(seed)

    def column(usual: tuple[float, float], least: float) -> Floats:
        odd = np.array([0.0, 5e-324, 1e-308, 1e-200, 1e-15, 1e-9, 1.0, 1e9, 1e15])
        wide = np.exp(dice.uniform(np.log(1e-15), np.log(1e15), count))
        plain = np.exp(dice.uniform(np.log(usual[0]), np.log(usual[1]), count))
        which = dice.random(count)
        return np.maximum(least, np.where(which < 0.1, dice.choice(odd, count), np.where(which < 0.25, wide, plain)))

    load = column((1e-3, 1e5), 0.0)
    spread = np.clip(load + np.sqrt(load) * dice.normal(0, 3, count), 0, 1e15)
    beside = np.where(dice.random(count) < 0.5, np.ceil(spread), np.floor(load) + dice.integers(0, 2, count))
    agents = np.where(dice.random(count) < 0.7, np.clip(beside, 0, 1e15), column((0.5, 2e5), 0.0))
    return Queues(load, agents, column((1, 5e3), 1e-9), column((1, 1e6), 1e-9), column((1, 3600), 0.0), endless)


def breaches(given: Queues, seed: int) -> Iterator[str]:
    """Yield in words each law that some row breaks, with the first such row."""
    dice = np.random.default_rng(seed)
    more = 1 + np.exp(dice.uniform(np.log(1e-6), np.log(10), given.load.size))
    here = given.figures()
    yield from _no_number(given, here)
    raised = {
        name: np.minimum(getattr(given, name) * more, 1e15) for name in ("load", "agents", "aht", "patience", "within")
    }
    for name, values in raised.items():
        there = replace(given, **{name: values})
        if name == "aht":
            there = longer(given, more)
        yield from _worse(name, given, here, there.figures())
    yield from _told(
        given, "blocking grows with agents", erlang_b(given.load, raised["agents"]), erlang_b(given.load, given.agents)
    )


def longer(given: Queues, more: Floats) -> Queues:
    """Return as many contacts as before, each of which takes longer and so brings more load.

    Below one agent the law of Erlang's continued sum is no queue's, and handle times bend it the other way.
    """
    fits = (given.load * more <= 1e15) & (given.aht * more <= 1e15) & (given.agents >= 1)
    factor = np.where(fits, more, 1.0)
    return replace(given, aht=given.aht * factor, load=given.load * factor)


def _no_number(given: Queues, queue: QueueMetrics) -> Iterator[str]:
    shares = [queue.answered_in_time, queue.answered_late, queue.abandoned_in_time, queue.abandoned_late]
    levels = [level(name) for name in get_args(Definition) for level in (queue.service_level, queue.missed)]
    for share in (*shares, *levels, queue.p_wait, queue.p_abandon, queue.occupancy):
        yield from _rows(given, "a share outside 0..1", ~((share >= 0) & (share <= 1 + 1e-12)))
    for wait in (queue.average_wait_seconds, queue.average_wait_served_seconds, queue.queue_length):
        yield from _rows(given, "a wait below 0 or no number", ~(wait >= 0))
    yield from _rows(given, "ends that do not add up to 1", ~(np.abs(sum(shares) - 1) < 1e-9))


def _worse(name: str, given: Queues, here: QueueMetrics, there: QueueMetrics) -> Iterator[str]:
    """What must not fall when an input grows: everything bad with load and handle time, nothing bad with agents."""
    if name in {"load", "aht"}:
        pairs = [(here, there)]
    elif name == "agents":
        pairs = [(there, here)]
    elif name == "within":
        for definition in get_args(Definition):
            yield from _told(given, f"{definition} falls with T", there.missed(definition), here.missed(definition))
        return
    else:
        either: Definition = "answered_or_abandoned"
        yield from _told(given, "abandonment grows with patience", there.p_abandon, here.p_abandon)
        yield from _told(given, "waiting falls with patience", here.p_wait, there.p_wait)
        yield from _told(given, "ends in T grow with patience", here.missed(either), there.missed(either))
        yield from _told(given, "waits fall with patience", here.average_wait_seconds, there.average_wait_seconds)
        return
    for less, greater in pairs:
        for definition in get_args(Definition):
            yield from _told(
                given, f"{definition} gains by {name}", less.missed(definition), greater.missed(definition)
            )
        for figure in ("p_wait", "p_abandon", "average_wait_seconds"):
            yield from _told(
                given, f"{figure} the wrong way in {name}", getattr(less, figure), getattr(greater, figure)
            )
        whole = given.agents >= 1  # below, the continued law is no queue's
        occupied = (np.where(whole, queue.occupancy, 0.0) for queue in (less, greater))
        yield from _told(given, f"occupancy the wrong way in {name}", *occupied)


def _told(given: Queues, what: str, less: Floats, greater: Floats) -> Iterator[str]:
    finite = np.isfinite(less)
    short = np.where(finite, less, 0.0) * (1 - SLACK) - 1e-300 > greater
    yield from _rows(given, what, short | (~finite & np.isfinite(greater)))


def _rows(given: Queues, what: str, wrong: NDArray[np.bool_]) -> Iterator[str]:
    if wrong.any():
        row = int(wrong.argmax())
        values = {name: float(values[row]) for name, values in vars(given).items() if name != "endless"}
        yield f"{what} in {int(wrong.sum())} of {wrong.size} rows, such as {values}{' endless' * given.endless}"


def missizings(count: int, seed: int, targets: Sequence[Target]) -> Iterator[str]:
    """Yield in words where the least number is not the least, or falls with the load."""
    for endless in (True, False):
        given = queues(count, seed, endless=endless)
        patience = None if endless else given.patience
        sized = [
            smallest_agents(np.minimum(load, 1e12), given.aht, targets, patience)
            for load in (given.load, given.load * 1.01)
        ]
        load, least = np.minimum(given.load, 1e12), sized[0]
        yield from _rows(given, f"{targets} missed by the least", ~meets(targets, load, least, given.aht, patience))
        fewer = meets(targets, load, np.maximum(least - 1, 0), given.aht, patience, tie=1 - 1e-11)
        yield from _rows(given, f"{targets} met by one fewer than the least", fewer & (least > 1))
        yield from _rows(given, f"{targets} need fewer for more", sized[1] < sized[0])
