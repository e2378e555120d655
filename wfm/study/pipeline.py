"""The corridor: from contact history to a roster and what it does to service, one pure step after the other."""

from __future__ import annotations

from datetime import date, timedelta

from wfm.domain import ContactHistory, Forecast, NotFound, Performance, Requirement, Roster
from wfm.domain.time import instant
from wfm.forecast import Explanation, explain_forecast, forecast, without_events
from wfm.schedule import RosterProblem, preflight, solve
from wfm.schedule.solution import OnProgress, ShouldStop
from wfm.simulate import simulate
from wfm.staffing import require
from wfm.study.course import Course, course, worth
from wfm.study.outcome import cost, hindsight
from wfm.study.plan import Plan
from wfm.study.scenario import Scenario


def plan(scenario: Scenario, *, on_progress: OnProgress | None = None, should_stop: ShouldStop | None = None) -> Plan:
    """History -> forecast -> requirement -> roster -> performance, for one scenario.

    Raises InputError where a history cannot carry a forecast; a roster is always returned, its status says how good it is.
    """
    courses = [forecast_course(scenario, history) for history in scenario.histories]
    forecasts = tuple(stages[-1].forecast for stages in courses)
    requirements = require_all(scenario, forecasts)
    problem = roster_problem(scenario, requirements)
    solution = solve(problem, scenario.rules, scenario.limits, on_progress=on_progress, should_stop=should_stop)
    return Plan(
        scenario=scenario,
        scenario_digest=scenario.digest(),
        forecasts=forecasts,
        requirements=requirements,
        preflight=preflight(problem, scenario.rules),
        solution=solution,
        cost=cost(scenario.workforce, solution.roster),
        performance=simulated(scenario, forecasts, solution.roster),
        accuracy=hindsight(scenario, forecasts),
        value_added=worth(courses, scenario.histories),
    )


def forecast_all(scenario: Scenario) -> tuple[Forecast, ...]:
    """The forecast of every channel, with the scenario's events, overrides and demand factors applied in this order."""
    return tuple(forecast_course(scenario, history)[-1].forecast for history in scenario.histories)


def forecast_course(scenario: Scenario, history: ContactHistory) -> Course:
    """How the forecast of a channel comes about: the method's own, then after each event, override and demand factor that moves it."""
    channel = scenario.channel(history.channel)
    own = forecast(
        learned(scenario, history),
        channel,
        scenario.horizon,
        scenario.calendar,
        scenario.method,
        aht_seconds=dict(scenario.aht_seconds).get(channel.name),
    )
    return course(own, scenario.events, scenario.overrides, scenario.demand)


def explained(scenario: Scenario, channel: str | None, day: date, minute: int | None = None) -> tuple[Explanation, ...]:
    """How the forecast of one channel (None: of each) for a local date, or for a minute of it, comes about.

    Raises NotFound for an unknown channel and InputError for a time outside the horizon.
    """
    names = [row.name for row in scenario.channels]
    if channel is not None and channel not in names:
        raise NotFound(f"There is no channel {channel}; there are {', '.join(names)}.")
    return tuple(
        explain_forecast(
            forecast_course(scenario, history),
            learned(scenario, history),
            scenario.channel(history.channel),
            scenario.calendar,
            day,
            minute,
        )
        for history in scenario.histories
        if channel in {None, history.channel}
    )


def learned(scenario: Scenario, history: ContactHistory) -> ContactHistory:
    """What a forecast learns from: what is known, with what past events brought taken out."""
    return without_events(known(scenario, history), scenario.events)


def known(scenario: Scenario, history: ContactHistory) -> ContactHistory:
    """The part of a history that a forecast may learn from: up to ``train_until``, and never the horizon itself."""
    last = scenario.train_until or scenario.horizon.dates[0] - timedelta(days=1)
    until = min(instant(last + timedelta(days=1), 0, scenario.horizon.zone), scenario.horizon.start)
    return history.part(slice(0, max(1, min(history.grid.index(until), history.grid.count))))


def require_all(scenario: Scenario, forecasts: tuple[Forecast, ...]) -> tuple[Requirement, ...]:
    """The requirement of every channel."""
    return tuple(require(row, scenario.channel(row.channel), shrinkage=scenario.shrinkage) for row in forecasts)


def roster_problem(scenario: Scenario, requirements: tuple[Requirement, ...]) -> RosterProblem:
    """The roster problem of a scenario with its requirements."""
    return RosterProblem(
        grid=scenario.horizon,
        channels=scenario.channels,
        requirements=requirements,
        workforce=scenario.workforce,
        templates=scenario.templates,
        before=scenario.before,
    )


def simulated(scenario: Scenario, forecasts: tuple[Forecast, ...], roster: Roster) -> Performance | None:
    """The service that a roster gives, by simulation; None where the scenario asks for no replications."""
    if scenario.replications == 0:
        return None
    return simulate(
        forecasts,
        scenario.channels,
        scenario.workforce,
        scenario.present(roster),
        seed=scenario.limits.seed,
        replications=scenario.replications,
        router=scenario.router,
        absence=scenario.shrinkage,
    )
