"""How one interval's requirement came about: inputs, formula with its values, what one agent fewer or more would give, and doubts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wfm.domain.channel import Channel
from wfm.domain.errors import Fault, InputError
from wfm.domain.quantity import share_text
from wfm.domain.requirement import Requirement
from wfm.domain.target import Abandonment, AverageWait, Occupancy, Target
from wfm.domain.time import local
from wfm.staffing.require import fitting_model
from wfm.staffing.shrinkage import paid_agents
from wfm.staffing.staffing_model import Demand, StaffingModel

_FEW = 5
"""Below five agents one absence or one long contact moves the service level by tens of points."""


def explain(requirement: Requirement, channel: Channel, step: int) -> tuple[str, ...]:
    """The working behind ``requirement.net[step]``, line by line; InputError where the grid has no such step."""
    grid = requirement.grid
    if not 0 <= step < grid.count:
        raise InputError([Fault(f"a step from 0 to {grid.count - 1}", f"{step}")])
    model = fitting_model(channel, requirement.model)
    places = np.array([step])
    demand = Demand(
        np.array(requirement.volume)[places], np.array(requirement.aht_seconds)[places], 60.0 * grid.step_minutes
    )
    begin, end = local(grid.instant(step), grid.zone), local(grid.instant(step + 1), grid.zone)
    head = f"{channel.name}, {begin:%a %Y-%m-%d %H:%M}-{end:%H:%M} ({grid.zone}), model {model.kind}"
    if demand.load_erlangs.item() == 0:
        return head, "No work, so no agents."
    return head, *_lines(requirement, model, demand, channel.held_to, step)


def _lines(
    requirement: Requirement, model: StaffingModel, demand: Demand, targets: tuple[Target, ...], step: int
) -> Iterator[str]:
    net, load = requirement.net[step], demand.load_erlangs.item()
    volume, aht = demand.volume.item(), demand.aht_seconds.item()
    yield f"load a = volume x AHT / interval = {volume:.6g} x {aht:.6g} s / {demand.interval_seconds:g} s = {load:.6g} Erlangs"
    yield f"targets: {', '.join(_target_text(target) for target in targets)}"
    *formula, figures = model.working(demand, net)
    yield from formula
    least = model.smallest(demand, targets).item()
    if net == least:
        yield f"least number that meets them: {figures}"
    else:  # made for the spread of the volume, or for what other intervals leave behind
        yield f"the expected volume of this interval alone would need {least}; with {net}: {figures}"
        yield f"why {net}: {requirement.notes[-1]}"
    if net > 1:
        missed = _missed(model, demand, targets, net - 1)
        yield f"one fewer: {model.working(demand, net - 1)[-1]}; {f'misses {missed}' if missed else 'would meet them too'}"
    yield f"one more: {model.working(demand, net + 1)[-1]}"
    served = requirement.served[step]
    yield f"contacts inside target: {served[max(0, net - 1)]:.2f} with {net - 1}, {served[net]:.2f} with {net}, of {volume:.2f}"
    yield (
        f"gross = {net} / (1 - {share_text(requirement.shrinkage)}) = {requirement.gross[step]:.4g}, "
        f"so {paid_agents(net, requirement.shrinkage)} paid"
    )
    if model.channel.kind != "deferred":
        yield from _doubts(load / model.channel.concurrency, net, aht, demand.interval_seconds)
        if step > 0 and requirement.load_erlangs()[step - 1] / model.channel.concurrency > requirement.net[step - 1]:
            yield "warning: the interval before has more load than agents; its queue is carried over into this one."


def _missed(model: StaffingModel, demand: Demand, targets: tuple[Target, ...], agents: int) -> str:
    """The targets that need more agents than these."""
    missed = [target for target in targets if model.smallest(demand, (target,)).item() > agents]
    return " and ".join(_target_text(target) for target in missed)


def _doubts(load: float, net: int, aht_seconds: float, interval_seconds: float) -> Iterator[str]:
    """Where the formula does not hold for this interval."""
    if load > net:
        yield "warning: load above agents; only abandonment keeps the queue finite, and what it leaves spills into the next interval."
    if aht_seconds > interval_seconds:
        yield "warning: a contact outlasts the interval; its work falls into later intervals, which the formula does not see."
    if net < _FEW:
        yield f"warning: fewer than {_FEW} agents; the figures are means over many such days, and single days scatter widely."


def _target_text(target: Target) -> str:
    if isinstance(target, AverageWait):
        return f"average wait at most {target.seconds:g} s"
    if isinstance(target, Abandonment):
        return f"abandonment at most {share_text(target.share)}"
    if isinstance(target, Occupancy):
        return f"occupancy at most {share_text(target.share)}"
    return str(target)
