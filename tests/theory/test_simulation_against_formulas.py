"""The simulation against queueing theory: M/M/n and M/M/n+M days, with formulas of its own that share no code with wfm."""

from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.linalg import expm
from scipy.special import stdtr, stdtrit

from tests.simulate.centre import days, flat, people, round_the_clock
from wfm.domain import Channel, ServiceLevel
from wfm.simulate import simulate
from wfm.simulate.arrivals import contacts
from wfm.simulate.duty import duty, rostered
from wfm.simulate.floor import Contacts, Duty, Floor
from wfm.simulate.kernel import Kernel, compiled
from wfm.simulate.measure import ratio
from wfm.simulate.router import Routes, routes
from wfm.simulate.routers import router_of

WITHIN = 20.0
REPLICATIONS = 40
WARM_UP = 12 * 3_600.0
"""Starting empty is forgotten within a few relaxation times, the longest of which is below an hour here."""
COOL_DOWN = 3_600.0
"""Contacts of the last hour are left out, for some of them still wait when the grid ends."""
FALSE_ALARM = 0.001
"""Probability that a right simulation fails any of the checks of a test: each check takes its share (Bonferroni)."""


class Queue(NamedTuple):
    """Contacts an hour, mean handle and patience seconds (inf: nobody abandons), agents."""

    volume: float
    aht: float
    patience: float
    agents: int


QUEUES = (
    Queue(volume=14, aht=180, patience=np.inf, agents=1),
    Queue(volume=80, aht=180, patience=np.inf, agents=5),
    Queue(volume=160, aht=270, patience=np.inf, agents=14),
    Queue(volume=600, aht=240, patience=np.inf, agents=44),
    Queue(volume=20, aht=180, patience=90, agents=1),
    Queue(volume=120, aht=180, patience=120, agents=6),
    Queue(volume=160, aht=300, patience=60, agents=10),
    Queue(volume=600, aht=240, patience=180, agents=40),
)


class Truth(NamedTuple):
    """Share answered within 20 s, share abandoned, and mean wait in seconds, all over the offered contacts."""

    service_level: float
    abandonment: float
    average_wait: float


LEAST_SURPRISE = FALSE_ALARM / (len(QUEUES) * len(Truth._fields))


def truth(queue: Queue) -> Truth:
    """The stationary queue as a birth-death chain; who arrives sees its distribution (Wolff 1982).

    A contact that finds k ahead of it in the queue moves up at rate n * mu + k * theta (k others may lose patience) and is lost at rate
    theta; the probability that it is served within t is that of a chain with absorption, by the matrix exponential.
    """
    births, mu, theta, n = queue.volume / 3_600, 1 / queue.aht, 1 / queue.patience, queue.agents
    size = n + 1_500
    jobs = np.arange(1, size)
    deaths = np.minimum(jobs, n) * mu + np.maximum(jobs - n, 0) * theta
    log_weight = np.concatenate([[0.0], np.cumsum(np.log(births / deaths))])
    share = np.exp(log_weight - log_weight.max())
    share /= share.sum()
    queued = float((np.maximum(np.arange(size) - n, 0) * share).sum())
    in_line = share[n : n + 200]
    moves = n * mu + np.arange(len(in_line)) * theta
    served = len(in_line)
    generator = np.zeros((served + 1, served + 1))
    generator[range(served), range(served)] = -(moves + theta)
    generator[range(1, served), range(served - 1)] = moves[1:]
    generator[0, served] = moves[0]
    soon = in_line @ expm(WITHIN * generator)[:served, served]
    return Truth(float(share[:n].sum() + soon), theta * queued / births, queued / births)


def test_the_formula_is_that_of_the_textbook_for_one_agent() -> None:
    queue = QUEUES[0]
    rho = queue.volume * queue.aht / 3_600
    wait = 1 - rho * np.exp(-(1 - rho) * WITHIN / queue.aht)
    assert truth(queue) == pytest.approx((wait, 0, rho * queue.aht / (1 - rho)), rel=1e-9)


def scene(queue: Queue, replication: int) -> tuple[Contacts, Duty, Routes]:
    """Four days of a queue with constant rate and staff, exponential handle times and patience."""
    grid, staff = days(4), people(*[["phone"]] * queue.agents)
    patience = None if np.isinf(queue.patience) else queue.patience
    channel = Channel(name="phone", patience_seconds=patience)
    drawn = contacts([flat(grid, mean=queue.volume / 2, aht=queue.aht)], [channel], "exponential", 2_026, replication)
    turns = duty(rostered(round_the_clock(grid, staff), [agent.id for agent in staff.agents]))
    return drawn, turns, routes(router_of("longest_wait"), staff.agents, [channel])


def seen(drawn: Contacts, end: float, floor: Floor) -> NDArray[np.float64]:
    """Numbers of contacts offered in the steady state, answered within 20 s and abandoned, and the sum of their waits."""
    steady = (drawn.arrival > WARM_UP) & (drawn.arrival < end - COOL_DOWN)
    waited = np.where(floor.abandoned, drawn.patience, floor.started - drawn.arrival)[steady]
    answered = ~floor.abandoned[steady]
    return np.array([steady.sum(), (answered & (waited <= WITHIN)).sum(), (~answered).sum(), waited.sum()])


def surprises(queue: Queue, kernel: Kernel) -> dict[str, float]:
    """For each figure the probability that chance alone takes a right simulation as far from the formula (two-sided Student t)."""
    rows = []
    for replication in range(REPLICATIONS):
        drawn, turns, desk = scene(queue, replication)
        rows.append(seen(drawn, turns.end, kernel(drawn, turns, desk)))
    offered, *figures = np.array(rows).T
    found = {}
    for name, value, counts in zip(Truth._fields, truth(queue), figures, strict=True):
        estimate = ratio(counts, offered)
        error = estimate.half_width / stdtrit(REPLICATIONS - 1, (1 + estimate.confidence) / 2)
        distance = abs(estimate.mean - value)
        found[name] = 1.0 if distance == 0 else float(2 * stdtr(REPLICATIONS - 1, -distance / error))
    return found


@pytest.mark.parametrize("queue", QUEUES, ids=str)
def test_the_simulation_agrees_with_the_formula(queue: Queue) -> None:
    assert min(surprises(queue, compiled()).values()) > LEAST_SURPRISE


def impatient(drawn: Contacts, turns: Duty, desk: Routes) -> Floor:
    return compiled()(drawn._replace(patience=0.9 * drawn.patience), turns, desk)


def hasty(drawn: Contacts, turns: Duty, desk: Routes) -> Floor:
    return compiled()(drawn._replace(handle=0.98 * drawn.handle), turns, desk)


def last_come_first_served(drawn: Contacts, turns: Duty, desk: Routes) -> Floor:
    """Give each contact the wait of another one, as a wrong order of the queue would: the mean is right, the shares are not."""
    floor = compiled()(drawn, turns, desk)
    wait = np.where(np.isfinite(floor.started), floor.started - drawn.arrival, 0.0)
    return floor._replace(started=drawn.arrival + wait * np.where(np.arange(len(wait)) % 2, 0.5, 1.5))


@pytest.mark.parametrize("wrong", [impatient, hasty, last_come_first_served])
def test_a_slightly_wrong_simulation_is_found_out(wrong: Kernel) -> None:
    assert min(surprises(QUEUES[-1], wrong).values()) < LEAST_SURPRISE


@pytest.mark.parametrize("queue", [QUEUES[2], QUEUES[5]], ids=str)
def test_the_simulated_day_covers_the_formula_in_its_own_interval(queue: Queue) -> None:
    """Through the front door; empty at the start of five days is noise here, a relaxation time being below an hour."""
    grid, staff = days(5), people(*[["phone"]] * queue.agents)
    patience = None if np.isinf(queue.patience) else queue.patience
    target = ServiceLevel(share=0.8, within_seconds=WITHIN)
    channel = Channel(name="phone", patience_seconds=patience, targets=(target,))
    performance = simulate(
        [flat(grid, mean=queue.volume / 2, aht=queue.aht)],
        [channel],
        staff,
        round_the_clock(grid, staff),
        seed=7,
        replications=30,
        handle_times="exponential",
    ).of("phone")
    wanted = truth(queue)
    load = queue.volume * queue.aht / 3_600 * (1 - wanted.abandonment)
    assert performance.service_level.covers(wanted.service_level)
    assert performance.abandonment.covers(wanted.abandonment)
    assert performance.average_wait_seconds.covers(wanted.average_wait)
    assert performance.occupancy.covers(load / queue.agents)
    assert 0 < performance.service_level.half_width < 0.02
