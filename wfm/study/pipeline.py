"""The corridor: from contact history to a roster and what it does to service, one pure step after the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from wfm.domain import ContactHistory, Forecast, NotFound, Performance, Requirement, Roster
from wfm.forecast import Explanation, FrozenChange, Snapshot, explain_forecast
from wfm.schedule import RosterProblem, preflight, solve
from wfm.schedule.solution import OnProgress, ShouldStop
from wfm.simulate import router_of, simulate
from wfm.study.course import Course, worth
from wfm.study.fairness import fairness_of
from wfm.study.levels import escalating, with_levels
from wfm.study.outcome import cost, hindsight
from wfm.study.plan import Plan
from wfm.study.scenario import Scenario
from wfm.study.telling import made, story


def plan(scenario: Scenario, *, on_progress: OnProgress | None = None, should_stop: ShouldStop | None = None) -> Plan:
    """History -> forecast -> requirement -> roster -> performance, for one scenario.

    Raises InputError where a history cannot carry a forecast; a roster is always returned, its status says how good it is.
    """
    told = [made(scenario, history) for history in scenario.histories]
    courses = [row.course for row in told]
    forecasts = ends(scenario, courses)
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
        stories=tuple(story(scenario, row) for row in told),
        fairness=fairness_of(scenario, problem, solution.roster),
    )


def forecast_all(scenario: Scenario) -> tuple[Forecast, ...]:
    """The forecast of every channel, with the scenario's events, overrides and demand factors applied in this order, then of its levels."""
    return ends(scenario, [forecast_course(scenario, history) for history in scenario.histories])


def ends(scenario: Scenario, courses: Sequence[Course]) -> tuple[Forecast, ...]:
    """Where the courses of a scenario's channels end, with its levels."""
    return with_levels(scenario, [stages[-1].forecast for stages in courses])


def frozen(scenario: Scenario) -> Snapshot:
    """The forecasts as they are now, sealed, with what people changed on the way."""
    courses = [forecast_course(scenario, history) for history in scenario.histories]
    changes = [
        FrozenChange(channel=after.channel, what=what, before=before.mean, after=after.mean)
        for stages in courses
        for (_, before), (what, after) in pairwise(stages)
        if after.mean != before.mean
    ]
    return Snapshot.of(scenario.name, scenario.digest(), ends(scenario, courses), changes)


def forecast_course(scenario: Scenario, history: ContactHistory) -> Course:
    """How the forecast of a channel comes about: the method's own, then after each event, override and demand factor that moves it."""
    return made(scenario, history).course


def explained(scenario: Scenario, channel: str | None, day: date, minute: int | None = None) -> tuple[Explanation, ...]:
    """How the forecast of one channel (None: of each) for a local date, or for a minute of it, comes about.

    Raises NotFound for an unknown channel and for a level, which has no past of its own; InputError for a time outside the horizon.
    """
    level = next((row for row in scenario.levels if row.name == channel), None)
    if level is not None:
        raise NotFound(f"{channel} is a level: its contacts are {level.words}. Explain the forecasts of those.")
    if channel is not None:
        scenario.channel(channel)  # refuses an unknown one
    rows = [made(scenario, history) for history in scenario.histories if channel in {None, history.channel}]
    return tuple(
        explain_forecast(
            row.course, row.past, scenario.channel(row.past.channel), scenario.calendar, day, minute, row.days
        )
        for row in rows
    )


def require_all(scenario: Scenario, forecasts: tuple[Forecast, ...]) -> tuple[Requirement, ...]:
    """The requirement of every channel: the planner's own, or what serves the forecasts in the way that the scenario asks for."""
    if scenario.requirements:
        return scenario.requirements
    way = scenario.staffing
    return tuple(way.require(row, scenario.channel(row.channel), scenario.shrinkage) for row in forecasts)


def requirements_of(scenario: Scenario) -> tuple[Requirement, ...]:
    """The requirement of every channel; forecasts are made where they are needed for it."""
    return scenario.requirements or require_all(scenario, forecast_all(scenario))


def roster_problem(scenario: Scenario, requirements: tuple[Requirement, ...]) -> RosterProblem:
    """The roster problem of a scenario with its requirements."""
    return RosterProblem(
        grid=scenario.horizon,
        channels=scenario.channels,
        requirements=requirements,
        workforce=scenario.workforce,
        templates=scenario.templates,
        before=scenario.before,
        pins=scenario.pins,
        published=scenario.published,
        holidays=tuple(scenario.calendar.holidays(scenario.horizon.dates)),
    )


def simulated(scenario: Scenario, forecasts: tuple[Forecast, ...], roster: Roster) -> Performance | None:
    """The service that a roster gives, by simulation; None where the scenario asks for no replications."""
    if scenario.replications == 0:
        return None
    return simulation(scenario, forecasts, roster, scenario.limits.seed, scenario.replications)


def simulation(
    scenario: Scenario,
    forecasts: tuple[Forecast, ...],
    roster: Roster,
    seed: int,
    replications: int,
    *,
    precision: float | None = None,
    workers: int = 1,
    days_alike: bool = False,
) -> Performance:
    """The service that a roster and the earlier shifts that reach into its horizon give to a scenario's contacts.

    The options are those of :func:`wfm.simulate.simulate`, which tells what it raises.
    """
    return simulate(
        forecasts,
        scenario.channels,
        scenario.workforce,
        scenario.present(roster),
        seed=seed,
        replications=replications,
        precision=precision,
        router=router_of(scenario.router, scenario.overflow_seconds, scenario.reserve),
        absence=scenario.shrinkage,
        levels=escalating(scenario),
        backlogs=dict(scenario.backlogs),
        workers=workers,
        days_alike=days_alike,
    )
