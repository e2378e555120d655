"""The simulation as a recipe: draw contacts and absences, let the events run, measure, and do it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wfm.domain import Agent, Channel, Fault, Forecast, InputError, Performance, Roster, Workforce
from wfm.simulate.arrivals import HandleTimes, contacts
from wfm.simulate.duty import absences, duty
from wfm.simulate.kernel import Kernel, compiled
from wfm.simulate.measure import Tally, channel_performance, tallies
from wfm.simulate.router import Routes, routes
from wfm.simulate.routers import router_of


@dataclass(frozen=True)
class Centre:
    """What all replications share: ``forecasts[k]`` belongs to ``channels[k]``, the routes' rows to ``agents``."""

    forecasts: tuple[Forecast, ...]
    channels: tuple[Channel, ...]
    agents: tuple[Agent, ...]
    roster: Roster
    routes: Routes
    absence: float
    handle_times: HandleTimes


def simulate(
    forecasts: Sequence[Forecast],
    channels: Sequence[Channel],
    workforce: Workforce,
    roster: Roster,
    *,
    seed: int,
    replications: int = 20,
    router: str = "longest_wait",
    absence: float = 0.0,
    handle_times: HandleTimes = "lognormal",
) -> Performance:
    """What service a roster gives to the forecast contacts, with 95 % confidence intervals over independent replications.

    Counts are negative binomial around the forecast, patience is exponential, agents follow their shifts and activities and finish
    what they have in hand; docs/theory/simulation.md tells every assumption. The horizon starts empty, and contacts that still wait
    at its end are not inside target. ``absence`` is the probability that a rostered agent misses a day (0..1). The same arguments
    give the same bytes. Raises InputError where the nouns do not belong together, NotFound for an unknown router.
    """
    _check(forecasts, channels, workforce, roster, seed, replications, absence)
    forecast_of = {forecast.channel: forecast for forecast in forecasts}
    agents = tuple(workforce.by_id[agent] for agent in roster.shifts_by_agent)
    centre = Centre(
        forecasts=tuple(forecast_of[channel.name] for channel in channels),
        channels=tuple(channels),
        agents=agents,
        roster=roster,
        routes=routes(router_of(router), agents, channels),
        absence=absence,
        handle_times=handle_times,
    )
    rows = [replication(centre, seed, number, compiled()) for number in range(replications)]
    return Performance(
        grid=roster.grid,
        method=f"simulation, {router}",
        seed=seed,
        replications=replications,
        channels=tuple(
            channel_performance(channel.name, roster.grid, [row[k] for row in rows])
            for k, channel in enumerate(channels)
        ),
    )


def replication(centre: Centre, seed: int, number: int, kernel: Kernel) -> list[Tally]:
    """One replication, the same whichever others are run and wherever: the tally of each channel."""
    drawn = contacts(centre.forecasts, centre.channels, centre.handle_times, seed, number)
    absent = absences(centre.roster, centre.absence, seed, number)
    present = duty(centre.roster, [agent.id for agent in centre.agents], absent)
    floor = kernel(drawn, present, centre.routes)
    return tallies(centre.channels, centre.roster.grid, drawn, present, centre.routes, floor)


def _check(
    forecasts: Sequence[Forecast],
    channels: Sequence[Channel],
    workforce: Workforce,
    roster: Roster,
    seed: int,
    replications: int,
    absence: float,
) -> None:
    faults = [
        *_unequal("forecasts", (row.channel for row in forecasts), "channels", (row.name for row in channels)),
        *_strangers(roster, workforce),
        *(
            Fault(
                f"the roster's grid of {roster.grid.count} steps", f"{row.grid.count} other steps", column=row.channel
            )
            for row in forecasts
            if row.grid != roster.grid
        ),
    ]
    if seed < 0:
        faults.append(Fault("a seed of 0 or more", str(seed), column="seed"))
    if replications < 2:
        faults.append(
            Fault("at least 2 replications, or no uncertainty can be told", str(replications), column="replications")
        )
    if not 0 <= absence <= 1:
        faults.append(Fault("a share 0..1", str(absence), column="absence"))
    if faults:
        raise InputError(faults)


def _unequal(what: str, names: Iterable[str], whats: str, others: Iterable[str]) -> Iterator[Fault]:
    own, wanted = sorted(names), sorted(others)
    if own != wanted or not own:
        yield Fault(
            f"one of the {what} for each of the {whats} {', '.join(wanted) or '(none)'}", ", ".join(own) or "none"
        )


def _strangers(roster: Roster, workforce: Workforce) -> Iterator[Fault]:
    strangers = sorted(roster.shifts_by_agent.keys() - workforce.by_id.keys())
    if strangers:
        yield Fault(
            "agents of the workforce in the roster",
            ", ".join(strangers),
            fix="Add them to the workforce, or take their shifts out.",
        )
