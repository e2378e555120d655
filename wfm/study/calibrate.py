"""Plans whose service is proved: plan, simulate, correct what a served contact is worth where a target is missed, roster again.

A roster wants contacts served in time, each at its channel's worth. A target that the simulation misses is a constraint that this
sum does not know; its price is a factor on the channel's worth, found by the simulation itself (Lagrangian relaxation, with a secant
on what earlier rounds taught as its memory). It moves people to the hours and channels where they are missed, and buys such paid
hours as the rules sell at a price; where the first roster has bought more than the targets need, all factors fall.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import exp, log, sqrt

from wfm.domain import Fault, InputError, Performance, Roster
from wfm.domain.quantity import count_text
from wfm.schedule import Solution, TierResult, audit
from wfm.schedule.rules import Cost, DayMinutes, Overtime, PeriodMinutes, WeekMinutes
from wfm.schedule.solution import OnProgress, ShouldStop
from wfm.study.attempt import PROVING_REPLICATIONS, Attempt, Desk
from wfm.study.fairness import fairness_of
from wfm.study.outcome import cost
from wfm.study.pipeline import plan, roster_problem
from wfm.study.plan import Plan
from wfm.study.scenario import Scenario
from wfm.study.service_certificate import Correction, Kept, Robustness, ServiceCertificate
from wfm.study.shortage import shortage

ROUNDS = 10
"""Rosters at most beside the first."""
FIRST_GAIN, LEAST_STRIDE, LONGEST_STRIDE, HEAVIEST = 3.0, log(1.5), log(4.0), log(1_000.0)
"""Of the logarithm of a factor: what a first excess becomes, the shortest and longest stride, and how heavy a channel gets."""
NO_PROGRESS, TRADES = 0.05, 4
"""Rounds that take less than this share off the worst excess have not moved anything: two where the same channel stays the worst, so
many where channels take turns."""
PUSHES = 2
"""So often all channels become heavier together, which buys hours that the rules sell at a price, before corrections end."""
SAVINGS = 3
"""So often a weight between the last that failed and the one that kept every target is tried where that one pays for more hours."""
LIGHTER, LIGHTENINGS = 0.5, 4
"""Of a roster that keeps every target with hours that it buys, all contacts weigh so much less in the next, and so often at most."""
PAID_TIME = Cost, DayMinutes, Overtime, PeriodMinutes, WeekMinutes
"""Rules that sell paid time where they have a price."""
FRESH = 2**31
"""Added to the scenario's seed, which is always below it: nothing is corrected on such a seed."""
OnRound = Callable[[str], None]
"""Hears in a line what each round found."""


def certified_plan(
    scenario: Scenario,
    *,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
    on_round: OnRound = lambda _: None,
    workers: int = 1,
) -> Plan:
    """The plan of a scenario, corrected until its targets are kept in the simulation and certified on fresh seeds.

    At most :data:`ROUNDS` more rosters, all simulated with the same contacts (common random numbers). Where the targets cannot be
    met the plan is the one that comes nearest, and its certificate names the people who are missing. Raises InputError where nothing
    is promised, and what :func:`plan` raises.
    """
    if not any(channel.targets for channel in scenario.channels):
        raise InputError([Fault("a target of a channel to certify", "none", "Write target: {answer: 80% in 20s}.")])
    made = plan(scenario, on_progress=on_progress, should_stop=should_stop)
    desk = Desk(scenario, made.forecasts, made.requirements, on_progress, should_stop or (lambda: False), workers)
    first = desk.attempt(made.solution, {})
    attempts, reason = corrected(desk, first, on_round)
    best = min(attempts, key=lambda row: row.badness)
    return _with_certificate(desk, made, first, best, attempts, reason)


def corrected(desk: Desk, first: Attempt, on_round: OnRound) -> tuple[list[Attempt], str]:
    """All rosters tried, the first included, and why no more were."""
    attempts = [first]
    on_round(told(first))
    if first.excess <= 0:
        return _lightened(desk, first, on_round)
    while len(attempts) <= ROUNDS:
        if desk.should_stop():
            return attempts, "Stopped before the targets were met."
        if stuck(attempts) and pushes(attempts) >= PUSHES:
            return attempts, (
                "More weight on contacts moves the roster no further: the hours that the rules allow these people are used up."
            )
        attempts.append(_next(desk, attempts, next_factors(attempts), on_round))
        if attempts[-1].excess <= 0:
            reason = f"Every target is kept after {count_text(len(attempts) - 1, 'correction')}."
            return _saving(desk, attempts, attempts[-2], attempts[-1], on_round), reason
    return attempts, f"In {ROUNDS} corrections no roster kept every target with a margin; this one comes nearest."


def _lightened(desk: Desk, first: Attempt, on_round: OnRound) -> tuple[list[Attempt], str]:
    """A first roster that keeps every target and, where the rules sell hours, others that buy fewer."""
    attempts, enough = [first], first
    if not any(isinstance(rule, PAID_TIME) and rule.price for rule in desk.scenario.rules):
        return attempts, "The first roster keeps every target; nothing was corrected."
    reason = "The first roster keeps every target; with contacts that weigh less it was tried to buy fewer hours."
    for _ in range(LIGHTENINGS):
        if desk.should_stop():
            break
        factors = {channel.name: LIGHTER ** len(attempts) for channel in desk.scenario.channels}
        lighter = _next(desk, attempts, factors, on_round)
        attempts.append(lighter)
        if lighter.excess > 0:
            return _saving(desk, attempts, lighter, enough, on_round), reason
        if lighter.paid_minutes >= enough.paid_minutes:
            break
        enough = lighter
    return attempts, reason


def _saving(
    desk: Desk, attempts: list[Attempt], too_light: Attempt, enough: Attempt, on_round: OnRound
) -> list[Attempt]:
    """The attempts with some more that may keep every target as ``enough`` does, but with fewer paid hours."""
    for _ in range(min(SAVINGS, ROUNDS + 1 - len(attempts))):
        if enough.paid_minutes <= too_light.paid_minutes or desk.should_stop():
            break
        names = {**too_light.factors, **enough.factors}
        between = {name: sqrt(enough.factors.get(name, 1.0) * too_light.factors.get(name, 1.0)) for name in names}
        attempts = [*attempts, _next(desk, attempts, between, on_round)]
        if attempts[-1].excess <= 0:
            enough = attempts[-1]
        else:
            too_light = attempts[-1]
    return attempts


def _next(desk: Desk, attempts: Sequence[Attempt], factors: Mapping[str, float], on_round: OnRound) -> Attempt:
    made = desk.roster(factors, attempts[-1].solution.roster)
    on_round(told(made))
    return made


def told(attempt: Attempt) -> str:
    """A line about a round."""
    weights = ", ".join(f"{name} x{factor:.2f}" for name, factor in attempt.factors.items()) or "as planned"
    state = "keeps every target" if attempt.excess <= 0 else f"worst {attempt.worst}, {attempt.excess:.0%} over"
    return f"{weights}: {attempt.paid_minutes / 60:,.1f} h paid, {state}"


def stuck(attempts: Sequence[Attempt]) -> bool:
    """Whether the last rounds hardly took anything off the best excess before them."""
    same = len({row.worst for row in attempts[-3:]}) == 1
    rounds = 2 if same else TRADES
    if len(attempts) <= rounds:
        return False
    before = min(row.excess for row in attempts[:-rounds])
    return min(row.excess for row in attempts[-rounds:]) > (1 - NO_PROGRESS) * before


def pushes(attempts: Sequence[Attempt]) -> int:
    """How often all channels have become heavier together."""
    return round(log(min(attempts[-1].factors.values(), default=1.0)) / LONGEST_STRIDE)


def next_factors(attempts: Sequence[Attempt]) -> dict[str, float]:
    """The factors to try after these rounds: each channel that misses weighs more; all of them where that has moved nothing."""
    now, push = attempts[-1], stuck(attempts)
    strides = {
        name: LONGEST_STRIDE if push else _stride(attempts, name) if over > 0 else 0.0
        for name, over in now.excesses.items()
    }
    return {name: exp(min(HEAVIEST, log(now.factors.get(name, 1.0)) + stride)) for name, stride in strides.items()}


def _stride(attempts: Sequence[Attempt], channel: str) -> float:
    """By how much the logarithm of a channel's factor grows: a first guess, then the secant of its last two rounds."""
    now, over = attempts[-1], attempts[-1].excesses[channel]
    stride = log(1 + FIRST_GAIN * over)
    if len(attempts) > 1:
        before = attempts[-2]
        moved = log(now.factors.get(channel, 1.0) / before.factors.get(channel, 1.0))
        gained = before.excesses[channel] - over
        if moved > 0:
            stride = moved * over / gained if gained > 0 else 2 * moved
    return min(max(stride, LEAST_STRIDE), LONGEST_STRIDE)


def _with_certificate(
    desk: Desk, made: Plan, first: Attempt, best: Attempt, attempts: Sequence[Attempt], reason: str
) -> Plan:
    """The plan with the best roster, its service on fresh seeds and the certificate."""
    seed = desk.scenario.limits.seed + FRESH
    after = desk.simulated(best.solution.roster, seed, PROVING_REPLICATIONS)
    before = after if best is first else desk.simulated(first.solution.roster, seed, PROVING_REPLICATIONS)
    certificate = ServiceCertificate(
        seed=seed,
        replications=after.replications,
        kept=tuple(
            Kept(
                channel=channel.name,
                target=target,
                before=before.of(channel.name).measured(target),
                after=after.of(channel.name).measured(target),
            )
            for channel in desk.scenario.channels
            for target in channel.targets
        ),
        paid_minutes_before=first.paid_minutes,
        paid_minutes=best.paid_minutes,
        corrections=tuple(_correction(row) for row in attempts[1:]),
        reason=reason,
        robustness=tuple(robustness(desk, best.solution.roster, after)),
    )
    if not (certificate.certified or desk.should_stop()):
        certificate = certificate.varied(missing=shortage(desk, best))
    return made.varied(
        solution=made.solution if best is first else as_stated(desk, best.solution, made.solution),
        cost=cost(desk.scenario.workforce, best.solution.roster),
        performance=after,
        certified=certificate,
        fairness=fairness_of(desk.scenario, roster_problem(desk.scenario, made.requirements), best.solution.roster),
    )


def _correction(row: Attempt) -> Correction:
    return Correction(
        factors=tuple(row.factors.items()),
        paid_minutes=row.paid_minutes,
        excess=max(0.0, row.excess),
        channel=row.worst,
    )


def robustness(desk: Desk, roster: Roster, seen: Performance) -> Iterator[Robustness]:
    """How sure each service target is, by the simulation that certifies and one in which all days err alike."""
    alike = desk.simulated_alike(roster, seen.seed, seen.replications)
    for row in seen.channels:
        chance_alike, day = alike.of(row.channel).chance, row.worst_day
        if row.chance is not None and chance_alike is not None and day is not None:
            yield Robustness(
                channel=row.channel, chance=row.chance, chance_alike=chance_alike, day=day.day, bad=day.bad
            )


def as_stated(desk: Desk, found: Solution, first: Solution) -> Solution:
    """A roster found under corrected worths, judged by the problem as the scenario states it, whose bounds still hold."""
    roster = found.roster.varied(built_on=first.roster.built_on)
    breaches = audit(desk.problem, desk.scenario.rules, roster)
    costs = {tier.tier: round(sum(row.cost for row in breaches if row.tier == tier.tier), 6) for tier in first.tiers}
    legal = not any(row.forbidden for row in breaches)
    return found.varied(
        roster=roster,
        status="feasible" if legal else found.status,
        tiers=tuple(TierResult(tier=row.tier, cost=costs[row.tier], bound=row.bound) for row in first.tiers),
        breaches=breaches,
    )
