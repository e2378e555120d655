"""The calculator: one volume in, the agents it needs out, with a small table of what more and fewer would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field

from wfm.domain.errors import Fault, InputError
from wfm.domain.noun import Noun
from wfm.domain.quantity import Share
from wfm.domain.target import LIVE_DEFAULT, ServiceLevel, Target
from wfm.staffing.arrays import Bools, Floats
from wfm.staffing.erlang import erlang_a, erlang_c
from wfm.staffing.queue import QueueMetrics
from wfm.staffing.redials import load_with_redials
from wfm.staffing.shrinkage import gross_agents, paid_agents
from wfm.staffing.smallest import TIE, fractional_agents, halved, least_agents, meets, smallest_agents
from wfm.staffing.wait_quantile import wait_quantile

_AROUND = 3
"""Rows of the table on either side of the answer."""
Amount = Annotated[float, Field(ge=0)]


class SizingRow(Noun):
    """What a number of agents gives; waits and queue are None where they grow without end or nobody is served.

    ``load_erlangs`` is what they are offered, those who call again included; ``wait_p90_seconds`` is a wait that nine in ten do not exceed.
    """

    agents: Annotated[int, Field(ge=0)]
    meets_targets: bool
    load_erlangs: Amount
    service_level: Share
    p_wait: Share
    p_abandon: Share
    average_wait_seconds: Amount | None
    average_wait_served_seconds: Amount | None
    wait_p90_seconds: Amount | None
    queue_length: Amount | None
    occupancy: Share


class Sizing(Noun):
    """The least number of agents that meets the targets, net, gross and whole, and the rows around it.

    ``load_erlangs`` is that of the fresh contacts; ``fractional_agents`` is the real number at which the targets are just met, ``agents``
    the whole one, or the minimum where that is larger. ``service_target`` says what ``service_level`` in the rows means; ``targets``
    are those that had to be met.
    """

    model: str
    load_erlangs: Amount
    targets: tuple[Target, ...]
    service_target: ServiceLevel
    agents: Annotated[int, Field(ge=0)]
    fractional_agents: Amount
    gross: Amount
    paid_agents: Annotated[int, Field(ge=0)]
    rows: tuple[SizingRow, ...]

    @property
    def answer(self) -> SizingRow:
        """The row of ``agents``."""
        return next(row for row in self.rows if row.agents == self.agents)


@dataclass(frozen=True)
class _Queue:
    """The queue of one interval for any number of agents."""

    fresh: float
    aht_seconds: float
    patience_seconds: float | None
    redial: float
    repeat: float

    def load(self, agents: Floats) -> Floats:
        """Offered load, those who call again included."""
        return load_with_redials(
            np.full_like(agents, self.fresh),
            lambda load: self.figures(agents, 0.0, load).p_abandon,
            self.redial,
            self.repeat,
        )

    def figures(self, agents: Floats, within_seconds: float, load: Floats) -> QueueMetrics:
        if self.patience_seconds is None:
            return erlang_c(load, agents, self.aht_seconds, within_seconds)
        return erlang_a(load, agents, self.aht_seconds, self.patience_seconds, within_seconds)

    def enough(self, targets: Sequence[Target], agents: Floats, tie: float) -> Bools:
        return meets(targets, self.load(agents), agents, self.aht_seconds, self.patience_seconds, tie=tie)

    def least(self, targets: Sequence[Target]) -> tuple[int, float]:
        """Least whole number that meets all targets, and the real one; InputError for targets that no number meets."""
        given = (self.fresh, self.aht_seconds, targets, self.patience_seconds)
        whole = smallest_agents(*given)  # also for those who call again, as it refuses what cannot be
        if not (self.redial or self.repeat):
            return int(whole), float(fractional_agents(*given))
        whole = least_agents(lambda _, agents: self.enough(targets, agents, TIE), np.array([self.fresh]))
        real = halved(lambda agents: self.enough(targets, agents, 1.0), whole.astype(np.float64))
        return int(whole.item()), float(real.item())


def size(
    volume: float,
    interval_seconds: float,
    aht_seconds: float,
    targets: Sequence[Target] = (),
    patience_seconds: float | None = None,
    shrinkage: float = 0.0,
    *,
    wrap_up_seconds: float = 0.0,
    minimum: int = 0,
    redial: float = 0.0,
    repeat: float = 0.0,
) -> Sizing:
    """Agents for ``volume`` contacts in an interval: Erlang A where a patience is given, else Erlang C; 80 % in 20 s where no target is.

    ``wrap_up_seconds`` is work after the contact, added to the handle time; ``minimum`` is the fewest agents on duty. Of those who
    abandon a share ``redial`` calls again, of the answered a share ``repeat``: see :func:`load_with_redials`.
    Raises InputError for input that is no number, negative, or a target that no number of agents meets.
    """
    _refuse(interval_seconds, aht_seconds, wrap_up_seconds, minimum, redial, patience_seconds)
    wanted = tuple(targets) or (LIVE_DEFAULT,)
    handle = aht_seconds + wrap_up_seconds
    queue = _Queue(volume * handle / interval_seconds, handle, patience_seconds, redial, repeat)
    least, real = queue.least(wanted)
    best = max(least, minimum)
    level = next((target for target in wanted if isinstance(target, ServiceLevel)), LIVE_DEFAULT)
    agents = np.arange(max(0, best - _AROUND), best + _AROUND + 1, dtype=np.float64)
    return Sizing(
        model="erlang_c" if patience_seconds is None else "erlang_a",
        load_erlangs=queue.fresh,
        targets=wanted,
        service_target=level,
        agents=best,
        fractional_agents=real,
        gross=gross_agents(best, shrinkage),
        paid_agents=paid_agents(best, shrinkage),
        rows=_rows(queue.figures(agents, level.within_seconds, queue.load(agents)), level, patience_seconds, best),
    )


def _refuse(interval: float, aht: float, wrap_up: float, minimum: int, redial: float, patience: float | None) -> None:
    if not 0 < interval < float("inf"):
        raise InputError([Fault("an interval above 0 seconds, such as 1800", f"{interval:g}")])
    if not 0 < aht < float("inf"):
        raise InputError([Fault("a handle time above 0 seconds, such as 240", f"{aht:g}")])
    if patience is not None and not 0 < patience < float("inf"):
        fix = "Leave it out where nobody abandons."
        raise InputError([Fault("a patience above 0 seconds, such as 180", f"{patience:g}", fix)])
    if not 0 <= wrap_up < float("inf"):
        raise InputError([Fault("a wrap-up of 0 seconds or more", f"{wrap_up:g}")])
    if minimum < 0:
        raise InputError([Fault("a minimum of 0 agents or more", f"{minimum}")])
    if redial and patience is None:
        raise InputError(
            [Fault("a patience with redials", "none", "Without a patience nobody abandons, and so nobody redials.")]
        )


def _rows(queue: QueueMetrics, level: ServiceLevel, patience_seconds: float | None, best: int) -> tuple[SizingRow, ...]:
    columns = {
        "load_erlangs": queue.load_erlangs,
        "service_level": queue.service_level(level.definition),
        "p_wait": queue.p_wait,
        "p_abandon": np.minimum(1.0, queue.p_abandon),
        "average_wait_seconds": queue.average_wait_seconds,
        "average_wait_served_seconds": queue.average_wait_served_seconds,
        "wait_p90_seconds": wait_quantile(queue.load_erlangs, queue.agents, queue.aht_seconds, 0.9, patience_seconds),
        "queue_length": queue.queue_length,
        "occupancy": queue.occupancy,
    }
    return tuple(
        SizingRow.model_validate(
            {"agents": int(agents), "meets_targets": agents >= best}
            | {name: _or_none(column[place]) for name, column in columns.items()}
        )
        for place, agents in enumerate(queue.agents.tolist())
    )


def _or_none(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
