"""What a rostered day does to its contacts when load and staff change: no interval is in steady state, and overload carries over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wfm.domain.errors import Fault, InputError
from wfm.domain.target import Definition, ServiceLevel
from wfm.staffing.arrays import Floats, as_arrays
from wfm.staffing.chain import restaffed
from wfm.staffing.course import Course, Plan, pass_interval
from wfm.staffing.offered_load import Arrivals

_MOST_AGENTS = 10_000
"""No centre has more agents on one channel at once."""


@dataclass(frozen=True)
class PredictedService:
    """Figures of each interval, arrays of shape (intervals,); shares 0..1 are of the contacts that come in the interval.

    ``agents_busy`` is the mean number of agents on duty with a contact; who finishes one after the time on duty is not counted.
    ``waiting_at_end`` is the mean number of contacts that wait when the interval ends.
    """

    offered: Floats
    agents: Floats
    agents_busy: Floats
    p_wait: Floats
    answered_in_time: Floats
    abandoned_in_time: Floats
    p_abandon: Floats
    average_wait_seconds: Floats
    waiting_at_end: Floats

    @property
    def occupancy(self) -> Floats:
        """Share of the time on duty spent on contacts; 1 where nobody faces contacts."""
        nobody = np.where(self.offered > 0, 1.0, 0.0)
        return np.minimum(1.0, np.divide(self.agents_busy, self.agents, out=nobody, where=self.agents > 0))

    def service_level(self, definition: Definition = "offered") -> Floats:
        """Share of contacts inside T under one of the four definitions; 1 where no contacts come."""
        good, counted = self.answered_in_time, np.ones_like(self.offered)
        if definition == "answered":
            counted = 1 - self.p_abandon
        elif definition == "offered_less_short_abandons":
            counted = 1 - self.abandoned_in_time
        elif definition == "answered_or_abandoned":
            good = good + self.abandoned_in_time
        share = np.divide(good, counted, out=np.zeros_like(good), where=counted > 0)
        return np.where(self.offered > 0, np.clip(share, 0.0, 1.0), 1.0)


def predict_service(
    volume: ArrayLike,
    aht_seconds: ArrayLike,
    patience_seconds: float | None,
    agents: ArrayLike,
    step_minutes: float,
    target: ServiceLevel,
    arrivals: Arrivals = "smooth",
) -> PredictedService:
    """Service of each interval of M(t)/M/n(t)+M from an empty start, where agents finish the contact in hand before they leave.

    ``volume``, ``aht_seconds`` and whole ``agents`` on duty are rows of the intervals; ``patience_seconds`` None: nobody gives up.
    Kolmogorov's equations, solved by uniformisation; what is answered within T of ``target`` allows for every change of staff
    during the wait. Abandonment and wait belong to the interval of arrival, where who waits at its end is taken to go on as under the
    next interval's staff. The last staff stays until nobody waits. Raises InputError for input that is negative, no number, or of
    unequal length, and for fractions of agents.
    """
    plan = Plan.of(volume, aht_seconds, patience_seconds, step_minutes, target.within_seconds, arrivals)
    staff = _whole(agents, plan.volume.size)
    law, before, courses = np.ones((1, 1)), 0, []
    for step, number in enumerate(staff):
        law, course = pass_interval(plan, step, restaffed(law, before, number), staff[step:])
        before = number
        courses.append(course)
    return summary(plan, 0, courses, staff)


def summary(plan: Plan, first: int, courses: Sequence[Course], staff: Sequence[int]) -> PredictedService:
    """The figures of consecutive intervals from ``first`` on."""
    rows = dict(zip(Course._fields, np.array(courses).T, strict=True))
    offered = plan.volume[first : first + len(courses)]
    before = np.minimum(rows["wait_before"], rows["wait_seconds"])
    last = np.nan_to_num(rows["wait_after"][-1:], posinf=0.0)
    waited = rows["wait_seconds"] - before + np.concatenate([before[1:], last])

    def share(amount: Floats) -> Floats:
        return np.clip(each(amount), 0.0, 1.0)  # rounding shows where next to nobody comes

    def each(amount: Floats) -> Floats:
        return np.divide(amount, offered, out=np.zeros_like(offered), where=offered > 0)

    answered, gone, wait = share(rows["answered"]), share(rows["abandoned"]), each(waited)
    if plan.leave:  # who gives up at a constant rate while waiting does so with probability rate times mean wait
        wait = np.clip(wait, gone / plan.leave, (1 - answered) / plan.leave)
    return PredictedService(
        offered=offered,
        agents=np.array(staff, dtype=np.float64),
        agents_busy=rows["busy_seconds"] / plan.seconds,
        p_wait=share(rows["waited"]),
        answered_in_time=answered,
        abandoned_in_time=gone,
        p_abandon=plan.leave * wait,
        average_wait_seconds=wait,
        waiting_at_end=rows["waiting"],
    )


def _whole(agents: ArrayLike, count: int) -> list[int]:
    (staff,) = as_arrays(agents=agents)
    if staff.shape != (count,):
        raise InputError([Fault(f"agents for each of {count} intervals", f"an array of shape {staff.shape}")])
    wrong = staff[(staff != np.round(staff)) | (staff > _MOST_AGENTS)]
    if wrong.size:
        raise InputError([Fault(f"whole numbers of agents up to {_MOST_AGENTS:,}", f"{wrong[0]:g}")])
    return [int(number) for number in staff]
