"""One interval of a changing day: the law of the queue from its start to its end, and what its contacts meet on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from wfm.domain.errors import Fault, InputError
from wfm.staffing.arrays import Floats, as_arrays
from wfm.staffing.chain import Stage, compiled, fates, forward, further_wait
from wfm.staffing.offered_load import HARDLY_ANY, Arrivals, cumulative_arrivals, seconds_of

_SLICE_SECONDS = 300.0
"""The arrival rate is constant in slices of at most five minutes; shorter ones move a service level by less than 0.1 points."""
_NODES, _SHARES = np.polynomial.legendre.leggauss(3)
_TAIL = 1e-11
_FAR = 7.0
"""Standard deviations that the number of contacts may stray: beyond it lies less than the tail."""


@dataclass(frozen=True)
class Plan:
    """The contacts of a day as the chain needs them; ``slices`` of each interval are (seconds, arrivals a second)."""

    volume: Floats
    aht_seconds: Floats
    leave: float
    seconds: float
    within: float
    slices: tuple[tuple[tuple[float, float], ...], ...]

    @classmethod
    def of(
        cls,
        volume: ArrayLike,
        aht_seconds: ArrayLike,
        patience_seconds: float | None,
        step_minutes: float,
        within: float,
        arrivals: Arrivals,
    ) -> Plan:
        """The plan, checked; InputError for input that is negative, no number, or no row of intervals."""
        seconds = seconds_of(step_minutes)
        if patience_seconds is not None:
            as_arrays(patience_seconds=patience_seconds)
        given = np.asarray(volume, dtype=np.float64), np.asarray(aht_seconds, dtype=np.float64)
        contacts, handle = as_arrays(
            volume=given[0], aht_seconds=np.where((given[0] == 0) & (given[1] == 0), 1, given[1])
        )
        contacts = np.where(contacts < HARDLY_ANY, 0.0, contacts)
        if contacts.ndim != 1 or not contacts.size:
            raise InputError(
                [Fault("volumes of one or more intervals in a row", f"an array of shape {contacts.shape}")]
            )
        cuts = np.linspace(0, seconds, ceil(seconds / _SLICE_SECONDS) + 1)
        if 0 < within < seconds:  # who comes later than that may still wait when the staff changes
            cuts = np.concatenate([cuts[cuts < seconds - within], [seconds - within, seconds]])
        until, lengths = cumulative_arrivals(contacts, arrivals), np.diff(cuts)
        rates = [np.maximum(np.diff(until(step + cuts / seconds)), 0) / lengths for step in range(contacts.size)]
        slices = tuple(tuple(zip(lengths.tolist(), rate.tolist(), strict=True)) for rate in rates)
        return cls(contacts, handle, 1 / patience_seconds if patience_seconds else 0.0, seconds, within, slices)

    def stage(self, step: int, agents: int, seconds: float) -> Stage:
        """Some time of an interval with so many agents; after the last interval everything stays as it is."""
        handle = self.aht_seconds[min(step, self.aht_seconds.size - 1)]
        return Stage(agents, 1 / float(handle), self.leave, seconds)


class Course(NamedTuple):
    """What passed in one interval.

    Contacts that came and had to wait, were answered in time, gave up in time; seconds waited and worked on duty; seconds that those who
    wait at its start, and at its end, have still to wait under its staff; contacts waiting at its end.
    """

    waited: float
    answered: float
    abandoned: float
    wait_seconds: float
    busy_seconds: float
    wait_before: float
    wait_after: float
    waiting: float


def pass_interval(plan: Plan, step: int, law: Floats, staff: Sequence[int]) -> tuple[Floats, Course]:
    """The law at the end of an interval and what passed, from the law at its start; ``staff`` is that of this interval and all later."""
    agents, begun = staff[0], 0.0
    before = _still_to_wait(law, plan.stage(step, agents, 0))
    seen, wait, busy = np.zeros(3), 0.0, 0.0
    for seconds, rate in plan.slices[step]:
        stage = plan.stage(step, agents, seconds)
        law, mean = compiled(forward)(_with_room(law, rate, stage), rate, *stage)
        law = _trimmed(law)
        seen += rate * seconds * _fate_of_arrivals(plan, step, mean, staff, begun, begun + seconds)
        wait += seconds * _waiting(mean, agents)
        busy += seconds * float(mean.sum(axis=0) @ np.minimum(np.arange(mean.shape[1]), agents))
        begun += seconds
    after = _still_to_wait(law, plan.stage(step, agents, 0))
    waited, answered, abandoned = seen.tolist()
    waiting = _waiting(law, agents)
    return law, Course(waited, answered, abandoned, wait, busy, before, after, waiting)


def _waiting(law: Floats, agents: int) -> float:
    queue = law[:, agents:].sum(axis=0)
    return float(queue @ np.arange(queue.size))


def _still_to_wait(law: Floats, stage: Stage) -> float:
    """Seconds that all who wait have still to wait, if staff and rates stay."""
    queue = law[:, stage.agents :]
    if queue.shape[1] < 2:  # nobody waits
        return 0.0
    wait = compiled(further_wait)(queue.shape[0], queue.shape[1] - 1, *stage[:3])
    ahead = queue[:, 1:]
    return float(ahead[ahead > 0] @ np.cumsum(wait, axis=1)[ahead > 0])


def _fate_of_arrivals(plan: Plan, step: int, mean: Floats, staff: Sequence[int], begin: float, end: float) -> Floats:
    """Shares of those who come between two times of an interval: who waits, is answered in time, gives up in time."""
    queue = mean[:, staff[0] :]
    if not queue.any():
        return np.array([0.0, 1.0, 0.0])
    if end + plan.within <= plan.seconds:
        fate = fates((plan.stage(step, staff[0], plan.within),), *queue.shape)
    else:
        times = (begin + (end - begin) * (_NODES + 1) / 2).tolist()
        ways = [fates(_stages(plan, step, staff, time), *queue.shape) for time in times]
        fate = np.tensordot(_SHARES / 2, np.array(ways), axes=1)
    answered, abandoned = (queue * fate).sum(axis=(1, 2)).tolist()
    waits = float(queue.sum())
    return np.array([waits, 1 - waits + answered, abandoned])


def _stages(plan: Plan, step: int, staff: Sequence[int], time: float) -> tuple[Stage, ...]:
    """The staff that a contact meets within T of a time of an interval; the last stays."""
    ends = [(k + 1) * plan.seconds - time for k in range(len(staff))]
    ends[-1] = np.inf
    stages, begun = [], 0.0
    for k, end in enumerate(ends):
        if begun >= plan.within:
            break
        stages.append(plan.stage(step + k, staff[k], min(end, plan.within) - begun))
        begun = min(end, plan.within)
    return tuple(stages) or (plan.stage(step, staff[0], 0.0),)


def _with_room(law: Floats, rate: float, stage: Stage) -> Floats:
    """The law with room for as many contacts as may gather: by chance on top of the present, or around where abandonment balances."""
    rows, width = law.shape
    gain = max(0.0, rate - stage.agents * stage.serve)
    most = width + gain * stage.seconds + _FAR * sqrt(rate * stage.seconds) + _FAR
    if stage.leave:
        most = min(most, stage.agents + gain / stage.leave + _FAR * sqrt(rate / stage.leave) + _FAR)
    room = np.zeros((rows, max(width, stage.agents + 2, ceil(most))))
    room[:, :width] = law
    return room


def _trimmed(law: Floats) -> Floats:
    """The law without its empty tails, summing to 1."""
    rows, columns = law.sum(axis=1), law.sum(axis=0)
    high = int(np.flatnonzero(np.cumsum(rows[::-1])[::-1] > _TAIL)[-1]) + 1
    wide = int(np.flatnonzero(np.cumsum(columns[::-1])[::-1] > _TAIL)[-1]) + 1
    kept = law[:high, :wide]
    return np.asarray(kept / kept.sum())
