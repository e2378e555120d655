"""Tours, columns and bound: side by side where there are workers for both, else one after the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from wfm.schedule.bound import SECONDS_SHARE, first_tier_bound
from wfm.schedule.columns import Workbench, join
from wfm.schedule.contest import Contest
from wfm.schedule.draft import Draft
from wfm.schedule.effort import Effort
from wfm.schedule.exchange import exchange
from wfm.schedule.gaps import FEW, closed, gaps
from wfm.schedule.judge import Judged
from wfm.schedule.search import Search
from wfm.schedule.watch import Cooling, Watch

QUICK_SHARE, QUICK_SWEEPS = 0.1, 30
"""A short search comes first, of so much of the time at most: it gives a good roster soon, and on 100 agents of four shifts the best."""
CLOSING = 0.15
"""Share of the tours' time in which the last gaps are closed, where few are left after the short search."""
BOUND_BESIDE = 0.4
"""Share of the time for a bound that is looked for beside the tours, in a thread of its own."""
JOINED = 0.75
"""Share of the time in which columns may go on, beside the tours and after them; the rest is for a proof by CP-SAT where it is asked."""


def together(
    search: Search, watch: Watch, best: Judged, effort: Effort, spare: float
) -> tuple[list[Draft], float | None]:
    """The drafts found and the bound, within the time that is left but for ``spare`` seconds."""
    contest = Contest.of(search, watch, best)
    until = watch.seconds + (JOINED if effort.model else 1.0) * max(0.0, watch.left - spare)
    if effort.beside:
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(_certified, contest, best, effort, until)
            draft = annealed(contest, effort, spare)
            running.result()
    else:
        draft = annealed(contest, effort, spare)
        _certified(contest, best, effort, until)
    return [draft, *([] if contest.draft is None else [contest.draft])], contest.bound


def _certified(contest: Contest, best: Judged, effort: Effort, until: float) -> None:
    """The bound and what columns find until a moment, from a legal roster on."""
    search, watch = contest.search, contest.watch
    rounds = iter(range(watch.limits.steps or 0))

    def go_on() -> bool:
        going = watch.seconds < until if watch.limits.steps is None else next(rounds, None) is not None
        return going and not watch.stopped and not contest.won

    def on_bound(bound: float) -> None:
        contest.bound = max(bound, contest.bound or 0.0)

    if effort.columns and contest.draft is not None:
        bench = Workbench(search.problem, search.rules, search.choices, search.scale)
        join(bench, lambda: contest.standing, contest.offer, go_on, on_bound, watch.limits.seed)
    elif best.legal:
        share = BOUND_BESIDE if effort.beside else SECONDS_SHARE
        bound = first_tier_bound(search.problem, search.rules, search.choices, best.draft, best.cost, watch, share)
        contest.bound = bound


def annealed(contest: Contest, effort: Effort, spare: float) -> Draft:
    """Tours made anew while noise falls, first shortly, then long, then days swapped, until the time is over or nothing can be better."""
    search, watch = contest.search, contest.watch

    def until(cooling: Cooling) -> Callable[[], float | None]:
        return lambda: None if contest.won else cooling()

    contest.toured(search.standing()[1], search.draft)
    seconds = min(effort.tours * max(0.0, watch.left - spare), effort.seconds)
    quickly, noise = QUICK_SHARE * seconds, search.noise
    search.noise = noise.quick
    quick = Cooling(watch, quickly, QUICK_SWEEPS * len(search.choices))
    search.anneal(until(quick), contest.toured, effort.threads)
    search.noise, left = noise, seconds - quickly
    closing = CLOSING if gaps(search).sum() <= FEW else 0.0
    draft = search.anneal(until(Cooling(watch, (1 - effort.swaps - closing) * left)), contest.toured, effort.threads)
    if closing:
        draft = closed(search, until(Cooling(watch, closing * left)), contest.toured)
    if not effort.swaps:
        return draft
    return exchange(search, draft, until(Cooling(watch, effort.swaps * left)))
