"""How a solve shares its time and its workers, by what the problem is like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wfm.schedule.columns import Workbench
from wfm.schedule.judge import tiers_of
from wfm.schedule.rule import Rule
from wfm.schedule.search import Search
from wfm.schedule.solution import Limits

SOME_TOURS = 0.4
"""Share of the time that the tours get where CP-SAT goes on: after 20 s of tours on 30 agents of four weeks it gains more than they do."""
QUICK = 0.1
"""Share of the time that a first short search takes at most."""
TOURS_BESIDE, TOURS_FIRST, TOURS_LATE = 0.33, 0.1, 1.0
"""Share of the time left after it: where columns go on beside the tours, where they follow, and where their dive is late."""
LONG_DAYS = 140
"""Days from which on CP-SAT is not asked, and tours go on beside columns."""
PRICED, PRICED_SHARE = 3e-5, 0.25
"""Columns go on where their bound takes no more than such a share of the time: so many seconds for each agent and each day squared (4 s
on 22 agents of 12 weeks, 50 s on 50 agents of half a year). Then they are better than tours, and Python runs in one thread at a time.
"""
MOST_DRAWN, MOST_ROWS = 60, 8_000
"""Agents and rows up to which rosters are drawn from the mix of tours behind the bound: on 25 agents over 4 weeks (5,000 rows)
tours alone come to 1,250 in 30 CPU s, draws to 1,221 in 55, the bound to 1,186. With 12,000 (20 planted agents, quarter hours) the mix
is not there in 22 CPU s: tours come to 99.1 % of the planted worth, draws to 98.2 %."""
SECONDS_A_DAY = 0.05
"""Seconds that tours get for each day of each agent at most, where CP-SAT goes on."""
LARGE = 100_000
"""Choices of all agents and places of all breaks beyond which CP-SAT is not asked to improve a legal roster: its model alone takes a
minute from there, and on 20 to 120 agents of 38 starts it lost to the tours by two orders of magnitude."""
SIZE_A_SECOND = 40_000
MODELLED = 0.25
"""So much of the model is built and completed in a second; where that takes more than this share of the time it is not begun."""
MANY_DAYS = 7_000
"""Days of all agents from which on CP-SAT is not asked. Tours over LONG_DAYS are made by all workers: there most of a tour's time is spent
where Python runs beside. Of four weeks they are not: two answers at once fill the same gaps (planted centre of 500, 5 % slack, after
12,000 tours: 258,327 by one thread, 259,623 by two in the same time)."""
JOINED, SMALL, JOINED_SMALL = 0.9, 1_000, 0.1
"""Share of the time in which columns may go on; the rest is for a proof by CP-SAT where it is asked. With so few choices of all agents
that comes soon: what CP-SAT proves in a second of Curtois & Qu's #1 a tree of columns takes a minute for."""
SWAPS = 0.2
MOST_SWAPPED = 200
"""Share of the tours' time in which agents swap days at its end, and how many agents at most: there are a pair of each two."""


@dataclass(frozen=True)
class Effort:
    """Share of the time for a short search, then for tours, at most so many seconds each; share of that for swaps; threads of tours.

    ``joined``: share of the time in which columns may go on; ``beside``: the bound is looked for beside the tours; ``columns``: by
    columns, which find rosters too; ``draws``: by a bundle of prices, from whose mix of tours rosters are drawn; ``windows``: columns of
    some weeks at a time; ``model``: CP-SAT goes on from a legal roster; ``explains``: where none is found it is asked what stands in the
    way.
    """

    quick: float
    tours: float
    seconds: float
    swaps: float
    threads: int
    joined: float
    beside: bool
    columns: bool
    draws: bool
    windows: bool
    model: bool
    explains: bool

    @classmethod
    def of(cls, search: Search, limits: Limits) -> Effort:
        """The effort for a problem: one thread and one order of events where steps are counted."""
        agents, days = len(search.choices), len(search.problem.days)
        fits = np.inf if limits.steps is not None else MODELLED * limits.seconds * SIZE_A_SECOND
        large = _size(search) > min(LARGE, fits)
        workers = 1 if limits.steps is not None else limits.workers
        columns = agents > 0 and _priced_in_time(agents, days, limits) and _light(search)
        draws = not columns and 0 < agents <= MOST_DRAWN and bool(search.problem.channels) and _drawable(search)
        model = not (large or agents * days >= MANY_DAYS or days >= LONG_DAYS or draws)
        threads = workers if days >= LONG_DAYS and not columns else 1
        beside = workers > threads
        return cls(
            quick=QUICK,
            tours=_tours(beside, days) if columns else SOME_TOURS if model else 1.0,
            seconds=SECONDS_A_DAY * days * agents if model else np.inf,
            swaps=SWAPS if agents <= MOST_SWAPPED and _passes_on(search.rules) and not columns else 0.0,
            threads=threads,
            joined=_joined(search) if model else 1.0,
            beside=beside,
            columns=columns,
            draws=draws,
            windows=agents > 0 and days >= LONG_DAYS and not columns and not search.problem.channels,
            model=model,
            explains=not large,
        )


def _tours(beside: bool, days: int) -> float:
    """The share of tours where columns are priced."""
    return TOURS_FIRST if not beside else TOURS_BESIDE if days >= LONG_DAYS else 0.0


def _joined(search: Search) -> float:
    """The share of columns where CP-SAT goes on."""
    return JOINED_SMALL if _size(search) <= SMALL else JOINED


def _size(search: Search) -> int:
    """Roughly the variables of the model: choices of agents, and for each group places of breaks."""
    problem = search.problem
    choices = sum(int(np.isfinite(choice.fixed).sum()) for choice in search.choices.values())
    pauses = (pause for day in problem.duties for duty in day for pause in duty.template.breaks)
    return choices + len(problem.groups) * sum(len(problem.offsets(pause)) for pause in pauses)


def _priced_in_time(agents: int, days: int, limits: Limits) -> bool:
    """Whether a bound by columns leaves most of the time; counted steps know no time, so there only short horizons are."""
    if limits.steps is not None:
        return days < LONG_DAYS
    return PRICED * agents * days**2 <= PRICED_SHARE * limits.seconds


def _light(search: Search) -> bool:
    """Whether columns are quick and say all: one tier, and a linear programme that is not too large."""
    return len(tiers_of(search.rules)) == 1 and _quick(search)


def _quick(search: Search) -> bool:
    """Whether the linear programme of columns is not too large."""
    return Workbench(search.problem, search.rules, search.choices, search.scale).light


def _drawable(search: Search) -> bool:
    """Whether a mix to draw from is there in time, where columns are not quick."""
    bench = Workbench(search.problem, search.rules, search.choices, search.scale)
    return not bench.light and len(bench.relaxation.low) <= MOST_ROWS


def _passes_on(rules: Sequence[Rule]) -> bool:
    """Whether something is counted or asked for that one agent can hand to another only."""
    return any(
        type(rule).tally is not Rule.tally or (rule.price is None and type(rule).pull is not Rule.pull)
        for rule in rules
    )
