"""The requirement of a voice channel whose intervals are not on their own: what one leaves behind, the next has to serve."""

from __future__ import annotations

import numpy as np

from wfm.domain.channel import Channel
from wfm.domain.errors import Fault, InputError
from wfm.domain.forecast import Forecast
from wfm.domain.requirement import Requirement
from wfm.staffing.offered_load import offered_load
from wfm.staffing.require import demand_of, fitting_model, notes, required, served_rows
from wfm.staffing.stretches import stretches
from wfm.staffing.time_varying import time_varying_agents

_NOTE = (
    "Changing load: every interval meets the targets with what the intervals before leave behind. What further agents bring is that of the "
    "load in service (modified offered load)."
)


def require_changing(forecast: Forecast, channel: Channel, *, shrinkage: float = 0.0) -> Requirement:
    """As :func:`wfm.staffing.require`, by :func:`time_varying_agents` on each stretch of intervals with contacts, from an empty start.

    ``served``, by which a roster is priced, is the steady service at the modified offered load: contacts in service lag behind those
    that come. Raises InputError for a channel that is not voice, and as ``require`` and ``time_varying_agents``.
    """
    if channel.kind != "voice":
        raise InputError([Fault("a voice channel", f"the {channel.kind} channel {channel.name}", "Use require.")])
    model = fitting_model(channel)
    demand = demand_of(forecast, model)
    net, share = np.zeros(demand.volume.size, dtype=np.int64), np.ones(demand.volume.size)
    step, targets = forecast.grid.step_minutes, channel.held_to
    for run in stretches(forecast.grid, demand.volume, channel):
        volume, handle = demand.volume[run], demand.handle_seconds[run]
        net[run] = time_varying_agents(volume, handle, channel.patience_seconds, step, targets)
        share[run] = offered_load(volume, handle, step).mean / demand.load_erlangs[run]
    served = served_rows(model, demand.times(share), net, demand.volume)
    return required(model, forecast, net, served, shrinkage, (*notes(model, named=False), _NOTE))
