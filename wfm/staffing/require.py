"""The room's one step in the corridor: from a forecast to the agents it requires, and to what each agent is worth."""

from __future__ import annotations

import numpy as np

from wfm.domain.channel import Channel
from wfm.domain.errors import Fault, InputError, NotFound
from wfm.domain.forecast import Forecast
from wfm.domain.requirement import Requirement
from wfm.domain.target import ServiceLevel
from wfm.staffing.arrays import Floats, Integers
from wfm.staffing.models import MODELS
from wfm.staffing.shrinkage import gross_agents
from wfm.staffing.staffing_model import Demand, StaffingModel

ALMOST_ALL = 0.999
"""The price of being short is told up to the agents that serve all but a thousandth of the contacts."""
BEYOND_NET = 2
"""... and at least so far beyond the requirement, so that a roster sees what overstaffing brings."""
_MOST_AGENTS = 10_000
"""No centre has more agents on one channel at once; a volume, handle time or target that asks for more is a slip of the pen."""
DIGITS = 6
"""A millionth of a contact; the last digits of a double would differ between processors."""


def require(forecast: Forecast, channel: Channel, *, shrinkage: float = 0.0, model: str | None = None) -> Requirement:
    """Agents that a channel needs in each interval of its forecast, and the contacts inside target for 0, 1, 2 ... agents.

    ``model`` is the word of a staffing model; left out, the first that fits the channel: erlang_a for voice with patience, erlang_c for
    voice without, concurrent for chat, workload for deferred work; the notes say which and why. ``shrinkage`` is the share 0..1 of paid
    time away from contacts. Raises InputError where the model or a target does not fit the channel, NotFound for an unknown model.
    """
    chosen = fitting_model(channel, model)
    demand = demand_of(forecast, chosen)
    net = chosen.smallest(demand, channel.held_to)
    return required(
        chosen,
        forecast,
        net,
        served_rows(chosen, demand, net, demand.volume),
        shrinkage,
        notes(chosen, named=model is not None),
    )


def demand_of(forecast: Forecast, model: StaffingModel) -> Demand:
    """When a model sees the work of its channel's forecast; InputError for another channel's."""
    if forecast.channel != model.channel.name:
        raise InputError([Fault(f"a forecast of channel {model.channel.name}", f"one of channel {forecast.channel}")])
    return model.demand(forecast)


def required(
    model: StaffingModel,
    forecast: Forecast,
    net: Integers,
    served: tuple[tuple[float, ...], ...],
    shrinkage: float,
    notes: tuple[str, ...],
) -> Requirement:
    """The requirement of so many agents, which serve so many contacts inside target."""
    demand, numbers = model.demand(forecast), net.tolist()
    gross = {agents: gross_agents(agents, shrinkage) for agents in set(numbers)}
    return Requirement(
        channel=forecast.channel,
        grid=forecast.grid,
        model=model.kind,
        volume=tuple(demand.volume.tolist()),
        aht_seconds=tuple(demand.aht_seconds.tolist()),
        net=tuple(numbers),
        gross=tuple(gross[agents] for agents in numbers),
        shrinkage=shrinkage,
        served=served,
        notes=notes,
    )


def fitting_model(channel: Channel, kind: str | None = None) -> StaffingModel:
    """The staffing model of a given kind, or the first that fits the channel."""
    models: tuple[type[StaffingModel], ...] = MODELS
    if kind is None:
        return next(each for each in models if not each.unfit(channel))(channel)
    chosen = next((each for each in models if each.kind == kind), None)
    if chosen is None:
        raise NotFound(f"There is no staffing model {kind}; there are {', '.join(each.kind for each in models)}.")
    reason = chosen.unfit(channel)
    if reason:
        raise InputError([Fault(f"a staffing model that fits channel {channel.name}", f"{kind}: {reason}")])
    return chosen(channel)


def served_rows(model: StaffingModel, demand: Demand, net: Integers, contacts: Floats) -> tuple[tuple[float, ...], ...]:
    """Expected contacts inside target for n = 0, 1, 2 ... in each interval, of so many contacts; a single 0 where there is no work."""
    target = model.channel.service_level
    almost_all = ServiceLevel(share=ALMOST_ALL, within_seconds=target.within_seconds, definition=target.definition)
    last = np.maximum(net + BEYOND_NET, model.smallest(demand, (almost_all,)))
    last[demand.load_erlangs == 0] = 0
    if last.max(initial=0) > _MOST_AGENTS:
        raise _too_many(model.channel, demand, int(last.argmax()), int(last.max()))
    rows = np.repeat(np.arange(last.size), last + 1)
    ends = np.cumsum(last + 1)
    agents = np.arange(rows.size) - np.repeat(ends - last - 1, last + 1)
    share = model.share_in_target(demand.take(rows), agents.astype(np.float64))
    inside = np.round(contacts[rows] * share, DIGITS)
    return tuple(tuple(np.maximum.accumulate(row).tolist()) for row in np.split(inside, ends[:-1]))


def _too_many(channel: Channel, demand: Demand, step: int, agents: int) -> InputError:
    volume, handle = demand.volume[step], demand.aht_seconds[step]
    came = f"{agents:,} in interval {step + 1}, for {volume:,.0f} contacts of {handle:,.0f} s"
    fix = "Look at volume, handle time and targets."
    return InputError([Fault(f"at most {_MOST_AGENTS:,} agents at once on channel {channel.name}", came, fix)])


def notes(model: StaffingModel, *, named: bool) -> tuple[str, ...]:
    """Which model stands behind a requirement and why, and what it counts as inside target."""
    channel = model.channel
    patience = "" if channel.kind != "voice" else " with patience" if channel.patience_seconds else " without patience"
    why = "asked for" if named else f"chosen for a {channel.kind} channel{patience}"
    counted = []
    if channel.kind != "deferred":
        default = "" if channel.target(ServiceLevel) else " (the default; the channel has no service level of its own)"
        target = channel.service_level
        counted = [
            f"A contact counts as inside target when answered as in {target}, out of {target.definition}{default}."
        ]
    return (f"Staffing model {model.kind}: {why}.", *counted, *model.notes())
