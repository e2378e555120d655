"""Tours, columns and bound: side by side where there are workers for both, else one after the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from math import inf

from wfm.schedule.bound import SECONDS_SHARE, bounded, first_tier_bound
from wfm.schedule.columns import Company, Workbench, descend, refine
from wfm.schedule.contest import Contest
from wfm.schedule.draft import Draft
from wfm.schedule.effort import TOURS_LATE, Effort
from wfm.schedule.judge import Judged, tiers_of
from wfm.schedule.search import FEW, Search, Windows, closed, drawn, exchange, gaps
from wfm.schedule.watch import Cooling, Watch

QUICK_SWEEPS = 30
"""A short search of so many sweeps comes first: it gives a good roster soon, and on 100 agents of four shifts the best."""
CLOSING = 0.15
"""Share of the tours' time in which the last gaps are closed, where few are left after the short search."""
BOUND_FIRST, DRAWING = 0.3, 1_000
"""Share of the time for a bound from whose mix of tours rosters are drawn, and the number of these draws among all random numbers."""
BOUND_BESIDE = 0.4
"""Share of the time for a bound that is looked for beside the tours, in a thread of its own."""
TOURS_BEFORE, TOURED = 0.3, 7e-6
"""Share of the time for tours before windows, by one thread, and at most so many seconds for each agent and each day squared: on 50 agents
of a year tours come to 35,100 in 40 CPU s, 30 sweeps to 40,000, and windows gain 25 to 40 a CPU s from either."""
BOUND_LAST = 0.12
"""Share of the windows' time in which their prices are made better for a bound."""
LATE = 0.6
"""Where a dive has not ended after such a share of the columns' time, tours go on beside it."""
PATIENT = 0.25
"""From such a share of the columns' time on a dive makes haste."""


def together(
    search: Search, watch: Watch, best: Judged, effort: Effort, spare: float
) -> tuple[list[Draft], float | None]:
    """The drafts found and the bound, within the time that is left but for ``spare`` seconds."""
    contest = Contest.of(search, watch, best)
    until = watch.seconds + effort.joined * max(0.0, watch.left - spare)
    if effort.columns:
        bench = Workbench(search.problem, search.rules, search.choices, search.scale)
        contest.bound = bench.alone()
        quickly(contest, effort, spare)
        if contest.draft is not None:
            _columns(contest, bench, effort, until, spare)
            return [contest.draft], contest.bound
    if effort.draws:
        quickly(contest, effort, spare)
        _drawn(contest, until)
        return [search.draft, *([] if contest.draft is None else [contest.draft])], contest.bound
    if effort.windows:
        seconds = TOURED * len(search.choices) * len(search.problem.days) ** 2
        first = replace(effort, threads=1, tours=TOURS_BEFORE, seconds=seconds)
        quickly(contest, first, spare)
        _at_length(contest, first, spare)
        _windowed(contest, effort, until)
        return [search.draft, *([] if contest.draft is None else [contest.draft])], contest.bound
    if effort.beside:
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(_certified, contest, best, effort)
            draft = annealed(contest, effort, spare)
            running.result()
    else:
        draft = annealed(contest, effort, spare)
        _certified(contest, best, effort)
    return [draft, *([] if contest.draft is None else [contest.draft])], contest.bound


def _columns(contest: Contest, bench: Workbench, effort: Effort, until: float, spare: float) -> None:
    """Columns from a legal roster on, with tours beside them only where the horizon is long or their dive is late.

    Else these cost more than they bring, as Python runs in one thread at a time. Most time near a roster goes to linear programmes, which
    do not hold that lock: both workers look there after the dive.
    """
    watch = contest.watch
    rounds = iter(range(watch.limits.steps or 0))
    hurry = watch.seconds + PATIENT * max(0.0, until - watch.seconds)

    def go_on() -> bool:
        going = watch.seconds < until if watch.limits.steps is None else next(rounds, None) is not None
        return going and not watch.stopped and not contest.won

    def late() -> bool:
        return watch.limits.steps is not None or watch.seconds > hurry

    def on_bound(bound: float) -> None:
        contest.bound = max(bound, contest.bound or 0.0)

    company = Company(lambda: contest.standing, contest.offer, go_on, on_bound, late)
    if not effort.beside:
        _at_length(contest, effort, spare)
        if descend(bench, company):
            refine(bench, company, watch.limits.seed)
        return
    with ThreadPoolExecutor(2) as pool:
        dived = pool.submit(descend, bench, company)
        refined = pool.submit(_after, dived, bench, company, watch.limits.seed)
        if not effort.tours:
            wait([dived], LATE * max(0.0, until - watch.seconds))
        if effort.tours or not dived.done():
            _at_length(contest, replace(effort, tours=effort.tours or TOURS_LATE), spare)
        if dived.result():
            refine(bench, company, watch.limits.seed + 1, branches=False)
        refined.result()


def _after(dived: Future[bool], bench: Workbench, company: Company, seed: int) -> None:
    if dived.result():
        refine(bench, company, seed)


def _drawn(contest: Contest, until: float) -> None:
    """The bound of the first tier, then rosters drawn from the mix of tours behind it by all workers."""
    search, watch = contest.search, contest.watch
    start = contest.draft or search.draft
    found = bounded(search.problem, search.rules, search.choices, start, contest.cost, watch, BOUND_FIRST)
    if found is None:
        return
    contest.bound = found.bound
    if found.bundle is None:
        return

    def go_on() -> bool:
        return not watch.stopped and (watch.limits.steps is not None or watch.seconds < until)

    heat = _cooling(contest, max(0.0, until - watch.seconds))
    workers = 1 if watch.limits.steps is not None else watch.limits.workers
    twins = [search.twin(DRAWING + number) for number in range(workers)]
    for draft in drawn(twins, found.bundle.descents, start, found.bound, heat, go_on):
        contest.offer(draft)


def _windowed(contest: Contest, effort: Effort, until: float) -> None:
    """Windows of the horizon one after another, in all threads, then a bound from their prices."""
    search, watch = contest.search, contest.watch
    windows = Windows(search, watch.limits.seed)
    heat = _cooling(contest, (1 - BOUND_LAST) * (until - watch.seconds))
    with ThreadPoolExecutor(effort.threads) as pool:
        for one in [pool.submit(windows.run, heat, contest.toured) for _ in range(effort.threads)]:
            one.result()
    if contest.draft is None or watch.stopped:
        return
    one_tier, prices = len(tiers_of(search.rules)) == 1, windows.stretches.prices.rows
    begin, enough = (prices, contest.cost) if one_tier and prices.size else (None, inf)
    share = max(0.0, until - watch.seconds) / max(watch.left, 1e-9)
    found = bounded(search.problem, search.rules, search.choices, contest.draft, enough, watch, share, begin)
    if found is not None:
        contest.bound = windows.stretches.bound(found.bound) if one_tier else found.bound


def _certified(contest: Contest, best: Judged, effort: Effort) -> None:
    """The bound of the first tier, from a legal roster on."""
    search = contest.search
    if best.legal:
        share = BOUND_BESIDE if effort.beside else SECONDS_SHARE
        contest.bound = first_tier_bound(
            search.problem, search.rules, search.choices, best.draft, best.cost, contest.watch, share
        )


def annealed(contest: Contest, effort: Effort, spare: float) -> Draft:
    """Tours made anew while noise falls, first shortly, then long, until the time is over or nothing can be better."""
    quickly(contest, effort, spare)
    return _at_length(contest, effort, spare)


def quickly(contest: Contest, effort: Effort, spare: float) -> None:
    """A short search, its noise down to nothing."""
    search, watch = contest.search, contest.watch
    contest.toured(search.standing()[1], search.draft)
    seconds = effort.quick * min(max(0.0, watch.left - spare), effort.seconds)
    noise, search.noise = search.noise, search.noise.quick
    search.anneal(_cooling(contest, seconds, QUICK_SWEEPS * len(search.choices)), contest.toured, effort.threads)
    search.noise = noise


def _at_length(contest: Contest, effort: Effort, spare: float) -> Draft:
    """A long search, then days swapped."""
    search, watch = contest.search, contest.watch
    seconds = min(effort.tours * max(0.0, watch.left - spare), effort.seconds)
    if not effort.tours:
        return search.draft
    closing = CLOSING if gaps(search).sum() <= FEW else 0.0
    draft = search.anneal(_cooling(contest, (1 - effort.swaps - closing) * seconds), contest.toured, effort.threads)
    if closing:
        draft = closed(search, _cooling(contest, closing * seconds), contest.toured)
    if not effort.swaps:
        return draft
    return exchange(search, draft, _cooling(contest, effort.swaps * seconds))


def _cooling(contest: Contest, seconds: float, most: int | None = None) -> Callable[[], float | None]:
    """Noise that falls over a time, or until nothing can be better."""
    cooling = Cooling(contest.watch, seconds, most)
    return lambda: None if contest.won else cooling()
