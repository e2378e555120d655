"""Queues whose truth is known from formulas or small Markov chains, in code of their own that wfm does not share."""

from itertools import combinations_with_replacement
from typing import NamedTuple

import numpy as np
from scipy.linalg import expm, lstsq
from scipy.special import gammaln, logsumexp

WITHIN = 20.0


class Truth(NamedTuple):
    """Share answered within the seconds asked for, share abandoned, and mean wait in seconds, all over offered; None is not known."""

    service_level: float | None = None
    abandonment: float | None = None
    average_wait: float | None = None


def birth_death(volume: float, aht: float, patience: float, agents: int, within: float = WITHIN) -> Truth:
    """M/M/n(+M) as a birth-death chain, ``volume`` an hour; who arrives sees its distribution (Wolff 1982).

    A contact that finds k ahead of it in the queue moves up at rate n * mu + k * theta (k others may lose patience) and is lost at rate
    theta; the probability that it is served within t is that of a chain with absorption, by the matrix exponential.
    """
    births, mu, theta, n = volume / 3_600, 1 / aht, 1 / patience, agents
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
    soon = in_line @ expm(within * generator)[:served, served]
    return Truth(float(share[:n].sum() + soon), theta * queued / births, queued / births)


def blocked(load: float, agents: int) -> float:
    """Erlang's B, which holds for any handle times (insensitivity): the share of contacts that find all agents busy."""
    log_terms = np.arange(agents + 1) * np.log(load) - gammaln(np.arange(agents + 1) + 1)
    return float(np.exp(log_terms[-1] - logsumexp(log_terms)))


def wait_of_one(volume: float, aht: float, cv: float) -> float:
    """Mean wait before one agent, handle times of any law with this coefficient of variation (Pollaczek 1930, Khinchine 1932)."""
    rho = volume * aht / 3_600
    return rho * aht * (1 + cv**2) / (2 * (1 - rho))


def waits_by_priority(volumes: tuple[float, ...], aht: float, agents: int) -> list[float]:
    """Mean wait of each class, first class first, in M/M/n without preemption (Cobham 1954)."""
    loads = np.array(volumes) * aht / 3_600
    total = float(loads.sum())
    b = blocked(total, agents)
    busy = b / (1 - (1 - b) * total / agents)
    used = np.concatenate([[0.0], np.cumsum(loads) / agents])
    return [float(busy * aht / agents / ((1 - used[k]) * (1 - used[k + 1]))) for k in range(len(loads))]


def chat(volume: float, aht: float, patience: float, agents: int, concurrency: int, slowdown: float) -> Truth:
    """Chats that go to whoever holds fewest, each at 1 / (1 + slowdown (m - 1)) of the speed beside m - 1 others, as a Markov chain.

    States are the agents' hands in order, and how many wait once all hands are full. The service level is that of no wait at all.
    """
    births, mu, theta = volume / 3_600, 1 / aht, 1 / patience
    hands = list(combinations_with_replacement(range(concurrency + 1), agents))
    full = (concurrency,) * agents
    states = [(row, 0) for row in hands] + [(full, q) for q in range(1, 400)]
    number = {state: k for k, state in enumerate(states)}
    flow = np.zeros((len(states), len(states)))
    for (row, waiting), k in number.items():
        if row != full:
            flow[k, number[tuple(sorted((row[0] + 1, *row[1:]))), 0]] += births
        elif waiting < 399:
            flow[k, number[full, waiting + 1]] += births
        for place, held in enumerate(row):
            speed = mu * held / (1 + slowdown * (held - 1)) if held else 0.0
            after = (full, waiting - 1) if waiting else (tuple(sorted((*row[:place], held - 1, *row[place + 1 :]))), 0)
            if speed:
                flow[k, number[after]] += speed
        if waiting:
            flow[k, number[full, waiting - 1]] += waiting * theta
    flow -= np.diag(flow.sum(axis=1))
    balance = np.vstack([flow.T, np.ones(len(states))])
    share = lstsq(balance, np.append(np.zeros(len(states)), 1.0))[0]
    queued = float(sum(share[k] * waiting for (_, waiting), k in number.items()))
    at_once = float(sum(share[k] for (row, _), k in number.items() if row != full))
    return Truth(at_once, theta * queued / births, queued / births)
