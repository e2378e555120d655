"""The Markov chain of a queue whose staff changes: how its law moves forward, and what becomes of a contact that waits in it.

A state is (e, k). ``e`` agents are off duty but still finish the contact in hand; ``k`` counts all other contacts, so that min(k, n) of
the n agents on duty are busy and k - n contacts wait. While e > 0 all n are busy too: k >= n. Both kernels are plain Python over numpy
arrays; :func:`compiled` gives the same code as machine code. Rates are per second. Both use uniformisation (Jensen 1953): with a rate L
above all rates, the chain moves at Poisson instants of rate L by a stochastic matrix P, so exp(Q t) = sum of w_j P^j, w_j Poisson(L t).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import exp, lgamma, log, sqrt
from typing import NamedTuple, ParamSpec, TypeVar

import numpy as np

from wfm.staffing.arrays import Floats

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

_UNSEEN = 1e-12
"""Probability that is left out: of steps of the uniformised chain, and of states far in the tail."""


class Stage(NamedTuple):
    """Constant staff and rates for some time: ``agents`` on duty, contacts each finishes and each waiting one abandons, per second."""

    agents: int
    serve: float
    leave: float
    seconds: float


def compiled(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """A kernel of this file as machine code, kept on disk between runs; numba is imported only now, for it is slow to import."""
    return _compiled(function)


@cache
def _compiled(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    from numba import njit

    try:
        quick: Callable[Parameters, Result] = njit(cache=True, nogil=True)(function)
    except RuntimeError:  # numba found no folder that it may write to: compiled again in every process
        quick = njit(nogil=True)(function)
    return quick


def forward(
    law: Floats, arrive: float, agents: int, serve: float, leave: float, seconds: float
) -> tuple[Floats, Floats]:
    """The law (e, k) after some seconds, and its mean over them, which is what arrivals see (Wolff 1982); same shape as ``law``.

    Kolmogorov's forward equations of M/M/n+M with agents who leave when they finish; contacts beyond the last k are turned away.
    """
    rows, width = law.shape
    top = arrive + (agents + rows - 1) * serve + max(width - 1 - agents, 0) * leave
    mean = top * seconds
    if mean == 0.0:
        return law.copy(), law.copy()
    up = arrive / top
    down, lost = np.zeros(width + 1), np.zeros(width + 1)
    for k in range(width):
        lost[k] = max(k - agents, 0) * leave / top
        down[k] = min(k, agents) * serve / top + lost[k]
    old, new = np.zeros((rows + 1, width + 1)), np.zeros((rows + 1, width + 1))
    old[:rows, :width] = law
    end, average = np.zeros((rows, width)), np.zeros((rows, width))
    left, step, last = 1.0, 0, mean + 10.0 * sqrt(mean) + 20.0
    while left > _UNSEEN and step < last:
        weight = exp(step * log(mean) - mean - lgamma(step + 1.0))
        left -= weight
        for e in range(rows):
            first = 0 if e == 0 else agents
            go = 0.0 if e == 0 else (agents + e) * serve / top
            fall = down if e == 0 else lost
            come = (agents + e + 1) * serve / top
            for k in range(first, width):
                here = old[e, k]
                end[e, k] += weight * here
                average[e, k] += max(left, 0.0) * here
                stay = 1.0 - fall[k] - go - (up if k < width - 1 else 0.0)
                new[e, k] = here * stay + old[e, k + 1] * fall[k + 1] + come * old[e + 1, k]
            for k in range(first + 1, width):
                new[e, k] += up * old[e, k - 1]
        old, new = new, old
        step += 1
    return end, average / mean


def backward(fate: Floats, agents: int, serve: float, leave: float, seconds: float) -> Floats:
    """Probability that a waiting contact is answered ([0]) or has abandoned ([1]) by a deadline, some seconds before it is ``fate``.

    Shape (2, e, q), q = contacts ahead of it. Kolmogorov's backward equations of its way through the queue: those ahead are answered
    or give up, those behind do not matter.
    """
    _, rows, ahead = fate.shape
    top = (agents + rows - 1) * serve + ahead * leave
    mean = top * seconds
    if mean == 0.0:
        return fate.copy()
    old, new = fate.copy(), np.zeros(fate.shape)
    result = np.zeros(fate.shape)
    left, step, last = 1.0, 0, mean + 10.0 * sqrt(mean) + 20.0
    while left > _UNSEEN and step < last:
        weight = exp(step * log(mean) - mean - lgamma(step + 1.0))
        left -= weight
        result += weight * old
        for end in range(2):
            for e in range(rows):
                done = (agents + e) * serve / top
                for q in range(ahead):
                    gone = q * leave / top
                    value = old[end, e, q] * (1.0 - done - gone - leave / top)
                    if q > 0:
                        value += gone * old[end, e, q - 1]
                    if e > 0:
                        value += done * old[end, e - 1, q]
                    elif q > 0:
                        value += done * old[end, 0, q - 1]
                    elif end == 0:
                        value += done
                    new[end, e, q] = value + (leave / top if end == 1 else 0.0)
        old, new = new, old
        step += 1
    return result


def further_wait(rows: int, ahead: int, agents: int, serve: float, leave: float) -> Floats:
    """Mean seconds until a contact with q ahead of it is answered or gives up, shape (e, q); infinite where nothing ever happens."""
    wait = np.zeros((rows, ahead))
    for e in range(rows):
        for q in range(ahead):
            done, gone = (agents + e) * serve, q * leave
            rate = done + gone + leave
            if rate == 0.0:
                wait[e, q] = np.inf
                continue
            later = 1.0
            if gone > 0:
                later += gone * wait[e, q - 1]
            if e > 0:
                later += done * wait[e - 1, q]
            elif q > 0:
                later += done * wait[0, q - 1]
            wait[e, q] = later / rate
    return wait


def restaffed(law: Floats, before: int, after: int) -> Floats:
    """The law at once after the staff changes: idle agents leave first, busy ones when they finish, new ones take who waits."""
    e, k = np.nonzero(law)
    busy, waiting = np.minimum(k, before) + e, np.maximum(k - before, 0)
    excess = np.maximum(busy - after, 0)
    others = busy + waiting - excess
    moved = np.zeros((int(excess.max(initial=0)) + 1, int(others.max(initial=0)) + 1))
    np.add.at(moved, (excess, others), law[e, k])
    return moved


def fates(stages: tuple[Stage, ...], rows: int, ahead: int) -> Floats:
    """Probability that a contact that begins to wait is answered ([0]) or gives up ([1]) before the stages end; shape (2, e, q)."""
    stage, later = stages[0], stages[1:]
    fate = np.zeros((2, rows, ahead))
    if later:
        after = later[0].agents
        e, q = np.indices((rows, ahead))
        excess = np.maximum(stage.agents + e - after, 0)
        behind = q - np.maximum(after - stage.agents - e, 0)
        following = fates(later, int(excess.max()) + 1, ahead)
        fate = np.where(behind < 0, np.array([1.0, 0.0])[:, None, None], following[:, excess, np.maximum(behind, 0)])
    return compiled(backward)(np.ascontiguousarray(fate), *stage)  # another layout would be compiled again
