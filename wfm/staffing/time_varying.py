"""How many agents each interval of a changing day needs, when what the interval before leaves behind is counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from wfm.domain.target import Abandonment, AverageWait, Occupancy, ServiceLevel, Target
from wfm.staffing.arrays import Bools, Floats, Integers
from wfm.staffing.chain import restaffed
from wfm.staffing.course import Plan, pass_interval
from wfm.staffing.offered_load import Arrivals, offered_load
from wfm.staffing.smallest import smallest_agents
from wfm.staffing.transient import PredictedService, predict_service, summary

_TIE = 1e-9
"""A figure that misses its target by less than the chain's own error meets it."""


def time_varying_agents(
    volume: ArrayLike,
    aht_seconds: ArrayLike,
    patience_seconds: float | None,
    step_minutes: float,
    targets: Sequence[Target],
    arrivals: Arrivals = "smooth",
) -> Integers:
    """Agents of each interval, shape (intervals,), so that each meets all targets by :func:`predict_service`; 0 where no contacts come.

    From the first interval to the last the least number that suffices after what the intervals before leave behind, sought around
    the modified offered load; then one more wherever a change of staff lets those fall short who wait through it, until nobody does.
    Raises InputError for a target that no number of agents meets, or that is not of a live channel, and as :func:`predict_service`.
    """
    level = next((target for target in targets if isinstance(target, ServiceLevel)), _ANY)
    plan = Plan.of(volume, aht_seconds, patience_seconds, step_minutes, level.within_seconds, arrivals)
    load = offered_load(plan.volume, plan.aht_seconds, step_minutes, arrivals).mean
    guess = smallest_agents(load, plan.aht_seconds, targets, patience_seconds)
    staff = _one_by_one(plan, targets, guess)
    while True:
        service = predict_service(volume, aht_seconds, patience_seconds, staff, step_minutes, level, arrivals)
        short = (plan.volume > 0) & ~_met(service, targets)
        if not short.any():
            return staff
        staff = staff + short


_ANY = ServiceLevel(share=0, within_seconds=0)
"""Stands in where no service level is asked for."""


def _one_by_one(plan: Plan, targets: Sequence[Target], guess: Integers) -> Integers:
    law, before, staff = np.ones((1, 1)), 0, np.zeros(plan.volume.size, dtype=np.int64)
    for step in np.arange(staff.size).tolist():
        if plan.volume[step] > 0:
            staff[step] = _least(_enough(plan, step, law, before, targets), int(guess[step]))
        agents = int(staff[step])
        law, _ = pass_interval(plan, step, restaffed(law, before, agents), [agents])
        before = agents
    return staff


def _enough(plan: Plan, step: int, law: Floats, before: int, targets: Sequence[Target]) -> Callable[[int], bool]:
    def enough(agents: int) -> bool:
        _, course = pass_interval(plan, step, restaffed(law, before, agents), [agents])
        return bool(_met(summary(plan, step, [course], [agents]), targets).all())

    return enough


def _least(enough: Callable[[int], bool], guess: int) -> int:
    """Least n >= 1 with ``enough(n)``, which is monotone, sought from a guess outwards in growing strides, then by halving.

    Each look follows a chain through an interval, so one number is tried at a time, not many at once as by ``bracket.least_from``.
    """
    low, high, probe, stride = 0, None, max(1, guess), 1
    while high is None or high - low > 1:
        if enough(probe):
            high = probe
            probe = max(probe - stride, (low + high) // 2)
        else:
            low = probe
            probe = low + stride if high is None else max(high - stride, (low + high) // 2)
        stride *= 2
    return high


def _met(service: PredictedService, targets: Sequence[Target]) -> Bools:
    met = np.ones(service.offered.shape, dtype=np.bool_)
    for target in targets:
        if isinstance(target, ServiceLevel):
            met &= service.service_level(target.definition) >= target.share - _TIE
        elif isinstance(target, AverageWait):
            met &= service.average_wait_seconds <= target.seconds + _TIE
        elif isinstance(target, Abandonment):
            met &= service.p_abandon <= target.share + _TIE
        elif isinstance(target, Occupancy):
            met &= service.occupancy <= target.share + _TIE
    return met
