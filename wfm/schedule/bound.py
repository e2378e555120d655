"""A lower bound for the first tier: rows at prices, and every agent's best tour at these prices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from typing import NamedTuple

from wfm.schedule.agents import Scale, Workshop
from wfm.schedule.bundle import Bundle, Oracle
from wfm.schedule.choice import Choice
from wfm.schedule.columns import Workbench
from wfm.schedule.draft import Draft
from wfm.schedule.linear import Floats
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.rules._charges import ChargeRule
from wfm.schedule.rules._spans import SpanRule
from wfm.schedule.watch import Watch

SECONDS_SHARE = 0.1
ROUNDS = 1000
"""Rounds of the price search at most, however much time there is; no more than a limit of steps allows."""
FLAT = 1.0, 0.5
"""Shares of the flat prices that are tried."""
LARGE = 4_000_000
"""Agents times sets of channels times steps beyond which prices are not searched for: the answers of each round would take 50 MB and
more. There flat prices are tried, against tours that only keep the rules about sums and single days."""
EPS = 1e-6
"""Contacts that rounding errors stay below."""


class Bounded(NamedTuple):
    """A bound, and the bundle from which it comes, if it does."""

    bound: float
    bundle: Bundle | None


def first_tier_bound(
    problem: RosterProblem,
    rules: Sequence[Rule],
    choices: Mapping[str, Choice],
    draft: Draft,
    cost: float,
    watch: Watch,
    share: float = SECONDS_SHARE,
) -> float | None:
    """The bound of :func:`bounded` alone."""
    found = bounded(problem, rules, choices, draft, cost, watch, share)
    return None if found is None else found.bound


def bounded(
    problem: RosterProblem,
    rules: Sequence[Rule],
    choices: Mapping[str, Choice],
    draft: Draft,
    cost: float,
    watch: Watch,
    share: float = SECONDS_SHARE,
    begin: Floats | None = None,
) -> Bounded | None:
    """A number that no roster's first-tier cost can be below; None where no agent or no priced rule is there.

    From whole tours as columns where the rows are few enough and nobody owes time off the queue (see columns), else from a search
    for prices (see bundle). Rules that couple agents are left out where they have no linear face, which keeps the bound valid.
    ``choices`` of a search are taken where no later tier is in them; ``cost`` is what ``draft`` costs in the first tier;
    ``begin`` are prices of the linear rows that may be good ones already, from which a bundle goes on.
    """
    priced = [rule for rule in rules if rule.price is not None]
    if not priced or not problem.workforce.agents:
        return None
    first = min(rule.tier for rule in priced)
    own = [rule for rule in rules if rule.price is None or rule.tier == first]
    counting = any(
        type(rule).tally is not Rule.tally for rule in own
    )  # a machine knows what it counts by the rule's place
    large = len(problem.workforce.agents) * len(problem.market.feeds) * problem.grid.count > LARGE
    if large:
        own = [rule for rule in own if rule.price is not None or isinstance(rule, ChargeRule | SpanRule)]
    if large or any(rule not in own and (counting or _told_by_tours(rule)) for rule in rules):
        workshop = Workshop(problem, own, Scale.of(own))
        choices = {agent.id: workshop.choice(agent) for agent in problem.workforce.agents}
    until, steps = watch.seconds + share * watch.left, iter(range(watch.limits.steps or ROUNDS))

    def go_on() -> bool:
        return not watch.stopped and (
            watch.seconds < until if watch.limits.steps is None else next(steps, None) is not None
        )

    scale = Scale.of(own)
    bench, oracle = Workbench(problem, own, choices, scale), Oracle(problem, own, choices, scale)
    if large:
        return Bounded(max(0.0, _at_flat_prices(oracle, go_on) - EPS), None)
    if begin is None and bench.light and not oracle.owing:
        bench.learn(draft)
        bench.price(go_on, cost)
        return Bounded(max(0.0, bench.bound), None)
    bundle = Bundle(oracle, draft)
    bound = bundle.run(go_on, cost, begin) - EPS
    return Bounded(max(0.0, bound) if isfinite(bound) else 0.0, bundle)


def _at_flat_prices(oracle: Oracle, go_on: Callable[[], bool]) -> float:
    """The best bound where what a row misses is priced at its cheapest amend, or at shares of that; no answer is kept."""
    prices, found = oracle.relaxation.flat(), [0.0]
    for share in FLAT:
        if go_on():
            worths = (oracle.answer(row, share * prices).value(share * prices) for row in oracle.debtors)
            found.append(oracle.relaxation.rest(share * prices) - sum(worths))
    return max(found)


def _told_by_tours(rule: Rule) -> bool:
    """Whether an agent's tours know a rule."""
    return type(rule).tour is not Rule.tour or type(rule).tally is not Rule.tally
