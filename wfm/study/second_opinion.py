"""What others say about one interval's requirement: Erlang C, Erlang A, and a simulation of its day with just the agents required."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Agent, Assignment, Channel, Contract, Estimate, Forecast, Requirement, Roster, Shift, Workforce
from wfm.domain.quantity import duration_text
from wfm.domain.target import ServiceLevel
from wfm.domain.time import TimeGrid
from wfm.simulate import simulate
from wfm.staffing import erlang_a, erlang_c

BATCHES, DAYS_A_BATCH = 8, 25
_STUDENT = 2.365
"""95 % of Student's t with 7 degrees of freedom: 8 batches."""
_WIDE = 2.0
"""Counts that vary more than twice as much as chance alone make the formulas' mean interval a rare one."""


def second_opinions(
    forecast: Forecast, requirement: Requirement, channel: Channel, step: int, seed: int
) -> Iterator[str]:
    """Lines with the service that each model expects of one agent fewer, the required, and one more; none for deferred work."""
    net, target = requirement.net[step], channel.service_level
    if channel.kind == "deferred" or net == 0:
        return
    agents = np.arange(max(net - 1, 1), net + 2)
    if channel.kind == "voice":
        yield from _formulas(requirement, channel, step, agents.astype(np.float64), target)
    for heads in agents.tolist():
        seen = simulated_share(forecast, requirement, channel, step, heads, seed)
        yield f"simulation with {heads}: {seen.share_text()} of offered in {duration_text(target.within_seconds)}"
    yield (
        f"(simulation: the whole day with the agents required in each interval and {agents[0]} to {agents[-1]} in this one, "
        f"{BATCHES * DAYS_A_BATCH} days, queues carried over, volume as uncertain as the forecast, handle times lognormal)"
    )
    varied = 1 + forecast.dispersion[step] * forecast.mean[step]
    if varied > _WIDE:
        yield (
            f"warning: counts here vary {varied:.1f} times as much as by chance alone; the formulas speak of a day with just the mean. "
            "`staffing: {volume: band}` in the scenario staffs for the spread."
        )


def _formulas(
    requirement: Requirement, channel: Channel, step: int, agents: NDArray[np.float64], target: ServiceLevel
) -> Iterator[str]:
    load, aht = float(requirement.load_erlangs()[step]), requirement.aht_seconds[step]
    queues = {"Erlang C (nobody abandons)": erlang_c(load, agents, aht, target.within_seconds)}
    if channel.patience_seconds is None:
        yield "Erlang A: the channel has no patience, so it says what Erlang C says"
    else:
        queues[f"Erlang A (mean patience {channel.patience_seconds:g} s)"] = erlang_a(
            load, agents, aht, channel.patience_seconds, target.within_seconds
        )
    for name, queue in queues.items():
        levels = zip(agents.tolist(), queue.service_level(target.definition).tolist(), strict=True)
        yield f"{name}: {', '.join(f'{100 * level:.1f}% with {heads:g}' for heads, level in levels)}"


def simulated_share(
    forecast: Forecast, requirement: Requirement, channel: Channel, step: int, heads: int, seed: int
) -> Estimate:
    """Share inside target of the contacts of one interval, when its day has ``heads`` agents there and elsewhere the required ones."""
    steps = next(steps for _, steps in requirement.grid.day_slices() if steps.start <= step < steps.stop)
    nets = requirement.nets()[steps]
    nets[step - steps.start] = heads
    part = forecast.part(steps)
    workforce, roster = _exactly(nets.tolist(), channel, part.grid)
    shares = []
    for batch in range(BATCHES):
        seen = simulate([part], [channel], workforce, roster, seed=seed + batch, replications=DAYS_A_BATCH).of(
            channel.name
        )
        place = step - steps.start
        shares.append(seen.inside[place] / seen.offered[place] if seen.offered[place] else 1.0)
    half = _STUDENT * float(np.std(shares, ddof=1)) / BATCHES**0.5
    return Estimate(mean=float(np.mean(shares)), half_width=half)


def _exactly(nets: list[int], channel: Channel, grid: TimeGrid) -> tuple[Workforce, Roster]:
    """Made-up agents of whom just so many are on duty in each step: the k-th is there while k or more are asked for."""
    people = [f"a{number:04d}" for number in range(max(nets))]
    agents = tuple(Agent(id=name, contract="any", skills=(channel.skill,)) for name in people)
    workforce = Workforce(agents=agents, contracts=(Contract(name="any", week_minutes=2_400),))
    assignments = []
    for number, name in enumerate(people):
        for wanted, run in groupby(enumerate(nets), key=lambda place: place[1] > number):
            places = [place for place, _ in run]
            if wanted:
                start, end = grid.instant(places[0]), grid.instant(places[-1] + 1)
                shift = Shift(template="exact", day=grid.dates[0], start=start, end=end)
                assignments.append(Assignment(agent=name, shift=shift))
    return workforce, Roster.of(grid, assignments)
