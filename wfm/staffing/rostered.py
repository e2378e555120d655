"""What a voice channel's rostered heads do to its contacts, day after day, when overload carries over from one interval to the next."""

from __future__ import annotations

import numpy as np

from wfm.domain.channel import Channel
from wfm.domain.requirement import Requirement
from wfm.staffing.arrays import Floats
from wfm.staffing.require import DIGITS
from wfm.staffing.stretches import stretches
from wfm.staffing.transient import predict_service

_MANY = 40
"""From so many heads on, half a head more or less in turn is as good as two predictions around it."""


def inside_when_rostered(requirement: Requirement, channel: Channel, heads: Floats) -> Floats:
    """Expected contacts inside target of a voice channel with (real) heads on duty in each interval, shape (count,).

    :func:`predict_service` on each stretch of intervals with contacts, from an empty start. Between whole numbers of heads the mean of
    both, by their distance; for many heads one prediction with whole numbers whose sum is never half a head off.
    """
    volume, handle, inside = np.array(requirement.volume), np.array(requirement.aht_seconds), np.zeros(heads.size)
    target, step = channel.service_level, requirement.grid.step_minutes

    def predicted(run: slice, staff: Floats) -> Floats:
        service = predict_service(volume[run], handle[run], channel.patience_seconds, staff, step, target)
        return volume[run] * service.service_level(target.definition)

    for run in stretches(requirement.grid, volume, channel):
        own = heads[run]
        if own.min() >= _MANY:
            inside[run] = predicted(run, np.diff(np.round(np.cumsum(own)), prepend=0.0))
            continue
        low = np.floor(own)
        inside[run] = predicted(run, low)
        if (own > low).any():
            inside[run] += (own - low) * (predicted(run, np.ceil(own)) - inside[run])
    return np.round(inside, DIGITS)
