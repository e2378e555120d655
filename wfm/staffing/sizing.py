"""The calculator: one volume in, the agents it needs out, with a small table of what more and fewer would do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from pydantic import Field

from wfm.domain.errors import Fault, InputError
from wfm.domain.noun import Noun
from wfm.domain.quantity import Share
from wfm.domain.target import ServiceLevel, Target
from wfm.staffing.erlang import erlang_a, erlang_c
from wfm.staffing.queue import QueueMetrics
from wfm.staffing.shrinkage import gross_agents, paid_agents
from wfm.staffing.smallest import smallest_agents
from wfm.staffing.staffing_model import LIVE_DEFAULT

_AROUND = 3
Amount = Annotated[float, Field(ge=0)]


class SizingRow(Noun):
    """What a number of agents gives; waits and queue are None where they grow without end or nobody is served."""

    agents: Annotated[int, Field(ge=0)]
    meets_targets: bool
    service_level: Share
    p_wait: Share
    p_abandon: Share
    average_wait_seconds: Amount | None
    average_wait_served_seconds: Amount | None
    queue_length: Amount | None
    occupancy: Share


class Sizing(Noun):
    """The least number of agents that meets the targets, net, gross and whole, and the rows around it.

    ``service_target`` says what ``service_level`` in the rows means; ``targets`` are those that had to be met.
    """

    model: str
    load_erlangs: Amount
    targets: tuple[Target, ...]
    service_target: ServiceLevel
    agents: Annotated[int, Field(ge=0)]
    gross: Amount
    paid_agents: Annotated[int, Field(ge=0)]
    rows: tuple[SizingRow, ...]

    @property
    def answer(self) -> SizingRow:
        """The row of ``agents``."""
        return next(row for row in self.rows if row.agents == self.agents)


def size(
    volume: float,
    interval_seconds: float,
    aht_seconds: float,
    targets: Sequence[Target] = (),
    patience_seconds: float | None = None,
    shrinkage: float = 0.0,
) -> Sizing:
    """Agents for ``volume`` contacts in an interval: Erlang A where a patience is given, else Erlang C; 80 % in 20 s where no target is.

    Raises InputError for input that is no number, negative, or a target that no number of agents meets.
    """
    if not 0 < interval_seconds < float("inf"):
        raise InputError([Fault("an interval above 0 seconds, such as 1800", f"{interval_seconds:g}")])
    wanted = tuple(targets) or (LIVE_DEFAULT,)
    load = volume * aht_seconds / interval_seconds
    best = int(smallest_agents(load, aht_seconds, wanted, patience_seconds))
    level = next((target for target in wanted if isinstance(target, ServiceLevel)), LIVE_DEFAULT)
    agents = np.arange(max(0, best - _AROUND), best + _AROUND + 1)
    if patience_seconds is None:
        queue = erlang_c(load, agents, aht_seconds, level.within_seconds)
    else:
        queue = erlang_a(load, agents, aht_seconds, patience_seconds, level.within_seconds)
    enough = agents >= best
    return Sizing(
        model="erlang_c" if patience_seconds is None else "erlang_a",
        load_erlangs=load,
        targets=wanted,
        service_target=level,
        agents=best,
        gross=gross_agents(best, shrinkage),
        paid_agents=paid_agents(best, shrinkage),
        rows=_rows(queue, level, enough.tolist()),
    )


def _rows(queue: QueueMetrics, level: ServiceLevel, enough: Sequence[bool]) -> tuple[SizingRow, ...]:
    columns = {
        "service_level": queue.service_level(level.definition),
        "p_wait": queue.p_wait,
        "p_abandon": np.minimum(1.0, queue.p_abandon),
        "average_wait_seconds": queue.average_wait_seconds,
        "average_wait_served_seconds": queue.average_wait_served_seconds,
        "queue_length": queue.queue_length,
        "occupancy": queue.occupancy,
    }
    return tuple(
        SizingRow.model_validate(
            {"agents": int(agents), "meets_targets": enough[place]}
            | {name: _or_none(column[place]) for name, column in columns.items()}
        )
        for place, agents in enumerate(queue.agents.tolist())
    )


def _or_none(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
