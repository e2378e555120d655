"""Chat with slower hands: what n agents give when each holds several conversations and every further one slows the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, xlogy

from wfm.domain.errors import Fault, InputError
from wfm.domain.target import Target
from wfm.staffing.arrays import Floats, Integers, as_arrays
from wfm.staffing.conversations import ChatPace, Floor, floor_of
from wfm.staffing.erlang import erlang_a, erlang_b, erlang_c
from wfm.staffing.queue import QueueMetrics
from wfm.staffing.smallest import smallest_agents, target_met

_NEGLIGIBLE = 1e-12
"""Numbers of agents away at the same time that are rarer than this are not looked at."""


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
    exclusive_erlangs: float = 0.0,
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
    columns = (part.ravel().tolist() for part in (load, number, aht, within, away))
    rows = [_one(a, int(n), h, t, e, pace, patience_seconds) for a, n, h, t, e in zip(*columns, strict=True)]
    names = [field.name for field in fields(ChatMetrics)]
    return ChatMetrics(**{name: np.array([row[name] for row in rows]).reshape(load.shape) for name in names})


def smallest_chat_agents(
    load_erlangs: ArrayLike,
    aht_seconds: float,
    targets: Sequence[Target],
    pace: ChatPace,
    *,
    patience_seconds: float | None = None,
    exclusive_erlangs: float = 0.0,
) -> Integers:
    """Least whole n that meets all targets, shape of the load; 0 where it is 0. An occupancy cap is about conversations.

    More agents make every figure better, so doubling and halving from the agents that n conversations without slowdown need finds it.
    Raises InputError as :func:`wfm.staffing.smallest_agents`.
    """
    (load,) = as_arrays(load_erlangs=load_erlangs)

    def figures(one: float, agents: int, target: Target) -> ChatMetrics:
        within = getattr(target, "within_seconds", 0.0)
        return chat(one, agents, aht_seconds, within, pace, patience_seconds=patience_seconds,
                    exclusive_erlangs=exclusive_erlangs)  # fmt: skip

    def enough(one: float, agents: int) -> bool:
        queues = [(target, figures(one, agents, target)) for target in targets]
        return all(np.isfinite(queue.average_wait_seconds) and target_met(target, queue) for target, queue in queues)

    places = smallest_agents(load, aht_seconds, targets, patience_seconds)  # also refuses what nobody can reach
    guesses = dict(zip(load.ravel().tolist(), (-(-places // pace.concurrency)).ravel().tolist(), strict=True))
    least = {one: _least(enough, one, guess) for one, guess in guesses.items()}
    return np.array([least[one] for one in load.ravel().tolist()], dtype=np.int64).reshape(load.shape)


def _least(enough: Callable[[float, int], bool], load: float, guess: int) -> int:
    """Least n with enough(load, n), which is monotone in n: strides that double away from a guess, then halving; 0 without load."""
    if load == 0:
        return 0
    low, high, stride = 0, max(1, guess), 1
    while not enough(load, high):
        low, high, stride = high, high + stride, 2 * stride
    stride = 1
    while high - low > 1:
        middle = max(high - stride, (low + high) // 2)
        low, high = (low, middle) if enough(load, middle) else (middle, high)
        stride *= 2
    return high


def _one(
    load: float, agents: int, aht: float, within: float, away: float, pace: ChatPace, patience: float | None
) -> dict[str, float]:
    """The figures of one row: those of each number of agents left on chat, weighed by how often so many are left."""
    present = _present(away, agents)
    parts = [_reserved(load, left, aht, within, pace, patience) for left in present]
    mixed = {name: sum(w * part[name] for w, part in zip(present.values(), parts, strict=True)) for name in parts[0]}
    held, busy, waited = (mixed.pop(name) for name in ("held", "busy", "waited_served"))
    answered = mixed["answered_in_time"] + mixed["answered_late"]
    busy += agents - sum(w * left for left, w in present.items())
    experienced = aht * held / (load * answered) if load * answered > 0 else aht
    return mixed | {
        "load_erlangs": load * experienced / aht,
        "agents": agents * pace.concurrency,
        "aht_seconds": experienced,
        "average_wait_served_seconds": waited / answered if answered > 0 else np.inf,
        "busy_share": busy / agents if agents else float(load > 0),
    }


def _present(away: float, agents: int) -> dict[int, float]:
    """How often how many of n agents are not in a session: a Poisson law of those who are, cut at n (Erlang 1917)."""
    if away == 0:
        return {agents: 1.0}
    gone = np.arange(agents + 1)
    weight = xlogy(gone, away) - gammaln(gone + 1)
    law = np.exp(weight - weight.max())
    law /= law.sum()
    return {agents - k: float(law[k]) for k in gone.tolist() if law[k] > _NEGLIGIBLE}


def _reserved(
    load: float, agents: int, aht: float, within: float, pace: ChatPace, patience: float | None
) -> dict[str, float]:
    """The figures of one row whose agents do nothing but chat; ``waited_served`` is per offered chat, ``held`` and ``busy`` are means."""
    places = agents * pace.concurrency
    floor = floor_of(agents, pace, load)
    slow = places / floor.speed[-1] if agents else 1.0
    full = (load * slow, places, aht * slow)
    queue = erlang_c(*full, within) if patience is None else erlang_a(*full, patience, within)
    filled, held, busy = _below(floor, load)
    wait = queue.p_wait.item()
    blocked = erlang_b(full[0], places - 1).item() if agents else 1.0
    odds = wait * (filled / blocked if blocked > 0 else 1.0)
    waits = odds / (odds + 1 - wait) if odds > 0 else 0.0
    factor = waits / wait if wait > 0 else 0.0
    late, short, gone = (
        factor * part.item() for part in (queue.answered_late, queue.abandoned_in_time, queue.abandoned_late)
    )
    answered = (queue.answered_in_time + queue.answered_late).item()
    return {
        "p_wait": waits,
        "answered_in_time": max(0.0, 1 - late - short - gone),
        "answered_late": late,
        "abandoned_in_time": short,
        "abandoned_late": gone,
        "average_wait_seconds": factor * queue.average_wait_seconds.item() if factor else 0.0,
        "waited_served": factor * answered * queue.average_wait_served_seconds.item() if factor * answered else 0.0,
        "held": (1 - waits) * held + waits * places,
        "busy": (1 - waits) * busy + waits * agents,
    }


def _below(floor: Floor, load: float) -> tuple[float, float, float]:
    """Given that a place is free: the share of time in which only one is, and the mean conversations and busy agents."""
    last, held, busy = 1.0, 0.0, 0.0
    for j in range(1, floor.speed.size - 1):
        last = load * last / (load * last + floor.speed[j]) if load else 0.0
        held += last * (j - held)
        busy += last * (floor.busy[j] - busy)
    return last, held, busy
