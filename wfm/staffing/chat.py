"""Chat with slower hands: what n agents give when each holds several conversations and every further one slows the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wfm.domain.errors import Fault, InputError
from wfm.domain.target import Target
from wfm.staffing.arrays import Bools, Floats, Integers, as_arrays
from wfm.staffing.conversations import ChatPace, Floor, floor_of
from wfm.staffing.erlang import erlang_a, erlang_b, erlang_c
from wfm.staffing.queue import QueueMetrics
from wfm.staffing.smallest import least_agents, smallest_agents, target_met

_NEGLIGIBLE = 1e-12
"""Numbers of agents away at the same time that are rarer than this are not looked at."""
_MOST_PLACES = 2_000
"""Conversations up to which a floor is followed place by place; so the work of very large floors stays bounded."""


@dataclass(frozen=True)
class ChatMetrics(QueueMetrics):
    """A queue whose ``agents`` are conversations, n k of them, and whose ``aht_seconds`` is the handle time as really experienced.

    ``occupancy`` is that of conversations; ``busy_share`` is the share of agents with at least one.
    """

    busy_share: Floats


def chat(
    load_erlangs: ArrayLike,
    agents: ArrayLike,
    aht_seconds: ArrayLike,
    within_seconds: ArrayLike,
    pace: ChatPace,
    *,
    patience_seconds: float | None = None,
    exclusive_erlangs: ArrayLike = 0.0,
) -> ChatMetrics:
    """Chats of Poisson arrivals on n whole agents, broadcast shape; ``aht_seconds`` and the load are of a chat held alone.

    Chats in the system are a birth-death chain: with j below N = n k they end at the rate d(j) of :class:`Floor`, above at
    d(N) + (j - N) / patience. Whoever finds all N places taken waits exactly as in Erlang A with N servers of handle time N / d(N)
    (Erlang C without patience), so only P(wait) differs: its odds are Erlang's times B / B(N - 1, a), where B = pi(N - 1) /
    (pi(0) + .. + pi(N - 1)) follows B(j) = l B(j - 1) / (l B(j - 1) + d(j)).

    ``exclusive_erlangs`` is the load of sessions (remote control, a visit) that block an agent for chat; they go before chats, and are
    turned away where all n agents are in one. The figures are means over the number of agents away, as if each number lasted long: on
    the careful side, the more so the shorter a session is against handle time and patience.
    Raises InputError for input that is negative, no number, or where agents are not whole.
    """
    load, number, aht, within, away = as_arrays(
        load_erlangs=load_erlangs,
        agents=agents,
        aht_seconds=aht_seconds,
        within_seconds=within_seconds,
        exclusive_erlangs=exclusive_erlangs,
    )
    if (number % 1 != 0).any():
        raise InputError([Fault("a whole number of agents", f"{number[number % 1 != 0].flat[0]:g}")])
    loads, handle, limit, gone = (part.ravel() for part in (load, aht, within, away))
    rows = _mixed(loads, number.ravel().astype(np.int64), handle, limit, gone, pace, patience_seconds)
    return ChatMetrics(**{name: row.reshape(load.shape) for name, row in rows.items()})


def smallest_chat_agents(
    load_erlangs: ArrayLike,
    aht_seconds: ArrayLike,
    targets: Sequence[Target],
    pace: ChatPace,
    *,
    patience_seconds: float | None = None,
    exclusive_erlangs: ArrayLike = 0.0,
) -> Integers:
    """Least whole n that meets all targets, broadcast shape; 0 where the load is 0. An occupancy cap is about conversations.

    More agents make every figure better, so galloping and halving finds it. Raises InputError as :func:`wfm.staffing.smallest_agents`.
    """
    load, aht, away = as_arrays(load_erlangs=load_erlangs, aht_seconds=aht_seconds, exclusive_erlangs=exclusive_erlangs)
    flat, handle, gone = load.ravel(), aht.ravel(), away.ravel()
    smallest_agents([], 1.0, targets, patience_seconds)  # refuses what nobody can reach

    def enough(rows: Integers, agents: Floats) -> Bools:
        met = np.ones(rows.size, dtype=np.bool_)
        for target in targets:
            within = getattr(target, "within_seconds", 0.0)
            queue = chat(flat[rows], agents, handle[rows], within, pace, patience_seconds=patience_seconds,
                         exclusive_erlangs=gone[rows])  # fmt: skip
            met &= np.isfinite(queue.average_wait_seconds) & target_met(target, queue)
        return met

    return least_agents(enough, flat).reshape(load.shape)


def _mixed(
    load: Floats, agents: Integers, aht: Floats, within: Floats, away: Floats, pace: ChatPace, patience: float | None
) -> dict[str, Floats]:
    """The figures of each row: those of each number of agents left on chat, weighed by how often so many are left."""
    row, left, weight = _left(agents, away)
    parts = _reserved(load[row], left, aht[row], within[row], pace, patience)
    mixed: dict[str, Floats] = {
        name: np.bincount(row, weight * part, load.size).astype(np.float64) for name, part in parts.items()
    }
    held, busy, waited = (mixed.pop(name) for name in ("held", "busy", "waited_served"))
    answered = mixed["answered_in_time"] + mixed["answered_late"]
    busy = busy + agents - np.bincount(row, weight * left, load.size)
    experienced = _over(aht * held, load * answered, aht)
    return mixed | {
        "load_erlangs": load * _over(experienced, aht, 1.0),
        "agents": (agents * pace.concurrency).astype(np.float64),
        "aht_seconds": experienced,
        "average_wait_served_seconds": _over(waited, answered, np.inf),
        "busy_share": _over(busy, agents.astype(np.float64), (load > 0).astype(np.float64)),
    }


def _over(part: Floats, whole: Floats, otherwise: ArrayLike) -> Floats:
    """``part`` over ``whole``; ``otherwise`` where the whole is 0."""
    return np.divide(part, whole, out=np.broadcast_to(otherwise, whole.shape).astype(np.float64), where=whole > 0)


def _left(agents: Integers, away: Floats) -> tuple[Integers, Integers, Floats]:
    """For each row how often how many of its agents are not in a session: rows, agents left, and weights, one entry each."""
    if not away.any():
        return np.arange(agents.size), agents, np.ones(agents.size)
    laws = {pair: _present(*pair) for pair in set(zip(away.tolist(), agents.tolist(), strict=True))}
    chosen = [laws[pair] for pair in zip(away.tolist(), agents.tolist(), strict=True)]
    row = np.repeat(np.arange(agents.size), [len(law) for law, _ in chosen])
    return row, np.concatenate([left for _, left in chosen]), np.concatenate([law for law, _ in chosen])


def _present(away: float, agents: int) -> tuple[Floats, Integers]:
    """How often how many of n agents are not in a session: a Poisson law of those who are, cut at n (Erlang 1917)."""
    from scipy.special import gammaln, xlogy

    gone = np.arange(agents + 1)
    weight = xlogy(gone, away) - gammaln(gone + 1)
    law = np.exp(weight - weight.max())
    law /= law.sum()
    return law[law > _NEGLIGIBLE], agents - gone[law > _NEGLIGIBLE]


def _reserved(
    load: Floats, agents: Integers, aht: Floats, within: Floats, pace: ChatPace, patience: float | None
) -> dict[str, Floats]:
    """The figures of rows whose agents do nothing but chat; ``waited_served`` is per offered chat, ``held`` and ``busy`` are means."""
    places = agents * pace.concurrency
    slow = pace.concurrency / float(pace.speed(pace.concurrency))
    full = (load * slow, places, aht * slow)
    queue = erlang_c(*full, within) if patience is None else erlang_a(*full, patience, within)
    blocked = np.where(agents > 0, erlang_b(full[0], np.maximum(places - 1, 0)), 1.0)
    filled, held, busy = _below(load, agents, pace, blocked)
    wait = queue.p_wait
    odds = wait * _over(filled, blocked, 1.0)
    waits = _over(odds, odds + 1 - wait, 0.0)
    factor = _over(waits, wait, 0.0)
    late, short, gone = factor * queue.answered_late, factor * queue.abandoned_in_time, factor * queue.abandoned_late
    answered = factor * (queue.answered_in_time + queue.answered_late)
    with np.errstate(invalid="ignore"):  # 0 times a wait without end, where nobody waits
        wait_all = np.where(factor > 0, factor * queue.average_wait_seconds, 0.0)
        wait_served = np.where(answered > 0, answered * queue.average_wait_served_seconds, 0.0)
    return {
        "p_wait": waits,
        "answered_in_time": np.maximum(0.0, 1 - late - short - gone),
        "answered_late": late,
        "abandoned_in_time": short,
        "abandoned_late": gone,
        "average_wait_seconds": wait_all,
        "waited_served": wait_served,
        "held": (1 - waits) * held + waits * places,
        "busy": (1 - waits) * busy + waits * agents,
    }


def _below(load: Floats, agents: Integers, pace: ChatPace, blocked: Floats) -> tuple[Floats, Floats, Floats]:
    """Given that a place is free: the share of time in which only one is, and the mean conversations and busy agents.

    On floors of more than 2,000 conversations those that are held are taken to be in full hands: up to two points too careful.
    """
    slow = pace.concurrency / float(pace.speed(pace.concurrency))
    last = np.where(agents > 0, blocked, 1.0)
    held = np.minimum(load * slow, agents * pace.concurrency)
    busy = held / pace.concurrency
    for number in np.unique(agents[agents * pace.concurrency <= _MOST_PLACES]).tolist():
        rows = np.flatnonzero(agents == number)
        floor, come = floor_of(number, pace, load[rows]), load[rows]
        last[rows], held[rows], busy[rows] = _passed(floor, come)
    return last, held, busy


def _passed(floor: Floor, load: Floats) -> tuple[Floats, Floats, Floats]:
    last, held, busy = np.ones(load.size), np.zeros(load.size), np.zeros(load.size)
    for j in range(1, floor.speed.shape[-1] - 1):
        last = load * last / (load * last + floor.speed[:, j])
        held += last * (j - held)
        busy += last * (floor.busy[:, j] - busy)
    return last, held, busy
