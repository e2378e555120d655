"""A roster on trial: what it was made for, what it gives in the simulation, and how far it is from its targets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from wfm.domain import Estimate, Forecast, Performance, Requirement, Roster, ServiceLevel, Target, Turnaround
from wfm.domain.performance import goal_of
from wfm.schedule import Limits, RosterProblem, Solution, solve
from wfm.schedule.solution import OnProgress, ShouldStop
from wfm.study.outcome import cost
from wfm.study.pipeline import roster_problem, simulation
from wfm.study.scenario import Scenario

SECONDS_SHARE = 0.2
"""Share of the scenario's time for which a roster after the first is searched for."""
PRECISION, LEAST_REPLICATIONS = 0.003, 30
"""Simulations go on until every service level is known to 0.3 points: what is less sure must aim farther inside its targets."""
PROVING_REPLICATIONS = 200
"""... and those that prove at least so often, so that a probability is known to a few points."""
SAFETY = 2.0
"""Corrections aim so many half widths inside a target: fresh contacts then agree but once in some fifty times."""


@dataclass(frozen=True)
class Attempt:
    """A roster with the factors on worth that made it, and what it gave on the seeds of the corrections."""

    solution: Solution
    factors: Mapping[str, float]
    seen: Performance
    paid_minutes: int
    excesses: Mapping[str, float]

    @property
    def worst(self) -> str:
        """The channel with the worst excess."""
        return max(self.excesses, key=lambda name: self.excesses[name])

    @property
    def excess(self) -> float:
        """The worst failure beyond what a target allows; at most 0 where all are kept."""
        return self.excesses[self.worst]

    @property
    def badness(self) -> tuple[int, float, int]:
        """Illegal rosters last; then the nearest to the targets, to a hundredth; of those that keep them the one that pays least."""
        return len(self.solution.forbidden_breaches), round(max(0.0, self.excess), 2), self.paid_minutes


@dataclass(frozen=True)
class Desk:
    """What all rounds share."""

    scenario: Scenario
    forecasts: tuple[Forecast, ...]
    requirements: tuple[Requirement, ...]
    on_progress: OnProgress | None = None
    should_stop: ShouldStop = lambda: False
    workers: int = 1

    @cached_property
    def problem(self) -> RosterProblem:
        """The roster problem as the scenario states it."""
        return roster_problem(self.scenario, self.requirements)

    @property
    def limits(self) -> Limits:
        """A round's part of the time; a limit of steps is not shared out."""
        return self.scenario.limits.varied(seconds=SECONDS_SHARE * self.scenario.limits.seconds)

    def roster(self, factors: Mapping[str, float], start: Roster) -> Attempt:
        """The roster for contacts that weigh so much more, searched for from an earlier one."""
        channels = tuple(
            channel.varied(worth=channel.worth * factors.get(channel.name, 1.0)) for channel in self.problem.channels
        )
        solution = solve(
            self.problem.varied(channels=channels),
            self.scenario.rules,
            self.limits,
            start=start,
            on_progress=self.on_progress,
            should_stop=self.should_stop,
        )
        return self.attempt(solution, factors)

    def attempt(self, solution: Solution, factors: Mapping[str, float]) -> Attempt:
        """A roster and what it gives on the seeds of the corrections."""
        seen = self.simulated(solution.roster, self.scenario.limits.seed)
        paid = sum(row.paid_minutes for row in cost(self.scenario.workforce, solution.roster))
        return Attempt(solution, factors, seen, paid, excesses(self.scenario, seen))

    def simulated(self, roster: Roster, seed: int, least: int = LEAST_REPLICATIONS) -> Performance:
        """The service of a roster, as sure as a certificate needs it."""
        least = max(least, self.scenario.replications)
        return simulation(self.scenario, self.forecasts, roster, seed, least, precision=PRECISION, workers=self.workers)

    def simulated_alike(self, roster: Roster, seed: int, replications: int) -> Performance:
        """The service of a roster where all days err alike from the forecast."""
        return simulation(
            self.scenario, self.forecasts, roster, seed, replications, workers=self.workers, days_alike=True
        )


def excesses(scenario: Scenario, seen: Performance) -> dict[str, float]:
    """The worst excess of each channel that promises something."""
    return {
        channel.name: max(excess(target, seen.of(channel.name).measured(target)) for target in channel.targets)
        for channel in scenario.channels
        if channel.targets
    }


def excess(target: Target, achieved: Estimate, safety: float = SAFETY) -> float:
    """Failures beyond what a target allows, as a share of what it allows, ``safety`` half widths on the bad side of the mean."""
    goal, doubt = goal_of(target), safety * achieved.half_width
    if isinstance(target, ServiceLevel | Turnaround):
        return (goal - achieved.mean + doubt) / max(1 - goal, 0.01)
    return (achieved.mean + doubt - goal) / max(goal, 0.01)
